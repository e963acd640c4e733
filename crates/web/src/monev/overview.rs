//! The year at a glance: planned against realised as a curve, areas by months, what is late or at risk.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::monev::figures::{self, percent};
use bening_core::monev::{Figure, Pace, Period, Row, Share, Status, Table};
use bening_core::plan::Plan;
use bening_core::time::{Month, Year};

use super::{Kept, address, chip, of_year, page, period_name, prose};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::Page;
use crate::plan::status::Chip;
use crate::reach::{self, PlanPath, Reached, reach_unit};

/// Width and height of the curve, and room for its labels, in units of its view box.
const WIDTH: i64 = 720;
const HEIGHT: i64 = 220;
const LEFT: i64 = 44;
const TOP: i64 = 12;
/// Behind the plan by at least so many thousandths is pale, by at least the second strong.
const BEHIND: [i64; 2] = [1, 150];

pub(super) struct Dot {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) said: String,
}

pub(super) struct Curve {
    pub(super) planned: String,
    pub(super) real: String,
    pub(super) dots: Vec<Dot>,
    pub(super) marks: Vec<(i64, i64, String)>,
    pub(super) months: Vec<(i64, &'static str)>,
}

struct Square {
    month: String,
    class: &'static str,
    sign: &'static str,
    planned: String,
    real: String,
}

struct Line {
    name: String,
    squares: Vec<Square>,
}

struct MonthLink {
    href: String,
    name: String,
    tone: &'static str,
    state: &'static str,
}

pub(super) struct Alert {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) area: String,
    pub(super) pics: String,
    pub(super) time: String,
    pub(super) percent: u8,
    pub(super) obstacle: String,
    pub(super) status: Chip,
}

#[derive(Template)]
#[template(path = "monev/overview.html")]
struct OverviewPage {
    page: Page,
    unit: String,
    base: String,
    year: Year,
    planned: String,
    real: String,
    gap: String,
    gap_tone: &'static str,
    late: usize,
    risk: usize,
    until: String,
    curve: Curve,
    lines: Vec<Line>,
    months: Vec<MonthLink>,
    alerts: Vec<Alert>,
    current: (String, String),
    paces: Option<Pace>,
    reports: Vec<(String, String)>,
}

impl OverviewPage {
    /// The tone of a count that should be none.
    fn tone(&self, count: &usize, tone: &'static str) -> &'static str {
        super::tone(*count, tone)
    }
}

#[derive(Template)]
#[template(path = "monev/none.html")]
struct NonePage {
    page: Page,
    plan: String,
}

/// The overview.
///
/// # Errors
/// When the unit is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<PlanPath>) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    let year = reach::year(&path.tahun)?;
    let title = format!("{} {year}", caller.lang.t("Monev"));
    let page = page(&app, &caller, &reached, year, title, Vec::new()).await?;
    let plan = bening_store::plan::find(app.store(), reached.unit.id, year).await?;
    let Some(plan) = plan.filter(|plan| plan.version > 0) else {
        let plan = crate::plan::frame::plan_address(&reached.unit, year);
        return Ok(Html(NonePage { page, plan }.render()?).into_response());
    };
    let kept = Kept::load(&app, &plan).await?;
    Ok(Html(overview(&app, &caller, &reached, &plan, &kept, page)?.render()?).into_response())
}

/// The longer periods that have begun, by name, with where their report lies.
fn reports(page: &Page, base: &str, now: Month) -> Vec<(String, String)> {
    let has_begun = |period: &Period| period.months().next().is_some_and(|first| first <= now);
    let link =
        |period: Period| (page.t(&period.name()).into_owned(), format!("{base}/{}/laporan", period.word()));
    Period::longer().into_iter().filter(has_begun).map(link).collect()
}

/// The last month that has begun; December when the year is over, January before it.
pub(super) fn current(app: &App, year: Year) -> Month {
    match app.this_year().cmp(&year) {
        std::cmp::Ordering::Equal => Month::of(app.today()),
        std::cmp::Ordering::Less => Month::FIRST,
        std::cmp::Ordering::Greater => Month::LAST,
    }
}

fn overview(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    plan: &Plan,
    kept: &Kept,
    page: Page,
) -> Result<OverviewPage> {
    let base = address(reached, plan.year);
    let now = current(app, plan.year);
    let years = of_year(plan, kept);
    let here = years.iter().find(|(month, _)| *month == now).and_then(|(_, each)| Share::of(each));
    let share = here.unwrap_or(Share { planned: 0, real: 0 });
    let period = plan.pace.period(now);
    let table = Table::of(plan, &kept.entries, period.last(), app.today(), &prose()?.rules);
    let gap = share.real - share.planned;
    Ok(OverviewPage {
        unit: reached.unit.code.to_string(),
        base: base.clone(),
        year: plan.year,
        planned: percent(share.planned),
        real: percent(share.real),
        gap: percent(gap),
        gap_tone: gap_tone(gap),
        late: table.count(Status::Late),
        risk: table.count(Status::AtRisk),
        until: page.lang.month(now.number() as usize - 1).to_owned(),
        curve: curve(&page, &years, now),
        lines: lines(&page, &years, now),
        months: plan.pace.periods().map(|period| link(&page, &base, kept, period, now)).collect(),
        alerts: alerts(caller, &base, period.last(), &table),
        current: (period_name(page.lang, period), format!("{base}/{}", period.last().number())),
        paces: (kept.entries.is_empty() && reached.allows(caller, Want::CloseMonev)).then_some(plan.pace),
        reports: reports(&page, &base, now),
        page,
    })
}

/// The tone of realised less planned, in thousandths.
pub(super) fn gap_tone(gap: i64) -> &'static str {
    match -gap {
        behind if behind >= BEHIND[1] => "bad",
        behind if behind >= BEHIND[0] => "warn",
        _ => "ok",
    }
}

fn x(month: Month) -> i64 {
    LEFT + (WIDTH - LEFT - TOP) * (i64::from(month.number()) - 1) / 11
}

fn y(thousandths: i64) -> i64 {
    TOP + HEIGHT - HEIGHT * thousandths.clamp(0, figures::THOUSAND) / figures::THOUSAND
}

pub(super) fn curve(page: &Page, years: &[(Month, Vec<Figure>)], now: Month) -> Curve {
    let shares: Vec<_> =
        years.iter().filter_map(|(month, each)| Share::of(each).map(|share| (*month, share))).collect();
    let point = |month: Month, at: i64| format!("{},{}", x(month), y(at));
    let planned: Vec<_> = shares.iter().map(|(month, share)| point(*month, share.planned)).collect();
    let past = || shares.iter().filter(|(month, _)| *month <= now);
    let real: Vec<_> = past().map(|(month, share)| point(*month, share.real)).collect();
    let dot = |(month, share): &(Month, Share)| Dot {
        x: x(*month),
        y: y(share.real),
        said: format!("{}: {}", page.lang.month(month.number() as usize - 1), percent(share.real)),
    };
    let marks = [0, 25, 50, 75, 100].map(|at| (y(at * 10), y(at * 10) + 4, format!("{at} %")));
    let months = Month::all().map(|month| (x(month), page.lang.month_short(month.number() as usize - 1)));
    Curve {
        planned: planned.join(" "),
        real: real.join(" "),
        dots: past().map(dot).collect(),
        marks: marks.into(),
        months: months.collect(),
    }
}

fn lines(page: &Page, years: &[(Month, Vec<Figure>)], now: Month) -> Vec<Line> {
    let areas = years.first().map(|(_, each)| each.iter().map(|figure| figure.area)).into_iter().flatten();
    let of_area = |area| Line {
        name: page.t(bening_core::plan::Area::name(area)).into_owned(),
        squares: squares(page, years, now, |figure| figure.area == area),
    };
    let total =
        Line { name: page.t("Seluruh area").into_owned(), squares: squares(page, years, now, |_| true) };
    areas.map(of_area).chain([total]).collect()
}

fn squares(
    page: &Page,
    years: &[(Month, Vec<Figure>)],
    now: Month,
    is_meant: impl Fn(&Figure) -> bool,
) -> Vec<Square> {
    let square = |(month, each): &(Month, Vec<Figure>)| {
        let share = Share::of(each.iter().filter(|figure| is_meant(figure)));
        let is_past = *month <= now;
        let behind = share.filter(|_| is_past).map(|share| share.planned - share.real);
        let (class, sign) = match behind {
            None => ("", ""),
            Some(behind) if behind >= BEHIND[1] => ("bad", "!"),
            Some(behind) if behind >= BEHIND[0] => ("warn", "△"),
            Some(_) => ("ok", "✓"),
        };
        let short = |thousandths: i64| (thousandths / 10).to_string();
        Square {
            month: page.lang.month(month.number() as usize - 1).to_owned(),
            class,
            sign,
            planned: share.map(|share| short(share.planned)).unwrap_or_default(),
            real: share.filter(|_| is_past).map(|share| short(share.real)).unwrap_or_default(),
        }
    };
    years.iter().map(square).collect()
}

fn link(page: &Page, base: &str, kept: &Kept, period: Period, now: Month) -> MonthLink {
    let month = period.last();
    let (tone, state) = match () {
        () if kept.closed(month).is_some() => ("ok", "ditutup"),
        () if period.has(now) => ("info", "berjalan"),
        () if month < now => ("warn", "belum ditutup"),
        () => ("mute", "belum dimulai"),
    };
    let name = period_name(page.lang, period);
    MonthLink { href: format!("{base}/{}", month.number()), name, tone, state }
}

pub(super) fn alerts(caller: &Caller, base: &str, now: Month, table: &Table) -> Vec<Alert> {
    let mut rows: Vec<&Row> = table.rows.iter().collect();
    rows.retain(|row| matches!(row.status, Status::Late | Status::AtRisk));
    rows.sort_by_key(|row| (row.status, row.about));
    let alert = |row: &Row| Alert {
        href: format!("{base}/{}#t-{}", now.number(), row.action),
        name: row.name.clone(),
        area: caller.lang.t(row.area.name()).into_owned(),
        pics: row.pics.clone(),
        time: row.time.clone(),
        percent: row.percent,
        obstacle: row.obstacle.clone(),
        status: chip(row.status, caller.lang),
    };
    rows.into_iter().map(alert).collect()
}
