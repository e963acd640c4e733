//! What people do with a suggestion: take it as the answer, or set it aside and say why.

use axum::extract::{Path, State};
use bening_core::audit::Entry;
use bening_core::lke::Layer;
use bening_core::lke::Lke;
use bening_core::lke::edit::{self, Given};
use bening_core::suggestion::{self, Basis, Refusal, Suggestion};
use bening_store::lke as store;
use serde::Deserialize;
use serde_json::json;

use super::super::answer::told;
use super::super::change::{Record, change};
use super::super::question::again;
use super::super::reach::{CodePath, Opened, reach_lke};
use super::super::typed::{read_seen, worded};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};

/// What is accepted: which suggestion, what it proposed, and what stood there.
#[derive(Debug, Deserialize)]
pub struct Accepted {
    kunci: String,
    usul: String,
    was: String,
}

/// What is set aside, and why.
#[derive(Debug, Deserialize)]
pub struct Overruled {
    kunci: String,
    usul: String,
    #[serde(default)]
    alasan: String,
}

/// Accepts a suggestion: it becomes the answer, and the note says where it comes from.
///
/// # Errors
/// When the question is not the caller's, or there is no such suggestion.
pub async fn accept(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CodePath>,
    Posted(accepted): Posted<Accepted>,
) -> Result {
    let done = write(&app, &caller, &path, &accepted).await;
    shown(&app, &caller, &path, done, "Usulan menjadi jawaban.").await
}

/// Sets a suggestion aside; it stays to be seen with the reason.
///
/// # Errors
/// When the question is not the unit's to answer, or the reason is missing.
pub async fn set_aside(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CodePath>,
    Posted(overruled): Posted<Overruled>,
) -> Result {
    let done = keep(&app, &caller, &path, &overruled).await;
    shown(&app, &caller, &path, done, "Usulan dikesampingkan; alasannya tetap terlihat.").await
}

/// The question again: with what was done, or with why it was not.
async fn shown(
    app: &App,
    caller: &Caller,
    path: &CodePath,
    done: Result<Opened>,
    said: &'static str,
) -> Result {
    match done {
        Ok(opened) => {
            let to = format!("{}/pertanyaan/{}#usulan", opened.at.address(), path.kode);
            Ok(flash::done(see_other(&to), caller.lang.t(said)))
        }
        Err(error @ (AppError::Refused(_) | AppError::Conflict { .. })) => {
            again(app, caller, path, error, String::new()).await
        }
        Err(other) => Err(other),
    }
}

/// The suggestion as the person saw it.
fn seen(opened: &Opened, code: &str, key: &str, proposed: &str) -> Result<Suggestion> {
    let is_it = |one: &&Suggestion| one.key == key && worded(Some(&one.answer)) == proposed;
    let found = opened.suggested.offers.for_question(code).find(is_it).cloned();
    Ok(found.ok_or(Refusal::Gone)?)
}

async fn write(app: &App, caller: &Caller, path: &CodePath, accepted: &Accepted) -> Result<Opened> {
    let opened = reach_lke(app, caller, &path.sheet()).await?;
    opened.desk.demand(&opened.edition, &path.kode)?;
    let suggestion = seen(&opened, &path.kode, &accepted.kunci, &accepted.usul)?;
    let was = read_seen(&accepted.was)?;
    let code = path.kode.as_str();
    let need = |opened: &Opened| opened.desk.demand(&opened.edition, code);
    let work = |lke: &mut Lke, layer, context: &mut edit::Context<'_>| {
        let before = told(lke, layer, code);
        let answer = Some(suggestion.answer.clone());
        edit::answer(lke, layer, code, &was, Given { answer, note: noted(&was.note, &suggestion) }, context)?;
        let mut after = told(lke, layer, code);
        after["suggestion"] = json!(suggestion.key);
        if let Basis::Survey(survey) = &suggestion.basis {
            after["sha256"] = json!(survey.sha256);
        }
        let record = Record::new("lke.answer.from_suggestion", before, after);
        let decision = suggestion::accepted(&suggestion, context.by, context.now);
        Ok(((), if layer == Layer::Unit { record.deciding(decision) } else { record }))
    };
    Ok(change(app, caller, &path.sheet(), need, work).await?.0)
}

/// The note with the provenance below what stands there; an earlier acceptance of the same says it already.
fn noted(note: &str, suggestion: &Suggestion) -> String {
    let provenance = suggestion.provenance();
    match note.trim() {
        "" => provenance,
        kept if kept.contains(&provenance) => kept.to_owned(),
        kept => format!("{kept}\n{provenance}"),
    }
}

async fn keep(app: &App, caller: &Caller, path: &CodePath, overruled: &Overruled) -> Result<Opened> {
    let opened = reach_lke(app, caller, &path.sheet()).await?;
    if opened.desk.demand(&opened.edition, &path.kode)? != Layer::Unit {
        return Err(AppError::Forbidden);
    }
    let suggestion = seen(&opened, &path.kode, &overruled.kunci, &overruled.usul)?;
    opened.desk.can_answer(&opened.lke, &opened.edition, &path.kode)?;
    let decision = suggestion::set_aside(&suggestion, &overruled.alasan, caller.id(), app.now())?;
    let tx = app.store().begin().await?;
    store::decide(&tx, opened.lke.id, &decision).await?;
    let after = json!({
        "question": path.kode, "suggestion": decision.key,
        "answer": decision.answer, "reason": decision.reason,
    });
    let entry = Entry::new(caller.audit(), "lke.suggestion.set_aside", opened.lke.id.0);
    tx.commit(entry.of_unit(opened.at.reached.unit.id).after(after), app.now()).await?;
    Ok(opened)
}
