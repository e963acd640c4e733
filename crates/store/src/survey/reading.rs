//! Which written answers were read, and those that wait.

use bening_core::id::{CampaignId, PersonId};
use bening_core::survey::Answer;
use chrono::NaiveDate;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::from_row;
use crate::entity::survey::survey_answer;
use crate::entity::survey_intake::survey_reading;
use crate::{Result, Store, WriteTx};

/// Answers looked through at once.
const BATCH: u64 = 2_000;

/// The next answers that were not read and of which `wanted` says that they are to be read, in an order that tells
/// nothing.
///
/// # Errors
/// When the database cannot be read.
pub async fn unread(
    store: &Store,
    id: CampaignId,
    count: usize,
    wanted: impl Fn(&Answer) -> bool,
) -> Result<Vec<(Uuid, Answer)>> {
    let (mut found, mut after) = (Vec::new(), None);
    while found.len() < count {
        let read = Query::select()
            .column(survey_reading::Column::AnswerId)
            .from(survey_reading::Entity)
            .and_where(survey_reading::Column::CampaignId.eq(id.0))
            .to_owned();
        let mut rows = survey_answer::Entity::find()
            .filter(survey_answer::Column::CampaignId.eq(id.0))
            .filter(survey_answer::Column::Id.not_in_subquery(read));
        if let Some(after) = after {
            rows = rows.filter(survey_answer::Column::Id.gt(after));
        }
        let rows = rows.order_by_asc(survey_answer::Column::Id).limit(BATCH).all(store.reads()).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.id);
        for row in rows {
            let (answer_id, answer) = (row.id, from_row(row)?);
            if wanted(&answer) && found.len() < count {
                found.push((answer_id, answer));
            }
        }
    }
    Ok(found)
}

/// Looks at every answer of a campaign, a batch at a time; none is held longer.
///
/// # Errors
/// When the database cannot be read.
pub async fn each_answer(store: &Store, id: CampaignId, mut look: impl FnMut(&Answer)) -> Result<()> {
    let mut after = None;
    loop {
        let mut rows = survey_answer::Entity::find().filter(survey_answer::Column::CampaignId.eq(id.0));
        if let Some(after) = after {
            rows = rows.filter(survey_answer::Column::Id.gt(after));
        }
        let rows = rows.order_by_asc(survey_answer::Column::Id).limit(BATCH).all(store.reads()).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = Some(last.id);
        for row in rows {
            look(&from_row(row)?);
        }
    }
}

/// How many were read.
///
/// # Errors
/// When the database cannot be read.
pub async fn read_count(store: &Store, id: CampaignId) -> Result<u64> {
    let rows = survey_reading::Entity::find().filter(survey_reading::Column::CampaignId.eq(id.0));
    Ok(rows.count(store.reads()).await?)
}

/// Notes that answers of this campaign were read; others are passed over. How many there were.
///
/// # Errors
/// When the database refuses.
pub async fn note_read(
    tx: &WriteTx,
    id: CampaignId,
    (by, day): (PersonId, NaiveDate),
    answers: &[Uuid],
) -> Result<usize> {
    let own = survey_answer::Entity::find()
        .filter(survey_answer::Column::CampaignId.eq(id.0))
        .filter(survey_answer::Column::Id.is_in(answers.to_vec()));
    let own = own.all(tx.conn()).await?;
    for answer in &own {
        let row = survey_reading::Model { answer_id: answer.id, campaign_id: id.0, person_id: by.0, day };
        let once = OnConflict::column(survey_reading::Column::AnswerId)
            .update_column(survey_reading::Column::Day)
            .to_owned();
        survey_reading::Entity::insert(row.into_active_model().reset_all())
            .on_conflict(once)
            .exec_without_returning(tx.conn())
            .await?;
    }
    Ok(own.len())
}
