//! Adding, moving, removing, withdrawing rows; reporting a month done; taking a removal back.

use axum::extract::{Path, State};
use axum::response::Response;
use bening_core::id::{ActionId, BenefitId, ComponentId, PriorityId};
use bening_core::plan::edit::{self, Direction, Report, Row};
use bening_core::plan::{Area, Plan, export};
use bening_core::time::Month;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::change::{Need, Record, change};
use super::frame::plan_address;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::reach::{self, PlanPath};

/// `…/{jenis}/{id}/…`
#[derive(Debug, Deserialize)]
pub struct RowPath {
    unit: String,
    tahun: String,
    jenis: String,
    id: Uuid,
}

/// `…/tindakan/{id}/…`
#[derive(Debug, Deserialize)]
pub struct ActionPath {
    unit: String,
    tahun: String,
    id: ActionId,
}

impl ActionPath {
    fn plan(&self) -> PlanPath {
        PlanPath { unit: self.unit.clone(), tahun: self.tahun.clone() }
    }
}

/// A new row: in which area or component, and its first words.
#[derive(Debug, Deserialize)]
pub struct NewRow {
    #[serde(default)]
    area: String,
    #[serde(default)]
    komponen: Option<ComponentId>,
    teks: String,
}

/// Adds a benefit, component, action or priority target.
///
/// # Errors
/// What core refuses.
pub async fn add(
    State(app): State<App>,
    caller: Caller,
    Path((unit, tahun, jenis)): Path<(String, String, String)>,
    Posted(new): Posted<NewRow>,
) -> Result {
    let path = PlanPath { unit, tahun };
    let area = Area::from_code(&new.area);
    let of_component = new.komponen;
    let need = |plan: &Plan| match jenis.as_str() {
        "prioritas" => Some(Need::edit(None)),
        "tindakan" => edit::area_of_component(plan, of_component?).map(|area| Need::edit(Some(area))),
        "manfaat" | "komponen" => area.map(|area| Need::edit(Some(area))),
        _ => None,
    };
    let changed = change(&app, &caller, &path, need, |plan, context| {
        let subject = add_row(plan, &jenis, area, of_component, &new.teks, context.fresh)?;
        let after = json!({ "kind": jenis, "text": new.teks });
        Ok((subject, Record { event: "plan.row.added", subject, before: Value::Null, after }))
    })
    .await?;
    let base = plan_address(&changed.reached.unit, changed.plan.year);
    let anchor = match jenis.as_str() {
        "prioritas" => format!("{base}/prioritas#r-{}", changed.value),
        _ => format!("{base}#r-{}", changed.value),
    };
    Ok(see_other(&anchor))
}

fn add_row(
    plan: &mut Plan,
    kind: &str,
    area: Option<Area>,
    component: Option<ComponentId>,
    text: &str,
    fresh: &mut dyn bening_core::id::Fresh,
) -> Result<Uuid> {
    Ok(match (kind, area, component) {
        ("prioritas", _, _) => edit::add_priority(plan, text, fresh)?.0,
        ("tindakan", _, Some(component)) => edit::add_action(plan, component, text, fresh)?.0,
        ("manfaat", Some(area), _) => edit::add_benefit(plan, area, text, fresh)?.0,
        ("komponen", Some(area), _) => edit::add_component(plan, area, text, fresh)?.0,
        _ => return Err(AppError::NotFound),
    })
}

fn row_of(kind: &str, id: Uuid) -> Option<Row> {
    Some(match kind {
        "tindakan" => Row::Action(ActionId(id)),
        "komponen" => Row::Component(ComponentId(id)),
        "manfaat" => Row::Benefit(BenefitId(id)),
        "prioritas" => Row::Priority(PriorityId(id)),
        _ => return None,
    })
}

/// The area of a row; outer `None` when the row is not there, inner when it belongs to no area.
fn area_of(plan: &Plan, row: Row) -> Option<Option<Area>> {
    use edit::{ActionField, Cell, PriorityField};
    let cell = match row {
        Row::Action(id) => Cell::Action(id, ActionField::Name),
        Row::Component(id) => Cell::ComponentName(id),
        Row::Benefit(id) => Cell::Benefit(id),
        Row::Priority(id) => Cell::Priority(id, PriorityField::Action),
    };
    edit::read(plan, cell).map(|_| edit::area_of(plan, cell))
}

/// Removes a row that was never approved; the message offers to take it back.
///
/// # Errors
/// What core refuses.
pub async fn remove(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RowPath>,
    _: Posted<Nothing>,
) -> Result {
    let row = row_of(&path.jenis, path.id).ok_or(AppError::NotFound)?;
    let place = PlanPath { unit: path.unit, tahun: path.tahun };
    let need = |plan: &Plan| area_of(plan, row).map(Need::edit);
    let changed = change(&app, &caller, &place, need, |plan, _| {
        let before = snapshot(plan);
        edit::remove(plan, row)?;
        Ok(((), Record { event: "plan.row.removed", subject: path.id, before, after: Value::Null }))
    })
    .await?;
    let base = plan_address(&changed.reached.unit, changed.plan.year);
    let page = if path.jenis == "prioritas" { format!("{base}/prioritas") } else { base.clone() };
    let undo = format!("{base}/baris/{}/{}/pemulihan", path.jenis, path.id);
    Ok(flash::undoable(see_other(&page), caller.lang.t("Baris dihapus."), undo))
}

/// The whole plan as the trail keeps it before a removal, so that the row can come back where it was.
fn snapshot(plan: &Plan) -> Value {
    serde_json::to_value(export::PlanExport::of(plan, "", "")).unwrap_or_default()
}

/// Brings back a row that was removed, from what the trail kept of it.
///
/// # Errors
/// [`AppError::NotFound`] when the trail knows of no such removal.
pub async fn restore(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RowPath>,
    _: Posted<Nothing>,
) -> Result {
    use bening_store::audit::{About, newest};
    let row = row_of(&path.jenis, path.id).ok_or(AppError::NotFound)?;
    let links = newest(app.store(), About::Subject(path.id), None, 1).await?;
    let removal =
        links.into_iter().find(|link| link.event == "plan.row.removed").ok_or(AppError::NotFound)?;
    let kept: export::PlanExport = serde_json::from_str(&removal.before).map_err(|_| AppError::NotFound)?;
    let place = PlanPath { unit: path.unit, tahun: path.tahun };
    let area = kept.area_of(row);
    let need = |plan: &Plan| (plan.id == kept.id).then(|| Need::edit(area));
    let changed = change(&app, &caller, &place, need, |plan, context| {
        kept.put_back(plan, row, context.roster)?;
        let after = json!({ "kind": path.jenis });
        Ok(((), Record { event: "plan.row.restored", subject: path.id, before: Value::Null, after }))
    })
    .await?;
    let base = plan_address(&changed.reached.unit, changed.plan.year);
    let page = if path.jenis == "prioritas" { format!("{base}/prioritas") } else { base };
    Ok(flash::done(see_other(&page), caller.lang.t("Baris dikembalikan.")))
}

/// Which way.
#[derive(Debug, Deserialize)]
pub struct Move {
    arah: String,
}

/// Moves an action or a component one place.
///
/// # Errors
/// What core refuses.
pub async fn shift(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RowPath>,
    Posted(to): Posted<Move>,
) -> Result {
    let row = row_of(&path.jenis, path.id).ok_or(AppError::NotFound)?;
    let direction = match to.arah.as_str() {
        "naik" => Direction::Up,
        "turun" => Direction::Down,
        _ => return Err(AppError::Bad("arah harus naik atau turun".to_owned())),
    };
    let place = PlanPath { unit: path.unit, tahun: path.tahun };
    let need = |plan: &Plan| area_of(plan, row).map(Need::edit);
    let changed = change(&app, &caller, &place, need, |plan, _| {
        match row {
            Row::Action(id) => edit::move_action(plan, id, direction)?,
            Row::Component(id) => edit::move_component(plan, id, direction)?,
            Row::Benefit(_) | Row::Priority(_) => return Err(AppError::NotFound),
        }
        let after = json!({ "direction": to.arah });
        Ok(((), Record { event: "plan.row.moved", subject: path.id, before: Value::Null, after }))
    })
    .await?;
    Ok(see_other(&format!("{}#r-{}", plan_address(&changed.reached.unit, changed.plan.year), path.id)))
}

/// Why.
#[derive(Debug, Deserialize)]
pub struct Reason {
    alasan: String,
}

/// The right to withdraw an action or take it up again, if it is there.
fn to_amend(plan: &Plan, id: ActionId) -> Option<Need> {
    plan.action(id).map(|_| Need::plan(bening_core::access::Action::AmendPlan))
}

/// Withdraws an approved action.
///
/// # Errors
/// Without a reason, or when it was never approved.
pub async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<ActionPath>,
    Posted(why): Posted<Reason>,
) -> Result {
    let id = path.id;
    let changed = change(
        &app,
        &caller,
        &path.plan(),
        |plan| to_amend(plan, id),
        |plan, context| {
            edit::withdraw(plan, id, &why.alasan, context)?;
            let after = json!({ "reason": why.alasan });
            Ok(((), Record { event: "plan.action.withdrawn", subject: id.0, before: Value::Null, after }))
        },
    )
    .await?;
    let base = plan_address(&changed.reached.unit, changed.plan.year);
    let undo = format!("{base}/tindakan/{id}/pembatalan-penarikan");
    Ok(flash::undoable(see_other(&base), caller.lang.t("Tindakan ditarik dari rencana."), undo))
}

/// Takes a withdrawal back.
///
/// # Errors
/// What core refuses.
pub async fn reinstate(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<ActionPath>,
    _: Posted<Nothing>,
) -> Result {
    let id = path.id;
    let changed = change(
        &app,
        &caller,
        &path.plan(),
        |plan| to_amend(plan, id),
        |plan, _| {
            let before = plan.action(id).and_then(|placed| placed.action.withdrawn.clone());
            edit::reinstate(plan, id)?;
            let before = json!({ "withdrawn": before });
            Ok(((), Record { event: "plan.action.reinstated", subject: id.0, before, after: Value::Null }))
        },
    )
    .await?;
    let base = plan_address(&changed.reached.unit, changed.plan.year);
    Ok(flash::done(see_other(&base), caller.lang.t("Penarikan dibatalkan.")))
}

/// What a PIC reports.
#[derive(Debug, Deserialize)]
pub struct Progress {
    bulan: u32,
    keadaan: String,
    #[serde(default)]
    kembali: String,
}

/// Why a report is not taken back once its month was frozen.
const CLOSED: &str = "monev bulan itu sudah ditutup; catat koreksi dengan alasannya di halaman Monev";

/// The months of a plan that monev has frozen.
async fn closed_months(app: &App, path: &PlanPath) -> Result<Vec<Month>> {
    let unit = path.unit.parse().map_err(|_| AppError::NotFound)?;
    let unit = bening_store::unit::by_code(app.store(), &unit).await?.ok_or(AppError::NotFound)?;
    let plan = bening_store::plan::find(app.store(), unit.id, reach::year(&path.tahun)?).await?;
    let plan = plan.ok_or(AppError::NotFound)?;
    let months = bening_store::monev::months(app.store(), plan.id).await?;
    Ok(months.into_iter().flat_map(|closed| plan.pace.period(closed.month).months()).collect())
}

/// Reports the work of a month done, or not done after all.
///
/// # Errors
/// What core refuses.
pub async fn report(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<ActionPath>,
    Posted(told): Posted<Progress>,
) -> Result<Response> {
    let id = path.id;
    let month = Month::new(told.bulan).ok_or_else(|| AppError::Bad("bulan harus 1 sampai 12".to_owned()))?;
    let state = match told.keadaan.as_str() {
        "selesai" => Report::Done,
        "belum" => Report::NotDone,
        _ => return Err(AppError::Bad("keadaan harus selesai atau belum".to_owned())),
    };
    let need = |plan: &Plan| {
        let placed = plan.action(id)?;
        Some(Need::report(placed.area, placed.action.pics.iter().filter_map(|pic| pic.person).collect()))
    };
    let closed = match state {
        Report::NotDone => closed_months(&app, &path.plan()).await?,
        Report::Done => Vec::new(),
    };
    let changed = change(&app, &caller, &path.plan(), need, |plan, context| {
        if closed.contains(&month) {
            return Err(AppError::Refused(CLOSED.to_owned()));
        }
        edit::report(plan, id, month, state, context)?;
        let after = json!({ "month": told.bulan, "state": told.keadaan });
        Ok(((), Record { event: "plan.action.reported", subject: id.0, before: Value::Null, after }))
    })
    .await?;
    let base = plan_address(&changed.reached.unit, changed.plan.year);
    let text = caller.lang.tf(
        "%{bulan}: dicatat %{keadaan}.",
        &[("bulan", caller.lang.month(told.bulan as usize - 1)), ("keadaan", &caller.lang.t(&told.keadaan))],
    );
    let back = if told.kembali.starts_with("/unit/") || told.kembali == "/" { told.kembali } else { base };
    Ok(flash::done(see_other(&back), text))
}
