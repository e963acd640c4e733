//! Conflicts of interest: assessors declare and withdraw their own; those who form teams see all.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::team::{Conflict, edit};
use bening_core::unit::Unit;
use bening_store::{person, team as store};
use serde::Deserialize;

use super::page::Tabs;
use super::sight::Sight;
use super::teams::crumbs;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::page::{Page, Room};
use crate::plan::frame;
use crate::reach::{allows, reach_unit, scope_of};

/// Where the page lies.
const BASE: &str = "/penilaian/konflik";

/// A declaration.
#[derive(Debug, Deserialize)]
pub struct Declared {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    alasan: String,
}

struct Line {
    person: String,
    unit: String,
    code: String,
    reason: String,
    day: String,
    is_own: bool,
}

#[derive(Template)]
#[template(path = "assessment/conflicts.html")]
struct ConflictsPage {
    page: Page,
    tabs: Tabs,
    lines: Vec<Line>,
    units: Vec<Unit>,
    manages: bool,
}

/// The declared conflicts: one's own, or all for those who form teams.
///
/// # Errors
/// When the caller has nothing to do with the assessment of the agency.
pub async fn show(State(app): State<App>, caller: Caller) -> Result {
    let sight = Sight::of(&app, &caller).await?;
    let tabs = Tabs::of(&caller, &sight, "konflik", app.this_year().get(), Vec::new());
    if !tabs.declares && !tabs.manages {
        return Err(AppError::Forbidden);
    }
    let title = caller.lang.t("Benturan kepentingan");
    let page = frame::plain(&app, &caller, title.as_ref(), Room::Assessment).await?;
    let all = store::conflicts(app.store()).await?;
    let names = person::names(app.store(), all.iter().map(|each| each.person)).await?;
    let is_shown = |each: &&Conflict| sight.manages || each.person == caller.id();
    let line = |each: &Conflict| {
        let unit = sight.units.iter().find(|unit| unit.id == each.unit);
        Line {
            person: names.get(&each.person).cloned().unwrap_or_default(),
            unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            code: unit.map(|unit| unit.code.to_string()).unwrap_or_default(),
            reason: each.reason.clone(),
            day: page.date(app.local(each.declared_at).0),
            is_own: each.person == caller.id(),
        }
    };
    let lines = all.iter().filter(is_shown).map(line).collect();
    let stands = |unit: &Unit| all.iter().any(|each| each.person == caller.id() && each.unit == unit.id);
    let may = |unit: &&Unit| allows(&caller, Want::DeclareConflict, &scope_of(&sight.units, unit.id));
    let units = sight.units.iter().filter(may).filter(|unit| !stands(unit)).cloned().collect();
    let crumbs = crumbs(&caller, &title);
    let (manages, page) = (sight.manages, Page { crumbs, ..page.clone() });
    Ok(Html(ConflictsPage { page, tabs, lines, units, manages }.render()?).into_response())
}

/// Declares a conflict of one's own.
///
/// # Errors
/// When the caller does not assess, or a reason is missing.
pub async fn declare(State(app): State<App>, caller: Caller, Posted(form): Posted<Declared>) -> Result {
    Sight::of(&app, &caller).await?;
    let reached = reach_unit(&app, &caller, &form.unit, Want::DeclareConflict).await?;
    let standing = store::conflicts(app.store()).await?;
    let conflict = edit::declare(&standing, caller.id(), reached.unit.id, &form.alasan, app.now())?;
    let tx = app.store().begin().await?;
    store::declare(&tx, &conflict).await?;
    let entry = Entry::new(caller.audit(), "conflict.declared", caller.id().0).of_unit(reached.unit.id);
    tx.commit(entry.after(&conflict), app.now()).await?;
    let said = caller.lang.t("Benturan kepentingan dicatat. Anda tidak menilai unit ini lagi.");
    Ok(flash::done(see_other(BASE), said))
}

/// Withdraws a conflict of one's own.
///
/// # Errors
/// When the caller has declared none with the unit.
pub async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    _: Posted<Nothing>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::DeclareConflict).await?;
    let standing = store::conflicts(app.store()).await?;
    let own = standing.iter().find(|each| each.person == caller.id() && each.unit == reached.unit.id);
    let own = own.ok_or(AppError::NotFound)?;
    let tx = app.store().begin().await?;
    store::withdraw(&tx, caller.id(), reached.unit.id).await?;
    let entry = Entry::new(caller.audit(), "conflict.withdrawn", caller.id().0).of_unit(reached.unit.id);
    tx.commit(entry.before(own), app.now()).await?;
    Ok(flash::done(see_other(BASE), caller.lang.t("Pernyataan benturan kepentingan dicabut.")))
}
