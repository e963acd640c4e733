//! From the words of an address to things the caller may reach: the unit, its plan, and the decision of
//! `bening_core::access`. Every handler that touches a unit starts here.

use bening_core::access::{self, Action, Decision, Scope};
use bening_core::id::UnitId;
use bening_core::plan::Plan;
use bening_core::time::Year;
use bening_core::unit::{self, Unit, UnitCode};
use bening_store::plan;
use serde::Deserialize;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};

/// The unit of an address, with all units for names and trees.
#[derive(Debug, Clone)]
pub struct Reached {
    /// The unit.
    pub unit: Unit,
    /// All units of the agency.
    pub units: Vec<Unit>,
}

/// `/unit/{unit}/rencana/{tahun}` as types.
#[derive(Debug, Clone, Deserialize)]
pub struct PlanPath {
    /// Code of the unit.
    pub unit: String,
    /// Year.
    pub tahun: String,
}

impl Reached {
    /// The scope of the unit.
    pub fn scope(&self) -> Scope {
        scope_of(&self.units, self.unit.id)
    }

    /// Whether the caller may do something here; no error, for showing or hiding a button.
    pub fn allows(&self, caller: &Caller, action: Action) -> bool {
        access::may(&caller.actor, action, &self.scope()) == Decision::Yes
    }

    /// Lets the caller go on or turns them away as the decision says.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] or [`AppError::NotFound`].
    pub fn demand(&self, caller: &Caller, action: Action) -> Result<()> {
        demand(caller, action, &self.scope())
    }
}

/// Lets the caller go on or turns them away as the decision says.
///
/// # Errors
/// [`AppError::Forbidden`] or [`AppError::NotFound`].
pub fn demand(caller: &Caller, action: Action, scope: &Scope) -> Result<()> {
    match access::may(&caller.actor, action, scope) {
        Decision::Yes => Ok(()),
        Decision::Forbidden => Err(AppError::Forbidden),
        Decision::Hidden => Err(AppError::NotFound),
    }
}

/// Whether the caller may do something somewhere; no error, for showing or hiding a button.
pub fn allows(caller: &Caller, action: Action, scope: &Scope) -> bool {
    access::may(&caller.actor, action, scope) == Decision::Yes
}

/// The scope of a unit in the tree.
pub fn scope_of(units: &[Unit], unit: UnitId) -> Scope {
    Scope::unit(unit, unit::ancestors(units, unit))
}

/// The unit of an address, if the caller may do this there.
///
/// # Errors
/// [`AppError::NotFound`] when there is none the caller may know of, [`AppError::Forbidden`] when they may
/// only not do this.
pub async fn reach_unit(app: &App, caller: &Caller, code: &str, action: Action) -> Result<Reached> {
    let units = bening_store::unit::all(app.store()).await?;
    let code: UnitCode = code.parse().map_err(|_| AppError::NotFound)?;
    let unit = units.iter().find(|unit| unit.code == code).cloned().ok_or(AppError::NotFound)?;
    let reached = Reached { unit, units };
    reached.demand(caller, action)?;
    Ok(reached)
}

/// The units whose plans the caller may read.
///
/// # Errors
/// When the store fails.
pub async fn readable_units(app: &App, caller: &Caller) -> Result<Vec<Unit>> {
    let units = bening_store::unit::all(app.store()).await?;
    let may_read = |unit: &Unit| {
        access::may(&caller.actor, Action::ReadUnit, &scope_of(&units, unit.id)) == Decision::Yes
    };
    Ok(units.iter().filter(|unit| may_read(unit)).cloned().collect())
}

/// Parses the year of an address.
///
/// # Errors
/// [`AppError::NotFound`] when it is none.
pub fn year(text: &str) -> Result<Year> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// The plan of an address, if there is one.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn reach_plan(app: &App, reached: &Reached, year: Year) -> Result<Plan> {
    plan::find(app.store(), reached.unit.id, year).await?.ok_or(AppError::NotFound)
}
