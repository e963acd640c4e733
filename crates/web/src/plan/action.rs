//! One action on a page of its own: the form that works without script and on a phone, progress, withdrawal.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::{self, Action as Want, Decision};
use bening_core::evidence::Target;
use bening_core::id::ActionId;
use bening_core::plan::edit::{self, ActionField, Cell};
use bening_core::plan::{Area, Plan, PlanState, export};
use bening_core::time::Year;
use serde::Deserialize;
use serde_json::json;

use super::change::{Need, Record, change};
use super::frame::{self, plan_address};
use super::table::{Row, row};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::evidence::{self, needs::Adding};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::{Crumb, Page, Room};
use crate::reach::{self, PlanPath, Reached, reach_plan, reach_unit};

/// `…/tindakan/{id}`
#[derive(Debug, Deserialize)]
pub struct ActionPath {
    unit: String,
    tahun: String,
    id: ActionId,
}

/// The fields of the form, with what the person last saw.
#[derive(Debug, Clone, Deserialize)]
pub struct Fields {
    aksi: String,
    bukti: String,
    waktu: String,
    pic: String,
    target: String,
    #[serde(default)]
    was_aksi: String,
    #[serde(default)]
    was_bukti: String,
    #[serde(default)]
    was_waktu: String,
    #[serde(default)]
    was_pic: String,
    #[serde(default)]
    was_target: String,
}

struct Month {
    number: usize,
    done: bool,
}

#[derive(Template)]
#[template(path = "plan/action.html")]
struct ActionPage {
    page: Page,
    base: String,
    row: Row,
    typed: Fields,
    error: String,
    place: String,
    edit: bool,
    amend: bool,
    is_open: bool,
    months: Vec<Month>,
    /// The checklist of evidence.
    needs: String,
}

/// The page of an action.
///
/// # Errors
/// When it is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<ActionPath>) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    let plan = reach_plan(&app, &reached, reach::year(&path.tahun)?).await?;
    render(&app, &caller, &reached, &plan, path.id, None, String::new())
        .await
        .map(IntoResponse::into_response)
}

async fn render(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    plan: &Plan,
    id: ActionId,
    typed: Option<Fields>,
    error: String,
) -> Result<Html<String>> {
    let placed = plan.action(id).ok_or(AppError::NotFound)?;
    let base = plan_address(&reached.unit, plan.year);
    let page = frame::at(app, caller, reached, plan.year, placed.action.name.clone(), Room::Plan).await?;
    let crumbs = vec![
        Crumb::link(format!("{} {}", caller.lang.t("Rencana Kerja"), plan.year), base.clone()),
        Crumb::here(caller.lang.t(placed.area.name())),
    ];
    let row = row(app, caller, reached, plan, placed.area, placed.action);
    let needs = needs(app, caller, reached, plan.year, (placed.action, row.report.into())).await?;
    let due = placed.action.schedule.iter().flat_map(|s| s.due_months());
    let done = |month| placed.action.done.iter().any(|done| done.month == month);
    let content = ActionPage {
        page: Page { crumbs, ..page },
        base,
        typed: typed.unwrap_or_else(|| seen(&row)),
        error,
        place: format!("{} · {}", caller.lang.t(placed.area.name()), placed.component.name),
        edit: may_edit(caller, reached, plan, placed.area) && placed.action.withdrawn.is_none(),
        amend: plan.state == PlanState::Amending && reached.allows(caller, Want::AmendPlan),
        is_open: plan.state != PlanState::Approved,
        months: due.map(|month| Month { number: month.number() as usize, done: done(month) }).collect(),
        row,
        needs,
    };
    Ok(Html(content.render()?))
}

/// What the action promises, and what is there of it.
async fn needs(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    year: Year,
    (action, adding): (&bening_core::plan::Action, Adding),
) -> Result<String> {
    let target = |promised| Target::Action { year, action: action.id, promised };
    let expected = action.evidence.iter().map(|one| (one.title.clone(), target(one.id))).collect();
    evidence::needs::needs(app, caller, reached, expected, adding).await
}

fn may_edit(caller: &Caller, reached: &Reached, plan: &Plan, area: Area) -> bool {
    let scope = reached.scope().area(Some(area));
    plan.state != PlanState::Approved && access::may(&caller.actor, Want::EditArea, &scope) == Decision::Yes
}

fn seen(row: &Row) -> Fields {
    Fields {
        aksi: row.name.clone(),
        bukti: row.evidence_lines.clone(),
        waktu: row.time.clone(),
        pic: row.pic.clone(),
        target: row.target.clone(),
        was_aksi: row.name.clone(),
        was_bukti: row.evidence_lines.clone(),
        was_waktu: row.time.clone(),
        was_pic: row.pic.clone(),
        was_target: row.target.clone(),
    }
}

/// Saves the whole form, all fields or none.
///
/// # Errors
/// When the store fails; what core refuses comes back as the page with the reason and the words as typed.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<ActionPath>,
    Posted(typed): Posted<Fields>,
) -> Result {
    let id = path.id;
    let place = PlanPath { unit: path.unit, tahun: path.tahun };
    let need = |plan: &Plan| plan.action(id).map(|placed| Need::edit(Some(placed.area)));
    let given = typed.clone();
    let outcome = change(&app, &caller, &place, need, |plan, context| {
        let before = json!(plan.action(id).map(|placed| export::action(placed.action)));
        for (field, was, value) in given.cells() {
            edit::write(plan, Cell::Action(id, field), was, value, context)?;
        }
        let after = json!(plan.action(id).map(|placed| export::action(placed.action)));
        Ok(((), Record { event: "plan.action.saved", subject: id.0, before, after }))
    })
    .await;
    match outcome {
        Ok(changed) => {
            let base = plan_address(&changed.reached.unit, changed.plan.year);
            Ok(flash::done(see_other(&format!("{base}#r-{id}")), caller.lang.t("Tindakan disimpan.")))
        }
        Err(error @ (AppError::Refused(_) | AppError::Conflict { .. })) => {
            let reached = reach_unit(&app, &caller, &place.unit, Want::ReadUnit).await?;
            let plan = reach_plan(&app, &reached, reach::year(&place.tahun)?).await?;
            let page = render(&app, &caller, &reached, &plan, id, Some(typed), error.text()).await?;
            Ok((error.status(), page).into_response())
        }
        Err(other) => Err(other),
    }
}

impl Fields {
    fn cells(&self) -> [(ActionField, &str, &str); 5] {
        [
            (ActionField::Name, &self.was_aksi, &self.aksi),
            (ActionField::Evidence, &self.was_bukti, &self.bukti),
            (ActionField::Time, &self.was_waktu, &self.waktu),
            (ActionField::Pic, &self.was_pic, &self.pic),
            (ActionField::Target, &self.was_target, &self.target),
        ]
    }
}
