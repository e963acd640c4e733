//! What is said about a question beside its answer: evidence, remarks, sending back and giving back.

use axum::extract::{Path, State};
use bening_core::id::LinkId;
use bening_core::lke::edit::{self, Context};
use bening_core::lke::{Layer, Lke, Side};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};

use super::change::{Record, change};
use super::question::{again, is_refusal};
use super::reach::{CodePath, LkePath, Opened};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};

/// A piece of evidence as typed.
#[derive(Debug, Deserialize)]
pub struct Evidence {
    #[serde(default)]
    nama: String,
    #[serde(default)]
    tempat: String,
}

/// Names a piece of evidence.
///
/// # Errors
/// When it is not the caller's to name, or incomplete.
pub async fn add_evidence(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CodePath>,
    Posted(typed): Posted<Evidence>,
) -> Result {
    let done = act(&app, &caller, &path, unit_holds, |lke, _, context| {
        edit::add_evidence(lke, &path.kode, &typed.nama, &typed.tempat, context)?;
        let after = json!({ "code": path.kode, "title": typed.nama, "place": typed.tempat });
        Ok(Record::new("lke.evidence.added", Value::Null, after))
    });
    answered(&app, &caller, &path, done.await, "Bukti ditambahkan.").await
}

/// `…/pertanyaan/{kode}/bukti/{id}/penghapusan`
#[derive(Debug, Deserialize)]
pub struct EvidencePath {
    unit: String,
    tahun: String,
    kode: String,
    id: LinkId,
}

/// Takes a piece of evidence away.
///
/// # Errors
/// When it is not the caller's to take away, or gone.
pub async fn remove_evidence(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<EvidencePath>,
    _: Posted<Nothing>,
) -> Result {
    let id = path.id;
    let path = CodePath { unit: path.unit, tahun: path.tahun, kode: path.kode };
    let done = act(&app, &caller, &path, unit_holds, |lke, _, _| {
        if !lke.evidence_for(&path.kode).any(|link| link.id == id) {
            return Err(edit::Refusal::Gone.into());
        }
        let link = edit::remove_evidence(lke, id)?;
        let before = json!({ "code": path.kode, "title": link.title, "place": link.place });
        Ok(Record::new("lke.evidence.removed", before, Value::Null))
    });
    answered(&app, &caller, &path, done.await, "Bukti dihapus.").await
}

/// A remark as typed.
#[derive(Debug, Deserialize)]
pub struct Words {
    #[serde(default)]
    teks: String,
}

/// Adds a remark to the thread.
///
/// # Errors
/// When the caller takes no part in the question, or it is empty.
pub async fn remark(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CodePath>,
    Posted(typed): Posted<Words>,
) -> Result {
    let need = |opened: &Opened, code: &str| {
        let layer = opened.desk.layer.ok_or(AppError::Forbidden)?;
        if opened.desk.may_talk(&opened.edition, code) { Ok(layer) } else { Err(AppError::Forbidden) }
    };
    let done = act(&app, &caller, &path, need, |lke, layer, context| {
        edit::remark(lke, layer.side(), &path.kode, &typed.teks, context)?;
        let after = json!({ "code": path.kode, "text": typed.teks });
        Ok(Record::new("lke.remarked", Value::Null, after))
    });
    answered(&app, &caller, &path, done.await, "Catatan dikirim.").await
}

/// A return as typed.
#[derive(Debug, Deserialize)]
pub struct SentBack {
    #[serde(default)]
    batas: String,
    #[serde(default)]
    alasan: String,
}

/// Sends a question back to the unit.
///
/// # Errors
/// When the caller does not assess it, or the deadline is no day ahead.
pub async fn send_back(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CodePath>,
    Posted(typed): Posted<SentBack>,
) -> Result {
    let need = |opened: &Opened, code: &str| {
        let layer = opened.desk.demand(&opened.edition, code)?;
        if layer == Layer::Unit { Err(AppError::Forbidden) } else { Ok(layer) }
    };
    let done = act(&app, &caller, &path, need, |lke, layer, context| {
        let due_on = NaiveDate::parse_from_str(typed.batas.trim(), "%Y-%m-%d").map_err(|_| no_day())?;
        edit::send_back(lke, layer, &path.kode, due_on, &typed.alasan, context)?;
        let after = json!({ "code": path.kode, "due_on": due_on, "reason": typed.alasan });
        Ok(Record::new("lke.returned", Value::Null, after))
    });
    answered(&app, &caller, &path, done.await, "Pertanyaan dikembalikan ke unit.").await
}

fn no_day() -> AppError {
    AppError::Refused("pilih tanggal batas waktu perbaikan".to_owned())
}

/// Gives a question back to the assessors as revised.
///
/// # Errors
/// When it is not the caller's, or was not sent back.
pub async fn give_back(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CodePath>,
    _: Posted<Nothing>,
) -> Result {
    let done = act(&app, &caller, &path, unit_holds, |lke, _, context| {
        let submission = edit::give_back(lke, &path.kode, context)?;
        let after = json!({ "code": path.kode, "round": submission.round });
        Ok(Record::new("lke.given_back", Value::Null, after).submitting(submission))
    });
    answered(&app, &caller, &path, done.await, "Perbaikan disampaikan ke penilai.").await
}

/// Only those who answer a question for the unit.
fn unit_holds(opened: &Opened, code: &str) -> Result<Layer> {
    let layer = opened.desk.demand(&opened.edition, code)?;
    if layer.side() == Side::Unit { Ok(layer) } else { Err(AppError::Forbidden) }
}

async fn act(
    app: &App,
    caller: &Caller,
    path: &CodePath,
    need: impl FnOnce(&Opened, &str) -> Result<Layer> + Send,
    work: impl FnOnce(&mut Lke, Layer, &mut Context<'_>) -> Result<Record> + Send,
) -> Result<()> {
    let sheet: LkePath = path.sheet();
    let need = |opened: &Opened| {
        if opened.edition.question(&path.kode).is_none() {
            return Err(AppError::NotFound);
        }
        need(opened, &path.kode)
    };
    change(app, caller, &sheet, need, |lke, layer, context| Ok(((), work(lke, layer, context)?))).await?;
    Ok(())
}

/// Back to the page of the question, or the page once more with what was refused.
async fn answered(app: &App, caller: &Caller, path: &CodePath, done: Result<()>, text: &str) -> Result {
    match done {
        Ok(()) => {
            let to = format!("/unit/{}/lke/{}/pertanyaan/{}", path.unit, path.tahun, path.kode);
            Ok(flash::done(see_other(&to), caller.lang.t(text)))
        }
        Err(error) if is_refusal(&error) => again(app, caller, path, error, String::new()).await,
        Err(other) => Err(other),
    }
}
