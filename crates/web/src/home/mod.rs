//! Home: what must I do now, what is late, where do we stand. Different for those who work at a unit and those
//! who look over many.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::plan::progress::{self, Summary};
use bening_core::plan::{Plan, PlanState};
use bening_core::time::{Month, Year};
use bening_core::unit::Unit;
use bening_store::plan as store;
use chrono::NaiveDate;

use crate::app::App;
use crate::assessment::waiting::{self, Waiting};
use crate::caller::Caller;
use crate::error::Result;
use crate::lke::{self, card::Card};
use crate::page::{Page, Room, Tone};
use crate::plan::frame::{self, plan_address};
use crate::plan::mine::urgency;
use crate::plan::status::{Chip, chip};
use crate::reach::{Reached, readable_units};
use crate::words::Lang;

/// How many tasks the page lists.
const TASKS_MAX: usize = 8;
/// How many units the page sums up; the list of units has all of them.
const UNITS_MAX: usize = 25;

struct Task {
    name: String,
    place: String,
    href: String,
    chip: Chip,
}

struct AreaRow {
    name: &'static str,
    done: usize,
    total: usize,
    late: usize,
    tone: &'static str,
    percent: String,
}

/// A point of the curve of planned and real work, as percent of all that is due over the year.
struct Point {
    month: &'static str,
    planned: usize,
    real: Option<usize>,
}

struct Curve {
    points: Vec<Point>,
    planned: String,
    real: String,
    now_x: Option<usize>,
    real_now: usize,
    planned_now: usize,
}

struct UnitRow {
    code: String,
    name: String,
    href: String,
    chip: Chip,
    summary: Summary,
    percent: String,
}

struct UnitBoard {
    base: String,
    year: Year,
    summary: Summary,
    late_tone: &'static str,
    tasks: Vec<Task>,
    areas: Vec<AreaRow>,
    curve: Curve,
    step: Option<Step>,
}

/// The next step in the plan's life that waits for this person.
struct Step {
    text: String,
    href: String,
    label: String,
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage {
    page: Page,
    greeting: String,
    lead: String,
    board: Option<UnitBoard>,
    units: Vec<UnitRow>,
    none: Option<NoPlan>,
    lke: Option<Card>,
    waiting: Option<Waiting>,
}

/// A unit without a plan for the year.
struct NoPlan {
    base: String,
    can_compose: bool,
    year: Year,
}

/// The home of whoever is signed in.
///
/// # Errors
/// When the store fails.
pub async fn show(State(app): State<App>, caller: Caller) -> Result {
    let units = readable_units(&app, &caller).await?;
    let page = frame::plain(&app, &caller, caller.lang.t("Beranda"), Room::Home).await?;
    let at_unit =
        caller.actor.assignments.iter().any(|held| matches!(held.place, bening_core::person::Place::Unit(_)));
    let spot = frame::usual(&app, &caller).await?;
    let (mut board, mut none, mut lke) = (None, None, None);
    if let Some(spot) = spot.filter(|_| at_unit) {
        let reached = Reached { unit: spot.unit.clone(), units: bening_store::unit::all(app.store()).await? };
        lke = lke::card::card(&app, &caller, &reached).await?;
        match store::find(app.store(), spot.unit.id, spot.year).await? {
            Some(plan) => board = Some(unit_board(&app, &caller, &reached, &plan)),
            None => {
                let can_compose = reached.allows(&caller, Want::ComposePlan);
                none = Some(NoPlan { base: spot.plan(), can_compose, year: spot.year });
            }
        }
    }
    let waiting = waiting::card(&app, &caller, &units).await?;
    let rows = if at_unit && units.len() < 2 { Vec::new() } else { unit_rows(&app, &caller, &units).await? };
    let (greeting, lead) = (greeting(&app, &caller), lead(&caller, board.as_ref(), &rows));
    Ok(Html(HomePage { page, greeting, lead, board, units: rows, none, lke, waiting }.render()?)
        .into_response())
}

fn greeting(app: &App, caller: &Caller) -> String {
    use chrono::Timelike;
    let (_, time) = app.local(app.now());
    let words = match time.hour() {
        4..11 => "Selamat pagi, %{n}",
        11..15 => "Selamat siang, %{n}",
        15..19 => "Selamat sore, %{n}",
        _ => "Selamat malam, %{n}",
    };
    caller.lang.tf(words, &[("n", &caller.person.name)])
}

fn lead(caller: &Caller, board: Option<&UnitBoard>, rows: &[UnitRow]) -> String {
    let late =
        board.map_or_else(|| rows.iter().map(|row| row.summary.late).sum(), |board| board.summary.late);
    let due =
        board.map_or_else(|| rows.iter().map(|row| row.summary.due_now).sum(), |board| board.summary.due_now);
    match (late, due) {
        (0, 0) => {
            caller.lang.t("Tidak ada yang terlambat dan tidak ada yang jatuh tempo bulan ini.").into_owned()
        }
        (0, due) => caller.lang.tn("Tidak ada yang terlambat; %{n} tindakan jatuh tempo bulan ini.", due),
        (late, _) => caller.lang.tn("%{n} tindakan terlambat.", late),
    }
}

fn unit_board(app: &App, caller: &Caller, reached: &Reached, plan: &Plan) -> UnitBoard {
    let base = plan_address(&reached.unit, plan.year);
    let summary = progress::summary(plan, app.today());
    UnitBoard {
        year: plan.year,
        late_tone: late_tone(&summary),
        summary,
        tasks: tasks(app, caller, plan, &base),
        areas: area_rows(plan, app.today()),
        curve: curve(plan, app.today(), caller.lang),
        step: step(caller, reached, plan, &base),
        base,
    }
}

/// The caller's own actions that wait; for who is nobody's PIC, the unit's most urgent ones.
fn tasks(app: &App, caller: &Caller, plan: &Plan, base: &str) -> Vec<Task> {
    let own = plan.actions().any(|placed| placed.action.is_for(caller.id()));
    let mut waiting: Vec<_> = plan
        .actions()
        .filter(|placed| !own || placed.action.is_for(caller.id()))
        .map(|placed| (urgency(progress::standing(placed.action, plan.year, app.today())), placed))
        .filter(|(urgency, _)| urgency.0 < 4)
        .collect();
    waiting.sort_by_key(|(urgency, _)| *urgency);
    let task = |placed: bening_core::plan::Placed<'_>| Task {
        name: placed.action.name.clone(),
        place: format!("{} · {}", caller.lang.t(placed.area.name()), placed.action.pic_names()),
        href: format!("{base}/tindakan/{}", placed.action.id),
        chip: chip(placed.action, plan.year, app.today(), caller.lang),
    };
    waiting.into_iter().take(TASKS_MAX).map(|(_, placed)| task(placed)).collect()
}

fn area_rows(plan: &Plan, today: NaiveDate) -> Vec<AreaRow> {
    let row = |area: &bening_core::plan::AreaPlan| {
        let only = Plan { areas: vec![area.clone()], priorities: Vec::new(), ..plan.clone() };
        let summary = progress::summary(&only, today);
        let (done, total) = (summary.done, summary.total());
        AreaRow {
            name: area.area.name(),
            done,
            total,
            late: summary.late,
            tone: late_tone(&summary),
            percent: percent(done, total).to_string(),
        }
    };
    plan.areas.iter().map(row).filter(|row| row.total > 0).collect()
}

fn late_tone(summary: &Summary) -> &'static str {
    if summary.late > 0 { "bad" } else { "" }
}

fn percent(part: usize, whole: usize) -> usize {
    (part * 100).checked_div(whole).unwrap_or(0)
}

/// Planned and real work by month: every month in which an action is due counts one.
fn curve(plan: &Plan, today: NaiveDate, lang: Lang) -> Curve {
    let actions = || plan.actions().map(|placed| placed.action).filter(|action| action.withdrawn.is_none());
    let due: Vec<Month> = actions().flat_map(|a| a.schedule.iter().flat_map(|s| s.due_months())).collect();
    let done: Vec<Month> = actions().flat_map(|a| a.done.iter().map(|done| Month::of(done.on))).collect();
    let year_now = Year::of(today);
    let now = if year_now == plan.year { Some(Month::of(today)) } else { None };
    let upto = |months: &[Month], end: Month| {
        percent(months.iter().filter(|month| **month <= end).count(), due.len())
    };
    let is_past = |month: Month| plan.year < year_now || now.is_some_and(|now| month <= now);
    let points: Vec<Point> = Month::all()
        .map(|month| Point {
            month: lang.month_short(month.number() as usize - 1),
            planned: upto(&due, month),
            real: is_past(month).then(|| upto(&done, month)),
        })
        .collect();
    let last = now.unwrap_or(Month::LAST);
    Curve {
        planned: path(points.iter().map(|point| Some(point.planned))),
        real: path(points.iter().map(|point| point.real)),
        now_x: now.map(|month| x(month.number() as usize - 1)),
        real_now: upto(&done, last),
        planned_now: upto(&due, last),
        points,
    }
}

fn x(index: usize) -> usize {
    40 + index * 34
}

/// The points as an SVG path: x by month, y from 108 (0 %) to 12 (100 %).
fn path(values: impl Iterator<Item = Option<usize>>) -> String {
    let points = values.enumerate().map_while(|(index, value)| {
        let y = 108.0 - value? as f64 * 0.96;
        Some(format!("{}{} {y:.1}", if index == 0 { "M" } else { "L" }, x(index)))
    });
    points.collect()
}

fn step(caller: &Caller, reached: &Reached, plan: &Plan, base: &str) -> Option<Step> {
    let open = plan.state != PlanState::Approved && plan.actions().next().is_some();
    let text = match plan.state {
        PlanState::Draft => "Rancangan rencana menunggu persetujuan Anda.",
        _ => "Perubahan rencana menunggu persetujuan Anda.",
    };
    (open && reached.allows(caller, Want::ApprovePlan)).then(|| Step {
        text: caller.lang.t(text).into_owned(),
        href: base.to_owned(),
        label: caller.lang.t("Periksa rencana").into_owned(),
    })
}

async fn unit_rows(app: &App, caller: &Caller, units: &[Unit]) -> Result<Vec<UnitRow>> {
    let units = &units[..units.len().min(UNITS_MAX)];
    let ids: Vec<_> = units.iter().map(|unit| unit.id).collect();
    let found = store::list(app.store(), &ids).await?;
    let mut rows = Vec::new();
    for unit in units {
        let newest = found
            .iter()
            .filter(|plan| plan.unit == unit.id && plan.year <= app.this_year())
            .max_by_key(|plan| plan.year);
        let plan = match newest {
            Some(newest) => store::find(app.store(), unit.id, newest.year).await?,
            None => None,
        };
        rows.push(unit_row(app, caller, unit, plan.as_ref()));
    }
    Ok(rows)
}

fn unit_row(app: &App, caller: &Caller, unit: &Unit, plan: Option<&Plan>) -> UnitRow {
    let summary = plan.map(|plan| progress::summary(plan, app.today())).unwrap_or_default();
    let (tone, text) = match plan.map(|plan| plan.state) {
        None => (Tone::Mute, "belum ada rencana"),
        Some(PlanState::Draft) => (Tone::Warn, "rancangan"),
        Some(PlanState::Approved) => (Tone::Ok, "disetujui"),
        Some(PlanState::Amending) => (Tone::Info, "sedang diubah"),
    };
    UnitRow {
        code: unit.code.to_string(),
        name: unit.name.clone(),
        href: plan_address(unit, plan.map_or(app.this_year(), |plan| plan.year)),
        chip: Chip { tone, sign: "", text: caller.lang.t(text).into_owned() },
        percent: percent(summary.done, summary.total()).to_string(),
        summary,
    }
}
