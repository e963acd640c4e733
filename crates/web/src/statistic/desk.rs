//! Where a unit lets the counts of a register out: what everybody would see, what everybody sees, and the two buttons.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry as Record;
use bening_core::id::StatisticId;
use bening_core::register::Statistic;
use bening_core::statistic::{Released, StatisticRefusal, Subject, Told, public};
use bening_core::time::Year;
use bening_store::statistic as store;
use serde::Deserialize;
use serde_json::json;

use super::{Shown, tables};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::{Crumb, Page};
use crate::reach;
use crate::register::{AskYear, Desk, RegisterPath};

/// Of which year.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OfYear {
    tahun: String,
}

#[derive(Template)]
#[template(path = "statistic/desk.html")]
struct DeskPage {
    page: Page,
    base: String,
    year: i32,
    what: String,
    citation: String,
    small: u32,
    hides: bool,
    tables: Vec<Shown>,
    /// Address and day of what everybody sees.
    public: Option<(String, String)>,
    is_same: bool,
    publishes: bool,
}

/// A register that lets something out, for those who read all of it.
async fn reach(app: &App, caller: &Caller, path: &RegisterPath) -> Result<(Desk, &'static Statistic)> {
    let desk = Desk::reach(app, caller, &path.unit, &path.register).await?;
    let how = desk.register.statistic.as_ref().ok_or(AppError::NotFound)?;
    desk.demand(desk.is_open())?;
    Ok((desk, how))
}

fn subject<'a>(desk: &Desk, how: &'a Statistic, year: Year) -> Subject<'a>
where
    'static: 'a,
{
    Subject { unit: desk.reached.unit.id, register: desk.register, how, year }
}

/// What everybody would see.
///
/// # Errors
/// When the register lets nothing out, or is not to be read.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RegisterPath>,
    Query(ask): Query<AskYear>,
) -> Result {
    let (desk, how) = reach(&app, &caller, &path).await?;
    let year = ask.year(&app)?;
    let rows = desk.all_rows(&app, year).await?;
    let all = store::of_unit(app.store(), desk.reached.unit.id).await?;
    let release = subject(&desk, how, year).release(&rows, app.today(), &all);
    let title = caller.lang.t("Statistik terbuka").into_owned();
    let page = desk.page(&app, &caller, year, title.clone(), vec![Crumb::here(title)]).await?;
    let now = public(&all, &desk.register.id, year);
    let unit = &desk.reached.unit.code;
    let shown = DeskPage {
        base: format!("{}/statistik", desk.address()),
        year: year.get(),
        what: how.title.clone(),
        citation: how.citation.clone(),
        small: how.small,
        hides: release.hides(),
        tables: if rows.is_empty() { Vec::new() } else { tables(&page, &release) },
        public: now.map(|one| (super::public::address(unit.as_str(), one), page.date_long(one.on))),
        is_same: now.is_some_and(|one| one.release == release),
        publishes: desk.reached.allows(&caller, Want::PublishStatistics),
        page,
    };
    Ok(Html(shown.render()?).into_response())
}

/// Lets the counts out.
///
/// # Errors
/// When the caller may not, there are none, or the same is public already.
pub async fn publish(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RegisterPath>,
    Posted(of): Posted<OfYear>,
) -> Result {
    let (desk, how, year) = demanded(&app, &caller, &path, &of).await?;
    let rows = desk.all_rows(&app, year).await?;
    let tx = app.store().begin().await?;
    let all = store::lock_of_unit(&tx, desk.reached.unit.id).await?;
    let told = Told { id: StatisticId(chance::fresh()), by: caller.id(), today: app.today() };
    let new = subject(&desk, how, year).publish(&rows, told, &all)?;
    store::add(&tx, &new).await?;
    tx.commit(record(&caller, "statistic.published", &new), app.now()).await?;
    let said = caller.lang.t("Statistik dipublikasikan. Siapa pun dapat membacanya.");
    Ok(flash::done(see_other(&back(&desk, year)), said))
}

/// Takes them back.
///
/// # Errors
/// When the caller may not, or nothing is public.
pub async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RegisterPath>,
    Posted(of): Posted<OfYear>,
) -> Result {
    let (desk, _, year) = demanded(&app, &caller, &path, &of).await?;
    let tx = app.store().begin().await?;
    let all = store::lock_of_unit(&tx, desk.reached.unit.id).await?;
    let one = public(&all, &desk.register.id, year).ok_or(StatisticRefusal::NotPublished)?;
    let gone = one.clone().withdraw(app.today());
    store::update(&tx, &gone).await?;
    tx.commit(record(&caller, "statistic.withdrawn", &gone), app.now()).await?;
    let said = caller.lang.t("Publikasi ditarik. Siapa yang sudah mengunduhnya tetap memilikinya.");
    Ok(flash::done(see_other(&back(&desk, year)), said))
}

async fn demanded(
    app: &App,
    caller: &Caller,
    path: &RegisterPath,
    of: &OfYear,
) -> Result<(Desk, &'static Statistic, Year)> {
    let (desk, how) = reach(app, caller, path).await?;
    desk.demand(desk.reached.allows(caller, Want::PublishStatistics))?;
    Ok((desk, how, reach::year(&of.tahun)?))
}

fn back(desk: &Desk, year: Year) -> String {
    format!("{}/statistik?tahun={year}", desk.address())
}

fn record(caller: &Caller, event: &'static str, one: &Released) -> Record {
    let after = json!({ "register": one.register, "year": one.year.get() });
    Record::new(caller.audit(), event, one.id.0).of_unit(one.unit).after(after)
}
