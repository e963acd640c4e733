//! Approved versions, what changed between any two of them or since the last, and who did what.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::plan::diff::{self, Difference, Kind};
use bening_core::plan::export::PlanExport;
use bening_core::plan::{Plan, PlanState};
use bening_store::{audit, person, plan as store};
use serde::Deserialize;

use super::table::{Head, head, page};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::Page;
use crate::reach::{self, PlanPath, Reached, reach_plan, reach_unit};
use crate::trail::{actor, event};
use crate::words::Lang;

/// How many entries of the trail the page shows.
const TRAIL_ROWS: u64 = 30;

struct VersionRow {
    number: u32,
    at: String,
    by: String,
    note: String,
}

struct DiffRow {
    class: &'static str,
    sign: &'static str,
    place: String,
    row: String,
    what: String,
    from: String,
    to: String,
}

/// An entry of the trail as people read it.
pub struct TrailRow {
    /// What was done.
    pub what: String,
    /// Who and when.
    pub who: String,
}

#[derive(Template)]
#[template(path = "plan/history.html")]
struct HistoryPage {
    page: Page,
    head: Head,
    versions: Vec<VersionRow>,
    from: u32,
    to: u32,
    rows: Vec<DiffRow>,
    trail: Vec<TrailRow>,
}

/// Which versions to compare; 0 is the plan as it is now.
#[derive(Debug, Default, Deserialize)]
pub struct Between {
    dari: Option<u32>,
    ke: Option<u32>,
}

/// The history of a plan.
///
/// # Errors
/// When the plan is not to be seen or a version does not exist.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PlanPath>,
    Query(between): Query<Between>,
) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    let plan = reach_plan(&app, &reached, reach::year(&path.tahun)?).await?;
    let page = page(&app, &caller, &reached, plan.year).await?;
    let head = head(&app, &caller, &reached, &plan, "riwayat");
    let versions = versions(&app, &caller, &plan).await?;
    let (from, to) = (between.dari.unwrap_or_else(|| since(&plan)), between.ke.unwrap_or(0));
    let rows = differences(&app, &reached, &plan, from, to).await?;
    let rows = rows.into_iter().map(|difference| diff_row(difference, caller.lang)).collect();
    let trail = trail(&app, &caller, audit::About::Subject(plan.id.0)).await?;
    Ok(Html(HistoryPage { page, head, versions, from, to, rows, trail }.render()?).into_response())
}

/// What an open plan changes of the version that holds; of an approved one, what its last amendment changed.
fn since(plan: &Plan) -> u32 {
    let settled = plan.state == PlanState::Approved && plan.version > 1;
    if settled { plan.version - 1 } else { plan.version }
}

async fn versions(app: &App, caller: &Caller, plan: &Plan) -> Result<Vec<VersionRow>> {
    let versions = store::versions(app.store(), plan.id).await?;
    let names = person::names(app.store(), versions.iter().map(|version| version.approved_by)).await?;
    let row = |version: store::Version| VersionRow {
        number: version.number,
        at: moment(app, caller.lang, version.approved_at),
        by: names.get(&version.approved_by).cloned().unwrap_or_default(),
        note: version.note,
    };
    Ok(versions.into_iter().map(row).collect())
}

async fn differences(
    app: &App,
    reached: &Reached,
    plan: &Plan,
    from: u32,
    to: u32,
) -> Result<Vec<Difference>> {
    if plan.version == 0 {
        return Ok(Vec::new());
    }
    Ok(diff::compare(&contents(app, reached, plan, from).await?, &contents(app, reached, plan, to).await?))
}

async fn contents(app: &App, reached: &Reached, plan: &Plan, number: u32) -> Result<PlanExport> {
    if number == 0 {
        return Ok(PlanExport::of(plan, reached.unit.code.as_str(), &reached.unit.name));
    }
    store::snapshot(app.store(), plan.id, number).await?.ok_or(AppError::NotFound)
}

fn diff_row(difference: Difference, lang: Lang) -> DiffRow {
    let (class, sign, what, from, to) = match difference.kind {
        Kind::Added => ("added", "+", lang.t("baru").into_owned(), String::new(), String::new()),
        Kind::Removed => ("removed", "−", lang.t("dihapus").into_owned(), String::new(), String::new()),
        Kind::Withdrawn(reason) => ("removed", "–", lang.t("ditarik").into_owned(), String::new(), reason),
        Kind::Changed { field, from, to } => ("changed", "~", lang.t(field).into_owned(), from, to),
    };
    DiffRow { class, sign, place: difference.place, row: difference.row, what, from, to }
}

/// A moment as day and time where the agency is.
pub fn moment(app: &App, lang: Lang, at: chrono::DateTime<chrono::Utc>) -> String {
    let (day, time) = app.local(at);
    format!("{} {}", lang.date(day), lang.clock(time))
}

/// Newest entries of the trail about something.
///
/// # Errors
/// When the store fails.
pub async fn trail(app: &App, caller: &Caller, about: audit::About) -> Result<Vec<TrailRow>> {
    let links = audit::newest(app.store(), about, None, TRAIL_ROWS).await?;
    let people = links.iter().filter_map(|link| link.person.map(bening_core::id::PersonId));
    let names = person::names(app.store(), people).await?;
    let row = |link: bening_core::audit::Link| {
        let name = link.person.and_then(|id| names.get(&bening_core::id::PersonId(id)).cloned());
        let who = name.unwrap_or_else(|| caller.lang.t(actor(&link.actor)).into_owned());
        TrailRow {
            what: caller.lang.t(event(&link.event)).into_owned(),
            who: format!("{who} · {}", moment(app, caller.lang, link.at)),
        }
    };
    Ok(links.into_iter().map(row).collect())
}
