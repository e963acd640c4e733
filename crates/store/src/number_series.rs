//! Number series of letters and papers: how their numbers are written, and who may draw the next one.
//! What was issued in a series is kept by `letter` and `paper`, which also find the last number.
//!
//! **Invariant**: whoever holds a series is alone with it until its write ends, so that no number is drawn twice.

use bening_core::letter::{Last, Pattern};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use crate::entity::letter::number_series::{ActiveModel, Column, Entity, Model};
use crate::{Result, Store, WriteTx, unreadable};

/// A series by its key, with the pattern it has until somebody chooses another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name<'a> {
    pub(crate) key: String,
    pub(crate) shipped: &'a str,
}

/// A series held until the write ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// How its numbers are written.
    pub pattern: Pattern,
    /// What was issued last, of any year.
    pub last: Option<Last>,
    /// The counter of the next of the year asked for.
    pub next: u32,
}

/// The pattern of a series.
pub(crate) async fn pattern(store: &Store, name: &Name<'_>) -> Result<Pattern> {
    let row = Entity::find_by_id(&name.key).one(store.reads()).await?;
    read(row.as_ref().map_or(name.shipped, |row| &row.pattern))
}

/// Chooses the pattern of a series; what was issued keeps its number.
pub(crate) async fn save(tx: &WriteTx, name: &Name<'_>, pattern: &Pattern) -> Result<()> {
    let replace = OnConflict::column(Column::Kind).update_column(Column::Pattern).to_owned();
    let insert = Entity::insert(row(name, pattern.as_str()));
    insert.on_conflict(replace).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Takes a series until the write ends; its pattern.
pub(crate) async fn hold(tx: &WriteTx, name: &Name<'_>) -> Result<Pattern> {
    let there = OnConflict::column(Column::Kind).update_column(Column::Kind).to_owned();
    let insert = Entity::insert(row(name, name.shipped));
    insert.on_conflict(there).exec_without_returning(tx.conn()).await?;
    let held = Entity::find_by_id(&name.key).lock_exclusive().one(tx.conn()).await?;
    read(&held.ok_or_else(|| unreadable("number_series", &name.key))?.pattern)
}

/// The counter after the highest that was drawn.
pub(crate) fn after(highest: Option<i32>) -> u32 {
    highest.map_or(1, |highest| highest.unsigned_abs().saturating_add(1))
}

fn row(name: &Name<'_>, pattern: &str) -> ActiveModel {
    Model { kind: name.key.clone(), pattern: pattern.to_owned() }.into_active_model().reset_all()
}

fn read(text: &str) -> Result<Pattern> {
    Pattern::parse(text).map_err(|error| unreadable("number_series", error.to_string()))
}
