//! Changing what is said of evidence.

use axum::extract::{Path, State};
use bening_core::audit::Entry;
use bening_core::evidence::Evidence;
use bening_store::evidence as store;
use serde_json::json;

use super::add::Typed;
use super::{EvidencePath, address, may_change, reach_evidence};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};

/// Saves the form.
///
/// # Errors
/// When the caller may not change it, or a field cannot be kept.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<EvidencePath>,
    Posted(typed): Posted<Typed>,
) -> Result {
    let opened = reach_evidence(&app, &caller, &path).await?;
    if !may_change(&caller, &opened.reached, &opened.kept) {
        return Err(AppError::Forbidden);
    }
    let details = typed.details()?;
    let id = opened.kept.evidence.id;
    let tx = app.store().begin().await?;
    let before = store::lock(&tx, id).await?.ok_or(AppError::NotFound)?.evidence;
    let (was, is) = (json!(before.details), json!(details));
    if was != is {
        store::update(&tx, &Evidence { details, ..before }).await?;
        let entry = Entry::new(caller.audit(), "evidence.saved", id.0).of_unit(opened.reached.unit.id);
        tx.commit(entry.before(was).after(is), app.now()).await?;
    }
    let to = format!("{}/{id}", address(&opened.reached));
    Ok(flash::done(see_other(&to), caller.lang.t("Keterangan bukti disimpan.")))
}
