//! An edition as files: its TOML, and its words as the table that an agency fills in with the official ones.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bening_core::instrument::{Instrument, OwnKind, SHIPPED_FILES, shipped};
use bening_store::instrument as store;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};

/// The text of an edition as it was loaded or shipped, without an agency's wording.
///
/// # Errors
/// When there is no such edition.
pub async fn download(State(app): State<App>, _: Caller, Path(id): Path<String>) -> Result {
    let text = match shipped().by_id(&id) {
        Some(_) => SHIPPED_FILES.into_iter().find(|(name, _)| name.strip_suffix(".toml") == Some(&id)),
        None => None,
    };
    let text = match text {
        Some((_, text)) => text.to_owned(),
        None => own(&app, &id).await?.ok_or(AppError::NotFound)?,
    };
    Ok(attached(text, "application/toml", &format!("{id}.toml")))
}

async fn own(app: &App, id: &str) -> Result<Option<String>> {
    let loaded = store::current(app.store()).await?;
    let is_it = |file: &bening_core::instrument::OwnFile| file.kind == OwnKind::Edition && file.edition == id;
    Ok(loaded.into_iter().map(|loaded| loaded.file).find(is_it).map(|file| file.text))
}

/// The words of an edition as a table, to be filled in with the official ones and loaded again.
///
/// # Errors
/// When there is no such edition.
pub async fn wording(State(app): State<App>, _: Caller, Path(id): Path<String>) -> Result {
    let editions = app.editions().await?;
    let edition = editions.by_id(&id).ok_or(AppError::NotFound)?;
    Ok(attached(table(edition), "text/csv; charset=utf-8", &format!("label-{id}.csv")))
}

fn table(edition: &Instrument) -> String {
    let mut lines = vec!["kode;pilihan;label".to_owned()];
    let mut line = |code: &str, option: &str, label: &str| {
        lines.push(format!("{};{};{}", cell(code), cell(option), cell(label)));
    };
    for area in &edition.areas {
        line(&area.code, "", &area.name);
        for sub in &area.subs {
            line(&sub.code, "", &sub.name);
            for question in &sub.questions {
                line(&question.code, "", &question.label);
                question.options.iter().for_each(|option| line(&question.code, &option.answer, &option.text));
            }
        }
    }
    // The mark at the beginning makes Excel read it as UTF-8.
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn attached(text: String, kind: &'static str, name: &str) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static(kind);
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], text).into_response()
}
