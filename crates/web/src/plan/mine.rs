//! "Tindakan saya": what the caller answers for, most urgent first, with the button to report it done.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::plan::progress::{self, Standing};
use bening_core::plan::{Placed, Plan};

use super::status::{Chip, chip};
use super::table::{Head, head, may_report, page};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::Page;
use crate::reach::{self, PlanPath, Reached, reach_plan, reach_unit};

/// A month that can be reported.
pub struct Box {
    /// 1 to 12.
    pub number: u32,
    /// Whether it was reported done.
    pub done: bool,
}

/// An action with all that its card shows.
pub struct Card {
    /// Identity.
    pub id: String,
    /// Address of the action.
    pub href: String,
    /// Name.
    pub name: String,
    /// Area and component.
    pub place: String,
    /// Evidence promised.
    pub evidence: Vec<String>,
    /// Time as written.
    pub time: String,
    /// Target.
    pub target: String,
    /// Where it stands.
    pub status: Chip,
    /// Months due, where the caller may report.
    pub boxes: Vec<Box>,
}

#[derive(Template)]
#[template(path = "plan/mine.html")]
struct MinePage {
    page: Page,
    head: Head,
    cards: Vec<Card>,
}

/// Actions of the caller; of the whole unit for who is nobody's PIC.
///
/// # Errors
/// When the plan is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<PlanPath>) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    let plan = reach_plan(&app, &reached, reach::year(&path.tahun)?).await?;
    let page = page(&app, &caller, &reached, plan.year).await?;
    let head = head(&app, &caller, &reached, &plan, "saya");
    let cards = cards(&app, &caller, &reached, &plan, &head.base);
    Ok(Html(MinePage { page, head, cards }.render()?).into_response())
}

/// The caller's actions in a plan, most urgent first.
pub fn cards(app: &App, caller: &Caller, reached: &Reached, plan: &Plan, base: &str) -> Vec<Card> {
    let mut mine: Vec<Placed<'_>> =
        plan.actions().filter(|placed| placed.action.is_for(caller.id())).collect();
    mine.sort_by_key(|placed| urgency(progress::standing(placed.action, plan.year, app.today())));
    mine.into_iter().map(|placed| card(app, caller, reached, plan, base, placed)).collect()
}

/// Sorts late before due before ahead before done.
pub fn urgency(standing: Standing) -> (u8, Option<chrono::NaiveDate>) {
    match standing {
        Standing::Late { since } => (0, Some(since)),
        Standing::DueNow { by } => (1, Some(by)),
        Standing::Unplanned => (2, None),
        Standing::Ahead { by } => (3, Some(by)),
        Standing::Done => (4, None),
        Standing::Withdrawn => (5, None),
    }
}

fn card(app: &App, caller: &Caller, reached: &Reached, plan: &Plan, base: &str, placed: Placed<'_>) -> Card {
    let action = placed.action;
    let reports = may_report(caller, reached, placed.area, action);
    let due = action.schedule.iter().flat_map(|s| s.due_months()).filter(|_| reports);
    Card {
        id: action.id.to_string(),
        href: format!("{base}/tindakan/{}", action.id),
        name: action.name.clone(),
        place: format!("{} · {}", caller.lang.t(placed.area.name()), placed.component.name),
        evidence: action.evidence.iter().map(|evidence| evidence.title.clone()).collect(),
        time: action.schedule.as_ref().map(|s| s.text().to_owned()).unwrap_or_default(),
        target: action.target.clone(),
        status: chip(action, plan.year, app.today(), caller.lang),
        boxes: due
            .map(|month| Box {
                number: month.number(),
                done: action.done.iter().any(|done| done.month == month),
            })
            .collect(),
    }
}
