//! Monitoring of a plan: the overview of a year, the table of a month, and what people do there. What may happen to
//! a month is decided in `bening_core::monev`.

pub mod brief;
pub mod change;
pub mod month;
pub mod overview;
pub mod pace;
pub mod report;

use bening_core::monev::figures::figures;
use bening_core::monev::report::{Monitored, Prose};
use bening_core::monev::{Entry, Figure, Period, Rules, Status, Table};
use bening_core::plan::Plan;
use bening_core::time::{Month, Year};
use bening_store::monev::{self as store, ClosedMonth};
use serde::Deserialize;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Page, Room, Tone};
use crate::plan::frame;
use crate::plan::status::Chip;
use crate::reach::Reached;
use crate::words::Lang;

/// `/unit/{unit}/monev/{tahun}/{bulan}` as words.
#[derive(Debug, Clone, Deserialize)]
pub struct MonthPath {
    unit: String,
    tahun: String,
    bulan: String,
}

/// The rules and words that come with Bening.
fn prose() -> Result<Prose> {
    Prose::builtin().map_err(|error| AppError::Bad(error.to_string()))
}

/// A month by its number.
fn month(text: &str) -> Result<Month> {
    text.parse().ok().and_then(Month::new).ok_or(AppError::NotFound)
}

/// A period by its name in the words of a reader: "Juni", "Triwulan II".
fn period_name(lang: Lang, period: Period) -> String {
    match period.is_month() {
        true => lang.month(period.last().number() as usize - 1).to_owned(),
        false => lang.t(&period.name()).into_owned(),
    }
}

/// Address of the monitoring of a unit in a year.
fn address(reached: &Reached, year: Year) -> String {
    format!("/unit/{}/monev/{year}", reached.unit.code)
}

/// What is kept about a plan's year: at most twelve entries an action and twelve months.
struct Kept {
    entries: Vec<Entry>,
    months: Vec<ClosedMonth>,
}

impl Kept {
    async fn load(app: &App, plan: &Plan) -> Result<Self> {
        let entries = store::entries(app.store(), plan.id).await?;
        Ok(Self { entries, months: store::months(app.store(), plan.id).await? })
    }

    fn closed(&self, month: Month) -> Option<&ClosedMonth> {
        self.months.iter().find(|closed| closed.month == month)
    }
}

/// Planned and realised by the end of a month; as it was closed, once it was.
fn of_month(plan: &Plan, kept: &Kept, month: Month) -> Vec<Figure> {
    let closed = kept.closed(month).map(|closed| closed.figures.clone());
    closed.unwrap_or_else(|| figures(plan, &kept.entries, month))
}

/// Planned and realised of the areas by the end of each month of the year.
fn of_year(plan: &Plan, kept: &Kept) -> Vec<(Month, Vec<Figure>)> {
    Month::all().map(|month| (month, of_month(plan, kept, month))).collect()
}

/// A month as it was closed with what was corrected since, or as it stands while it is open.
async fn monitored(app: &App, plan: &Plan, kept: &Kept, month: Month, rules: &Rules) -> Result<Monitored> {
    let closing = store::closing(app.store(), plan.id, month).await?;
    let corrections = store::corrections(app.store(), plan.id, month).await?;
    let table = match &closing {
        Some(closing) => Table::closed(closing, &corrections),
        None => Table::of(plan, &kept.entries, month, app.today(), rules),
    };
    Ok(Monitored { table, closing, corrections })
}

/// The last month of the first period before this one that is open although something was to be done in it.
fn open_before(plan: &Plan, closed: &[ClosedMonth], month: Month) -> Option<Month> {
    let is_open = |each: &Month| !closed.iter().any(|closed| closed.month == *each);
    let ends = plan.pace.periods().map(Period::last);
    let begins = plan.actions().filter(|placed| placed.action.approved_in.is_some());
    let begins = begins.filter_map(|placed| Some(placed.action.schedule.as_ref()?.months().first())).min()?;
    ends.filter(|each| begins <= *each && *each < month).find(is_open)
}

/// The tone of a count that should be none: quiet when it is.
pub(crate) fn tone(count: usize, tone: &'static str) -> &'static str {
    if count > 0 { tone } else { "" }
}

/// Where an action stands, as a chip.
fn chip(status: Status, lang: Lang) -> Chip {
    let tone = match status {
        Status::Done => Tone::Ok,
        Status::Late => Tone::Bad,
        Status::AtRisk => Tone::Warn,
        Status::OnTrack => Tone::Info,
        Status::Withdrawn => Tone::Mute,
    };
    let sign = match status {
        Status::Done => "✓",
        Status::Late => "!",
        Status::AtRisk => "△",
        Status::OnTrack => "•",
        Status::Withdrawn => "–",
    };
    Chip { tone, sign, text: lang.t(status.name()).into_owned() }
}

/// The frame of a page about monitoring, follow-up or meetings; `below` is where it lies under the overview.
pub(crate) async fn page(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    year: Year,
    title: String,
    below: Vec<Crumb>,
) -> Result<Page> {
    let page = frame::at(app, caller, reached, year, title, Room::Monitoring).await?;
    let unit = &reached.unit;
    let mut crumbs = vec![Crumb::link(unit.code.to_string(), format!("/unit/{}", unit.code))];
    let here = format!("{} {year}", caller.lang.t("Monev"));
    crumbs.push(match below.is_empty() {
        true => Crumb::here(here),
        false => Crumb::link(here, address(reached, year)),
    });
    crumbs.extend(below);
    Ok(Page { crumbs, ..page })
}
