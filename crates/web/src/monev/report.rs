//! The report of a month as PDF or DOCX.

use axum::extract::{Path, State};
use bening_core::access::Action as Want;
use bening_core::document::{Document, Format};
use bening_core::monev::Table;
use bening_core::monev::figures::figures;
use bening_core::monev::report::{Inputs, document};
use bening_core::plan::Plan;
use bening_core::time::Month;
use bening_store::{agency, followup, monev as store, person};

use super::{Kept, month, prose};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::plan::export::file;
use crate::reach::{self, Reached, reach_plan, reach_unit};

/// The report.
///
/// # Errors
/// When there is no approved plan, or it is in no such format.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path((unit, tahun, bulan, format)): Path<(String, String, String, String)>,
) -> Result {
    let is_paper = |format: &Format| matches!(format, Format::Pdf | Format::Docx);
    let reached = reach_unit(&app, &caller, &unit, Want::ReadUnit).await?;
    let format = Format::parse(&format).filter(is_paper).ok_or(AppError::NotFound)?;
    let plan = reach_plan(&app, &reached, reach::year(&tahun)?).await?;
    let month = month(&bulan)?;
    if plan.version == 0 {
        return Err(AppError::NotFound);
    }
    let paper = paper(&app, &reached, &plan, month).await?;
    let code = reached.unit.code.as_str().to_lowercase();
    let name = format!("laporan-monev-{code}-{}-{:02}.{}", plan.year, month.number(), format.as_str());
    let is_pdf = format == Format::Pdf;
    let print = move |printer: &dyn bening_core::document::Printer| {
        if is_pdf { printer.pdf(&paper) } else { printer.docx(&paper) }
    };
    Ok(file(app.print(print).await?, format, &name))
}

async fn paper(app: &App, reached: &Reached, plan: &Plan, month: Month) -> Result<Document> {
    let prose = prose()?;
    let kept = Kept::load(app, plan).await?;
    let closing = store::closing(app.store(), plan.id, month).await?;
    let corrections = store::corrections(app.store(), plan.id, month).await?;
    let table = match &closing {
        Some(closing) => Table::closed(closing, &corrections),
        None => Table::of(plan, &kept.entries, month, app.today(), &prose.rules),
    };
    let closed = kept.closed(month).map(|closed| closed.figures.clone());
    let figures = closed.unwrap_or_else(|| figures(plan, &kept.entries, month));
    let register = followup::list(app.store(), reached.unit.id, plan.year).await?;
    let leader = closing.as_ref().map(|closing| closing.by);
    let leader = person::names(app.store(), leader).await?.into_values().next().unwrap_or_default();
    let inputs = Inputs {
        agency: &agency::load(app.store()).await?,
        unit: &reached.unit,
        year: plan.year,
        table: &table,
        closing: closing.as_ref(),
        corrections: &corrections,
        figures: &figures,
        register: &register,
        leader: &leader,
        today: app.today(),
    };
    Ok(document(&prose, &inputs))
}
