//! What people decided about suggested answers; of each suggestion the last word. Earlier ones are in the trail.

use bening_core::id::{LkeId, PersonId};
use bening_core::suggestion::{Decided, Decision};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::suggestion::lke_suggestion;
use crate::{Result, Store, WriteTx, unreadable};

/// What was decided about the suggestions of a worksheet.
///
/// # Errors
/// When the database cannot be read.
pub async fn decisions(store: &Store, lke: LkeId) -> Result<Vec<Decision>> {
    let rows = lke_suggestion::Entity::find().filter(lke_suggestion::Column::LkeId.eq(lke.0));
    rows.all(store.reads()).await?.into_iter().map(from_row).collect()
}

fn from_row(row: lke_suggestion::Model) -> Result<Decision> {
    let answer = serde_json::from_value(row.answer);
    Ok(Decision {
        question: row.code,
        key: row.key,
        answer: answer.map_err(|error| unreadable("lke_suggestion", error.to_string()))?,
        decided: Decided::parse(&row.decided).ok_or_else(|| unreadable("lke_suggestion", "decided"))?,
        reason: row.reason,
        by: PersonId(row.person_id),
        at: row.at,
    })
}

/// Keeps what was decided in place of what was decided before.
///
/// # Errors
/// When the database refuses.
pub async fn decide(tx: &WriteTx, lke: LkeId, decision: &Decision) -> Result<()> {
    use lke_suggestion::Column as C;
    let answer = serde_json::to_value(&decision.answer);
    let row = lke_suggestion::Model {
        lke_id: lke.0,
        code: decision.question.clone(),
        key: decision.key.clone(),
        answer: answer.map_err(|error| unreadable("lke_suggestion", error.to_string()))?,
        decided: decision.decided.as_str().to_owned(),
        reason: decision.reason.clone(),
        person_id: decision.by.0,
        at: decision.at,
    };
    let said = [C::Answer, C::Decided, C::Reason, C::PersonId, C::At];
    let replace = OnConflict::columns([C::LkeId, C::Code, C::Key]).update_columns(said).to_owned();
    let insert = lke_suggestion::Entity::insert(row.into_active_model().reset_all()).on_conflict(replace);
    insert.exec_without_returning(tx.conn()).await?;
    Ok(())
}
