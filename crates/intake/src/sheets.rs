//! What all kinds of workbooks have in common: sheets that are passed over, cells gathered into lines, dates in
//! the Waktu column, formulas, and a limit on how much text is taken in.

use bening_core::plan::rows::PlanFile;
use bening_core::time::Month;

use crate::error::FileError;
use crate::table::{Headings, LINES_MAX, Reader};

/// Columns further right are not looked at.
pub(crate) const COLUMNS_MAX: u32 = 32;
/// Longest text taken from one cell, in characters; a little more than Excel allows.
const CELL_MAX_CHARS: usize = 40_000;
/// Most text taken from a workbook, in bytes: one long shared text may stand in many cells.
pub(crate) const TEXT_MAX_BYTES: usize = 8 * 1024 * 1024;
/// The template's sheet of instructions.
const INSTRUCTIONS: &str = "petunjuk";
/// The export's sheet of withdrawn actions, which an import must not bring back.
const WITHDRAWN: &str = "ditarik";

/// The value of a cell.
pub(crate) enum Value {
    /// Text, or something written as text.
    Text(String),
    /// A date.
    Date { month: Month, text: String },
}

impl Value {
    /// A text of bearable length.
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.chars().take(CELL_MAX_CHARS).collect())
    }
}

/// The sheets of a workbook being read.
pub(crate) struct Sheets {
    reader: Reader,
    name: String,
    row: u32,
    line: Vec<Value>,
    tables_before: usize,
    bytes: usize,
    formulas: usize,
    dates: usize,
}

impl Sheets {
    pub(crate) fn new() -> Self {
        let reader = Reader::new(Headings::NearTop);
        let (name, line) = (String::new(), Vec::new());
        Self { reader, name, row: 0, line, tables_before: 0, bytes: 0, formulas: 0, dates: 0 }
    }

    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.reader.note(note);
    }

    /// Goes to the next sheet, unless it is one to pass over.
    pub(crate) fn open(&mut self, name: &str, is_visible: bool) -> bool {
        if !is_visible {
            self.note(format!("lembar “{name}” tersembunyi, dilewati"));
        }
        let known = name.trim().to_lowercase();
        if known == WITHDRAWN {
            self.note(format!("lembar “{name}” berisi tindakan yang sudah ditarik, dilewati"));
        }
        if !is_visible || known == INSTRUCTIONS || known == WITHDRAWN {
            return false;
        }
        self.reader.sheet(name);
        name.clone_into(&mut self.name);
        (self.row, self.formulas, self.dates) = (0, 0, 0);
        self.tables_before = self.reader.tables_seen();
        true
    }

    /// Takes a cell; row and column count from 0 and rows come in order.
    pub(crate) fn cell(&mut self, row: u32, column: u32, value: Value) -> Result<(), FileError> {
        if column >= COLUMNS_MAX {
            return Ok(());
        }
        match row.cmp(&self.row) {
            std::cmp::Ordering::Less => return Err(FileError::Broken),
            std::cmp::Ordering::Equal => (),
            std::cmp::Ordering::Greater => self.flush()?,
        }
        self.row = row;
        self.bytes += value.bytes();
        if self.bytes > TEXT_MAX_BYTES {
            return Err(FileError::TooMuchText);
        }
        self.line.resize_with((column as usize + 1).max(self.line.len()), Value::empty);
        self.line[column as usize] = value;
        Ok(())
    }

    /// Notes that a cell has a formula.
    pub(crate) fn formula(&mut self, row: u32, column: u32, is_unfinished: bool) {
        self.formulas += 1;
        if is_unfinished && self.reader.uses(column as usize) && row < LINES_MAX {
            let message = "rumus tanpa nilai tersimpan; buka dan simpan ulang berkas di Excel, atau ganti rumus dengan \
                           nilainya";
            self.reader.problem(row + 1, column as usize, message.to_owned());
        }
    }

    fn flush(&mut self) -> Result<(), FileError> {
        let line = std::mem::take(&mut self.line);
        let cells: Vec<String> =
            line.into_iter().enumerate().map(|(index, value)| self.word(index, value)).collect();
        self.reader.line(self.row + 1, &cells)
    }

    fn word(&mut self, index: usize, value: Value) -> String {
        match value {
            Value::Text(text) => text,
            Value::Date { month, .. } if self.reader.is_time(index) => {
                self.dates += 1;
                month.name().to_owned()
            }
            Value::Date { text, .. } => text,
        }
    }

    /// Ends the sheet.
    pub(crate) fn close(&mut self) -> Result<(), FileError> {
        self.flush()?;
        let name = self.name.clone();
        if self.reader.tables_seen() == self.tables_before {
            self.note(format!(
                "lembar “{name}” dilewati: tidak ada baris judul tabel dalam 20 baris pertama"
            ));
        }
        if self.formulas > 0 {
            let count = self.formulas;
            self.note(format!("lembar “{name}”: {count} rumus; dipakai nilai yang tersimpan"));
        }
        if self.dates > 0 {
            let count = self.dates;
            self.note(format!("lembar “{name}”: {count} tanggal pada kolom Waktu dibaca sebagai bulannya"));
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<PlanFile, FileError> {
        self.reader.finish()
    }
}

impl Value {
    fn empty() -> Self {
        Self::Text(String::new())
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Text(text) | Self::Date { text, .. } => text.len(),
        }
    }
}
