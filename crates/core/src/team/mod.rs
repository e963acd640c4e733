//! Teams of internal assessors (*tim penilai*): who sits where, which units they assess, who declared a conflict of
//! interest, the blind second reading, and how far the assessment of each unit is.
//!
//! How teams change is in `edit`; what an assessor may do in a worksheet is in `access` and `lke`.

pub mod edit;
pub mod kappa;
mod norms;
pub mod reading;
pub mod standing;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::id::{PersonId, TeamId, UnitId};
use crate::person::{Assignment, Place, Role};
use crate::time::Year;

pub use norms::{Norms, NormsError};

/// A team of internal assessors for a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Team {
    /// Identity.
    pub id: TeamId,
    /// For which year.
    pub year: i32,
    /// What it is called ("Tim 1").
    pub name: String,
    /// Number of the letter of assignment (*surat tugas*); may be empty.
    pub letter: String,
    /// Its date.
    pub letter_on: Option<NaiveDate>,
    /// Who sits on it.
    pub members: Vec<Member>,
    /// Which units it assesses.
    pub units: BTreeSet<UnitId>,
}

/// Somebody on a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub seat: Seat,
}

/// A seat of a team, in the order in which a worksheet passes through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// Member (*anggota*).
    Member,
    /// Leader (*ketua tim*).
    Lead,
    /// Quality controller (*pengendali teknis*).
    Controller,
}

impl Seat {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Member, Self::Lead, Self::Controller];

    /// The role that somebody in it must hold.
    pub fn role(self) -> Role {
        match self {
            Self::Member => Role::TpiMember,
            Self::Lead => Role::TpiLead,
            Self::Controller => Role::TpiController,
        }
    }

    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Member => "Anggota",
            Self::Lead => "Ketua tim",
            Self::Controller => "Pengendali teknis",
        }
    }

    /// Name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "anggota",
            Self::Lead => "ketua",
            Self::Controller => "pengendali-teknis",
        }
    }

    /// From the name in the database.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|seat| seat.as_str() == text)
    }
}

/// A conflict of interest that an assessor declared; while it stands they do not assess the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// Who declared it.
    pub person: PersonId,
    /// About which unit.
    pub unit: UnitId,
    /// When.
    pub declared_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// Somebody who may be given a seat or a second reading, with what speaks for and against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Seats that their roles of today fit.
    pub seats: BTreeSet<Seat>,
    /// Units at which they work.
    pub own_units: BTreeSet<UnitId>,
    /// Units about which they declared a conflict of interest.
    pub conflicts: BTreeSet<UnitId>,
}

impl Team {
    /// A team without anybody.
    pub fn empty(id: TeamId, year: Year, name: String) -> Self {
        let (letter, letter_on) = (String::new(), None);
        Self { id, year: year.get(), name, letter, letter_on, members: Vec::new(), units: BTreeSet::new() }
    }

    /// Whether somebody sits on it.
    pub fn has(&self, person: PersonId) -> bool {
        self.members.iter().any(|member| member.person == person)
    }
}

impl Candidate {
    /// Somebody with the roles they hold on a day and the conflicts that all have declared.
    pub fn on(day: NaiveDate, person: PersonId, held: &[Assignment], declared: &[Conflict]) -> Self {
        let held = || held.iter().filter(|held| held.person == person && held.holds_on(day));
        let fits = |seat: &Seat| held().any(|held| held.role == seat.role());
        let works_at = |held: &Assignment| match held.place {
            Place::Unit(unit) if !Seat::ALL.iter().any(|seat| seat.role() == held.role) => Some(unit),
            _ => None,
        };
        let own = declared.iter().filter(|conflict| conflict.person == person);
        Self {
            person,
            seats: Seat::ALL.into_iter().filter(fits).collect(),
            own_units: held().filter_map(works_at).collect(),
            conflicts: own.map(|conflict| conflict.unit).collect(),
        }
    }
}
