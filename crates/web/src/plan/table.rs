//! The plan as its paper prints it: one table an area, cells that save themselves while the plan is open.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::{self, Action as Want, Decision};
use bening_core::instrument::Editions;
use bening_core::plan::{self, Area, Plan, PlanState, progress};
use bening_core::time::{Month, Year};
use bening_store::plan as store;

use super::frame;
use super::status::{Chip, chip};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::{Crumb, Page, Room};
use crate::reach::{self, PlanPath, Reached, reach_unit};

/// A cell as the page shows it.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) evidence: Vec<String>,
    pub(super) evidence_lines: String,
    pub(super) time: String,
    pub(super) months: [bool; 12],
    pub(super) pic: String,
    /// Names among the PICs that belong to no account.
    pub(super) strangers: String,
    /// Rows the PIC cell spans when it is not edited; 0 where a cell above spans this row.
    pub(super) pic_rows: usize,
    pub(super) target: String,
    pub(super) status: Chip,
    pub(super) withdrawn: Option<String>,
    pub(super) was_approved: bool,
    /// Whether the caller may report on it.
    pub(super) report: bool,
}

struct ComponentView {
    id: String,
    number: usize,
    name: String,
    sub: String,
    rows: Vec<Row>,
}

struct BenefitView {
    id: String,
    text: String,
}

struct AreaView {
    code: &'static str,
    roman: &'static str,
    name: &'static str,
    benefits: Vec<BenefitView>,
    components: Vec<ComponentView>,
    rows: usize,
    edit: bool,
    subs: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "plan/table.html")]
struct TablePage {
    page: Page,
    base: String,
    head: Head,
    areas: Vec<AreaView>,
}

/// What stands at the top of every page of a plan.
pub(super) struct Head {
    pub(super) tab: &'static str,
    pub(super) base: String,
    pub(super) state: Chip,
    pub(super) actions: usize,
    pub(super) priorities: usize,
    pub(super) late: usize,
    pub(super) done: usize,
    pub(super) is_draft: bool,
    pub(super) is_approved: bool,
    pub(super) can_approve: bool,
    pub(super) can_amend: bool,
    pub(super) can_compose: bool,
}

/// The page when there is no plan yet.
#[derive(Template)]
#[template(path = "plan/none.html")]
struct NonePage {
    page: Page,
    base: String,
    can_compose: bool,
    previous: Option<String>,
}

/// The plan of a unit and year.
///
/// # Errors
/// When the unit is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<PlanPath>) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    let year = reach::year(&path.tahun)?;
    match store::find(app.store(), reached.unit.id, year).await? {
        Some(plan) => show_plan(&app, &caller, &reached, &plan).await,
        None => show_none(&app, &caller, &reached, year).await,
    }
}

async fn show_none(app: &App, caller: &Caller, reached: &Reached, year: Year) -> Result {
    let page = page(app, caller, reached, year).await?;
    let others = store::list(app.store(), &[reached.unit.id]).await?;
    let previous = others.iter().filter(|plan| plan.year < year).map(|plan| plan.year).max();
    let can_compose = reached.allows(caller, Want::ComposePlan);
    let base = frame::plan_address(&reached.unit, year);
    let previous = previous.map(|year| year.to_string());
    Ok(Html(NonePage { page, base, can_compose, previous }.render()?).into_response())
}

async fn show_plan(app: &App, caller: &Caller, reached: &Reached, plan: &Plan) -> Result {
    let page = page(app, caller, reached, plan.year).await?;
    let base = frame::plan_address(&reached.unit, plan.year);
    let editions = app.editions().await?;
    let view = |area| area_view(app, caller, reached, plan, area, &editions);
    let areas = plan.areas.iter().map(view).collect();
    let head = head(app, caller, reached, plan, "tabel");
    Ok(Html(TablePage { page, base, head, areas }.render()?).into_response())
}

/// The frame of a plan's page.
pub(super) async fn page(app: &App, caller: &Caller, reached: &Reached, year: Year) -> Result<Page> {
    let title = format!("{} {year}", caller.lang.t("Rencana Kerja"));
    let page = frame::at(app, caller, reached, year, title, Room::Plan).await?;
    let crumbs = vec![
        Crumb::link(reached.unit.code.to_string(), format!("/unit/{}", reached.unit.code)),
        Crumb::here(format!("{} {year}", caller.lang.t("Rencana Kerja"))),
    ];
    Ok(Page { crumbs, ..page })
}

/// The head of a plan's page, for the tab named.
pub(super) fn head(app: &App, caller: &Caller, reached: &Reached, plan: &Plan, tab: &'static str) -> Head {
    let summary = progress::summary(plan, app.today());
    Head {
        tab,
        base: frame::plan_address(&reached.unit, plan.year),
        state: state_chip(caller, plan),
        actions: summary.total(),
        priorities: plan.priorities.len(),
        late: summary.late,
        done: summary.done,
        is_draft: plan.state == PlanState::Draft,
        is_approved: plan.state == PlanState::Approved,
        can_approve: reached.allows(caller, Want::ApprovePlan),
        can_amend: reached.allows(caller, Want::AmendPlan),
        can_compose: reached.allows(caller, Want::ComposePlan),
    }
}

fn state_chip(caller: &Caller, plan: &Plan) -> Chip {
    use crate::page::Tone;
    let (tone, sign, text) = match plan.state {
        PlanState::Draft => (Tone::Warn, "", caller.lang.t("rancangan").into_owned()),
        PlanState::Approved => {
            (Tone::Ok, "✓", caller.lang.tf("disetujui, versi %{n}", &[("n", plan.version)]))
        }
        PlanState::Amending => {
            (Tone::Info, "", caller.lang.tf("perubahan atas versi %{n}", &[("n", plan.version)]))
        }
    };
    Chip { tone, sign, text }
}

fn may_edit(caller: &Caller, reached: &Reached, plan: &Plan, area: Area) -> bool {
    let scope = reached.scope().area(Some(area));
    plan.state != PlanState::Approved && access::may(&caller.actor, Want::EditArea, &scope) == Decision::Yes
}

fn area_view(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    plan: &Plan,
    area: &plan::AreaPlan,
    editions: &Editions,
) -> AreaView {
    let edit = may_edit(caller, reached, plan, area.area);
    let components = area.components.iter().enumerate().map(|(index, component)| ComponentView {
        id: component.id.to_string(),
        number: index + 1,
        name: component.name.clone(),
        sub: component.sub.clone().unwrap_or_default(),
        rows: rows(app, caller, reached, plan, area.area, component, edit),
    });
    let components: Vec<_> = components.collect();
    AreaView {
        code: area.area.code(),
        roman: area.area.roman(),
        name: area.area.name(),
        benefits: area
            .benefits
            .iter()
            .map(|b| BenefitView { id: b.id.to_string(), text: b.text.clone() })
            .collect(),
        rows: components
            .iter()
            .map(|component| component.rows.len().max(1) + usize::from(edit))
            .sum::<usize>(),
        components,
        edit,
        subs: if edit { subs(editions, plan.year, area.area) } else { Vec::new() },
    }
}

/// Sub-components of the worksheet in force in a year that belong to an area, as code and name.
pub(super) fn subs(editions: &Editions, year: Year, area: Area) -> Vec<(String, String)> {
    let Some(edition) = editions.for_day(Month::LAST.last_day(year)) else {
        return Vec::new();
    };
    let subs = edition.subs().filter(|(of, _)| of.code == area.code());
    subs.map(|(_, sub)| (sub.code.clone(), sub.name.clone())).collect()
}

fn rows(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    plan: &Plan,
    area: Area,
    component: &plan::Component,
    edit: bool,
) -> Vec<Row> {
    let mut rows: Vec<Row> =
        component.actions.iter().map(|action| row(app, caller, reached, plan, area, action)).collect();
    if !edit {
        merge_pics(&mut rows);
    }
    rows
}

/// Joins neighbouring rows with the same PIC into one cell.
fn merge_pics(rows: &mut [Row]) {
    let mut first = 0;
    for here in 1..rows.len() {
        if rows[here].pic == rows[first].pic && !rows[here].pic.is_empty() {
            rows[here].pic_rows = 0;
            rows[first].pic_rows += 1;
        } else {
            first = here;
        }
    }
}

pub(super) fn row(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    plan: &Plan,
    area: Area,
    action: &plan::Action,
) -> Row {
    let evidence: Vec<String> = action.evidence.iter().map(|evidence| evidence.title.clone()).collect();
    let schedule = action.schedule.as_ref();
    Row {
        id: action.id.to_string(),
        name: action.name.clone(),
        evidence_lines: evidence.join("\n"),
        evidence,
        time: schedule.map(|s| s.text().to_owned()).unwrap_or_default(),
        months: months(schedule),
        pic: action.pic_names(),
        strangers: strangers(action),
        pic_rows: 1,
        target: action.target.clone(),
        status: chip(action, plan.year, app.today(), caller.lang),
        withdrawn: action.withdrawn.as_ref().map(|w| w.reason.clone()),
        was_approved: action.approved_in.is_some(),
        report: may_report(caller, reached, area, action),
    }
}

/// Names among the PICs of an action that belong to no account.
pub(super) fn strangers(action: &plan::Action) -> String {
    let unknown = action.pics.iter().filter(|pic| pic.person.is_none()).map(|pic| pic.name.as_str());
    unknown.collect::<Vec<_>>().join(", ")
}

/// Whether the caller may report on an action, and there is something to report.
pub(super) fn may_report(caller: &Caller, reached: &Reached, area: Area, action: &plan::Action) -> bool {
    let pics = action.pics.iter().filter_map(|pic| pic.person).collect();
    let scope = reached.scope().area(Some(area)).pics(pics);
    let open = action.approved_in.is_some() && action.withdrawn.is_none() && action.schedule.is_some();
    open && access::may(&caller.actor, Want::ReportProgress, &scope) == Decision::Yes
}

/// The months of a schedule as twelve squares.
pub(super) fn months(schedule: Option<&plan::Schedule>) -> [bool; 12] {
    let mut on = [false; 12];
    if let Some(schedule) = schedule {
        schedule.months().iter().for_each(|month| on[month.number() as usize - 1] = true);
    }
    on
}
