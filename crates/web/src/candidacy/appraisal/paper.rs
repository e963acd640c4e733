//! A form of the national team as a file.

use axum::extract::{Path, State};
use bening_core::candidacy::appraisal::paper::{About, Words, document};
use bening_store::agency;

use super::Opened;
use crate::app::App;
use crate::caller::Caller;
use crate::candidacy::charter::print;
use crate::error::{AppError, Result};

/// The form of a stage as PDF or DOCX.
///
/// # Errors
/// When the form is not to be seen, or it is in no such format.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path((unit, stage, format)): Path<(String, String, String)>,
) -> Result {
    let opened = Opened::load(&app, &caller, &unit).await?;
    let found = opened.reach(&stage)?;
    let words = Words::shipped().map_err(|error| AppError::Refused(error.to_string()))?;
    let (agency, unit) = (agency::load(app.store()).await?, &opened.roads.reached.unit);
    let about =
        About { agency: &agency, unit: &unit.name, predicate: &opened.road.predicate, today: app.today() };
    let paper =
        document(&words, about, &found, opened.sitting(found.round).0, |item| opened.chair.sees(item));
    let stem = format!("{}-{}", stage.replace('_', "-"), unit.code.as_str().to_lowercase());
    print(&app, paper, &format, &stem).await
}
