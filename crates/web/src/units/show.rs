//! One unit: what it is, its plans by year, its people with their roles.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::person::Place;
use bening_core::time::Year;
use bening_core::unit::Unit;
use bening_store::plan::{self, Found};

use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::{Crumb, Page, Room};
use crate::people::{Held, held_at};
use crate::plan::frame::{self, plan_address};
use crate::plan::status::Chip;
use crate::reach::{Reached, reach_unit};

struct PlanRow {
    year: Year,
    href: String,
    version: u32,
    chip: Chip,
}

struct Link {
    name: String,
    href: String,
}

#[derive(Template)]
#[template(path = "units/show.html")]
struct UnitPage {
    page: Page,
    base: String,
    unit: Unit,
    above: Option<Link>,
    below: Vec<Link>,
    plans: Vec<PlanRow>,
    /// Years for which a plan can be begun.
    free_years: Vec<Year>,
    held: Held,
    edit: bool,
    trail: bool,
    add: bool,
}

/// The page of a unit.
///
/// # Errors
/// When the unit is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(code): Path<String>) -> Result {
    let reached = reach_unit(&app, &caller, &code, Want::ReadUnit).await?;
    let found = plan::list(app.store(), &[reached.unit.id]).await?;
    let year = found.first().map_or(app.this_year(), |plan| plan.year);
    let page = frame::at(&app, &caller, &reached, year, reached.unit.name.as_str(), Room::Units).await?;
    let crumbs =
        vec![Crumb::link(caller.lang.t("Unit kerja"), "/unit"), Crumb::here(reached.unit.code.as_str())];
    let base = format!("/unit/{}", reached.unit.code);
    let compose = reached.allows(&caller, Want::ComposePlan);
    let content = UnitPage {
        page: Page { crumbs, ..page },
        above: above(&caller, &reached),
        below: below(&caller, &reached),
        free_years: if compose { free_years(app.this_year(), &found) } else { Vec::new() },
        plans: found.iter().map(|plan| plan_row(&caller, &reached.unit, plan)).collect(),
        held: held_at(&app, &caller, Place::Unit(reached.unit.id), &reached.scope(), &base).await?,
        edit: reached.allows(&caller, Want::ManageAgency),
        trail: reached.allows(&caller, Want::ReadTrail),
        add: reached.allows(&caller, Want::ManagePeople),
        unit: reached.unit,
        base,
    };
    Ok(Html(content.render()?).into_response())
}

fn above(caller: &Caller, reached: &Reached) -> Option<Link> {
    let above = reached.units.iter().find(|unit| Some(unit.id) == reached.unit.parent)?;
    Some(link(caller, reached, above))
}

fn below(caller: &Caller, reached: &Reached) -> Vec<Link> {
    let below = reached.units.iter().filter(|unit| unit.parent == Some(reached.unit.id));
    below.map(|unit| link(caller, reached, unit)).collect()
}

/// Names of units are no secret, but links lead only where the caller may go.
fn link(caller: &Caller, reached: &Reached, unit: &Unit) -> Link {
    let scope = crate::reach::scope_of(&reached.units, unit.id);
    let may_go = crate::reach::allows(caller, Want::ReadUnit, &scope);
    Link {
        name: unit.name.clone(),
        href: if may_go { format!("/unit/{}", unit.code) } else { String::new() },
    }
}

fn plan_row(caller: &Caller, unit: &Unit, plan: &Found) -> PlanRow {
    PlanRow {
        year: plan.year,
        href: plan_address(unit, plan.year),
        version: plan.version,
        chip: Chip::of_plan(plan.state, caller.lang),
    }
}

/// This year and the next, as far as they have no plan.
fn free_years(this_year: Year, found: &[Found]) -> Vec<Year> {
    let years = [Some(this_year), this_year.next()].into_iter().flatten();
    years.filter(|year| !found.iter().any(|plan| plan.year == *year)).collect()
}
