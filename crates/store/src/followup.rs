//! The register of follow-up.

use bening_core::followup::{FollowUp, Source, State};
use bening_core::id::{FollowUpId, PersonId, UnitId};
use bening_core::time::Year;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::followup::follow_up;
use crate::entity::unit::unit;
use crate::{Result, Store, WriteTx, unreadable};

/// The register of a unit and year by number.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(store: &Store, unit: UnitId, year: Year) -> Result<Vec<FollowUp>> {
    let rows = of_year(unit, year).order_by_asc(follow_up::Column::Number).all(store.reads()).await?;
    rows.into_iter().map(from_row).collect()
}

fn of_year(unit: UnitId, year: Year) -> sea_orm::Select<follow_up::Entity> {
    follow_up::Entity::find()
        .filter(follow_up::Column::UnitId.eq(unit.0))
        .filter(follow_up::Column::Year.eq(year.get() as i16))
}

/// An entry.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_id(store: &Store, id: FollowUpId) -> Result<Option<FollowUp>> {
    read(store.reads(), follow_up::Entity::find_by_id(id.0)).await
}

/// An entry, held until the write ends.
///
/// # Errors
/// When the database cannot be read.
pub async fn lock(tx: &WriteTx, id: FollowUpId) -> Result<Option<FollowUp>> {
    read(tx.conn(), follow_up::Entity::find_by_id(id.0).lock_exclusive()).await
}

async fn read<C: ConnectionTrait>(
    conn: &C,
    wanted: sea_orm::Select<follow_up::Entity>,
) -> Result<Option<FollowUp>> {
    wanted.one(conn).await?.map(from_row).transpose()
}

/// The next number of a register; the unit is held until the write ends, so that none is given twice.
///
/// # Errors
/// When the database refuses.
pub async fn next_number(tx: &WriteTx, of: UnitId, year: Year) -> Result<u32> {
    unit::Entity::find_by_id(of.0).lock_exclusive().one(tx.conn()).await?;
    let highest = of_year(of, year)
        .select_only()
        .column(follow_up::Column::Number)
        .order_by_desc(follow_up::Column::Number)
        .into_tuple::<i32>()
        .one(tx.conn())
        .await?;
    Ok(highest.map_or(1, |highest| highest.unsigned_abs().saturating_add(1)))
}

/// Adds an entry.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &WriteTx, new: &FollowUp) -> Result<()> {
    let row = to_row(new)?.into_active_model().reset_all();
    follow_up::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Keeps what happened to an entry.
///
/// # Errors
/// When the database refuses.
pub async fn update(tx: &WriteTx, changed: &FollowUp) -> Result<()> {
    to_row(changed)?.into_active_model().reset_all().update(tx.conn()).await?;
    Ok(())
}

fn to_row(entry: &FollowUp) -> Result<follow_up::Model> {
    let steps = serde_json::to_value(&entry.steps);
    Ok(follow_up::Model {
        id: entry.id.0,
        unit_id: entry.unit.0,
        year: entry.year.get() as i16,
        number: i32::try_from(entry.number).unwrap_or(i32::MAX),
        what: entry.what.clone(),
        source: entry.source.as_str().to_owned(),
        origin: entry.origin.clone(),
        cause: entry.cause.clone(),
        action: entry.action.clone(),
        person_id: entry.person.0,
        due_on: entry.due_on,
        state: entry.state.as_str().to_owned(),
        steps: steps.map_err(|error| unreadable("follow_up", error.to_string()))?,
    })
}

fn from_row(row: follow_up::Model) -> Result<FollowUp> {
    let steps = serde_json::from_value(row.steps);
    Ok(FollowUp {
        id: FollowUpId(row.id),
        unit: UnitId(row.unit_id),
        year: Year::new(row.year.into()).ok_or_else(|| unreadable("follow_up", "year"))?,
        number: row.number.unsigned_abs(),
        what: row.what,
        source: Source::parse(&row.source).ok_or_else(|| unreadable("follow_up", "source"))?,
        origin: row.origin,
        cause: row.cause,
        action: row.action,
        person: PersonId(row.person_id),
        due_on: row.due_on,
        state: State::parse(&row.state).ok_or_else(|| unreadable("follow_up", "state"))?,
        steps: steps.map_err(|error| unreadable("follow_up", error.to_string()))?,
    })
}
