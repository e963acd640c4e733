//! The public verification of a signature under an integrity pact: whether it holds, and no word about the person.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::response::{Html, IntoResponse};
use bening_core::time::Year;
use bening_store::{pact, unit};

use super::registry::public;
use crate::app::App;
use crate::error::{AppError, Result};
use crate::page::Page;

#[derive(Template)]
#[template(path = "candidacy/verify.html")]
struct VerifyPage {
    page: Page,
    unit: String,
    year: i32,
    version: u32,
    newest: u32,
    hash: String,
    day: String,
    is_whole: bool,
}

/// Whether a signature holds.
///
/// # Errors
/// When there is no such signature.
pub async fn show(State(app): State<App>, Path(id): Path<String>, request: Request) -> Result {
    let page = public(&app, request).await;
    let page = Page { title: page.t("Pemeriksaan pakta integritas").into_owned(), ..page };
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let (signature, text) = pact::signature(app.store(), id).await?.ok_or(AppError::NotFound)?;
    let year = Year::new(text.year.into()).ok_or(AppError::NotFound)?;
    let newest = pact::texts(app.store(), text.unit, year).await?;
    let units = unit::all(app.store()).await?;
    let view = VerifyPage {
        unit: units.into_iter().find(|unit| unit.id == text.unit).map(|unit| unit.name).unwrap_or_default(),
        year: text.year,
        version: text.version,
        newest: newest.first().map_or(text.version, |newest| newest.version),
        hash: text.hash(),
        day: page.date_long(signature.on),
        is_whole: signature.is_whole(&text),
        page,
    };
    Ok(Html(view.render()?).into_response())
}
