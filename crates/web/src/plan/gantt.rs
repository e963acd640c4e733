//! The plan on a grid of twelve months, with what is done, late and still to come.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::plan::{Action, Plan, Rhythm};
use bening_core::time::{Month, Year};
use chrono::NaiveDate;

use super::status::{Chip, chip};
use super::table::{Head, head, page};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::Page;
use crate::reach::{self, PlanPath, reach_plan, reach_unit};

/// One month of one action: classes of the square, its sign, and what it says aloud.
struct Square {
    class: String,
    sign: &'static str,
    said: &'static str,
}

struct Line {
    name: String,
    pic: String,
    href: String,
    status: Chip,
    squares: Vec<Square>,
}

struct Section {
    id: &'static str,
    title: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "plan/gantt.html")]
struct GanttPage {
    page: Page,
    head: Head,
    sections: Vec<Section>,
    /// This month, 1 to 12; 0 in another year.
    now: u32,
}

/// The time grid.
///
/// # Errors
/// When the plan is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<PlanPath>) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    let plan = reach_plan(&app, &reached, reach::year(&path.tahun)?).await?;
    let page = page(&app, &caller, &reached, plan.year).await?;
    let head = head(&app, &caller, &reached, &plan, "jadwal");
    let now = if app.this_year() == plan.year { Month::of(app.today()).number() } else { 0 };
    let sections = plan.areas.iter().filter(|area| !area.components.is_empty()).map(|area| Section {
        id: area.area.code(),
        title: format!("{}. {}", area.area.roman(), caller.lang.t(area.area.name())),
        lines: lines(&app, &caller, &plan, &head.base, area),
    });
    let sections = sections.collect();
    Ok(Html(GanttPage { page, head, sections, now }.render()?).into_response())
}

fn lines(
    app: &App,
    caller: &Caller,
    plan: &Plan,
    base: &str,
    area: &bening_core::plan::AreaPlan,
) -> Vec<Line> {
    let actions = area.components.iter().flat_map(|component| &component.actions);
    let line = |action: &Action| Line {
        name: action.name.clone(),
        pic: action.pic_names(),
        href: format!("{base}/tindakan/{}", action.id),
        status: chip(action, plan.year, app.today(), caller.lang),
        squares: Month::all().map(|month| square(action, month, plan.year, app.today())).collect(),
    };
    actions.map(line).collect()
}

fn square(action: &Action, month: Month, year: Year, today: NaiveDate) -> Square {
    let months = action.schedule.as_ref().map(|s| s.months()).filter(|months| months.has(month));
    let now = if (Year::of(today), Month::of(today)) == (year, month) { " now" } else { "" };
    let Some(months) = months else { return Square { class: format!("m{now}"), sign: "", said: "" } };
    let each = action.schedule.as_ref().is_some_and(|s| s.rhythm() == Rhythm::EachMonth);
    let beside = |number: u32| Month::new(number).is_some_and(|month| months.has(month)) && !each;
    let from = if beside(month.number() - 1) { "" } else { " from" };
    let to = if beside(month.number() + 1) { "" } else { " to" };
    let (state, sign, said) = state(action, month, months.last(), each, month.last_day(year) < today);
    Square { class: format!("m {state}{from}{to}{now}"), sign, said }
}

/// A stretch of work is done or late as a whole; work of each month by itself.
fn state(
    action: &Action,
    month: Month,
    last: Month,
    each: bool,
    is_past: bool,
) -> (&'static str, &'static str, &'static str) {
    let reported = |month| action.done.iter().any(|done| done.month == month);
    let due = each || month == last;
    match () {
        () if action.withdrawn.is_some() => ("gone", "–", "ditarik"),
        () if reported(if each { month } else { last }) => ("done", if due { "✓" } else { "" }, "selesai"),
        () if due && is_past => ("late", "!", "terlambat"),
        () => ("on", "", "rencana"),
    }
}
