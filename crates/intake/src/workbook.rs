//! Excel workbooks, new (XLSX) and old (XLS), read cell by cell. OpenDocument is in `opendocument`.

use std::io::Cursor;

use bening_core::plan::rows::PlanFile;
use bening_core::time::Month;
use calamine::{
    Data, DataRef, DataType, ExcelDateTime, Range, Reader as _, Sheet, SheetType, SheetVisible, Xls,
    XlsError, Xlsx, XlsxError,
};

use crate::archive;
use crate::biff;
use crate::error::FileError;
use crate::sheets::{Sheets, Value};

const MACROS: &str = "makro dalam berkas diabaikan";

/// Reads an XLSX workbook.
pub(crate) fn read_xlsx(bytes: &[u8]) -> Result<PlanFile, FileError> {
    sheltered(|| read_new(bytes))
}

/// calamine 0.38 reckons with numbers from the file that need not make sense ("attempt to subtract with overflow"
/// in its `xls.rs`, "attempt to multiply with overflow" in its `xlsx`), so its panics are caught and count as damage.
pub(crate) fn sheltered<T, E: From<FileError>>(parse: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(parse)).unwrap_or(Err(FileError::Broken.into()))
}

fn read_new(bytes: &[u8]) -> Result<PlanFile, FileError> {
    let mut sheets = Sheets::new();
    let archive = archive::open(bytes)?;
    if archive::has(&archive, "xl/vbaProject.bin") {
        sheets.note(MACROS);
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| xlsx_error(&error))?;
    for sheet in book.sheets_metadata().to_vec() {
        if opens(&mut sheets, &sheet) {
            read_cells(&mut book, &sheet.name, &mut sheets)?;
            sheets.close()?;
        }
    }
    sheets.finish()
}

fn opens(sheets: &mut Sheets, sheet: &Sheet) -> bool {
    sheet.typ == SheetType::WorkSheet && sheets.open(&sheet.name, sheet.visible == SheetVisible::Visible)
}

/// Cells come one after the other, so that a sheet of a million rows is left at the limit, not filled in.
fn read_cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, sheets: &mut Sheets) -> Result<(), FileError> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| xlsx_error(&error))?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| xlsx_error(&error))? {
        let (row, column) = cell.pos;
        if cell.formula.is_some() {
            sheets.formula(row, column, cell.value.is_empty());
        }
        if let Some(value) = value(&cell.value) {
            sheets.cell(row, column, value)?;
        }
    }
    Ok(())
}

pub(crate) fn value(cell: &DataRef<'_>) -> Option<Value> {
    match cell {
        DataRef::SharedString(text) => Some(Value::text(text)),
        DataRef::DateTime(date) => Some(of_date(date)),
        DataRef::Empty => None,
        other => of_data(&Data::from(other.clone())),
    }
}

fn of_data(cell: &Data) -> Option<Value> {
    match cell {
        Data::Empty => None,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Some(Value::text(text)),
        Data::Float(number) => Some(Value::Text(number.to_string())),
        Data::Int(number) => Some(Value::Text(number.to_string())),
        Data::Bool(value) => Some(Value::Text(if *value { "Ya" } else { "Tidak" }.to_owned())),
        Data::DateTime(date) => Some(of_date(date)),
        Data::Error(error) => Some(Value::Text(error.to_string())),
    }
}

/// Days since 1900 that are dates at all; anything else stays the number it is.
fn of_date(date: &ExcelDateTime) -> Value {
    let number = date.as_f64();
    if !date.is_datetime() || !(1.0..2_958_466.0).contains(&number) {
        return Value::Text(number.to_string());
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    let text = format!("{day:02}/{month:02}/{year}");
    Month::new(u32::from(month)).map_or(Value::Text(text.clone()), |month| Value::Date { month, text })
}

pub(crate) fn xlsx_error(error: &XlsxError) -> FileError {
    if matches!(error, XlsxError::Password) { FileError::Encrypted } else { FileError::Broken }
}

/// Reads an XLS workbook.
pub(crate) fn read_xls(bytes: &[u8]) -> Result<PlanFile, FileError> {
    let harmless = biff::harmless(bytes)?;
    let parsed = sheltered(|| parsed_sheets(&harmless.bytes))?;
    let mut sheets = Sheets::new();
    if harmless.has_macros {
        sheets.note(MACROS);
    }
    for (sheet, range) in &parsed {
        if opens(&mut sheets, sheet) {
            take_range(&mut sheets, range)?;
            sheets.close()?;
        }
    }
    sheets.finish()
}

fn parsed_sheets(bytes: &[u8]) -> Result<Vec<(Sheet, Range<Data>)>, FileError> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| xls_error(&error))?;
    let sheets = book.sheets_metadata().to_vec();
    let parsed = sheets.into_iter().map(|sheet| {
        let range = book.worksheet_range(&sheet.name).map_err(|error| xls_error(&error))?;
        Ok((sheet, range))
    });
    parsed.collect()
}

fn take_range(sheets: &mut Sheets, range: &Range<Data>) -> Result<(), FileError> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, cell) in range.used_cells() {
        if let Some(value) = of_data(cell) {
            sheets.cell(first_row + row as u32, first_column + column as u32, value)?;
        }
    }
    Ok(())
}

fn xls_error(error: &XlsError) -> FileError {
    if matches!(error, XlsError::Password) { FileError::Encrypted } else { FileError::Broken }
}
