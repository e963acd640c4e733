//! A plain table out of an XLSX workbook (its first visible sheet) or a CSV text: rows of texts, nothing more.
//! What the columns mean is the caller's business; plans have readers of their own.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx};
use csv::ReaderBuilder;

use crate::error::FileError;
use crate::kind::{self, Kind};
use crate::sheets::{COLUMNS_MAX, TEXT_MAX_BYTES};
use crate::table::LINES_MAX;
use crate::{archive, encoding, within_limit, workbook};

/// Why a table cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GridError {
    /// Nothing in it.
    #[error("tabel kosong; pilih berkas yang berisi baris")]
    Empty,
    /// More rows than any such table has.
    #[error("tabel lebih dari {0} baris; hapus baris yang tidak perlu, lalu unggah lagi")]
    TooManyRows(u32),
    /// A kind that is not read here.
    #[error("tabel dibaca dari XLSX atau CSV; simpan {0} sebagai XLSX, lalu unggah lagi")]
    OtherKind(&'static str),
    /// As for every file.
    #[error(transparent)]
    File(#[from] FileError),
}

/// How much of a table is read; columns beyond are left out, the rest is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableLimits {
    /// Most rows, headings included.
    pub rows: u32,
    /// Most columns.
    pub columns: u32,
    /// Most text in all cells, in bytes.
    pub text_bytes: usize,
}

/// What tables of the agency need.
const USUAL: TableLimits = TableLimits { rows: LINES_MAX, columns: COLUMNS_MAX, text_bytes: TEXT_MAX_BYTES };

/// The rows of a table, each as long as its last filled cell.
///
/// # Errors
/// [`GridError`] with what to do instead.
pub fn read_table(bytes: &[u8]) -> Result<Vec<Vec<String>>, GridError> {
    read_table_within(bytes, USUAL)
}

/// The same within other limits.
///
/// # Errors
/// [`GridError`] with what to do instead.
pub fn read_table_within(bytes: &[u8], limits: TableLimits) -> Result<Vec<Vec<String>>, GridError> {
    within_limit(bytes)?;
    let rows = match kind::of(bytes).map_err(named)? {
        Kind::Xlsx => workbook::sheltered(|| of_workbook(bytes, limits))?,
        Kind::Text => of_text(bytes, limits)?,
        other => return Err(GridError::OtherKind(other.name())),
    };
    let is_filled = rows.iter().flatten().any(|cell| !cell.trim().is_empty());
    if is_filled { Ok(rows) } else { Err(GridError::Empty) }
}

fn named(error: FileError) -> GridError {
    if error == FileError::Empty { GridError::Empty } else { GridError::File(error) }
}

fn of_workbook(bytes: &[u8], limits: TableLimits) -> Result<Vec<Vec<String>>, GridError> {
    let broken = |_| FileError::Broken;
    archive::open(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let is_shown = |sheet: &&calamine::Sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    };
    let name = book.sheets_metadata().iter().find(is_shown).map(|sheet| sheet.name.clone());
    let mut cells = book.worksheet_cells_reader(&name.ok_or(GridError::Empty)?).map_err(broken)?;
    let (mut rows, mut room) = (Vec::new(), limits.text_bytes);
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        put((&mut rows, &mut room), limits, cell.get_position(), text_of(cell.get_value()))?;
    }
    Ok(rows)
}

fn put(
    (rows, room): (&mut Vec<Vec<String>>, &mut usize),
    limits: TableLimits,
    (row, column): (u32, u32),
    text: String,
) -> Result<(), GridError> {
    if text.is_empty() || column >= limits.columns {
        return Ok(());
    }
    if row >= limits.rows {
        return Err(GridError::TooManyRows(limits.rows));
    }
    *room = room.checked_sub(text.len()).ok_or(FileError::TooMuchText)?;
    let (row, column) = (row as usize, column as usize);
    rows.resize_with(rows.len().max(row + 1), Vec::new);
    let cells = &mut rows[row];
    cells.resize_with(cells.len().max(column + 1), String::new);
    cells[column] = text;
    Ok(())
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Empty | DataRef::Error(_) => String::new(),
        other => calamine::Data::from(other.clone()).to_string(),
    }
}

/// The delimiter is the sign that stands most often in the first line.
fn of_text(bytes: &[u8], limits: TableLimits) -> Result<Vec<Vec<String>>, GridError> {
    let text = encoding::decode(bytes)?.text;
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: &u8| first.bytes().filter(|byte| byte == sign).count();
    let delimiter = *b",;\t".iter().max_by_key(|sign| count(sign)).unwrap_or(&b';');
    let mut builder = ReaderBuilder::new();
    let records = builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in records.into_records() {
        if rows.len() >= limits.rows as usize {
            return Err(GridError::TooManyRows(limits.rows));
        }
        let record = record.map_err(|_| FileError::NotText)?;
        rows.push(record.iter().take(limits.columns as usize).map(str::to_owned).collect());
    }
    Ok(rows)
}
