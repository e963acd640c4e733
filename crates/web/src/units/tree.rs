//! The tree of units the caller may read, and adding one to it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::audit::Entry;
use bening_core::id::UnitId;
use bening_core::unit::{Unit, ancestors};
use bening_store::plan::Found;
use bening_store::{StoreError, plan, unit as store};

use super::fields::{Choice, Fields, choices};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::Result;
use crate::flash;
use crate::form::{Errors, Posted, see_other};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame::{self, plan_address};
use crate::plan::status::Chip;
use crate::reach::{self, demand};

/// How deep the tree is shown indented; deeper units stand at this depth.
const DEPTH_MAX: usize = 4;

struct Row {
    depth: usize,
    code: String,
    name: String,
    echelon: &'static str,
    head_title: String,
    plan: Option<PlanLink>,
}

struct PlanLink {
    year: String,
    href: String,
    chip: Chip,
}

#[derive(Template)]
#[template(path = "units/tree.html")]
struct TreePage {
    page: Page,
    rows: Vec<Row>,
    manage: bool,
    fields: Fields,
    choices: Vec<Choice>,
    errors: Errors,
}

/// All units the caller may read.
///
/// # Errors
/// When the store fails.
pub async fn show(State(app): State<App>, caller: Caller) -> Result {
    let fields = Fields { eselon: "II".to_owned(), ..Fields::default() };
    render(&app, &caller, fields, Errors::default()).await.map(IntoResponse::into_response)
}

async fn render(app: &App, caller: &Caller, fields: Fields, errors: Errors) -> Result<Html<String>> {
    let units = reach::readable_units(app, caller).await?;
    let ids: Vec<_> = units.iter().map(|unit| unit.id).collect();
    let found = plan::list(app.store(), &ids).await?;
    let page = frame::plain(app, caller, caller.lang.t("Unit kerja"), Room::Units).await?;
    let crumbs = vec![Crumb::link(caller.lang.t("Beranda"), "/"), Crumb::here(caller.lang.t("Unit kerja"))];
    let rows = in_order(&units).into_iter().map(|(unit, depth)| row(caller, unit, depth, &found)).collect();
    let manage = reach::allows(caller, Want::ManageAgency, &Scope::agency());
    let choices = choices(&units, None);
    let page = Page { crumbs, ..page };
    Ok(Html(TreePage { page, rows, manage, fields, choices, errors }.render()?))
}

/// Units by code, each followed by those below it. One whose parent is not to be seen stands at the top.
fn in_order(units: &[Unit]) -> Vec<(&Unit, usize)> {
    let mut placed: Vec<_> = units.iter().map(|unit| (path(units, unit), unit)).collect();
    placed.sort_by(|a, b| a.0.cmp(&b.0));
    placed.into_iter().map(|(path, unit)| (unit, (path.len() - 1).min(DEPTH_MAX))).collect()
}

/// Codes from the top of what is seen down to the unit.
fn path<'a>(units: &'a [Unit], unit: &'a Unit) -> Vec<&'a str> {
    let code = |id: UnitId| units.iter().find(|unit| unit.id == id).map(|unit| unit.code.as_str());
    let mut path = vec![unit.code.as_str()];
    path.extend(ancestors(units, unit.id).into_iter().map_while(code));
    path.reverse();
    path
}

fn row(caller: &Caller, unit: &Unit, depth: usize, found: &[Found]) -> Row {
    let newest = found.iter().filter(|plan| plan.unit == unit.id).max_by_key(|plan| plan.year);
    let link = |plan: &Found| PlanLink {
        year: plan.year.to_string(),
        href: plan_address(unit, plan.year),
        chip: Chip::of_plan(plan.state, caller.lang),
    };
    Row {
        depth,
        code: unit.code.to_string(),
        name: unit.name.clone(),
        echelon: unit.echelon.as_str(),
        head_title: unit.head_title.clone(),
        plan: newest.map(link),
    }
}

/// Adds a unit.
///
/// # Errors
/// When the caller may not; what is wrong with the fields comes back with the page.
pub async fn add(State(app): State<App>, caller: Caller, Posted(typed): Posted<Fields>) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let units = store::all(app.store()).await?;
    let outcome = match typed.unit(UnitId(chance::fresh()), &units) {
        Ok(unit) => keep(&app, &caller, &unit).await?.map(|()| unit),
        Err(errors) => Err(errors),
    };
    match outcome {
        Ok(unit) => {
            let text = caller
                .lang
                .tf("Unit %{kode} ditambah. Tambahkan pimpinan dan ketua timnya.", &[("kode", &unit.code)]);
            Ok(flash::done(see_other(&format!("/unit/{}", unit.code)), text))
        }
        Err(errors) => {
            let page = render(&app, &caller, typed, errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn keep(app: &App, caller: &Caller, unit: &Unit) -> Result<std::result::Result<(), Errors>> {
    let tx = app.store().begin().await?;
    match store::add(&tx, unit).await {
        Err(StoreError::Duplicate) => return Ok(Err(Errors::one("kode", super::edit::TAKEN))),
        outcome => outcome?,
    }
    let entry = Entry::new(caller.audit(), "unit.added", unit.id.0).of_unit(unit.id).after(unit);
    tx.commit(entry, app.now()).await?;
    Ok(Ok(()))
}
