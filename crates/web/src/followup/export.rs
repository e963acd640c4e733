//! The register as CSV or XLSX.

use axum::extract::{Path, Query, State as Shared};
use bening_core::access::Action as Want;
use bening_core::document::{Align, Cell, Column, Format, Table};
use bening_core::followup::FollowUp;
use bening_store::{followup as store, person};

use super::Ask;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::plan::export::file;
use crate::reach::reach_unit;

/// Headings and shares of the width.
const COLUMNS: [(&str, u32); 12] = [
    ("No", 1),
    ("Temuan atau rekomendasi", 8),
    ("Sumber", 3),
    ("Asal", 6),
    ("Sebab", 6),
    ("Tindakan", 8),
    ("Penanggung jawab", 4),
    ("Batas waktu", 3),
    ("Keadaan", 4),
    ("Bukti", 6),
    ("Dicatat", 3),
    ("Umur (hari)", 2),
];

/// The part of the register that is asked for.
///
/// # Errors
/// When the unit is not to be seen, or it is in no such format.
pub async fn download(
    Shared(app): Shared<App>,
    caller: Caller,
    Path((unit, format)): Path<(String, String)>,
    Query(ask): Query<Ask>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ReadUnit).await?;
    let is_table = |format: &Format| matches!(format, Format::Csv | Format::Xlsx);
    let format = Format::parse(&format).filter(is_table).ok_or(AppError::NotFound)?;
    let year = ask.year(&app)?;
    let mut entries = store::list(app.store(), reached.unit.id, year).await?;
    entries.retain(|entry| ask.wants(entry, app.today()));
    let names = person::names(app.store(), entries.iter().map(|entry| entry.person)).await?;
    let row = |entry: &FollowUp| {
        let opened = entry.steps.first().map(|step| step.on.to_string()).unwrap_or_default();
        let age = entry.age_days(app.today()).map(|days| days.to_string()).unwrap_or_default();
        let person = names.get(&entry.person).cloned().unwrap_or_default();
        let cells = [
            entry.number.to_string(),
            entry.what.clone(),
            entry.source.name().to_owned(),
            entry.origin.clone(),
            entry.cause.clone(),
            entry.action.clone(),
            person,
            entry.due_on.to_string(),
            entry.state.name().to_owned(),
            entry.evidence().to_owned(),
            opened,
            age,
        ];
        cells.map(Cell::text).to_vec()
    };
    let column =
        |(heading, share): (&str, u32)| Column { heading: heading.to_owned(), share, align: Align::Start };
    let caption = Some(format!("Tindak lanjut {} {year}", reached.unit.name));
    let columns = COLUMNS.into_iter().map(column).collect();
    let table = Table { caption, columns, rows: entries.iter().map(row).collect() };
    let name =
        format!("tindak-lanjut-{}-{year}.{}", reached.unit.code.as_str().to_lowercase(), format.as_str());
    let is_csv = format == Format::Csv;
    let print = move |printer: &dyn bening_core::document::Printer| {
        if is_csv { printer.table_csv(&table) } else { printer.table_xlsx(&table) }
    };
    Ok(file(app.print(print).await?, format, &name))
}
