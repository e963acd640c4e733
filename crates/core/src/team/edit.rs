//! How teams change. Each function takes all teams of a year, because a unit belongs to one of them only; it changes
//! one team or refuses with what to do instead.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Candidate, Conflict, Member, Seat, Team};
use crate::id::{PersonId, TeamId, UnitId};
use crate::text::{self, TooLong};

/// Fewest letters of the reason of a conflict.
const REASON_MIN_CHARS: usize = 10;
/// Longest reason.
const REASON_MAX_CHARS: usize = 2_000;

/// Why a change was refused; the words are for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such team, or no longer.
    #[error("tim ini sudah tidak ada; muat ulang halaman")]
    NoTeam,
    /// A team without a name.
    #[error("beri tim sebuah nama, misalnya Tim 1")]
    NameMissing,
    /// Another team has the name.
    #[error("tim lain pada tahun ini sudah bernama {0}; pilih nama lain")]
    NameTaken(String),
    /// The role does not fit the seat.
    #[error("kursi {0} hanya untuk orang dengan peran {1}; beri dulu perannya di halaman instansi")]
    RoleMissing(&'static str, &'static str),
    /// A seat of which there is only one.
    #[error("tim ini sudah mempunyai {0}; keluarkan dulu yang lama")]
    SeatTaken(&'static str),
    /// A conflict of interest was declared.
    #[error(
        "orang ini menyatakan benturan kepentingan dengan unit yang dinilai tim; pilih orang atau unit lain"
    )]
    Conflict,
    /// They work at the unit.
    #[error("orang ini bertugas di unit yang dinilai tim; tidak seorang pun menilai unitnya sendiri")]
    OwnUnit,
    /// Another team has the unit.
    #[error("unit ini sudah dinilai {0} pada tahun yang sama; keluarkan dulu dari tim itu")]
    UnitTaken(String),
    /// The team has this unit.
    #[error("unit ini sudah ada pada tim")]
    UnitHere,
    /// The team does not have this unit or person.
    #[error("unit atau orang ini tidak ada pada tim; muat ulang halaman")]
    NotHere,
    /// A team with units.
    #[error("tim masih mempunyai unit; keluarkan dulu semua unitnya")]
    HasUnits,
    /// A conflict without a reason.
    #[error("tulis alasan benturan kepentingan (paling sedikit {REASON_MIN_CHARS} huruf)")]
    ReasonNeeded,
    /// Declared already.
    #[error("benturan kepentingan dengan unit ini sudah Anda nyatakan")]
    DeclaredAlready,
    /// A text is too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

type Done = Result<(), Refusal>;

/// Letter of assignment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letter {
    /// Number.
    pub number: String,
    /// Date.
    pub on: Option<NaiveDate>,
}

fn team(teams: &mut [Team], id: TeamId) -> Result<&mut Team, Refusal> {
    teams.iter_mut().find(|team| team.id == id).ok_or(Refusal::NoTeam)
}

/// A name that no other team of the year has.
fn free_name(teams: &[Team], id: TeamId, name: &str) -> Result<String, Refusal> {
    let name = text::line(name)?;
    let is_same = |team: &&Team| team.id != id && team.name.to_lowercase() == name.to_lowercase();
    match teams.iter().find(is_same) {
        Some(other) => Err(Refusal::NameTaken(other.name.clone())),
        None if name.is_empty() => Err(Refusal::NameMissing),
        None => Ok(name),
    }
}

/// Forms a team.
///
/// # Errors
/// [`Refusal`] when the name is missing or taken.
pub fn form(teams: &mut Vec<Team>, new: Team) -> Done {
    let name = free_name(teams, new.id, &new.name)?;
    teams.push(Team { name, ..new });
    Ok(())
}

/// Changes the name and the letter of assignment.
///
/// # Errors
/// [`Refusal`] when the name is missing or taken, or a text too long.
pub fn describe(teams: &mut [Team], id: TeamId, name: &str, letter: &Letter) -> Done {
    let (name, number) = (free_name(teams, id, name)?, text::line(&letter.number)?);
    let team = team(teams, id)?;
    (team.name, team.letter, team.letter_on) = (name, number, letter.on);
    Ok(())
}

/// Seats somebody, or gives them another seat.
///
/// # Errors
/// [`Refusal`] when the seat does not fit their roles, is taken, or they cannot assess a unit of the team.
pub fn seat(teams: &mut [Team], id: TeamId, candidate: &Candidate, seat: Seat) -> Done {
    let team = team(teams, id)?;
    if !candidate.seats.contains(&seat) {
        return Err(Refusal::RoleMissing(seat.title(), seat.role().title()));
    }
    let others = || team.members.iter().filter(|member| member.person != candidate.person);
    if seat != Seat::Member && others().any(|member| member.seat == seat) {
        return Err(Refusal::SeatTaken(seat.title()));
    }
    team.units.iter().try_for_each(|unit| free_for(candidate, *unit))?;
    team.members.retain(|member| member.person != candidate.person);
    team.members.push(Member { person: candidate.person, seat });
    team.members.sort_by_key(|member| (member.seat, member.person));
    Ok(())
}

/// Whether somebody may assess a unit at all: they neither work there nor declared a conflict.
///
/// # Errors
/// [`Refusal::Conflict`] or [`Refusal::OwnUnit`].
pub fn free_for(candidate: &Candidate, unit: UnitId) -> Done {
    match () {
        () if candidate.conflicts.contains(&unit) => Err(Refusal::Conflict),
        () if candidate.own_units.contains(&unit) => Err(Refusal::OwnUnit),
        () => Ok(()),
    }
}

/// Takes somebody off a team.
///
/// # Errors
/// [`Refusal::NotHere`].
pub fn unseat(teams: &mut [Team], id: TeamId, person: PersonId) -> Done {
    let team = team(teams, id)?;
    if !team.has(person) {
        return Err(Refusal::NotHere);
    }
    team.members.retain(|member| member.person != person);
    Ok(())
}

/// Gives a unit to a team; `members` are the people who sit on it.
///
/// # Errors
/// [`Refusal`] when another team has it, or somebody of the team cannot assess it.
pub fn give_unit(teams: &mut [Team], id: TeamId, unit: UnitId, members: &[Candidate]) -> Done {
    let has = |team: &&Team| team.units.contains(&unit);
    match teams.iter().find(has) {
        Some(holder) if holder.id == id => return Err(Refusal::UnitHere),
        Some(holder) => return Err(Refusal::UnitTaken(holder.name.clone())),
        None => {}
    }
    let team = team(teams, id)?;
    members.iter().filter(|each| team.has(each.person)).try_for_each(|each| free_for(each, unit))?;
    team.units.insert(unit);
    Ok(())
}

/// Takes a unit from a team. What was assessed stays.
///
/// # Errors
/// [`Refusal::NotHere`].
pub fn take_unit(teams: &mut [Team], id: TeamId, unit: UnitId) -> Done {
    if team(teams, id)?.units.remove(&unit) { Ok(()) } else { Err(Refusal::NotHere) }
}

/// Dissolves a team that has no units.
///
/// # Errors
/// [`Refusal::HasUnits`].
pub fn dissolve(teams: &mut Vec<Team>, id: TeamId) -> Done {
    if !team(teams, id)?.units.is_empty() {
        return Err(Refusal::HasUnits);
    }
    teams.retain(|team| team.id != id);
    Ok(())
}

/// Declares a conflict of interest with a unit; from then on the person does not assess it.
///
/// # Errors
/// [`Refusal`] without a reason, or when it stands already.
pub fn declare(
    own: &[Conflict],
    person: PersonId,
    unit: UnitId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Conflict, Refusal> {
    let reason = text::block(reason, REASON_MAX_CHARS)?;
    match () {
        () if own.iter().any(|each| each.person == person && each.unit == unit) => {
            Err(Refusal::DeclaredAlready)
        }
        () if reason.chars().count() < REASON_MIN_CHARS => Err(Refusal::ReasonNeeded),
        () => Ok(Conflict { person, unit, declared_at: now, reason }),
    }
}
