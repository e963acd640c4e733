//! The way every change of a worksheet goes: reach it, lock it, ask whether the caller may, let core change a copy,
//! write the difference, keep what was submitted, record it.

use bening_core::access::Action;
use bening_core::audit::Entry;
use bening_core::lke::Lke;
use bening_core::lke::edit::Context;
use bening_core::lke::submission::Submission;
use bening_core::suggestion::Decision;
use bening_store::{lke, reading};
use serde_json::Value;

use super::reach::{LkePath, Opened, open_under, reach_year};
use super::suggested;
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};

/// What a change leaves behind: a line in the audit trail, perhaps layers kept as submitted.
pub struct Record {
    /// What was done.
    pub event: &'static str,
    /// As it was.
    pub before: Value,
    /// As it is.
    pub after: Value,
    /// Layers that were submitted by it.
    pub submitted: Vec<Submission>,
    /// What was decided about a suggestion by it.
    pub decided: Option<Decision>,
}

impl Record {
    /// A change that submits nothing.
    pub fn new(event: &'static str, before: Value, after: Value) -> Self {
        Self { event, before, after, submitted: Vec::new(), decided: None }
    }

    /// The same with a layer that was submitted.
    pub fn submitting(self, submission: Submission) -> Self {
        Self { submitted: vec![submission], ..self }
    }

    /// The same with what it decides about a suggestion.
    pub fn deciding(self, decision: Decision) -> Self {
        Self { decided: Some(decision), ..self }
    }
}

/// Changes the worksheet of an address; gives it as it is afterwards, with what the work returned.
///
/// `need` asks whether the caller may; it sees the sheet as it is under the lock. `work` changes a copy through
/// `bening_core::lke::edit`. When nothing changed, nothing is written.
///
/// # Errors
/// What `need` and `work` refuse; then nothing was written.
pub async fn change<T, N: Send>(
    app: &App,
    caller: &Caller,
    path: &LkePath,
    need: impl FnOnce(&Opened) -> Result<N> + Send,
    work: impl FnOnce(&mut Lke, N, &mut Context<'_>) -> Result<(T, Record)> + Send,
) -> Result<(Opened, T)> {
    let at = reach_year(app, caller, path, Action::ReadUnit).await?;
    let editions = app.editions().await?;
    let tx = app.store().begin().await?;
    let before = lke::lock(&tx, at.reached.unit.id, at.year).await?.ok_or(AppError::NotFound)?;
    refuse_blind(app, caller, &before).await?;
    let mut opened = open_under(&editions, caller, at, before.clone())?;
    let need = need(&opened)?;
    let edition = opened.edition.clone();
    let (value, record) = {
        let mut fresh = chance::fresh;
        let (now, today, by) = (app.now(), app.today(), caller.id());
        let mut context = Context { now, today, by, edition: &edition, fresh: &mut fresh };
        work(&mut opened.lke, need, &mut context)?
    };
    if before != opened.lke {
        lke::save(&tx, &before, &opened.lke).await?;
        for submission in &record.submitted {
            lke::keep_submission(&tx, before.id, submission).await?;
        }
        if let Some(decision) = &record.decided {
            lke::decide(&tx, before.id, decision).await?;
        }
        tx.commit(entry(caller, &opened, record), app.now()).await?;
    }
    let suggested = suggested::load(app, &opened.at, &opened.lke, &opened.edition).await?;
    let opened = open_under(&editions, caller, opened.at, opened.lke)?;
    Ok((Opened { suggested, ..opened }, value))
}

/// A blind second reader would see what others said in the answer to any change.
async fn refuse_blind(app: &App, caller: &Caller, sheet: &Lke) -> Result<()> {
    if !reading::is_blind(app.store(), sheet.id, caller.id()).await? {
        return Ok(());
    }
    let text = "Anda sedang memberi pembacaan kedua yang buta atas lembar ini; selesaikan dulu pembacaan itu";
    Err(AppError::Refused(text.to_owned()))
}

fn entry(caller: &Caller, opened: &Opened, record: Record) -> Entry {
    Entry::new(caller.audit(), record.event, opened.lke.id.0)
        .of_unit(opened.at.reached.unit.id)
        .before(record.before)
        .after(record.after)
}
