//! Layers as they were submitted; written once, never changed.

use bening_core::id::{LkeId, PersonId};
use bening_core::lke::Layer;
use bening_core::lke::submission::Submission;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::load::layer_named;
use crate::entity::lke::lke_submission;
use crate::{Result, Store, WriteTx, kept, unreadable};

/// Keeps a submission.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when the round was kept already.
pub async fn keep(tx: &WriteTx, lke: LkeId, submission: &Submission) -> Result<()> {
    let contents = serde_json::to_value(&submission.contents);
    let row = lke_submission::Model {
        lke_id: lke.0,
        layer: submission.layer.as_str().to_owned(),
        round: round(submission.round),
        person_id: submission.by.0,
        at: kept(submission.at),
        contents: contents.map_err(|error| unreadable("lke_submission", error.to_string()))?,
    };
    let row = row.into_active_model().reset_all();
    lke_submission::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// All submissions of a worksheet, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(store: &Store, lke: LkeId) -> Result<Vec<Submission>> {
    let rows = lke_submission::Entity::find()
        .filter(lke_submission::Column::LkeId.eq(lke.0))
        .order_by_asc(lke_submission::Column::At)
        .all(store.reads())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// One submission.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_round(store: &Store, lke: LkeId, layer: Layer, number: u32) -> Result<Option<Submission>> {
    let key = (lke.0, layer.as_str().to_owned(), round(number));
    lke_submission::Entity::find_by_id(key).one(store.reads()).await?.map(from_row).transpose()
}

fn round(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn from_row(row: lke_submission::Model) -> Result<Submission> {
    let contents = serde_json::from_value(row.contents);
    Ok(Submission {
        layer: layer_named(&row.layer)?,
        round: row.round.unsigned_abs(),
        by: PersonId(row.person_id),
        at: row.at,
        contents: contents.map_err(|error| unreadable("lke_submission", error.to_string()))?,
    })
}
