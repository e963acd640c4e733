//! Piles of paper forms while they are typed in. When a pile is taken over its typed forms go, and with them who
//! typed what.

use bening_core::id::{CampaignId, PersonId};
use bening_core::survey::{Answer, Channel, Pass, Pile, values_of};
use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::entity::survey_intake::{survey_batch, survey_paper};
use crate::{Result, Store, WriteTx, unreadable};

/// Being typed in.
const TYPED: &str = "typed";
/// Taken over.
const TAKEN: &str = "taken";

/// A pile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Identity.
    pub id: Uuid,
    /// To which campaign.
    pub campaign: CampaignId,
    /// What people call it.
    pub name: String,
    /// The day the forms were filled in.
    pub day: NaiveDate,
    /// Whether it was taken over; then it is not typed in any more.
    pub taken: bool,
}

/// Adds a pile.
///
/// # Errors
/// When the database refuses.
pub async fn create_batch(tx: &WriteTx, batch: &Batch) -> Result<()> {
    let state = if batch.taken { TAKEN } else { TYPED };
    let row = survey_batch::Model {
        id: batch.id,
        campaign_id: batch.campaign.0,
        name: batch.name.clone(),
        day: batch.day,
        state: state.to_owned(),
    };
    survey_batch::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// The piles of a campaign, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn batches(store: &Store, id: CampaignId) -> Result<Vec<Batch>> {
    let rows = survey_batch::Entity::find().filter(survey_batch::Column::CampaignId.eq(id.0));
    let rows = rows.order_by_desc(survey_batch::Column::Id).all(store.reads()).await?;
    Ok(rows.into_iter().map(to_batch).collect())
}

/// A pile.
///
/// # Errors
/// When the database cannot be read.
pub async fn batch(store: &Store, id: Uuid) -> Result<Option<Batch>> {
    Ok(survey_batch::Entity::find_by_id(id).one(store.reads()).await?.map(to_batch))
}

/// What was typed of a pile.
///
/// # Errors
/// When the database cannot be read.
pub async fn pile(store: &Store, batch: &Batch) -> Result<Pile> {
    let rows = survey_paper::Entity::find().filter(survey_paper::Column::BatchId.eq(batch.id));
    let mut pile = Pile::default();
    for row in rows.all(store.reads()).await? {
        let wrong = |what| unreadable("survey_paper", what);
        let pass = Pass::of(row.pass).ok_or_else(|| wrong("pass"))?;
        let number = u32::try_from(row.number).map_err(|_| wrong("number"))?;
        let values = values_of(&row.word).ok_or_else(|| wrong("word"))?;
        let extras = serde_json::from_value(row.extras).map_err(|_| wrong("extras"))?;
        pile.put(pass, number, Answer { day: batch.day, channel: Channel::Paper, values, extras });
    }
    Ok(pile)
}

/// Keeps forms as they were typed; a form typed again in the same pass replaces what was there.
///
/// # Errors
/// When the database refuses.
pub async fn type_in(
    tx: &WriteTx,
    batch: Uuid,
    (pass, by): (Pass, PersonId),
    forms: &[(u32, Answer)],
) -> Result<()> {
    let key = [survey_paper::Column::BatchId, survey_paper::Column::Pass, survey_paper::Column::Number];
    for (number, answer) in forms {
        let row = survey_paper::Model {
            batch_id: batch,
            pass: pass.number(),
            number: i32::try_from(*number).unwrap_or(i32::MAX),
            word: answer.word(),
            extras: serde_json::to_value(&answer.extras).unwrap_or_default(),
            person_id: by.0,
        };
        let replace = OnConflict::columns(key)
            .update_columns([
                survey_paper::Column::Word,
                survey_paper::Column::Extras,
                survey_paper::Column::PersonId,
            ])
            .to_owned();
        survey_paper::Entity::insert(row.into_active_model().reset_all())
            .on_conflict(replace)
            .exec_without_returning(tx.conn())
            .await?;
    }
    Ok(())
}

/// Ends a pile: it was taken over, and nothing is left of who typed it. How many piles were ended, one or none.
///
/// # Errors
/// When the database refuses.
pub async fn finish_batch(tx: &WriteTx, batch: Uuid) -> Result<u64> {
    let of = survey_paper::Column::BatchId.eq(batch);
    survey_paper::Entity::delete_many().filter(of).exec(tx.conn()).await?;
    let ended = survey_batch::Entity::update_many()
        .col_expr(survey_batch::Column::State, Expr::value(TAKEN))
        .filter(survey_batch::Column::Id.eq(batch))
        .filter(survey_batch::Column::State.eq(TYPED))
        .exec(tx.conn())
        .await?;
    Ok(ended.rows_affected)
}

fn to_batch(row: survey_batch::Model) -> Batch {
    let taken = row.state == TAKEN;
    Batch { id: row.id, campaign: CampaignId(row.campaign_id), name: row.name, day: row.day, taken }
}
