//! Teams of internal assessors: who is appointed for which units, and who declared a conflict of interest.

use bening_core::id::{PersonId, UnitId};
use bening_core::time::Year;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::entity::team::{team, team_conflict, team_member, team_unit};
use crate::{Result, Store};

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
