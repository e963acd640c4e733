//! A register as a file: its lines as XLSX or CSV, and the empty table to fill in and import.

use axum::extract::{Path, Query, State};
use bening_core::document::{Align, Cell, Column, Format, Printer, Table};
use bening_core::register::Row;
use serde::Deserialize;

use super::list::Ask;
use super::{Desk, RegisterPath};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::plan::export::file;
use crate::reach;

/// What is written in place of a private column.
const HIDDEN: &str = "…";

/// `/unit/{unit}/pengawasan/{register}/ekspor/{format}` as words.
#[derive(Debug, Clone, Deserialize)]
pub struct FilePath {
    pub(super) unit: String,
    pub(super) register: String,
    pub(super) format: String,
}

/// The part of the register that is asked for.
///
/// # Errors
/// When there is no such register or format, or the unit is not to be seen.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<FilePath>,
    Query(ask): Query<Ask>,
) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit, &path.register).await?;
    let is_table = |format: &Format| matches!(format, Format::Csv | Format::Xlsx);
    let format = Format::parse(&path.format).filter(is_table).ok_or(AppError::NotFound)?;
    let year = if ask.tahun.is_empty() { app.this_year() } else { reach::year(&ask.tahun)? };
    let mut rows = desk.rows(&app, year).await?;
    rows.retain(|row| ask.wants(&desk, row, app.today()));
    let heads = ["No".to_owned()].into_iter().chain(desk.register.headings()).chain(["Keadaan".to_owned()]);
    let columns = heads.map(|heading| Column { heading, share: 4, align: Align::Start }).collect();
    let caption = Some(format!("{} {} {year}", desk.register.title, desk.reached.unit.name));
    let table = Table { caption, columns, rows: rows.iter().map(|row| line(&desk, row)).collect() };
    let name = file_name(&desk, &year.to_string(), format);
    print(&app, table, format, &name).await
}

fn line(desk: &Desk, row: &Row) -> Vec<Cell> {
    let register = desk.register;
    let opens = desk.sees_private(row);
    let private = register.columns.iter().map(|column| column.private).chain(std::iter::repeat(false));
    let hide = |(text, private): (String, bool)| if private && !opens { HIDDEN.to_owned() } else { text };
    let cells = register.cells(row).into_iter().zip(private).map(hide);
    let state = register.state(&row.state).map(|state| state.title.clone()).unwrap_or_default();
    [row.number.to_string()].into_iter().chain(cells).chain([state]).map(Cell::text).collect()
}

fn file_name(desk: &Desk, of: &str, format: Format) -> String {
    let unit = desk.reached.unit.code.as_str().to_lowercase();
    format!("{}-{unit}-{of}.{}", desk.register.id, format.as_str())
}

async fn print(app: &App, table: Table, format: Format, name: &str) -> Result {
    let is_csv = format == Format::Csv;
    let print = move |printer: &dyn Printer| {
        if is_csv { printer.table_csv(&table) } else { printer.table_xlsx(&table) }
    };
    Ok(file(app.print(print).await?, format, name))
}

/// The empty table: headings only, those that lines must have marked.
///
/// # Errors
/// When there is no such register, or the unit is not to be seen.
pub async fn template(State(app): State<App>, caller: Caller, Path(path): Path<RegisterPath>) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit, &path.register).await?;
    let column = |column: &bening_core::register::Column| Column {
        heading: if column.required { format!("{} *", column.title) } else { column.title.clone() },
        share: 4,
        align: Align::Start,
    };
    let columns = desk.register.asked().map(column).collect();
    let table = Table { caption: None, columns, rows: Vec::new() };
    let name = file_name(&desk, "templat", Format::Xlsx);
    print(&app, table, Format::Xlsx, &name).await
}
