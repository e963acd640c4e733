//! What somebody may see of the assessment: which units, whose layers, and whether they form teams.

use std::collections::BTreeSet;

use bening_core::access::{Action as Want, Scope};
use bening_core::lke::{Layer, Lke, Side};
use bening_core::person::Role;
use bening_core::team::Seat;
use bening_core::time::Year;
use bening_core::unit::Unit;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::Choice;
use crate::reach::{allows, scope_of};

/// What somebody may see.
pub(super) struct Sight {
    /// Units whose assessment they may see, by name.
    pub units: Vec<Unit>,
    /// Sides they work for.
    sides: BTreeSet<Side>,
    /// Whether they form teams.
    pub manages: bool,
}

impl Sight {
    /// What the caller may see.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] when it is nothing.
    pub(super) async fn of(app: &App, caller: &Caller) -> Result<Self> {
        let all = bening_store::unit::all(app.store()).await?;
        if !may_enter(caller, &all) {
            return Err(AppError::Forbidden);
        }
        let is_seen = |unit: &&Unit| allows(caller, Want::OverseeAssessment, &scope_of(&all, unit.id));
        let mut units: Vec<Unit> = all.iter().filter(is_seen).cloned().collect();
        units.sort_by(|a, b| a.name.cmp(&b.name));
        let side = |role: Role| match role {
            Role::Tpn => Some(Side::Tpn),
            role => Seat::ALL.iter().any(|seat| seat.role() == role).then_some(Side::Tpi),
        };
        let sides = caller.actor.assignments.iter().filter_map(|held| side(held.role)).collect();
        Ok(Self { units, sides, manages: allows(caller, Want::ManageTeams, &Scope::agency()) })
    }

    /// Whether they belong to the agency's own assessment and so see its teams, load and agreement.
    pub(super) fn is_internal(&self) -> bool {
        self.manages || self.sides.contains(&Side::Tpi)
    }

    /// Whether they see a unit at all; national assessors only once the internal ones are done.
    pub(super) fn sees_unit(&self, lke: Option<&Lke>) -> bool {
        self.is_internal() || lke.is_some_and(|lke| lke.is_submitted(Side::Tpi.last_layer()))
    }

    /// Whether they see what a layer is worth: their own side's, and others' when those are done.
    pub(super) fn sees_score(&self, lke: &Lke, layer: Layer) -> bool {
        self.sides.iter().any(|side| lke.is_visible(layer, *side))
            || lke.is_submitted(layer.side().last_layer())
    }
}

/// Whether the caller may see the assessment of any unit.
pub fn may_enter(caller: &Caller, units: &[Unit]) -> bool {
    allows(caller, Want::OverseeAssessment, &Scope::agency())
        || units.iter().any(|unit| allows(caller, Want::OverseeAssessment, &scope_of(units, unit.id)))
}

/// The year asked for, else this year; what is no year is not found.
pub(super) fn year_asked(app: &App, text: Option<&str>) -> Result<Year> {
    match text {
        None | Some("") => Ok(app.this_year()),
        Some(text) => crate::reach::year(text),
    }
}

/// The years one can go to: those with teams or sheets, this year, and the one shown.
pub(super) async fn years(app: &App, shown: Year, base: &str) -> Result<Vec<Choice>> {
    let mut years: BTreeSet<Year> = bening_store::team::years(app.store()).await?.into_iter().collect();
    years.extend([shown, app.this_year()]);
    let choice = |year: Year| Choice {
        label: year.to_string(),
        href: format!("{base}?tahun={year}"),
        here: year == shown,
    };
    Ok(years.into_iter().map(choice).collect())
}
