//! The conversation of those who report, by their receipt. A wrong one takes as long as a right one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse};
use bening_core::unit::Unit;
use bening_core::wbs::{self as core, Author, Plain, Refusal, Report, State as How};
use bening_store::wbs as store;

use super::public::frame;
use super::seal::{self, Receipt};
use super::{Said, attach, read, readers, seal_for};
use crate::app::App;
use crate::chance;
use crate::error::{AppError, Result, sentence};
use crate::open::{Sent, discreet, field, unit_of};
use crate::page::Page;

#[derive(Template)]
#[template(path = "wbs/talk.html")]
struct TalkPage {
    page: Page,
    unit: Unit,
    receipt: String,
    state: &'static str,
    is_closed: bool,
    said: Vec<Said>,
    error: String,
}

#[derive(Template)]
#[template(path = "wbs/code.html")]
struct CodePage {
    page: Page,
    unit: Unit,
    error: String,
}

/// Asks for the receipt.
///
/// # Errors
/// When there is no such unit.
pub async fn ask(State(app): State<App>, Path(code): Path<String>, headers: HeaderMap) -> Result {
    let unit = unit_of(&app, &code).await?;
    let page = frame(&headers, &unit);
    Ok(discreet(Html(CodePage { page, unit, error: String::new() }.render()?).into_response()))
}

/// Shows the conversation of a receipt; keeps a reply first when one was written.
///
/// # Errors
/// When there is no such unit or the store fails.
pub async fn show(State(app): State<App>, sent: Sent) -> Result {
    let Sent { unit, fields, files, headers } = sent;
    let page = frame(&headers, &unit);
    let Some((receipt, report)) = find(&app, &unit, field(&fields, "kode")).await? else {
        let error =
            sentence(&page.t("kode ini tidak cocok dengan laporan mana pun; periksa angkanya satu per satu"));
        let page = CodePage { page, unit, error }.render()?;
        return Ok(discreet((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response()));
    };
    let error =
        match reply(&app, &report, (field(&fields, "balasan"), attach::plain(&files, &fields))).await? {
            Ok(()) => String::new(),
            Err(refusal) => sentence(&page.t(&refusal.to_string())),
        };
    let key = seal::unlock_by(&report.sealed_key, &receipt).ok_or(AppError::NotFound)?;
    let content = TalkPage {
        said: read(&page, &store::messages(app.store(), report.id).await?, &key),
        receipt: field(&fields, "kode").to_owned(),
        state: report.state.title(),
        is_closed: report.state == How::Closed,
        page,
        unit,
        error,
    };
    Ok(discreet(Html(content.render()?).into_response()))
}

/// The report of a receipt. What was typed is hashed even when it is none, so that both answers take as long.
async fn find(app: &App, unit: &Unit, typed: &str) -> Result<Option<(Receipt, Report)>> {
    let digits = bening_core::receipt::read(typed);
    let tried = digits.clone().unwrap_or_default();
    let receipt = app.hash(move || seal::receipt(&tried)).await.ok_or(AppError::Interrupted)??;
    let found = store::by_receipt(app.store(), unit.id, &receipt.hash).await?;
    Ok(found.filter(|_| digits.is_some()).map(|report| (receipt, report)))
}

async fn reply(
    app: &App,
    report: &Report,
    (written, files): (&str, std::result::Result<Vec<Plain>, Refusal>),
) -> Result<std::result::Result<(), Refusal>> {
    let files = match files {
        Ok(files) => files,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if written.trim().is_empty() && files.is_empty() {
        return Ok(Ok(()));
    }
    if report.state == How::Closed {
        return Ok(Err(Refusal::Closed));
    }
    let text = match core::text(written) {
        Ok(text) => text,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let message = seal_for(app, report, Author::Reporter, text).await?;
    let keys = readers(app, report).await?;
    let files = attach::sealed(&files, keys.iter().map(|keeper| keeper.public_key.as_str()))?;
    store::reply(app.store(), report, (chance::drawn(), &message), &files).await?;
    Ok(Ok(()))
}
