//! What the desk sees and says of the conversation about a complaint.

use axum::extract::{Path, State};
use bening_core::audit::Entry as Record;
use bening_core::complaint::{Message, Refusal, message};
use bening_core::id::PersonId;
use bening_core::register::Row;
use bening_store::{complaint as store, person, register as lines};
use serde::Deserialize;
use serde_json::json;

use super::{REGISTER, Said, register, said};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::Page;
use crate::register::Desk;

/// `/unit/{unit}/pengaduan/{laporan}` as words.
#[derive(Debug, Clone, Deserialize)]
pub struct ComplaintPath {
    unit: String,
    laporan: String,
}

/// What is said.
#[derive(Debug, Deserialize)]
pub struct Saying {
    #[serde(default)]
    pesan: String,
}

/// The conversation about a line, for those who may read it; nothing when nobody can come back to it.
pub(crate) async fn conversation(app: &App, page: &Page, row: &Row) -> Result<Option<Vec<Said>>> {
    if row.register != REGISTER || !store::has_receipt(app.store(), row.id).await? {
        return Ok(None);
    }
    let messages = store::messages(app.store(), row.id).await?;
    let people: Vec<PersonId> = messages.iter().filter_map(|one| one.author).collect();
    let names = person::names(app.store(), people).await?;
    let who = |one: &Message| one.author.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    Ok(Some(messages.iter().map(|one| said(app, page, one, who(one))).collect()))
}

/// Says something to whoever wrote a complaint.
///
/// # Errors
/// When the caller neither keeps complaints nor was given this one, or it came to an end.
pub async fn say(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<ComplaintPath>,
    Posted(saying): Posted<Saying>,
) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit, REGISTER).await?;
    let row = desk.row(&app, &path.laporan).await?;
    desk.demand(desk.may_answer(&row))?;
    if !store::has_receipt(app.store(), row.id).await? {
        return Err(AppError::NotFound);
    }
    let text = message(&saying.pesan)?;
    let tx = app.store().begin().await?;
    let held = lines::lock(&tx, row.id).await?.ok_or(AppError::NotFound)?;
    if register()?.is_ended(&held) {
        return Err(Refusal::Ended.into());
    }
    let said = Message { author: Some(caller.id()), text, at: app.now() };
    store::say(&tx, chance::fresh(), row.id, &said).await?;
    let record = Record::new(caller.audit(), "complaint.message.sent", row.id.0).of_unit(row.unit);
    tx.commit(record.after(json!({ "number": row.number })), app.now()).await?;
    let to = format!("{}/{}", desk.address(), row.id);
    Ok(flash::done(see_other(&to), caller.lang.t("Pesan dikirim; pelapor membacanya dengan kodenya.")))
}
