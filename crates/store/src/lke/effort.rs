//! The efforts a team set for questions of a worksheet.

use std::collections::BTreeMap;

use bening_core::id::{LkeId, PersonId};
use bening_core::way::{Days, Efforts};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::fact::lke_effort;
use crate::{Result, Store, WriteTx};

/// The efforts set for a worksheet.
///
/// # Errors
/// When the database cannot be read.
pub async fn efforts(store: &Store, lke: LkeId) -> Result<Efforts> {
    let rows =
        lke_effort::Entity::find().filter(lke_effort::Column::LkeId.eq(lke.0)).all(store.reads()).await?;
    let set: BTreeMap<String, Days> =
        rows.into_iter().map(|row| (row.code, row.days.unsigned_abs())).collect();
    Ok(Efforts::new(set))
}

/// Sets the effort of a question, or takes it back so that the default counts.
///
/// # Errors
/// When the database refuses.
pub async fn set_effort(
    tx: &WriteTx,
    lke: LkeId,
    code: &str,
    days: Option<Days>,
    by: PersonId,
    at: DateTime<Utc>,
) -> Result<()> {
    use lke_effort::Column as C;
    let Some(days) = days else {
        lke_effort::Entity::delete_by_id((lke.0, code.to_owned())).exec(tx.conn()).await?;
        return Ok(());
    };
    let days = i32::try_from(days).unwrap_or(i32::MAX);
    let row = lke_effort::Model { lke_id: lke.0, code: code.to_owned(), days, person_id: by.0, at };
    let replace =
        OnConflict::columns([C::LkeId, C::Code]).update_columns([C::Days, C::PersonId, C::At]).to_owned();
    let insert = lke_effort::Entity::insert(row.into_active_model().reset_all()).on_conflict(replace);
    insert.exec_without_returning(tx.conn()).await?;
    Ok(())
}
