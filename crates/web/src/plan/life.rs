//! Steps in a plan's life: begun, copied from last year, approved, opened for changes.

use axum::extract::{Path, State};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::id::PlanId;
use bening_core::plan::{Plan, export::PlanExport, life};
use bening_core::time::Year;
use bening_store::plan::{self as store, Version};
use serde::Deserialize;
use serde_json::{Value, json};

use super::change::{Need, Record, change};
use super::frame::plan_address;
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::reach::{self, PlanPath, Reached, reach_unit};

/// Begins an empty plan.
///
/// # Errors
/// When there is one already.
pub async fn begin(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PlanPath>,
    _: Posted<Nothing>,
) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ComposePlan).await?;
    let year = reach::year(&path.tahun)?;
    let plan = Plan::empty(PlanId(chance::fresh()), reached.unit.id, year);
    create(&app, &caller, &reached, &plan, "plan.begun").await?;
    Ok(see_other(&plan_address(&reached.unit, year)))
}

/// Where to copy from.
#[derive(Debug, Deserialize)]
pub struct CopyFrom {
    dari: String,
}

/// Begins a plan as a copy of an earlier year's.
///
/// # Errors
/// When there is nothing to copy, or the year has a plan already.
pub async fn copy(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PlanPath>,
    Posted(from): Posted<CopyFrom>,
) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ComposePlan).await?;
    let (year, source): (Year, Year) = (reach::year(&path.tahun)?, reach::year(&from.dari)?);
    let source = store::find(app.store(), reached.unit.id, source).await?.ok_or(AppError::NotFound)?;
    let empty = Plan::empty(PlanId(chance::fresh()), reached.unit.id, year);
    let plan = life::copy(&source, &empty, &mut chance::fresh)?;
    create(&app, &caller, &reached, &plan, "plan.copied").await?;
    let text = caller.lang.tf(
        "Rencana %{dari} disalin. Periksa tahun, waktu, dan PIC setiap tindakan.",
        &[("dari", source.year)],
    );
    Ok(flash::done(see_other(&plan_address(&reached.unit, year)), text))
}

async fn create(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    plan: &Plan,
    event: &'static str,
) -> Result<()> {
    let tx = app.store().begin().await?;
    store::create(&tx, plan).await?;
    let entry = Entry::new(caller.audit(), event, plan.id.0).of_unit(reached.unit.id);
    let after = json!({ "year": plan.year, "actions": plan.actions().count() });
    Ok(tx.commit(entry.after(after), app.now()).await?)
}

/// What the head of the unit says on approval.
#[derive(Debug, Deserialize)]
pub struct Approval {
    #[serde(default)]
    catatan: String,
}

/// Approves a plan and keeps the version as it stands.
///
/// # Errors
/// When it is empty, incomplete or approved already.
pub async fn approve(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PlanPath>,
    Posted(form): Posted<Approval>,
) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ApprovePlan).await?;
    let note =
        bening_core::text::line(&form.catatan).map_err(|error| AppError::Refused(error.to_string()))?;
    let tx = app.store().begin().await?;
    let before =
        store::lock(&tx, reached.unit.id, reach::year(&path.tahun)?).await?.ok_or(AppError::NotFound)?;
    let mut after = before.clone();
    let number = life::approve(&mut after)?;
    store::save(&tx, &before, &after).await?;
    let contents = PlanExport::of(&after, reached.unit.code.as_str(), &reached.unit.name);
    let version = Version { number, approved_at: app.now(), approved_by: caller.id(), note: note.clone() };
    store::keep_version(&tx, &version, &contents).await?;
    let entry = Entry::new(caller.audit(), "plan.approved", after.id.0).of_unit(reached.unit.id);
    tx.commit(entry.after(json!({ "version": number, "note": note })), app.now()).await?;
    let text = caller.lang.tf("Rencana disetujui sebagai versi %{n}.", &[("n", number)]);
    Ok(flash::done(see_other(&plan_address(&reached.unit, after.year)), text))
}

/// Opens an approved plan for changes.
///
/// # Errors
/// When it is not approved.
pub async fn amend(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PlanPath>,
    _: Posted<Nothing>,
) -> Result {
    let need = |_: &Plan| Some(Need::plan(Want::AmendPlan));
    let changed = change(&app, &caller, &path, need, |plan, _| {
        life::amend(plan)?;
        let after = json!({ "version": plan.version });
        Ok(((), Record { event: "plan.amendment.opened", subject: plan.id.0, before: Value::Null, after }))
    })
    .await?;
    let text = caller.lang.t(
        "Rencana dibuka untuk perubahan. Versi yang disetujui tetap berlaku sampai perubahan ini disetujui.",
    );
    Ok(flash::done(see_other(&plan_address(&changed.reached.unit, changed.plan.year)), text))
}
