//! How often a plan is monitored: every month or every quarter. Chosen before anything is filled in.

use axum::extract::{Path, State};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::monev::{Pace, edit};
use bening_store::{monev as store, plan};
use serde::Deserialize;
use serde_json::json;

use super::address;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::reach::{self, PlanPath, reach_unit};

/// What is chosen.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    irama: String,
}

/// Chooses it.
///
/// # Errors
/// When the caller does not close monev here, or something was filled in.
pub async fn choose(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PlanPath>,
    Posted(chosen): Posted<Chosen>,
) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    reached.demand(&caller, Want::CloseMonev)?;
    let pace = Pace::parse(&chosen.irama);
    let pace = pace.ok_or_else(|| AppError::Bad("pilih irama monev dari daftar".to_owned()))?;
    let tx = app.store().begin().await?;
    let before =
        plan::lock(&tx, reached.unit.id, reach::year(&path.tahun)?).await?.ok_or(AppError::NotFound)?;
    let mut after = before.clone();
    edit::choose_pace(&mut after, &store::entries_now(&tx, before.id).await?, pace)?;
    plan::save(&tx, &before, &after).await?;
    let entry = Entry::new(caller.audit(), "monev.pace.chosen", after.id.0).of_unit(reached.unit.id);
    let entry = entry.before(json!({ "pace": before.pace.as_str() })).after(json!({ "pace": pace.as_str() }));
    tx.commit(entry, app.now()).await?;
    let said = caller.lang.tf("Monev diisi dan ditutup %{irama}.", &[("irama", caller.lang.t(pace.name()))]);
    Ok(flash::done(see_other(&address(&reached, after.year)), said))
}
