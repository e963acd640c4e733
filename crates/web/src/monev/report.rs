//! The report of a month, a quarter or half a year as PDF, DOCX or XLSX.

use axum::extract::{Path, State};
use bening_core::access::Action as Want;
use bening_core::document::{Document, Format, Photo};
use bening_core::evidence::Target;
use bening_core::monev::report::{Inputs, Monitored, Prose, document};
use bening_core::monev::table::first_day;
use bening_core::monev::{Period, Row, Share};
use bening_core::plan::{Evidence, Plan};
use bening_core::time::Month;
use bening_store::{agency, followup, person};

use super::{Kept, monitored, of_month, of_year, prose};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::evidence::pictures::pictures;
use crate::plan::export::file;
use crate::reach::{self, Reached, reach_plan, reach_unit};

/// The report.
///
/// # Errors
/// When there is no approved plan or no such period, or it is in no such format.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path((unit, tahun, bulan, format)): Path<(String, String, String, String)>,
) -> Result {
    let is_paper = |format: &Format| matches!(format, Format::Pdf | Format::Docx | Format::Xlsx);
    let reached = reach_unit(&app, &caller, &unit, Want::ReadUnit).await?;
    let format = Format::parse(&format).filter(is_paper).ok_or(AppError::NotFound)?;
    let plan = reach_plan(&app, &reached, reach::year(&tahun)?).await?;
    let period = Period::parse(&bulan).ok_or(AppError::NotFound)?;
    let period = if period.is_month() { plan.pace.period(period.last()) } else { period };
    if plan.version == 0 {
        return Err(AppError::NotFound);
    }
    let paper = paper(&app, &caller, &reached, &plan, (period, format)).await?;
    let code = reached.unit.code.as_str().to_lowercase();
    let name = format!("laporan-monev-{code}-{}-{:0>2}.{}", plan.year, period.word(), format.as_str());
    let print = move |printer: &dyn bening_core::document::Printer| match format {
        Format::Pdf => printer.pdf(&paper),
        Format::Xlsx => printer.tables_xlsx(&paper),
        _ => printer.docx(&paper),
    };
    Ok(file(app.print(print).await?, format, &name))
}

async fn paper(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    plan: &Plan,
    (period, format): (Period, Format),
) -> Result<Document> {
    let prose = prose()?;
    let kept = Kept::load(app, plan).await?;
    let months = begun(app, plan, &kept, period, &prose).await?;
    let years = of_year(plan, &kept);
    let shares: Vec<(Month, Share)> =
        years.iter().filter_map(|(month, each)| Some((*month, Share::of(each)?))).collect();
    let photos = match format {
        Format::Xlsx => Vec::new(),
        _ => photos(app, caller, reached, (plan, &months), (period, &prose)).await?,
    };
    let leader = months.iter().rev().find_map(|month| Some(month.closing.as_ref()?.by));
    let leader = person::names(app.store(), leader).await?.into_values().next().unwrap_or_default();
    let inputs = Inputs {
        agency: &agency::load(app.store()).await?,
        unit: &reached.unit,
        year: plan.year,
        period,
        months: &months,
        shares: &shares,
        figures: &of_month(plan, &kept, period.last()),
        register: &followup::list(app.store(), reached.unit.id, plan.year).await?,
        photos: &photos,
        leader: &leader,
        today: app.today(),
    };
    Ok(document(&prose, &inputs))
}

/// Photographs that prove what the months tell; a workbook has no room for them.
async fn photos(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    (plan, months): (&Plan, &[Monitored]),
    (period, prose): (Period, &Prose),
) -> Result<Vec<Photo>> {
    let targets: Vec<Target> = months.iter().flat_map(|month| targets(plan, month)).collect();
    let first = period.months().next().unwrap_or(period.last());
    let days = first_day(first, plan.year)..=period.last().last_day(plan.year);
    pictures(app, caller, reached, (&targets, &days), prose.rules.photos_most).await
}

/// The months of a period that have begun; the first one in any case.
async fn begun(app: &App, plan: &Plan, kept: &Kept, period: Period, prose: &Prose) -> Result<Vec<Monitored>> {
    let has_begun = |month: Month| first_day(plan.pace.period(month).first(), plan.year) <= app.today();
    let ends = period.months().filter(|month| plan.pace.is_end(*month));
    let mut months = Vec::new();
    for (_, month) in ends.enumerate().filter(|(place, month)| *place == 0 || has_begun(*month)) {
        months.push(monitored(app, plan, kept, month, &prose.rules).await?);
    }
    Ok(months)
}

/// What proves the rows of a month: evidence of the report itself, and what the actions promise.
fn targets(plan: &Plan, month: &Monitored) -> Vec<Target> {
    let (year, month_of) = (plan.year, month.table.month);
    let told = |row: &Row| Target::Report { year, month: month_of, action: row.action };
    let promised = |row: &Row| {
        let placed = plan.action(row.action)?;
        let evidence = placed.action.evidence.iter();
        let target = |promised: &Evidence| Target::Action { year, action: row.action, promised: promised.id };
        Some(evidence.map(target).collect::<Vec<_>>())
    };
    let rows = &month.table.rows;
    rows.iter().map(told).chain(rows.iter().filter_map(promised).flatten()).collect()
}
