//! Saying what evidence proves, and taking that back.

use axum::extract::{Path, State};
use bening_core::audit::Entry;
use bening_core::evidence::{Target, Use};
use bening_core::id::UseId;
use bening_store::{StoreError, evidence as store};
use serde::Deserialize;
use serde_json::json;

use super::proof::demand_target;
use super::{EvidencePath, address, reach_evidence};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};

/// What it is to prove.
#[derive(Debug, Deserialize)]
pub struct Aim {
    #[serde(default)]
    untuk: String,
}

/// `…/pemakaian/{pakai}`
#[derive(Debug, Deserialize)]
pub struct UsePath {
    unit: String,
    id: String,
    pakai: String,
}

/// Hangs evidence on an action or a question.
///
/// # Errors
/// When the caller may not open the evidence or not work on what it is to prove.
pub async fn attach(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<EvidencePath>,
    Posted(aim): Posted<Aim>,
) -> Result {
    let opened = reach_evidence(&app, &caller, &path).await?;
    let target = Target::parse(&aim.untuk);
    let target = target.ok_or_else(|| AppError::Bad("pilih apa yang dibuktikan".to_owned()))?;
    let proof = demand_target(&app, &caller, &opened.reached, &target).await?;
    let (id, at) = (opened.kept.evidence.id, app.now());
    let after = json!(target);
    let tx = app.store().begin().await?;
    let used = Use { id: UseId(chance::fresh()), evidence: id, target, by: caller.id(), at };
    match store::attach(&tx, &used).await {
        Err(StoreError::Duplicate) => {}
        other => {
            other?;
            let entry = Entry::new(caller.audit(), "evidence.attached", id.0);
            tx.commit(entry.of_unit(opened.reached.unit.id).after(after), at).await?;
        }
    }
    Ok(flash::done(see_other(&proof.href), caller.lang.t("Bukti dipakai.")))
}

/// Takes a use back; the evidence stays in the register.
///
/// # Errors
/// When the caller may not work on what it proves.
pub async fn detach(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<UsePath>,
    _: Posted<Nothing>,
) -> Result {
    let id: UseId = path.pakai.parse().map_err(|_| AppError::NotFound)?;
    let path = EvidencePath { unit: path.unit, id: path.id };
    let opened = reach_evidence(&app, &caller, &path).await?;
    let used = opened.kept.uses.iter().find(|used| used.id == id).ok_or(AppError::NotFound)?;
    demand_target(&app, &caller, &opened.reached, &used.target).await?;
    let tx = app.store().begin().await?;
    store::detach(&tx, id).await?;
    let entry = Entry::new(caller.audit(), "evidence.detached", opened.kept.evidence.id.0);
    tx.commit(entry.of_unit(opened.reached.unit.id).before(json!(used.target)), app.now()).await?;
    let to = format!("{}/{}", address(&opened.reached), opened.kept.evidence.id);
    Ok(flash::done(see_other(&to), caller.lang.t("Pemakaian dibatalkan; buktinya tetap tersimpan.")))
}
