//! What people do in a month: fill in, verify, close, correct. The plan is held while they do, so that nothing is
//! written into a month that somebody closes at the same moment.

use axum::extract::{Path, State};
use bening_core::access::Action as Want;
use bening_core::audit::Entry as Record;
use bening_core::id::ActionId;
use bening_core::monev::edit::{Closed, Desk, Told};
use bening_core::monev::report::Prose;
use bening_core::monev::{Closing, Table};
use bening_core::plan::Plan;
use bening_core::time::Month;
use bening_store::{WriteTx, monev as store, plan};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{MonthPath, address, month, open_before, prose};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::reach::{self, Reached, demand, reach_unit};

/// `…/{bulan}/tindakan/{id}` as words.
#[derive(Debug, Deserialize)]
pub struct RowPath {
    unit: String,
    tahun: String,
    bulan: String,
    id: ActionId,
}

/// What is told of an action.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    persen: String,
    #[serde(default)]
    uraian: String,
    #[serde(default)]
    kendala: String,
    #[serde(default)]
    alasan: String,
}

impl Fields {
    fn told(&self) -> Told<'_> {
        Told { percent: &self.persen, note: &self.uraian, obstacle: &self.kendala }
    }
}

/// A month held for a change.
struct Held {
    reached: Reached,
    tx: WriteTx,
    plan: Plan,
    month: Month,
    prose: Prose,
    closing: Option<Closing>,
}

impl Held {
    async fn hold(app: &App, caller: &Caller, unit: &str, tahun: &str, bulan: &str) -> Result<Self> {
        let reached = reach_unit(app, caller, unit, Want::ReadUnit).await?;
        let (year, month) = (reach::year(tahun)?, month(bulan)?);
        let tx = app.store().begin().await?;
        let plan = plan::lock(&tx, reached.unit.id, year).await?.ok_or(AppError::NotFound)?;
        if !plan.pace.is_end(month) {
            return Err(AppError::NotFound);
        }
        let closing = store::closing_now(&tx, plan.id, month).await?;
        Ok(Self { reached, tx, plan, month, prose: prose()?, closing })
    }

    fn desk<'a>(&'a self, app: &App, caller: &Caller) -> Desk<'a> {
        let is_closed = if self.closing.is_some() { Closed::Yes } else { Closed::No };
        let (rules, by, today) = (&self.prose.rules, caller.id(), app.today());
        Desk { month: self.month, is_closed, rules, by, today }
    }

    /// Asks whether the caller may do this to an action.
    fn demand(&self, caller: &Caller, action: ActionId, want: Want) -> Result<()> {
        let placed = self.plan.action(action).ok_or(AppError::NotFound)?;
        let pics = placed.action.pics.iter().filter_map(|pic| pic.person).collect();
        demand(caller, want, &self.reached.scope().area(Some(placed.area)).pics(pics))
    }

    fn page(&self) -> String {
        format!("{}/{}", address(&self.reached, self.plan.year), self.month.number())
    }

    async fn keep(self, app: &App, record: Record) -> Result<()> {
        Ok(self.tx.commit(record.of_unit(self.reached.unit.id), app.now()).await?)
    }
}

/// Fills in the row of an action.
///
/// # Errors
/// What core refuses.
pub async fn fill(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RowPath>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let held = Held::hold(&app, &caller, &path.unit, &path.tahun, &path.bulan).await?;
    held.demand(&caller, path.id, Want::ReportProgress)?;
    let entries = store::entries_now(&held.tx, held.plan.id).await?;
    let mut after = held.plan.clone();
    let entry = held.desk(&app, &caller).fill(&mut after, &entries, path.id, fields.told())?;
    plan::save(&held.tx, &held.plan, &after).await?;
    store::save_entry(&held.tx, after.id, &entry).await?;
    let old = entries.iter().find(|old| old.month == entry.month && old.action == entry.action);
    let said = |entry: &bening_core::monev::Entry| json!({ "month": entry.month.number(), "percent": entry.percent, "note": entry.note, "obstacle": entry.obstacle });
    let record = Record::new(caller.audit(), "monev.filled", path.id.0);
    let record = record.before(old.map(said)).after(said(&entry));
    let to = format!("{}#t-{}", held.page(), path.id);
    held.keep(&app, record).await?;
    Ok(flash::done(see_other(&to), caller.lang.t("Realisasi disimpan.")))
}

/// Verifies the row of an action.
///
/// # Errors
/// What core refuses.
pub async fn verify(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RowPath>,
    _: Posted<Nothing>,
) -> Result {
    let held = Held::hold(&app, &caller, &path.unit, &path.tahun, &path.bulan).await?;
    held.demand(&caller, path.id, Want::VerifyMonev)?;
    let entries = store::entries_now(&held.tx, held.plan.id).await?;
    let entry = held.desk(&app, &caller).verify(&held.plan, &entries, path.id)?;
    store::save_entry(&held.tx, held.plan.id, &entry).await?;
    let record = Record::new(caller.audit(), "monev.verified", path.id.0);
    let record = record.after(json!({ "month": held.month.number(), "percent": entry.percent }));
    let to = format!("{}#t-{}", held.page(), path.id);
    held.keep(&app, record).await?;
    Ok(flash::done(see_other(&to), caller.lang.t("Realisasi diverifikasi.")))
}

/// What the leader concludes.
#[derive(Debug, Deserialize)]
pub struct Conclusion {
    #[serde(default)]
    simpulan: String,
}

/// Closes a month.
///
/// # Errors
/// When something is missing.
pub async fn close(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<MonthPath>,
    Posted(said): Posted<Conclusion>,
) -> Result {
    let held = Held::hold(&app, &caller, &path.unit, &path.tahun, &path.bulan).await?;
    held.reached.demand(&caller, Want::CloseMonev)?;
    let entries = store::entries_now(&held.tx, held.plan.id).await?;
    let months = store::months_now(&held.tx, held.plan.id).await?;
    let earlier = open_before(&held.plan, &months, held.month);
    let closing = held.desk(&app, &caller).close(&held.plan, &entries, earlier, &said.simpulan)?;
    store::close(&held.tx, held.plan.id, &closing).await?;
    let record = Record::new(caller.audit(), "monev.month.closed", held.plan.id.0);
    let record = record.after(json!({ "month": held.month.number(), "figures": closing.figures }));
    let to = held.page();
    held.keep(&app, record).await?;
    Ok(flash::done(see_other(&to), caller.lang.t("Ditutup. Laporannya dapat diunduh.")))
}

/// Corrects a row of a closed month.
///
/// # Errors
/// What core refuses.
pub async fn correct(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RowPath>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let held = Held::hold(&app, &caller, &path.unit, &path.tahun, &path.bulan).await?;
    held.demand(&caller, path.id, Want::CloseMonev)?;
    let earlier = store::corrections_now(&held.tx, held.plan.id, held.month).await?;
    let months = store::months_now(&held.tx, held.plan.id).await?;
    let figures = months.into_iter().find(|closed| closed.month == held.month);
    let figures = figures.map(|closed| closed.figures).unwrap_or_default();
    let closing = held.closing.as_ref().ok_or(bening_core::monev::Refusal::Open)?;
    let shown = Table::closed(closing, &earlier);
    let mut after = held.plan.clone();
    let (correction, figures) = held.desk(&app, &caller).correct(
        &mut after,
        &shown,
        figures,
        path.id,
        fields.told(),
        &fields.alasan,
    )?;
    plan::save(&held.tx, &held.plan, &after).await?;
    let id: Uuid = chance::fresh();
    store::correct(&held.tx, id, after.id, &correction, &figures).await?;
    let row = shown.row(path.id).map(|row| row.percent);
    let record = Record::new(caller.audit(), "monev.corrected", path.id.0).before(json!({ "percent": row }));
    let said =
        json!({ "month": held.month.number(), "percent": correction.percent, "reason": correction.reason });
    let to = format!("{}#t-{}", held.page(), path.id);
    held.keep(&app, record.after(said)).await?;
    Ok(flash::done(see_other(&to), caller.lang.t("Koreksi dicatat; isi semula tetap tersimpan.")))
}
