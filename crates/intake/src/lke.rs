//! Workbooks with a worksheet (LKE) in them: opened with care, their cells found by place. Ours say on a hidden sheet
//! what they are; others are read through a [`Mapping`]. What the cells mean is decided in `bening_core::lke::book`.

use std::collections::BTreeMap;
use std::io::Cursor;

use bening_core::instrument::Instrument;
use bening_core::lke::Side;
use bening_core::lke::book::mapping::{self, Cells, Letters, Mapping, Recognised};
use bening_core::lke::book::{
    Columns, IDENTITY_SHEET, KEY_COLUMN, Placed, RawBook, RawRow, answer_heading, note_heading,
};
use calamine::{DataRef, Reader as _, SheetType, Xlsx, XlsxFormulaMetadata};

use crate::archive;
use crate::error::FileError;
use crate::kind::{self, Kind};
use crate::sheets::{TEXT_MAX_BYTES, Value};
use crate::within_limit;
use crate::workbook::{sheltered, value, xlsx_error};

/// Rows further down are no worksheet.
const ROWS_MAX: u32 = 20_000;
/// Columns further right are not looked at.
const COLUMNS_MAX: u32 = 256;
/// Most cells taken in.
const CELLS_MAX: usize = 200_000;
/// Rows within which the heading of codes stands.
const HEAD_ROWS: u32 = 20;
/// What stands above the codes.
const KEY_HEADING: &str = "Kode";

/// Why a file is no worksheet; the words say what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LkeFileError {
    /// Too large, damaged, protected or dangerous.
    #[error(transparent)]
    File(FileError),
    /// Nothing in it.
    #[error("berkas kosong; pilih buku kerja LKE yang sudah diisi")]
    Empty,
    /// Not a workbook.
    #[error(
        "berkas ini bukan buku kerja Excel (XLSX); buka di Excel atau LibreOffice lalu simpan sebagai XLSX"
    )]
    NotXlsx,
    /// Far more rows than a worksheet has.
    #[error(
        "lembar “{sheet}” berisi lebih dari {ROWS_MAX} baris, jadi bukan LKE; hapus baris di bawah tabel atau lembar itu"
    )]
    TooManyRows {
        /// Name of the sheet.
        sheet: String,
    },
    /// Far more cells or text than a worksheet has.
    #[error("berkas memuat terlalu banyak sel atau teks untuk sebuah LKE; hapus lembar yang tidak perlu")]
    TooMuch,
    /// A workbook of another origin.
    #[error(
        "buku kerja ini bukan dari Bening; unduh buku kerja LKE lalu isi di situ, atau baca dengan pemetaan kolom"
    )]
    NotOurs,
    /// A sheet is gone.
    #[error("lembar “{0}” tidak ada lagi; unduh buku kerja baru lalu salin jawabannya")]
    NoSheet(String),
    /// Columns were moved.
    #[error(
        "susunan kolom lembar “{sheet}” berubah: di atas kolom {column} harus tertulis “{heading}”; unduh buku kerja baru lalu salin jawabannya"
    )]
    Moved {
        /// Name of the sheet.
        sheet: String,
        /// Letters of the column.
        column: String,
        /// What should stand there.
        heading: String,
    },
}

impl From<FileError> for LkeFileError {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Empty => Self::Empty,
            FileError::WrongKind { .. } | FileError::NotText | FileError::NoTable => Self::NotXlsx,
            FileError::TooMuchText | FileError::TooManyRows { .. } => Self::TooMuch,
            other => Self::File(other),
        }
    }
}

/// Texts by row and column, both from 0.
type Filled = BTreeMap<(u32, u16), String>;

/// The filled cells of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LkeFile {
    sheets: Vec<(String, Filled)>,
}

/// One sheet of it.
#[derive(Debug, Clone, Copy)]
pub struct SheetCells<'a> {
    name: &'a str,
    cells: &'a BTreeMap<(u32, u16), String>,
}

impl LkeFile {
    /// Opens a workbook.
    ///
    /// # Errors
    /// [`LkeFileError`] when it is none, or larger than any worksheet.
    pub fn open(bytes: &[u8]) -> Result<Self, LkeFileError> {
        within_limit(bytes)?;
        if kind::of(bytes)? != Kind::Xlsx {
            return Err(LkeFileError::NotXlsx);
        }
        sheltered(|| Self::read(bytes))
    }

    fn read(bytes: &[u8]) -> Result<Self, LkeFileError> {
        archive::open(bytes)?;
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| xlsx_error(&error))?;
        let worksheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let names: Vec<String> = worksheets.map(|sheet| sheet.name.clone()).collect();
        let mut room = Room { cells: CELLS_MAX, bytes: TEXT_MAX_BYTES };
        let read = |name: String| Ok((name.clone(), cells(&mut book, &name, &mut room)?));
        let sheets = names.into_iter().map(read).collect::<Result<_, LkeFileError>>()?;
        Ok(Self { sheets })
    }

    /// Its sheets in order.
    pub fn sheets(&self) -> impl Iterator<Item = SheetCells<'_>> {
        self.sheets.iter().map(|(name, cells)| SheetCells { name, cells })
    }

    /// The sheet of that name.
    #[must_use]
    pub fn sheet(&self, name: &str) -> Option<SheetCells<'_>> {
        self.sheets().find(|sheet| sheet.name.trim().eq_ignore_ascii_case(name.trim()))
    }

    /// The rows of a workbook that Bening wrote.
    ///
    /// # Errors
    /// [`LkeFileError`] when it is not ours, or its sheets or columns were moved.
    pub fn book(&self) -> Result<RawBook, LkeFileError> {
        let identity = self.sheet(IDENTITY_SHEET).ok_or(LkeFileError::NotOurs)?.pairs();
        let said = |name: &str| identity.get(name).cloned().unwrap_or_default();
        let sides: Vec<Side> = said("lapisan").split_whitespace().filter_map(Side::parse).collect();
        let parts = identity.iter().filter(|(name, _)| name.starts_with("lembar "));
        let mut rows = Vec::new();
        for (_, name) in parts {
            let sheet = self.sheet(name).ok_or_else(|| LkeFileError::NoSheet(name.clone()))?;
            rows.extend(sheet.rows_of(&sides)?);
        }
        if sides.is_empty() || rows.is_empty() {
            return Err(LkeFileError::NotOurs);
        }
        Ok(RawBook { sides: sides.into_iter().collect(), rows, identity })
    }

    /// The rows of a workbook that others laid out.
    #[must_use]
    pub fn mapped(&self, edition: &Instrument, mapping: &Mapping) -> Recognised {
        mapping::recognise(edition, mapping, |name| self.sheet(name))
    }
}

/// How much may still be taken in.
struct Room {
    cells: usize,
    bytes: usize,
}

/// Cells come one after the other, so that a sheet of a million rows is left at the limit.
fn cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    room: &mut Room,
) -> Result<BTreeMap<(u32, u16), String>, LkeFileError> {
    let mut found = BTreeMap::new();
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| xlsx_error(&error))?;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|error| xlsx_error(&error))? {
        let (row, column) = cell.pos;
        let text = text(&cell.value, cell.formula.as_ref());
        let Some(column) = u16::try_from(column).ok().filter(|_| column < COLUMNS_MAX && !text.is_empty())
        else {
            continue;
        };
        if row >= ROWS_MAX {
            return Err(LkeFileError::TooManyRows { sheet: name.to_owned() });
        }
        room.take(&text)?;
        found.insert((row, column), text);
    }
    Ok(found)
}

impl Room {
    fn take(&mut self, text: &str) -> Result<(), LkeFileError> {
        let left = |room: usize, taken: usize| room.checked_sub(taken).ok_or(LkeFileError::TooMuch);
        (self.cells, self.bytes) = (left(self.cells, 1)?, left(self.bytes, text.len())?);
        Ok(())
    }
}

/// The text of a cell. A formula that is nothing but a fraction is an exact number; of any other its stored result
/// counts, and without one the formula itself, which is no answer to anything.
fn text(cell: &DataRef<'_>, formula: Option<&XlsxFormulaMetadata>) -> String {
    let formula = match formula {
        Some(XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. }) => {
            formula.as_str()
        }
        _ => "",
    };
    if is_fraction(formula) {
        return formula.to_owned();
    }
    match value(cell) {
        Some(Value::Text(text) | Value::Date { text, .. }) => text,
        None if formula.is_empty() => String::new(),
        None => format!("={formula}"),
    }
}

fn is_fraction(formula: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    formula.split_once('/').is_some_and(|(above, below)| is_number(above) && is_number(below))
}

impl<'a> SheetCells<'a> {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.name
    }

    /// The text of a cell, from 0.
    fn text(self, row: u32, column: u16) -> &'a str {
        self.cells.get(&(row, column)).map_or("", String::as_str)
    }

    /// What stands in the second column, by what stands in the first.
    fn pairs(self) -> BTreeMap<String, String> {
        let names = self.cells.range((0, 0)..).filter(|((_, column), _)| *column == 0);
        names.map(|((row, _), name)| (name.clone(), self.text(*row, 1).to_owned())).collect()
    }

    /// The rows with codes, once the headings are where they belong.
    fn rows_of(self, sides: &[Side]) -> Result<Vec<RawRow>, LkeFileError> {
        let head = (0..HEAD_ROWS).find(|row| self.text(*row, KEY_COLUMN) == KEY_HEADING);
        let head = head.ok_or_else(|| self.moved(KEY_COLUMN, KEY_HEADING))?;
        let places: Vec<(Side, Columns)> =
            (0..).map(Columns::at).zip(sides).map(|(at, side)| (*side, at)).collect();
        for (side, at) in &places {
            self.expect(head, at.answer, &answer_heading(*side))?;
            self.expect(head, at.note, &note_heading(*side))?;
        }
        let keys = self.cells.range((head + 1, 0)..).filter(|((_, column), _)| *column == KEY_COLUMN);
        Ok(keys.map(|((row, _), _)| self.row(*row, &places)).collect())
    }

    fn row(self, row: u32, places: &[(Side, Columns)]) -> RawRow {
        let of = |column: fn(&Columns) -> u16| {
            places.iter().map(|(side, at)| (*side, self.cell(row, column(at)))).collect()
        };
        let mut key = self.cell(row, KEY_COLUMN);
        key.text = key.text.trim().to_owned();
        RawRow { key, answers: of(|at| at.answer), notes: of(|at| at.note) }
    }

    fn expect(self, row: u32, column: u16, heading: &str) -> Result<(), LkeFileError> {
        if self.text(row, column) == heading { Ok(()) } else { Err(self.moved(column, heading)) }
    }

    fn moved(self, column: u16, heading: &str) -> LkeFileError {
        let column = Letters::of(column).to_string();
        LkeFileError::Moved { sheet: self.name.to_owned(), column, heading: heading.to_owned() }
    }
}

impl Cells for SheetCells<'_> {
    fn cell(&self, row: u32, column: u16) -> Placed {
        let place = format!("lembar “{}”, sel {}{}", self.name, Letters::of(column), row + 1);
        Placed { text: self.text(row, column).to_owned(), place }
    }

    fn rows(&self) -> u32 {
        self.cells.last_key_value().map_or(0, |((row, _), _)| row + 1)
    }
}
