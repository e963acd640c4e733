//! The table of a month: filled in and verified row by row while it is open, corrected once it is closed.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect};
use bening_core::access::Action as Want;
use bening_core::evidence::Target;
use bening_core::id::PersonId;
use bening_core::monev::figures::percent;
use bening_core::monev::report::Monitored;
use bening_core::monev::table::first_day;
use bening_core::monev::{Closing, Correction, Gap, Row, Rules, Share, Status, Table};
use bening_core::plan::{Area, Plan};
use bening_core::time::Month;

use super::{
    Kept, MonthPath, address, chip, monitored, month, of_month, open_before, page, period_name, prose,
};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::evidence::needs::{self, Piece};
use crate::form::encode;
use crate::page::{Crumb, Page};
use crate::plan::status::Chip;
use crate::reach::{self, Reached, allows, reach_plan, reach_unit};

struct Fix {
    percent: u8,
    note: String,
    obstacle: String,
    reason: String,
    who: String,
    on: String,
}

struct Entry {
    id: String,
    href: String,
    name: String,
    component: String,
    pics: String,
    time: String,
    status: Chip,
    percent: u8,
    note: String,
    obstacle: String,
    filled_by: String,
    verified_by: String,
    can_fill: bool,
    can_verify: bool,
    can_correct: bool,
    follow_up: String,
    evidence: Vec<Piece>,
    attach: String,
    fixes: Vec<Fix>,
}

struct Section {
    id: &'static str,
    title: String,
    rows: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "monev/month.html")]
struct MonthPage {
    page: Page,
    base: String,
    here: String,
    before: Option<(u32, String)>,
    after: Option<(u32, String)>,
    report: String,
    kind: &'static str,
    closed: Option<String>,
    conclusion: String,
    gaps: Vec<String>,
    can_close: bool,
    sections: Vec<Section>,
    counts: [usize; 4],
    planned: String,
    real: String,
}

impl MonthPage {
    /// The tone of a count that should be none.
    fn tone(&self, count: &usize, tone: &'static str) -> &'static str {
        super::tone(*count, tone)
    }
}

/// What is shown of a month and who may do what there.
struct Opened<'a> {
    caller: &'a Caller,
    reached: &'a Reached,
    plan: &'a Plan,
    table: Table,
    closing: Option<Closing>,
    corrections: Vec<Correction>,
    has_begun: bool,
    names: HashMap<PersonId, String>,
    here: String,
    evidence: HashMap<String, Vec<Piece>>,
}

/// The table.
///
/// # Errors
/// When the unit is not to be seen, or its plan was never approved.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<MonthPath>) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    let month = month(&path.bulan)?;
    let plan = reach_plan(&app, &reached, reach::year(&path.tahun)?).await?;
    if plan.version == 0 {
        return Err(AppError::NotFound);
    }
    let period = plan.pace.period(month);
    if period.last() != month {
        let to = format!("{}/{}", address(&reached, plan.year), period.last().number());
        return Ok(Redirect::to(&to).into_response());
    }
    let rules = prose()?.rules;
    let kept = Kept::load(&app, &plan).await?;
    let Monitored { table, closing, corrections } = monitored(&app, &plan, &kept, month, &rules).await?;
    let names = names(&app, &table, closing.as_ref(), &corrections).await?;
    let base = address(&reached, plan.year);
    let here = format!("{base}/{}", month.number());
    let has_begun = first_day(period.first(), plan.year) <= app.today();
    let targets: Vec<Target> = table.rows.iter().map(|row| target(&plan, month, row)).collect();
    let evidence = needs::attached(&app, &caller, &reached, &targets).await?;
    let (caller, reached, plan) = (&caller, &reached, &plan);
    let opened =
        Opened { caller, reached, plan, table, closing, corrections, has_begun, names, here, evidence };
    let name = format!("{} {}", period_name(caller.lang, period), plan.year);
    let crumbs = vec![Crumb::here(name.clone())];
    let page = page(&app, caller, reached, plan.year, name, crumbs).await?;
    Ok(Html(opened.page(&app, page, base, &kept, &rules).render()?).into_response())
}

/// What evidence of a row says it proves.
fn target(plan: &Plan, month: Month, row: &Row) -> Target {
    Target::Report { year: plan.year, month, action: row.action }
}

async fn names(
    app: &App,
    table: &Table,
    closing: Option<&Closing>,
    corrections: &[Correction],
) -> Result<HashMap<PersonId, String>> {
    let of_rows = table
        .rows
        .iter()
        .flat_map(|row| row.filled_by.into_iter().chain(row.verified.map(|verified| verified.by)));
    let others = corrections.iter().map(|correction| correction.by).chain(closing.map(|closing| closing.by));
    Ok(bening_store::person::names(app.store(), of_rows.chain(others)).await?)
}

impl Opened<'_> {
    fn page(&self, app: &App, page: Page, base: String, kept: &Kept, rules: &Rules) -> MonthPage {
        let month = self.table.month;
        let period = self.plan.pace.period(month);
        let share = Share::of(&of_month(self.plan, kept, month)).unwrap_or(Share { planned: 0, real: 0 });
        let earlier = open_before(self.plan, &kept.months, month);
        let gaps = if self.closing.is_some() {
            Vec::new()
        } else {
            self.table.gaps(self.plan.year, app.today(), earlier, rules)
        };
        let by = |closing: &Closing| (self.name(Some(closing.by)), page.date_long(closing.on));
        let closed = self.closing.as_ref().map(by);
        let closed = closed.map(|(who, on)| {
            page.tf("Ditutup oleh %{siapa}, %{tanggal}.", &[("siapa", who), ("tanggal", on)])
        });
        let count = |status| self.table.count(status);
        MonthPage {
            here: self.here.clone(),
            before: beside(&page, self.plan, period.first().number().checked_sub(1)),
            after: beside(&page, self.plan, month.number().checked_add(1)),
            report: format!("{base}/{}/laporan", period.word()),
            kind: if period.is_month() { "bulan" } else { "triwulan" },
            closed,
            conclusion: self.closing.as_ref().map(|c| c.conclusion.clone()).unwrap_or_default(),
            can_close: self.closing.is_none() && self.reached.allows(self.caller, Want::CloseMonev),
            gaps: gaps.into_iter().map(|gap| missing(&page, self.plan, gap)).collect(),
            sections: Area::ALL.into_iter().filter_map(|area| self.section(area)).collect(),
            counts: [Status::Done, Status::OnTrack, Status::AtRisk, Status::Late].map(count),
            planned: percent(share.planned),
            real: percent(share.real),
            base,
            page,
        }
    }

    fn name(&self, person: Option<PersonId>) -> String {
        person.and_then(|person| self.names.get(&person)).cloned().unwrap_or_default()
    }

    fn section(&self, area: Area) -> Option<Section> {
        let rows: Vec<_> = self.table.rows.iter().filter(|row| row.area == area).collect();
        (!rows.is_empty()).then(|| Section {
            id: area.code(),
            title: format!("{}. {}", area.roman(), self.caller.lang.t(area.name())),
            rows: rows.into_iter().map(|row| self.entry(row)).collect(),
        })
    }

    fn entry(&self, row: &Row) -> Entry {
        let pics = self
            .plan
            .action(row.action)
            .map(|placed| placed.action.pics.iter().filter_map(|pic| pic.person).collect::<Vec<_>>());
        let scope = self.reached.scope().area(Some(row.area)).pics(pics.unwrap_or_default());
        let is_open = self.closing.is_none() && self.has_begun && row.status != Status::Withdrawn;
        let may = |want| allows(self.caller, want, &scope);
        let others = row.filled_by.is_some_and(|by| by != self.caller.id());
        let lang = self.caller.lang;
        let target = target(self.plan, self.table.month, row);
        let can_fill = is_open && may(Want::ReportProgress);
        let fix = |fix: &Correction| Fix {
            percent: fix.percent,
            note: fix.note.clone(),
            obstacle: fix.obstacle.clone(),
            reason: fix.reason.clone(),
            who: self.name(Some(fix.by)),
            on: lang.date(fix.on),
        };
        Entry {
            id: row.action.to_string(),
            href: format!("{}/tindakan/{}", self.here, row.action),
            name: row.name.clone(),
            component: row.component.clone(),
            pics: row.pics.clone(),
            time: row.time.clone(),
            status: chip(row.status, lang),
            percent: row.percent,
            note: row.note.clone(),
            obstacle: row.obstacle.clone(),
            filled_by: self.name(row.filled_by),
            verified_by: self.name(row.verified.map(|verified| verified.by)),
            can_fill,
            attach: if can_fill { needs::choosing(self.reached, &target) } else { String::new() },
            evidence: self.evidence.get(&target.word()).cloned().unwrap_or_default(),
            can_verify: is_open && row.verified.is_none() && others && may(Want::VerifyMonev),
            can_correct: self.closing.is_some() && may(Want::CloseMonev),
            follow_up: if may(Want::OpenFollowUp) { self.follow_up(row) } else { String::new() },
            fixes: self.corrections.iter().filter(|fix| fix.action == row.action).map(fix).collect(),
        }
    }

    /// Where an entry of the register begins that takes up what stands in the way of an action.
    fn follow_up(&self, row: &Row) -> String {
        if row.obstacle.is_empty() && row.status != Status::Late {
            return String::new();
        }
        let origin = format!(
            "Monev {} {}: {}",
            self.plan.pace.period(self.table.month).title(),
            self.plan.year,
            row.name
        );
        let what = if row.obstacle.is_empty() { &row.name } else { &row.obstacle };
        let fields = [("sumber", "monev"), ("temuan", what.as_str()), ("asal", origin.as_str())];
        let fields = fields.map(|(name, value)| format!("{name}={}", encode(value)));
        let year = self.plan.year;
        format!("/unit/{}/tindak-lanjut/baru?tahun={year}&{}", self.reached.unit.code, fields.join("&"))
    }
}

/// The period that a month belongs to, by its last month and its name.
fn beside(page: &Page, plan: &Plan, number: Option<u32>) -> Option<(u32, String)> {
    let period = plan.pace.period(Month::new(number?)?);
    Some((period.last().number(), period_name(page.lang, period)))
}

fn missing(page: &Page, plan: &Plan, gap: Gap) -> String {
    match gap {
        Gap::Unfilled(count) => page.tn("%{n} realisasi belum diisi PIC", count),
        Gap::Unverified(count) => page.tn("%{n} realisasi belum diverifikasi", count),
        Gap::Earlier(month) => {
            let name = period_name(page.lang, plan.pace.period(month));
            page.tf("%{periode} belum ditutup", &[("periode", name)])
        }
        Gap::NotBefore(day) => page.tf("dapat ditutup mulai %{tanggal}", &[("tanggal", page.date_long(day))]),
    }
}
