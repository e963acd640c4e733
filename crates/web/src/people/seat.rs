//! Where roles are given: a unit or the agency itself, as the address says. Whoever asks for a seat must be
//! allowed to manage its people.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use bening_core::access::{self, Action as Want, Decision, Scope};
use bening_core::id::AssignmentId;
use bening_core::person::{Assignment, Place, Role};
use bening_core::unit::Unit;
use bening_store::person;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Room};
use crate::reach::{demand, reach_unit};

/// A place whose people the caller manages.
#[derive(Debug)]
pub struct Seat {
    pub(super) place: Place,
    pub(super) scope: Scope,
    /// Address of the page of the place: `/unit/DBN`, `/instansi`.
    pub(super) base: String,
    /// The unit; `None` is the agency.
    pub(super) unit: Option<Unit>,
}

impl FromRequestParts<App> for Seat {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let caller = Caller::of(parts, app).await?;
        let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| AppError::NotFound)?;
        match params.iter().find(|(name, _)| *name == "unit") {
            Some((_, code)) => Self::at_unit(app, &caller, code).await,
            None => Self::at_agency(&caller),
        }
    }
}

impl Seat {
    async fn at_unit(app: &App, caller: &Caller, code: &str) -> Result<Self> {
        let reached = reach_unit(app, caller, code, Want::ManagePeople).await?;
        let (scope, unit) = (reached.scope(), reached.unit);
        Ok(Self {
            place: Place::Unit(unit.id),
            scope,
            base: format!("/unit/{}", unit.code),
            unit: Some(unit),
        })
    }

    fn at_agency(caller: &Caller) -> Result<Self> {
        demand(caller, Want::ManageAgency, &Scope::agency())?;
        Ok(Self { place: Place::Agency, scope: Scope::agency(), base: "/instansi".to_owned(), unit: None })
    }

    /// Roles that the caller may give here.
    pub(super) fn roles(&self, caller: &Caller) -> Vec<Role> {
        let may = |role: &Role| access::may_grant(&caller.actor, *role, &self.scope) == Decision::Yes;
        Role::ALL.into_iter().filter(may).collect()
    }

    /// Lets the caller give, change or end a role here, or turns them away.
    pub(super) fn demand_grant(&self, caller: &Caller, role: Role) -> Result<()> {
        match access::may_grant(&caller.actor, role, &self.scope) {
            Decision::Yes => Ok(()),
            Decision::Forbidden => Err(AppError::Forbidden),
            Decision::Hidden => Err(AppError::NotFound),
        }
    }

    /// A role held here which the caller may change.
    pub(super) async fn role(&self, app: &App, caller: &Caller, id: AssignmentId) -> Result<Assignment> {
        let found = person::assignment(app.store(), id).await?;
        let held = found.filter(|held| held.place == self.place).ok_or(AppError::NotFound)?;
        self.demand_grant(caller, held.role)?;
        Ok(held)
    }

    /// The way to pages below the place.
    pub(super) fn crumbs(&self, caller: &Caller, here: &str) -> Vec<Crumb> {
        let mut crumbs = match &self.unit {
            Some(unit) => vec![
                Crumb::link(caller.lang.t("Unit kerja"), "/unit"),
                Crumb::link(unit.name.as_str(), &self.base),
            ],
            None => vec![Crumb::link(caller.lang.t("Instansi"), &self.base)],
        };
        crumbs.push(Crumb::here(here));
        crumbs
    }

    /// The room such pages belong to.
    pub(super) fn room(&self) -> Room {
        if self.unit.is_some() { Room::Units } else { Room::Settings }
    }
}
