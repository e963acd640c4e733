//! The page that a head reads in one minute: where the year stands, what waits for a decision, what the leader concludes.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::followup::{FollowUp, Progress};
use bening_core::monev::figures::percent;
use bening_core::monev::{Figure, Share, Table};
use bening_core::plan::Plan;
use bening_core::time::Year;
use bening_store::{followup, monev as store, person};

use super::overview::{Alert, Curve, alerts, current, curve};
use super::{Kept, address, of_year, open_before, page, period_name, prose};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Page};
use crate::reach::{self, PlanPath, Reached, reach_plan, reach_unit};

/// Rows of each kind that stand on the page; the rest is a link away.
const SHOWN: usize = 5;

struct Waiting {
    href: String,
    what: String,
    person: String,
    since: String,
}

struct Strip {
    name: String,
    real: String,
    width: String,
}

#[derive(Template)]
#[template(path = "monev/brief.html")]
struct BriefPage {
    page: Page,
    unit: String,
    year: Year,
    base: String,
    until: String,
    planned: String,
    real: String,
    gap: String,
    gap_tone: &'static str,
    followed_up: String,
    open_month: Option<String>,
    conclusion: Option<(String, String)>,
    alerts: Vec<Alert>,
    more_alerts: usize,
    waiting: Vec<Waiting>,
    more_waiting: usize,
    areas: Vec<Strip>,
    curve: Curve,
    report: String,
}

/// The page.
///
/// # Errors
/// When the unit is not to be seen, or its plan was never approved.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<PlanPath>) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    let plan = reach_plan(&app, &reached, reach::year(&path.tahun)?).await?;
    if plan.version == 0 {
        return Err(AppError::NotFound);
    }
    let kept = Kept::load(&app, &plan).await?;
    let register = followup::list(app.store(), reached.unit.id, plan.year).await?;
    let title = caller.lang.t("Ringkasan pimpinan").into_owned();
    let crumbs = vec![Crumb::here(title.clone())];
    let page = page(&app, &caller, &reached, plan.year, title, crumbs).await?;
    let brief = brief(&app, &caller, &reached, (&plan, &kept), &register, page).await?;
    Ok(Html(brief.render()?).into_response())
}

async fn brief(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    (plan, kept): (&Plan, &Kept),
    register: &[FollowUp],
    page: Page,
) -> Result<BriefPage> {
    let base = address(reached, plan.year);
    let now = current(app, plan.year);
    let years = of_year(plan, kept);
    let here = years.iter().find(|(month, _)| *month == now).map_or(&[][..], |(_, each)| each);
    let share = Share::of(here).unwrap_or(Share { planned: 0, real: 0 });
    let period = plan.pace.period(now);
    let table = Table::of(plan, &kept.entries, period.last(), app.today(), &prose()?.rules);
    let mut alerts = alerts(caller, &base, period.last(), &table);
    let more_alerts = alerts.len().saturating_sub(SHOWN);
    alerts.truncate(SHOWN);
    let mut waiting = overdue(app, reached, register, &page).await?;
    let more_waiting = waiting.len().saturating_sub(SHOWN);
    waiting.truncate(SHOWN);
    let open = open_before(plan, &kept.months, now);
    let followed_up = Progress::of(register, app.today()).followed_up();
    Ok(BriefPage {
        unit: reached.unit.code.to_string(),
        year: plan.year,
        until: page.lang.month(now.number() as usize - 1).to_owned(),
        planned: percent(share.planned),
        real: percent(share.real),
        gap: percent(share.real - share.planned),
        gap_tone: super::overview::gap_tone(share.real - share.planned),
        followed_up: followed_up.map_or_else(|| "–".to_owned(), percent),
        open_month: open.map(|month| period_name(page.lang, plan.pace.period(month))),
        conclusion: conclusion(app, plan, kept, &page).await?,
        alerts,
        more_alerts,
        waiting,
        more_waiting,
        areas: here.iter().filter_map(|figure| strip(&page, figure)).collect(),
        curve: curve(&page, &years, now),
        report: format!("{base}/{}/laporan/pdf", period.word()),
        base,
        page,
    })
}

fn strip(page: &Page, figure: &Figure) -> Option<Strip> {
    let share = Share::of([figure])?;
    Some(Strip {
        name: page.t(figure.area.name()).into_owned(),
        real: percent(share.real),
        width: (share.real.clamp(0, 1000) / 10).to_string(),
    })
}

/// What the leader concluded of the newest closed month, with its name.
async fn conclusion(app: &App, plan: &Plan, kept: &Kept, page: &Page) -> Result<Option<(String, String)>> {
    let Some(last) = kept.months.last() else { return Ok(None) };
    let closing = store::closing(app.store(), plan.id, last.month).await?;
    let said = closing.map(|closing| closing.conclusion).filter(|said| !said.is_empty());
    Ok(said.map(|said| (period_name(page.lang, plan.pace.period(last.month)), said)))
}

/// Overdue follow-ups, the oldest first.
async fn overdue(app: &App, reached: &Reached, register: &[FollowUp], page: &Page) -> Result<Vec<Waiting>> {
    let mut late: Vec<&FollowUp> = register.iter().filter(|entry| entry.is_overdue(app.today())).collect();
    late.sort_by_key(|entry| entry.due_on);
    let names = person::names(app.store(), late.iter().map(|entry| entry.person)).await?;
    let line = |entry: &&FollowUp| Waiting {
        href: format!("/unit/{}/tindak-lanjut/{}", reached.unit.code, entry.id),
        what: entry.what.clone(),
        person: names.get(&entry.person).cloned().unwrap_or_default(),
        since: page.date(entry.due_on),
    };
    Ok(late.iter().map(line).collect())
}
