//! The report as a file: the letter that was issued, or for assessors the draft.

use axum::extract::{Path, State};
use bening_core::document::Format;

use super::Standing;
use super::gather::Gathered;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::lke::reach::{LkePath, reach_lke};
use crate::plan::export::file;

/// The report as PDF or DOCX.
///
/// # Errors
/// When the caller may not see it, or it is in no such format.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path((unit, tahun, format)): Path<(String, String, String)>,
) -> Result {
    let is_paper = |format: &Format| matches!(format, Format::Pdf | Format::Docx);
    let format = Format::parse(&format).filter(is_paper).ok_or(AppError::NotFound)?;
    let opened = reach_lke(&app, &caller, &LkePath { unit, tahun }).await?;
    let (stem, document) = match Standing::of(&app, &caller, &opened).await? {
        Standing::Issued(letter) => ("lhe", letter.document),
        Standing::Draft => {
            let gathered = Gathered::load(app.store(), opened.subject()).await?;
            ("konsep-lhe", gathered.document(opened.subject(), None, app.today())?)
        }
        Standing::None => return Err(AppError::NotFound),
    };
    let code = opened.at.reached.unit.code.as_str().to_lowercase();
    let name = format!("{stem}-{code}-{}.{}", opened.at.year, format.as_str());
    let is_pdf = format == Format::Pdf;
    let print = move |printer: &dyn bening_core::document::Printer| {
        if is_pdf { printer.pdf(&document) } else { printer.docx(&document) }
    };
    Ok(file(app.print(print).await?, format, &name))
}
