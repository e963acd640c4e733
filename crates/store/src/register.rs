//! Lines of registers.

use bening_core::id::{PersonId, RowId, UnitId};
use bening_core::register::Row;
use bening_core::time::Year;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use crate::entity::register::register_row::{self as table, Column, Entity, Model};
use crate::entity::unit::unit;
use crate::{Result, Store, WriteTx, unreadable};

/// Lines of a unit in a register by year and number; of one year, or of all when none is named.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(store: &Store, unit: UnitId, register: &str, year: Option<Year>) -> Result<Vec<Row>> {
    let wanted = of_register(unit, register);
    let wanted = match year {
        Some(year) => wanted.filter(Column::Year.eq(year.get() as i16)),
        None => wanted,
    };
    let rows = wanted.order_by_asc(Column::Year).order_by_asc(Column::Number).all(store.reads()).await?;
    rows.into_iter().map(from_row).collect()
}

fn of_register(unit: UnitId, register: &str) -> Select<Entity> {
    Entity::find().filter(Column::UnitId.eq(unit.0)).filter(Column::Register.eq(register))
}

/// A line.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_id(store: &Store, id: RowId) -> Result<Option<Row>> {
    read(store.reads(), Entity::find_by_id(id.0)).await
}

/// Those of some lines that are a unit's.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_ids(store: &Store, unit: UnitId, ids: impl IntoIterator<Item = RowId>) -> Result<Vec<Row>> {
    let ids: Vec<_> = ids.into_iter().map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = Entity::find().filter(Column::UnitId.eq(unit.0)).filter(Column::Id.is_in(ids));
    wanted.all(store.reads()).await?.into_iter().map(from_row).collect()
}

/// A line, held until the write ends.
///
/// # Errors
/// When the database cannot be read.
pub async fn lock(tx: &WriteTx, id: RowId) -> Result<Option<Row>> {
    read(tx.conn(), Entity::find_by_id(id.0).lock_exclusive()).await
}

async fn read<C: ConnectionTrait>(conn: &C, wanted: Select<Entity>) -> Result<Option<Row>> {
    wanted.one(conn).await?.map(from_row).transpose()
}

/// The next number of a register in a year; the unit is held until the write ends, so that none is given twice.
///
/// # Errors
/// When the database refuses.
pub async fn next_number(tx: &WriteTx, of: UnitId, register: &str, year: Year) -> Result<u32> {
    unit::Entity::find_by_id(of.0).lock_exclusive().one(tx.conn()).await?;
    let highest = of_register(of, register)
        .filter(Column::Year.eq(year.get() as i16))
        .select_only()
        .column(Column::Number)
        .order_by_desc(Column::Number)
        .into_tuple::<i32>()
        .one(tx.conn())
        .await?;
    Ok(highest.map_or(1, |highest| highest.unsigned_abs().saturating_add(1)))
}

/// Adds a line.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &WriteTx, new: &Row) -> Result<()> {
    let row = to_row(new)?.into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Keeps what happened to a line.
///
/// # Errors
/// When the database refuses.
pub async fn update(tx: &WriteTx, changed: &Row) -> Result<()> {
    to_row(changed)?.into_active_model().reset_all().update(tx.conn()).await?;
    Ok(())
}

fn to_row(row: &Row) -> Result<Model> {
    let json = |value: serde_json::Result<serde_json::Value>| value.map_err(unfit);
    Ok(table::Model {
        id: row.id.0,
        unit_id: row.unit.0,
        register: row.register.clone(),
        year: row.year.get() as i16,
        number: i32::try_from(row.number).unwrap_or(i32::MAX),
        cells: json(serde_json::to_value(&row.values))?,
        state: row.state.clone(),
        author_id: row.author.0,
        moments: json(serde_json::to_value(&row.moments))?,
        version: i32::try_from(row.version).unwrap_or(i32::MAX),
    })
}

fn from_row(row: Model) -> Result<Row> {
    Ok(Row {
        id: RowId(row.id),
        unit: UnitId(row.unit_id),
        register: row.register,
        year: Year::new(row.year.into()).ok_or_else(|| unreadable("register_row", "year"))?,
        number: row.number.unsigned_abs(),
        values: serde_json::from_value(row.cells).map_err(unfit)?,
        state: row.state,
        author: PersonId(row.author_id),
        moments: serde_json::from_value(row.moments).map_err(unfit)?,
        version: row.version.unsigned_abs(),
    })
}

fn unfit(error: serde_json::Error) -> crate::StoreError {
    unreadable("register_row", error.to_string())
}
