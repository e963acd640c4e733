//! Counts of registers that were let out. None is ever changed but by taking it back, and all are kept: what was
//! shown once counts when the next is made.

use bening_core::id::{PersonId, StatisticId, UnitId};
use bening_core::statistic::Released;
use bening_core::time::Year;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use crate::entity::statistic::{Column, Entity, Model};
use crate::entity::unit::unit;
use crate::{Result, Store, WriteTx, unreadable};

/// What a unit let out, taken back or not, the last first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_unit(store: &Store, of: UnitId) -> Result<Vec<Released>> {
    read(store.reads(), by_unit(of)).await
}

/// The same within a write; the unit is held until it ends, so that nothing is let out twice.
///
/// # Errors
/// When the database cannot be read.
pub async fn lock_of_unit(tx: &WriteTx, of: UnitId) -> Result<Vec<Released>> {
    unit::Entity::find_by_id(of.0).lock_exclusive().one(tx.conn()).await?;
    read(tx.conn(), by_unit(of)).await
}

fn by_unit(of: UnitId) -> Select<Entity> {
    // Identities are given in the order of time.
    Entity::find()
        .filter(Column::UnitId.eq(of.0))
        .order_by_desc(Column::PublishedOn)
        .order_by_desc(Column::Id)
}

async fn read<C: ConnectionTrait>(conn: &C, wanted: Select<Entity>) -> Result<Vec<Released>> {
    wanted.all(conn).await?.into_iter().map(from_row).collect()
}

/// Keeps counts that are let out.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &WriteTx, new: &Released) -> Result<()> {
    let row = to_row(new)?.into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Keeps that counts were taken back.
///
/// # Errors
/// When the database refuses.
pub async fn update(tx: &WriteTx, changed: &Released) -> Result<()> {
    to_row(changed)?.into_active_model().reset_all().update(tx.conn()).await?;
    Ok(())
}

fn to_row(one: &Released) -> Result<Model> {
    Ok(Model {
        id: one.id.0,
        unit_id: one.unit.0,
        register: one.register.clone(),
        year: one.year.get() as i16,
        release: serde_json::to_value(&one.release).map_err(unfit)?,
        published_by: one.by.0,
        published_on: one.on,
        withdrawn_on: one.withdrawn_on,
    })
}

fn from_row(row: Model) -> Result<Released> {
    Ok(Released {
        id: StatisticId(row.id),
        unit: UnitId(row.unit_id),
        register: row.register,
        year: Year::new(row.year.into()).ok_or_else(|| unreadable("statistic", "year"))?,
        release: serde_json::from_value(row.release).map_err(unfit)?,
        by: PersonId(row.published_by),
        on: row.published_on,
        withdrawn_on: row.withdrawn_on,
    })
}

fn unfit(error: serde_json::Error) -> crate::StoreError {
    unreadable("statistic", error.to_string())
}
