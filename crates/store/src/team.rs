//! Teams of internal assessors: who is appointed for which units, and who declared a conflict of interest.
//! Teams of a year are read whole and written as the difference between before and after.

use std::collections::BTreeMap;

use bening_core::id::{PersonId, TeamId, UnitId};
use bening_core::team::{Conflict, Member, Seat, Team};
use bening_core::time::Year;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::change::Change;
use crate::entity::team::{team, team_conflict, team_member, team_unit};
use crate::{Result, Store, WriteTx, kept, unreadable};

/// People appointed to assess a unit in a year, without those who declared a conflict of interest there.
///
/// # Errors
/// When the database cannot be read.
pub async fn assessors(store: &Store, unit: UnitId, year: Year) -> Result<Vec<PersonId>> {
    let given =
        team_unit::Entity::find().filter(team_unit::Column::UnitId.eq(unit.0)).all(store.reads()).await?;
    let teams = team::Entity::find()
        .filter(team::Column::Year.eq(year.get() as i16))
        .filter(team::Column::Id.is_in(given.iter().map(|row| row.team_id)))
        .all(store.reads())
        .await?;
    let members = team_member::Entity::find()
        .filter(team_member::Column::TeamId.is_in(teams.iter().map(|row| row.id)))
        .all(store.reads())
        .await?;
    let conflicts = team_conflict::Entity::find()
        .filter(team_conflict::Column::UnitId.eq(unit.0))
        .all(store.reads())
        .await?;
    let is_free = |person: &uuid::Uuid| !conflicts.iter().any(|row| row.person_id == *person);
    Ok(members.into_iter().map(|row| row.person_id).filter(is_free).map(PersonId).collect())
}

/// The teams of a year by name; three queries.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(store: &Store, year: Year) -> Result<Vec<Team>> {
    whole(store.reads(), of_year(year).all(store.reads()).await?).await
}

/// The year of a team, if there is such a team.
///
/// # Errors
/// When the database cannot be read.
pub async fn year_of(store: &Store, id: TeamId) -> Result<Option<Year>> {
    let row = team::Entity::find_by_id(id.0).one(store.reads()).await?;
    Ok(row.and_then(|row| Year::new(row.year.into())))
}

/// The teams of a year, held until the write ends, so that two edits never give one unit to two teams.
///
/// # Errors
/// When the database cannot be read.
pub async fn lock(tx: &WriteTx, year: Year) -> Result<Vec<Team>> {
    let rows = of_year(year).lock_exclusive().all(tx.conn()).await?;
    whole(tx.conn(), rows).await
}

fn of_year(year: Year) -> sea_orm::Select<team::Entity> {
    let of_year = team::Column::Year.eq(year.get() as i16);
    team::Entity::find().filter(of_year).order_by_asc(team::Column::Name)
}

async fn whole<C: ConnectionTrait>(conn: &C, rows: Vec<team::Model>) -> Result<Vec<Team>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut members: BTreeMap<_, Vec<Member>> = BTreeMap::new();
    let is_of = team_member::Column::TeamId.is_in(ids.clone());
    for row in team_member::Entity::find().filter(is_of).all(conn).await? {
        let seat = Seat::parse(&row.seat).ok_or_else(|| unreadable("team_member", "seat"))?;
        members.entry(row.team_id).or_default().push(Member { person: PersonId(row.person_id), seat });
    }
    let mut units: BTreeMap<_, Vec<UnitId>> = BTreeMap::new();
    for row in team_unit::Entity::find().filter(team_unit::Column::TeamId.is_in(ids)).all(conn).await? {
        units.entry(row.team_id).or_default().push(UnitId(row.unit_id));
    }
    let put_together = |row: team::Model| {
        let mut members = members.remove(&row.id).unwrap_or_default();
        members.sort_by_key(|member| (member.seat, member.person));
        let units = units.remove(&row.id).unwrap_or_default().into_iter().collect();
        let (name, letter, letter_on) = (row.name, row.letter, row.letter_on);
        Team { id: TeamId(row.id), year: row.year.into(), name, letter, letter_on, members, units }
    };
 