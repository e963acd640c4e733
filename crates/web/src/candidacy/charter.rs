//! The charter of the declaration as a file.

use axum::extract::{Path, State};
use bening_core::candidacy::pact::Prose;
use bening_core::document::{Document, Format};
use bening_store::{agency, candidacy};

use super::reach::Roads;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::plan::export::file;

/// The charter as PDF or DOCX.
///
/// # Errors
/// When nothing was declared, or it is in no such format.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path((unit, format)): Path<(String, String)>,
) -> Result {
    let roads = Roads::load(&app, &caller, &unit).await?;
    let road = roads.newest().ok_or(AppError::NotFound)?;
    let declaration = candidacy::declaration(app.store(), road.id).await?.ok_or(AppError::NotFound)?;
    let unit = &roads.reached.unit;
    let agency = agency::load(app.store()).await?.name;
    let document = declaration.document(&words(Prose::charter())?, &unit.name, &unit.head_title, &agency);
    print(&app, document, &format, &format!("piagam-{}", unit.code.as_str().to_lowercase())).await
}

/// The words of a paper; those that were shipped can be read.
pub(super) fn words(
    prose: std::result::Result<Prose, bening_core::candidacy::pact::ProseError>,
) -> Result<Prose> {
    prose.map_err(|error| AppError::Refused(error.to_string()))
}

/// A paper as PDF or DOCX.
pub(crate) async fn print(app: &App, document: Document, format: &str, stem: &str) -> Result {
    let is_paper = |format: &Format| matches!(format, Format::Pdf | Format::Docx);
    let format = Format::parse(format).filter(is_paper).ok_or(AppError::NotFound)?;
    let is_pdf = format == Format::Pdf;
    let job = move |printer: &dyn bening_core::document::Printer| {
        if is_pdf { printer.pdf(&document) } else { printer.docx(&document) }
    };
    Ok(file(app.print(job).await?, format, &format!("{stem}.{}", format.as_str())))
}
