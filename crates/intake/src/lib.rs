//! Files from people, read with care: Markdown, spreadsheets, CSV and the clipboard become rows of a plan
//! ([`PlanFile`]) with notes on everything that had to be assumed, or one clear sentence about why not.
//! Whether the rows make sense is decided in `bening_core::plan::rows`; nothing is stored here.

mod archive;
mod biff;
mod columns;
mod delimited;
mod encoding;
mod error;
pub mod evidence;
mod grid;
mod kind;
mod list;
mod lke;
mod markdown;
mod opendocument;
mod sheets;
mod stream;
mod table;
pub mod text;
mod workbook;

use bening_core::plan::Area;
pub use bening_core::plan::rows::PlanFile;
pub use error::FileError;
pub use grid::{GridError, TableLimits, read_table, read_table_within};
pub use lke::{LkeFile, LkeFileError, SheetCells};
pub use stream::{RowStream, write_row};

use kind::Kind;

/// The plan of the demonstration: tables of a real unit's plan for 2020.
pub const DEMO_PLAN: &str = include_str!("../fixtures/rencana-dbn-2020.md");

/// Largest file that is read, in bytes.
pub const FILE_MAX_BYTES: usize = 10 * 1024 * 1024;

/// Reads a file by what it contains; its name only serves to say when the two differ. What is wrong with
/// single cells is in [`PlanFile::problems`] and comes out again, with all the rest, from
/// [`check`](bening_core::plan::rows::check).
pub fn read(bytes: &[u8], file_name: Option<&str>) -> Result<PlanFile, FileError> {
    within_limit(bytes)?;
    let kind = kind::of(bytes)?;
    let mut file = match kind {
        Kind::Xlsx => workbook::read_xlsx(bytes)?,
        Kind::Xls => workbook::read_xls(bytes)?,
        Kind::Ods => opendocument::read(bytes)?,
        Kind::Text => read_text(bytes)?,
    };
    file.notes.splice(0..0, kind::mismatch(kind, file_name));
    Ok(file)
}

/// Reads cells copied from a spreadsheet, with or without a line of headings; without one they are taken to be
/// Komponen, Rencana Aksi, Bukti Fisik, Waktu, PIC, Target. Rows belong to `area` unless they name another.
pub fn read_paste(text: &str, area: Area) -> Result<PlanFile, FileError> {
    within_limit(text.as_bytes())?;
    delimited::read_paste(text, area)
}

fn within_limit(bytes: &[u8]) -> Result<(), FileError> {
    let mib = 1024 * 1024;
    let (found_mib, max_mib) = (bytes.len().div_ceil(mib) as u64, (FILE_MAX_BYTES / mib) as u64);
    if bytes.len() > FILE_MAX_BYTES { Err(FileError::TooLarge { found_mib, max_mib }) } else { Ok(()) }
}

/// Markdown where there are its signs, else CSV where some delimiter makes headings.
fn read_text(bytes: &[u8]) -> Result<PlanFile, FileError> {
    let decoded = encoding::decode(bytes)?;
    if decoded.text.trim().is_empty() {
        return Err(FileError::Empty);
    }
    match delimited::delimiter(&decoded.text).filter(|_| !markdown::is_likely(&decoded.text)) {
        Some(delimiter) => delimited::read(&decoded, delimiter),
        None => markdown::read(&decoded.text),
    }
}
