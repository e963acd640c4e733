//! Teams of internal assessors: who is appointed for which units, and who declared a conflict of interest.
//! Teams of a year are read whole and written as the difference between before and after.

use std::collections::BTreeMap;

use bening_core::id::{PersonId, TeamId, UnitId};
use bening_core::team::{Conflict, Member, Seat, Team};
use bening_core::time::Year;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
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

/// Where somebody sits since a year: the year, their seat and the units of the team, without units where they
/// declared a conflict of interest. Read from their own seats, however many teams there are.
///
/// # Errors
/// When the database cannot be read.
pub async fn seats(store: &Store, person: PersonId, since: Year) -> Result<Vec<(Year, Seat, Vec<UnitId>)>> {
    let is_own = team_member::Column::PersonId.eq(person.0);
    let own = team_member::Entity::find().filter(is_own).all(store.reads()).await?;
    let teams = team::Entity::find()
        .filter(team::Column::Year.gte(since.get() as i16))
        .filter(team::Column::Id.is_in(own.iter().map(|row| row.team_id)));
    let declared = team_conflict::Column::PersonId.eq(person.0);
    let declared = team_conflict::Entity::find().filter(declared).all(store.reads()).await?;
    let mut seats = Vec::new();
    for mut team in whole(store.reads(), teams.all(store.reads()).await?).await? {
        team.units.retain(|unit| !declared.iter().any(|row| row.unit_id == unit.0));
        let seat = team.members.iter().find(|member| member.person == person).map(|member| member.seat);
        if let (Some(seat), Some(year)) = (seat, Year::new(team.year.into())) {
            seats.push((year, seat, team.units.into_iter().collect()));
        }
    }
    Ok(seats)
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
    Ok(rows.into_iter().map(put_together).collect())
}

/// Writes what differs between two states of the teams of a year.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when a name is taken meanwhile.
pub async fn save(tx: &WriteTx, before: &[Team], after: &[Team]) -> Result<()> {
    let teams = Change::between(heads(before), heads(after), |row| row.id);
    let members = Change::between(members(before), members(after), |row| (row.team_id, row.person_id));
    let units = Change::between(units(before), units(after), |row| (row.team_id, row.unit_id));
    let (members, units) = (members.delete(tx).await?, units.delete(tx).await?);
    teams.delete(tx).await?.insert(tx).await?.update(tx).await?;
    members.insert(tx).await?.update(tx).await?;
    units.insert(tx).await?.update(tx).await
}

fn heads(teams: &[Team]) -> Vec<team::Model> {
    let row = |team: &Team| team::Model {
        id: team.id.0,
        year: team.year as i16,
        name: team.name.clone(),
        letter: team.letter.clone(),
        letter_on: team.letter_on,
    };
    teams.iter().map(row).collect()
}

fn members(teams: &[Team]) -> Vec<team_member::Model> {
    let rows = teams.iter().flat_map(|team| team.members.iter().map(move |member| (team.id, member)));
    let row = |(team, member): (TeamId, &Member)| {
        let (person_id, seat) = (member.person.0, member.seat.as_str().to_owned());
        team_member::Model { team_id: team.0, person_id, seat }
    };
    rows.map(row).collect()
}

fn units(teams: &[Team]) -> Vec<team_unit::Model> {
    let rows = teams.iter().flat_map(|team| team.units.iter().map(move |unit| (team.id, unit)));
    rows.map(|(team, unit)| team_unit::Model { team_id: team.0, unit_id: unit.0 }).collect()
}

/// All declared conflicts of interest, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn conflicts(store: &Store) -> Result<Vec<Conflict>> {
    let rows = team_conflict::Entity::find().order_by_desc(team_conflict::Column::DeclaredAt);
    let conflict = |row: team_conflict::Model| Conflict {
        person: PersonId(row.person_id),
        unit: UnitId(row.unit_id),
        declared_at: row.declared_at,
        reason: row.reason,
    };
    Ok(rows.all(store.reads()).await?.into_iter().map(conflict).collect())
}

/// Keeps a declared conflict.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when it stands already.
pub async fn declare(tx: &WriteTx, new: &Conflict) -> Result<()> {
    let row = team_conflict::Model {
        person_id: new.person.0,
        unit_id: new.unit.0,
        declared_at: kept(new.declared_at),
        reason: new.reason.clone(),
    };
    let insert = team_conflict::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Takes a declared conflict back.
///
/// # Errors
/// When the database refuses.
pub async fn withdraw(tx: &WriteTx, person: PersonId, unit: UnitId) -> Result<()> {
    team_conflict::Entity::delete_by_id((person.0, unit.0)).exec(tx.conn()).await?;
    Ok(())
}

/// Years that have teams or worksheets, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn years(store: &Store) -> Result<Vec<Year>> {
    use crate::entity::lke::lke;
    let of_teams = team::Entity::find().select_only().column(team::Column::Year).distinct();
    let of_sheets = lke::Entity::find().select_only().column(lke::Column::Year).distinct();
    let mut years: Vec<i16> = of_teams.into_tuple().all(store.reads()).await?;
    years.extend(of_sheets.into_tuple::<i16>().all(store.reads()).await?);
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    Ok(years.into_iter().filter_map(|year| Year::new(year.into())).collect())
}
