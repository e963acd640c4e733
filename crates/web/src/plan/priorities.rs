//! The priority targets of a plan.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::plan::{PlanState, Priority};

use super::table::{Head, head, months, page};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::Page;
use crate::reach::{self, PlanPath, reach_plan, reach_unit};

struct Row {
    id: String,
    action: String,
    target: String,
    time: String,
    months: [bool; 12],
    follow_up: String,
}

#[derive(Template)]
#[template(path = "plan/priorities.html")]
struct PrioritiesPage {
    page: Page,
    head: Head,
    rows: Vec<Row>,
    edit: bool,
}

/// The priority targets.
///
/// # Errors
/// When the plan is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<PlanPath>) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    let plan = reach_plan(&app, &reached, reach::year(&path.tahun)?).await?;
    let page = page(&app, &caller, &reached, plan.year).await?;
    let head = head(&app, &caller, &reached, &plan, "prioritas");
    let edit = plan.state != PlanState::Approved && reached.allows(&caller, Want::EditPriorities);
    let rows = plan.priorities.iter().map(row).collect();
    Ok(Html(PrioritiesPage { page, head, rows, edit }.render()?).into_response())
}

fn row(priority: &Priority) -> Row {
    Row {
        id: priority.id.to_string(),
        action: priority.action.clone(),
        target: priority.target.clone(),
        time: priority.schedule.as_ref().map(|s| s.text().to_owned()).unwrap_or_default(),
        months: months(priority.schedule.as_ref()),
        follow_up: priority.follow_up.clone(),
    }
}
