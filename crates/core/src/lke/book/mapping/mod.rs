//! How the columns and rows of a workbook that somebody else laid out correspond to ours: set up once, kept as JSON,
//! used again. Rows are found by a column of codes or by their numbers. What is wrong with a mapping is `problems`, a
//! first guess at one `suggest`.

mod problems;
mod suggest;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Placed, RawBook, RawRow, has_input_rows, input_key};
use crate::instrument::{Form, Instrument, Question};
use crate::lke::Side;
use crate::scoring::SheetProblem;

pub use suggest::suggest;

/// Most sheets a mapping names.
pub const SHEETS_MAX: usize = 20;

/// Where things stand in a workbook of another layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Id of the edition it is for.
    pub instrument: String,
    /// Sheets with answers.
    pub sheets: Vec<MappedSheet>,
    /// Other codes of questions: code in the workbook, code in the edition.
    #[serde(default)]
    pub codes: BTreeMap<String, String>,
    /// Other words for answers: word in the workbook, answer in the edition.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
}

/// One sheet of such a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedSheet {
    /// Name of the sheet.
    pub sheet: String,
    /// First row that can hold a question, from 1.
    pub first_row: u32,
    /// Column of the codes of questions, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Letters>,
    /// Rows of questions without such a column: row, from 1, and code in the edition.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rows: BTreeMap<u32, String>,
    /// What stood in such a row, left of the answers, when it was mapped: a workbook that says something else there is
    /// of another layout.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<u32, String>,
    /// Columns of answers and notes of each side.
    pub sides: BTreeMap<Side, SideColumns>,
    /// Where the numbers of a ratio stand.
    #[serde(default)]
    pub inputs: Inputs,
}

/// Columns of one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SideColumns {
    /// Answers.
    pub answer: Letters,
    /// Notes.
    #[serde(default)]
    pub note: Option<Letters>,
}

/// Where the numbers of a ratio stand, in the order of the edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inputs {
    /// In the column of answers, in the rows below the question.
    #[default]
    RowsBelow,
    /// In these columns of the row of the question.
    Columns(Vec<Letters>),
}

/// A column by its letters, `A` to `IV`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Letters(u16);

/// The text names no column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("kolom harus berupa huruf A sampai IV, misalnya F")]
pub struct LettersError;

const ALPHABET: u16 = 26;
const COLUMNS_MAX: u16 = 256;

impl Letters {
    /// The column with this number, from 0.
    #[must_use]
    pub fn of(index: u16) -> Self {
        Self(index)
    }

    /// Its number, from 0.
    #[must_use]
    pub fn index(self) -> u16 {
        self.0
    }
}

impl std::str::FromStr for Letters {
    type Err = LettersError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let add = |sum: u16, letter: char| {
            let place =
                u16::try_from(u32::from(letter.to_ascii_uppercase()).checked_sub(u32::from('A'))?).ok()?;
            (place < ALPHABET && sum < COLUMNS_MAX).then_some(sum * ALPHABET + place + 1)
        };
        let number = text.trim().chars().try_fold(0, add).filter(|number| (1..=COLUMNS_MAX).contains(number));
        number.map(|number| Self(number - 1)).ok_or(LettersError)
    }
}

impl TryFrom<String> for Letters {
    type Error = LettersError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Letters> for String {
    fn from(letters: Letters) -> Self {
        letters.to_string()
    }
}

impl std::fmt::Display for Letters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let last = char::from(b'A' + (self.0 % ALPHABET) as u8);
        match self.0 / ALPHABET {
            0 => write!(f, "{last}"),
            more => write!(f, "{}{last}", Self(more - 1)),
        }
    }
}

/// The cells of a sheet, as whoever opened the file gives them; row and column from 0.
pub trait Cells {
    /// The cell there, with its place; an empty one has an empty text.
    fn cell(&self, row: u32, column: u16) -> Placed;
    /// Number of rows.
    fn rows(&self) -> u32;
}

/// What a mapping found in a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recognised {
    /// The rows, ready for [`read`](super::read): every question of the edition has one, found or not.
    pub book: RawBook,
    /// Questions found, with their place.
    pub found: Vec<(String, String)>,
    /// Questions of the edition that were not found.
    pub missing: Vec<String>,
    /// Texts in the columns of codes that are no code, with their place.
    pub unknown: Vec<Placed>,
    /// Why the workbook is not laid out as the mapping says; nothing of it should be used then.
    pub problems: Vec<SheetProblem>,
}

impl MappedSheet {
    /// Notes what stands in the rows of questions, so that a workbook of another layout is known.
    pub fn note_texts(&mut self, cells: &impl Cells) {
        let text = |row: &u32| (*row, self.row_text(cells, row.saturating_sub(1)));
        self.texts = self.rows.keys().map(text).filter(|(_, text)| !text.is_empty()).collect();
    }

    /// What a row says left of the answers, shortened: the words by which a row without a code is known again.
    pub fn row_text(&self, cells: &impl Cells, row: u32) -> String {
        let until = self.sides.values().map(|at| at.answer.index()).min().unwrap_or(COLUMNS_MAX);
        words::row_text(cells, row, until)
    }
}

/// Reads sheets as a mapping says. `sheet` gives the cells of a sheet by name.
pub fn recognise<C: Cells>(
    edition: &Instrument,
    mapping: &Mapping,
    sheet: impl Fn(&str) -> Option<C>,
) -> Recognised {
    let mut found = Recognised::default();
    for mapped in &mapping.sheets {
        found.book.sides.extend(mapped.sides.keys());
        let Some(cells) = sheet(&mapped.sheet) else {
            let reason = "tidak ada di berkas ini; pakai berkas dengan susunan yang dipetakan";
            found.problems.push(SheetProblem::new(format!("lembar “{}”", mapped.sheet), reason));
            continue;
        };
        let reader = SheetReader { edition, mapping, mapped, cells };
        (mapped.first_row.saturating_sub(1)..reader.cells.rows()).for_each(|row| reader.row(row, &mut found));
        found.problems.extend(reader.moved());
    }
    found.complete(edition);
    found
}

impl Recognised {
    /// Gives an empty row to every code that was not found, so that it stays unanswered.
    fn complete(&mut self, edition: &Instrument) {
        for (_, _, question) in edition.questions() {
            if self.found.iter().any(|(code, _)| *code == question.code) {
                continue;
            }
            self.missing.push(question.code.clone());
            let keys = question.inputs.iter().map(|input| input_key(question, &input.name));
            let keys = keys.chain([question.code.clone()]);
            let row = |text| RawRow { key: Placed { text, place: String::new() }, ..RawRow::default() };
            self.book.rows.extend(keys.map(row));
        }
    }
}

struct SheetReader<'a, C> {
    edition: &'a Instrument,
    mapping: &'a Mapping,
    mapped: &'a MappedSheet,
    cells: C,
}

impl<C: Cells> SheetReader<'_, C> {
    /// Rows that do not say any more what they said when they were mapped.
    fn moved(&self) -> impl Iterator<Item = SheetProblem> {
        self.mapped.texts.iter().filter_map(|(number, was)| {
            let row = number.checked_sub(1)?;
            let now = self.mapped.row_text(&self.cells, row);
            let place = format!("lembar “{}”, baris {number}", self.mapped.sheet);
            let reason = format!(
                "semula berisi “{was}”, di berkas ini “{now}”; susunan berkas ini lain, pilih pemetaan yang sesuai"
            );
            (!words::are_alike(was, &now)).then(|| SheetProblem::new(place, reason))
        })
    }

    fn row(&self, row: u32, found: &mut Recognised) {
        if let Some(question) = self.mapped.rows.get(&(row + 1)).and_then(|code| self.question(code)) {
            let at = self.mapped.sides.values().map(|at| at.answer.index()).min().unwrap_or_default();
            let key = self.cells.cell(row, at);
            found.found.push((question.code.clone(), key.place.clone()));
            found.book.rows.extend(self.rows_of(question, row, &key));
            return;
        }
        let Some(column) = self.mapped.code else { return };
        let key = self.cells.cell(row, column.index());
        let code = key.text.trim();
        if code.is_empty() {
            return;
        }
        match self.question(code) {
            Some(question) => {
                found.found.push((question.code.clone(), key.place.clone()));
                found.book.rows.extend(self.rows_of(question, row, &key));
            }
            None => found.unknown.push(key),
        }
    }

    /// The question with this code, by the mapping, the edition, or circulating copies of the form.
    fn question(&self, code: &str) -> Option<&Question> {
        let code = self.mapping.codes.get(code).map_or(code, String::as_str);
        let is_it = |question: &&Question| {
            let source = question.source_code.as_deref();
            question.code.eq_ignore_ascii_case(code)
                || source.is_some_and(|source| source.eq_ignore_ascii_case(code))
        };
        self.edition.questions().map(|(_, _, question)| question).find(is_it)
    }

    fn rows_of(&self, question: &Question, row: u32, key: &Placed) -> Vec<RawRow> {
        let own = Placed { text: question.code.clone(), place: key.place.clone() };
        let notes = self.mapped.sides.iter();
        let notes =
            notes.filter_map(|(side, at)| Some((*side, self.cells.cell(row, at.note?.index())))).collect();
        let answers = self.mapped.sides.iter();
        let answers =
            answers.map(|(side, at)| (*side, self.worded(question, self.cells.cell(row, at.answer.index()))));
        if !has_input_rows(self.edition, question) {
            return vec![RawRow { key: own, answers: answers.collect(), notes }];
        }
        let inputs = (0..).zip(&question.inputs).map(|(place, input)| {
            let text = input_key(question, &input.name);
            let key = Placed { text, place: key.place.clone() };
            RawRow { key, answers: self.input(row, place), notes: BTreeMap::new() }
        });
        inputs.chain([RawRow { key: own, answers: BTreeMap::new(), notes }]).collect()
    }

    /// The number of a ratio at this place of its list.
    fn input(&self, row: u32, place: u16) -> BTreeMap<Side, Placed> {
        let cell = |at: &SideColumns| match &self.mapped.inputs {
            Inputs::RowsBelow => Some(self.cells.cell(row + 1 + u32::from(place), at.answer.index())),
            Inputs::Columns(columns) => {
                columns.get(usize::from(place)).map(|column| self.cells.cell(row, column.index()))
            }
        };
        self.mapped.sides.iter().filter_map(|(side, at)| Some((*side, cell(at)?))).collect()
    }

    /// The answer in the words of the edition, as far as the mapping or the edition's own scores know it.
    fn worded(&self, question: &Question, cell: Placed) -> Placed {
        let is_choice =
            self.edition.kind(&question.kind).is_some_and(|kind| matches!(kind.form, Form::Choice(_)));
        match self.mapping.answers.get(cell.text.trim()).filter(|_| is_choice) {
            Some(answer) => Placed { text: answer.clone(), place: cell.place },
            None => cell,
        }
    }
}
