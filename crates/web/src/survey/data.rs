//! The data set of a frozen campaign as a file. What is handed out is what was frozen, or nothing.

use axum::extract::{Path, State};
use bening_core::access::Action as Want;
use bening_core::document::{Format, PrintError};
use bening_core::survey::csv;
use bening_store::survey::{self as store, Kept};

use super::{CampaignPath, reach_campaign};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::plan::export::file;

/// The data set as CSV, or its figures as JSON.
///
/// # Errors
/// When the campaign was not frozen, or its answers are no longer those that were.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path((unit, id, format)): Path<(String, String, String)>,
) -> Result {
    let path = CampaignPath { unit, id };
    let (_, kept) = reach_campaign(&app, &caller, &path, Want::ReadUnit).await?;
    let format = Format::parse(&format).ok_or(AppError::NotFound)?;
    hand_out(&app, &kept, format).await
}

/// What was frozen, in a format.
pub(super) async fn hand_out(app: &App, kept: &Kept, format: Format) -> Result {
    let refused = |text: &str| AppError::Refused(text.to_owned());
    let frozen = kept.frozen.as_ref().ok_or_else(|| refused("hasil survei ini belum dibekukan"))?;
    let name = format!("survei-{}", frozen.sha256.get(..12).unwrap_or_default());
    match format {
        Format::Json => {
            let bytes = serde_json::to_vec_pretty(&frozen.result).map_err(|e| PrintError(e.to_string()))?;
            Ok(file(bytes, Format::Json, &format!("{name}.json")))
        }
        Format::Csv => {
            let asked = kept.campaign.questionnaire().ok_or(AppError::NotFound)?;
            let answers = store::counted_answers(app.store(), kept.campaign.id).await?;
            let text = csv(asked, kept.campaign.own.as_ref(), &answers);
            if chance::digest(&text) != frozen.sha256 {
                return Err(refused(
                    "jawaban yang tersimpan tidak lagi sama dengan yang dibekukan; laporkan kepada pengelola server",
                ));
            }
            Ok(file(text.into_bytes(), Format::Csv, &format!("{name}.csv")))
        }
        _ => Err(AppError::NotFound),
    }
}
