//! The plan as a file: PDF and DOCX of its paper, XLSX, CSV, JSON; and the empty workbook to fill in.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bening_core::access::Action as Want;
use bening_core::document::{Format, PrintError};
use bening_core::plan::export::PlanExport;
use bening_store::plan as store;
use serde::Deserialize;

use super::paper;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::reach::{self, PlanPath, reach_plan, reach_unit};

/// Which version; the plan as it is now when absent.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    versi: Option<u32>,
}

/// A plan as a file.
///
/// # Errors
/// When the plan, version or format is not there.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path((unit, tahun, format)): Path<(String, String, String)>,
    Query(which): Query<Which>,
) -> Result {
    let format = Format::parse(&format).ok_or(AppError::NotFound)?;
    let path = PlanPath { unit, tahun };
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    let plan = reach_plan(&app, &reached, reach::year(&path.tahun)?).await?;
    let contents = match which.versi {
        None => PlanExport::of(&plan, reached.unit.code.as_str(), &reached.unit.name),
        Some(number) => store::snapshot(app.store(), plan.id, number).await?.ok_or(AppError::NotFound)?,
    };
    let name =
        format!("rencana-zi-{}-{}.{}", reached.unit.code.as_str().to_lowercase(), plan.year, format.as_str());
    let bytes = match format {
        Format::Json => serde_json::to_vec_pretty(&contents).map_err(|e| PrintError(e.to_string()))?,
        Format::Xlsx => app.print(move |printer| printer.plan_xlsx(&contents)).await?,
        Format::Csv => app.print(move |printer| printer.plan_csv(&contents)).await?,
        Format::Pdf | Format::Docx => {
            let document = paper::document(&app, &reached, plan.id, &contents).await?;
            let is_pdf = format == Format::Pdf;
            app.print(move |printer| if is_pdf { printer.pdf(&document) } else { printer.docx(&document) })
                .await?
        }
    };
    Ok(file(bytes, format, &name))
}

/// The empty workbook.
///
/// # Errors
/// When it cannot be made.
pub async fn template(State(app): State<App>, _: Caller) -> Result {
    let bytes = app.print(|printer| printer.plan_template()).await?;
    Ok(file(bytes, Format::Xlsx, "templat-rencana-zi.xlsx"))
}

/// Bytes as a file to keep.
pub(crate) fn file(bytes: Vec<u8>, format: Format, name: &str) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static(format.media_type());
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
