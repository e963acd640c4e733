//! From the code of a unit to its roads, the rules of each, and whose step a step is.

use bening_core::access::{Action, Scope};
use bening_core::candidacy::Candidacy;
use bening_core::candidacy::rules::{self, Desk, Rules};
use bening_store::{candidacy, team};

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::reach::{Reached, demand, reach_unit};

/// A unit with its roads.
pub(super) struct Roads {
    pub(super) reached: Reached,
    pub(super) scope: Scope,
    pub(super) roads: Vec<Candidacy>,
}

impl Roads {
    /// The roads of a unit that the caller may read.
    pub(super) async fn load(app: &App, caller: &Caller, code: &str) -> Result<Self> {
        let reached = reach_unit(app, caller, code, Action::ReadUnit).await?;
        let assessors = team::assessors(app.store(), reached.unit.id, app.this_year()).await?;
        let scope = reached.scope().assessors(assessors);
        let roads = candidacy::of_unit(app.store(), reached.unit.id).await?;
        Ok(Self { reached, scope, roads })
    }

    /// The newest road.
    pub(super) fn newest(&self) -> Option<&Candidacy> {
        self.roads.last()
    }

    /// The newest road to a predicate; the newest of all when none is named.
    pub(super) fn to(&self, predicate: &str) -> Option<&Candidacy> {
        self.roads.iter().rev().find(|road| predicate.is_empty() || road.predicate == predicate)
    }

    /// Earlier roads that led to a predicate the unit still holds.
    pub(super) fn held_before(&self) -> impl Iterator<Item = &Candidacy> {
        self.roads.iter().rev().skip(1).filter(|road| road.held().is_some())
    }

    /// Lets the caller go on if it is their step.
    pub(super) fn demand(&self, caller: &Caller, desk: Desk) -> Result<()> {
        demand(caller, action(desk), &self.scope)
    }

    /// Address of the page.
    pub(super) fn address(&self) -> String {
        format!("/unit/{}/predikat", self.reached.unit.code)
    }
}

/// What it takes to do the steps of a desk.
pub(crate) fn action(desk: Desk) -> Action {
    match desk {
        Desk::Unit => Action::AdvanceCandidacy,
        Desk::Agency => Action::SelectCandidate,
        Desk::Head => Action::DecidePredicate,
        Desk::Assessor => Action::ReviewCandidate,
        Desk::National => Action::JudgeCandidate,
    }
}

/// The rules a road began under.
pub(crate) fn rules_of(road: &Candidacy) -> Result<&'static Rules> {
    rules::by_id(&road.rules).ok_or_else(|| {
        AppError::Refused(format!("aturan pencalonan \"{}\" tidak terpasang lagi", road.rules))
    })
}
