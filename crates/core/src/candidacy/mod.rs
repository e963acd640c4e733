//! The road of a unit to a predicate (*pencalonan*): stages, the steps that were taken, and the predicate it led to.
//!
//! Which steps there are is said by [`rules`], read from `candidacy/*.toml`; whether one may be taken now by [`decide`].

pub mod appraisal;
pub mod decide;
pub mod declaration;
pub mod guidance;
pub mod package;
pub mod pact;
pub mod rules;
mod stage;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{CandidacyId, PersonId, UnitId};

pub use stage::Stage;

/// A road of one unit to one predicate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidacy {
    /// Identity.
    pub id: CandidacyId,
    /// Which unit.
    pub unit: UnitId,
    /// Which rules it began under; they hold to its end.
    pub rules: String,
    /// The predicate it leads to, by its code.
    pub predicate: String,
    /// The steps taken, oldest first. Nothing is ever taken out.
    pub taken: Vec<Transition>,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transition {
    /// Code of the step.
    pub step: String,
    /// The stage it led to.
    pub to: Stage,
    /// The day it happened.
    pub on: NaiveDate,
    /// Why, or what is to be remarked.
    pub reason: String,
    /// The paper it rests on.
    pub paper: Option<Paper>,
    /// Who recorded it.
    pub by: PersonId,
    /// When it was recorded.
    pub at: DateTime<Utc>,
}

/// An official paper that a step rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Number.
    pub number: String,
    /// Date.
    pub dated: NaiveDate,
    /// What it is about.
    pub title: String,
}

impl Candidacy {
    /// Where the unit is on this road.
    pub fn stage(&self) -> Stage {
        self.taken.last().map_or(Stage::Start, |taken| taken.to)
    }

    /// The last time it came to a stage.
    pub fn reached(&self, stage: Stage) -> Option<&Transition> {
        self.taken.iter().rev().find(|taken| taken.to == stage)
    }

    /// The step that gave the predicate, while it holds.
    pub fn held(&self) -> Option<&Transition> {
        if self.stage().is_holding() { self.reached(Stage::Determined) } else { None }
    }

    /// The decree by which the predicate was given, whether it still holds or not.
    pub fn decree(&self) -> Option<&Transition> {
        self.reached(Stage::Determined)
    }
}
