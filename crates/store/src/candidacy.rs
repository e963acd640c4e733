//! Roads of units to a predicate. Steps are only ever added.
//!
//! **Invariant**: whoever takes a step holds all units until the write ends ([`lock`]), so that nobody decides beside
//! them and a quota is counted once.

use std::collections::BTreeMap;

use bening_core::candidacy::declaration::Declaration;
use bening_core::candidacy::{Candidacy, Paper, Stage, Transition};
use bening_core::id::{CandidacyId, PersonId, UnitId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::candidacy::{candidacy, candidacy_step};
use crate::entity::unit::unit;
use crate::{Result, Store, WriteTx, kept, unreadable};

/// All roads, oldest first; two queries.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(store: &Store) -> Result<Vec<Candidacy>> {
    whole(store.reads(), candidacy::Entity::find()).await
}

/// The roads of a unit, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_unit(store: &Store, unit: UnitId) -> Result<Vec<Candidacy>> {
    whole(store.reads(), candidacy::Entity::find().filter(candidacy::Column::UnitId.eq(unit.0))).await
}

/// All roads, held until the write ends.
///
/// # Errors
/// When the database refuses.
pub async fn lock(tx: &WriteTx) -> Result<Vec<Candidacy>> {
    unit::Entity::find().order_by_asc(unit::Column::Id).lock_exclusive().all(tx.conn()).await?;
    whole(tx.conn(), candidacy::Entity::find()).await
}

async fn whole<C: ConnectionTrait>(
    conn: &C,
    rows: sea_orm::Select<candidacy::Entity>,
) -> Result<Vec<Candidacy>> {
    // Identities are UUIDs of version 7: their order is that of the beginnings.
    let rows = rows.order_by_asc(candidacy::Column::Id).all(conn).await?;
    let taken = candidacy_step::Entity::find()
        .filter(candidacy_step::Column::CandidacyId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(candidacy_step::Column::Ordinal)
        .all(conn)
        .await?;
    let mut of: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in taken {
        of.entry(row.candidacy_id).or_default().push(transition(row)?);
    }
    let road = |row: candidacy::Model| Candidacy {
        id: CandidacyId(row.id),
        unit: UnitId(row.unit_id),
        taken: of.remove(&row.id).unwrap_or_default(),
        rules: row.rules,
        predicate: row.predicate,
    };
    Ok(rows.into_iter().map(road).collect())
}

fn transition(row: candidacy_step::Model) -> Result<Transition> {
    let paper = row.paper.map(serde_json::from_value::<Paper>).transpose();
    Ok(Transition {
        to: Stage::parse(&row.stage).ok_or_else(|| unreadable("candidacy_step", row.stage.clone()))?,
        step: row.step,
        on: row.dated,
        reason: row.reason,
        paper: paper.map_err(|error| unreadable("candidacy_step", error.to_string()))?,
        by: PersonId(row.person_id),
        at: row.at,
    })
}

/// Adds a road that has just begun, without its steps.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &WriteTx, road: &Candidacy) -> Result<()> {
    let row = candidacy::Model {
        id: road.id.0,
        unit_id: road.unit.0,
        rules: road.rules.clone(),
        predicate: road.predicate.clone(),
        declaration: None,
    };
    candidacy::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Adds a step after so many others.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when somebody was quicker.
pub async fn add(tx: &WriteTx, road: CandidacyId, before: usize, taken: &Transition) -> Result<()> {
    let paper = taken.paper.as_ref().map(serde_json::to_value).transpose();
    let row = candidacy_step::Model {
        candidacy_id: road.0,
        ordinal: i32::try_from(before).unwrap_or(i32::MAX),
        step: taken.step.clone(),
        stage: taken.to.as_str().to_owned(),
        dated: taken.on,
        reason: taken.reason.clone(),
        paper: paper.map_err(|error| unreadable("candidacy_step", error.to_string()))?,
        person_id: taken.by.0,
        at: kept(taken.at),
    };
    let insert = candidacy_step::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// What is known of the declaration of a road.
///
/// # Errors
/// When the database cannot be read.
pub async fn declaration(store: &Store, road: CandidacyId) -> Result<Option<Declaration>> {
    let row = candidacy::Entity::find_by_id(road.0).one(store.reads()).await?;
    let found = row.and_then(|row| row.declaration).map(serde_json::from_value).transpose();
    found.map_err(|error| unreadable("candidacy", error.to_string()))
}

/// Keeps what is known of the declaration of a road.
///
/// # Errors
/// When the database refuses.
pub async fn save_declaration(tx: &WriteTx, road: CandidacyId, declaration: &Declaration) -> Result<()> {
    let value =
        serde_json::to_value(declaration).map_err(|error| unreadable("candidacy", error.to_string()))?;
    candidacy::Entity::update_many()
        .col_expr(candidacy::Column::Declaration, sea_orm::sea_query::Expr::value(value))
        .filter(candidacy::Column::Id.eq(road.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}
