//! The cells of a workbook become answers and notes, or every problem at once with its sheet and cell. Where the cells
//! stand in the file was found out by whoever opened it.

use std::collections::{BTreeMap, BTreeSet};

use super::{FORMAT, Filling, NOTE_MAX_CHARS, has_input_rows, input_key};
use crate::instrument::{Instrument, Question};
use crate::lke::Side;
use crate::scoring::{Answer, AnswerError, Json, SheetProblem};
use crate::text;
use crate::time::Year;

/// What a cell says and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placed {
    /// Its text, or its number as text.
    pub text: String,
    /// Sheet and cell, for people.
    pub place: String,
}

/// A row of a sheet: a code, and what each side says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRow {
    /// Code of a question or an input.
    pub key: Placed,
    /// Answers.
    pub answers: BTreeMap<Side, Placed>,
    /// Notes.
    pub notes: BTreeMap<Side, Placed>,
}

/// What was found in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawBook {
    /// What the workbook says of itself, by name; empty when it is not one of ours.
    pub identity: BTreeMap<String, String>,
    /// Sides that have columns.
    pub sides: BTreeSet<Side>,
    /// Rows with a code.
    pub rows: Vec<RawRow>,
}

/// What the workbook should be.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The edition of the worksheet.
    pub edition: &'a Instrument,
    /// Code of the unit and year; `None` takes any.
    pub owner: Option<(&'a str, Year)>,
}

/// What each side of a file says.
pub type Reading = BTreeMap<Side, Filling>;

/// Takes the cells for answers and notes.
///
/// # Errors
/// Every problem of the file; nothing of it is used then.
pub fn read(expected: Expected<'_>, raw: &RawBook) -> Result<Reading, Vec<SheetProblem>> {
    let strangers = strangers(expected, raw);
    if !strangers.is_empty() {
        return Err(strangers);
    }
    let mut rows = Rows { edition: expected.edition, by_key: BTreeMap::new(), problems: Vec::new() };
    rows.index(raw);
    let reading = raw.sides.iter().map(|side| (*side, rows.filling(*side))).collect();
    if rows.problems.is_empty() { Ok(reading) } else { Err(rows.problems) }
}

/// Why the file is not for this worksheet.
fn strangers(expected: Expected<'_>, raw: &RawBook) -> Vec<SheetProblem> {
    let said = |name: &str| raw.identity.get(name).map(String::as_str).filter(|text| !text.is_empty());
    let (mut found, edition) = (Vec::new(), expected.edition.id.as_str());
    let mut complain = |name: &str, reason: String| found.push(SheetProblem::new(name, reason));
    match said("format") {
        Some(FORMAT) | None => {}
        Some(other) => complain(
            "format",
            format!("\"{other}\" tidak dikenal; perbarui Bening, atau unduh buku kerja baru"),
        ),
    }
    if let Some(other) = said("edisi").filter(|other| *other != edition) {
        complain(
            "edisi",
            format!("berkas ini untuk edisi \"{other}\", lembar kerja ini memakai \"{edition}\""),
        );
    }
    if let Some((unit, year)) = expected.owner {
        if let Some(other) = said("tahun").filter(|other| *other != year.to_string()) {
            complain("tahun", format!("berkas ini untuk tahun {other}, lembar kerja ini tahun {year}"));
        }
        if let Some(other) = said("unit").filter(|other| *other != unit) {
            complain("unit", format!("berkas ini milik unit {other}, bukan {unit}"));
        }
    }
    found
}

struct Rows<'a> {
    edition: &'a Instrument,
    by_key: BTreeMap<&'a str, &'a RawRow>,
    problems: Vec<SheetProblem>,
}

impl<'a> Rows<'a> {
    /// Finds the row of every code; unknown, double and missing ones are problems.
    fn index(&mut self, raw: &'a RawBook) {
        let (known, headings) = (keys(self.edition), headings(self.edition));
        for row in &raw.rows {
            let key = row.key.text.as_str();
            if headings.contains(key) {
                continue;
            }
            if !known.contains(key) {
                self.complain(
                    &row.key,
                    format!("kode \"{key}\" tidak ada pada edisi ini; kembalikan kode semula"),
                );
            } else if let Some(earlier) = self.by_key.insert(key, row) {
                let earlier = &earlier.key.place;
                self.complain(
                    &row.key,
                    format!("kode {key} sudah ada di {earlier}; hapus salah satu barisnya"),
                );
            }
        }
        for key in known.iter().filter(|key| !self.by_key.contains_key(key.as_str())) {
            let reason = "barisnya hilang atau kodenya berubah; kembalikan, atau unduh buku kerja baru";
            self.problems.push(SheetProblem::new(key, reason));
        }
    }

    fn complain(&mut self, cell: &Placed, reason: impl std::fmt::Display) {
        self.problems.push(SheetProblem::new(&cell.place, reason));
    }

    fn filling(&mut self, side: Side) -> Filling {
        let edition = self.edition;
        let mut filling = Filling::default();
        for (_, _, question) in edition.questions() {
            let answer = if has_input_rows(edition, question) {
                self.counts(question, side)
            } else {
                self.answer(question, side)
            };
            filling.sheet = filling.sheet.with(&question.code, answer);
            if let Some(note) = self.note(question, side) {
                filling.notes.insert(question.code.clone(), note);
            }
        }
        filling
    }

    fn cell(&self, key: &str, side: Side) -> Option<&'a Placed> {
        self.by_key.get(key)?.answers.get(&side).filter(|cell| !cell.text.trim().is_empty())
    }

    fn answer(&mut self, question: &Question, side: Side) -> Option<Answer> {
        let cell = self.cell(&question.code, side)?;
        let given = Json::Text(cell.text.clone());
        let read = Answer::read(self.edition, &question.code, &given);
        read.unwrap_or_else(|error| {
            self.complain(cell, format!("{}: {error}", question.code));
            None
        })
    }

    fn counts(&mut self, question: &Question, side: Side) -> Option<Answer> {
        let names = question.inputs.iter().map(|input| input.name.as_str());
        let cells: Vec<(&str, &Placed)> =
            names.filter_map(|name| Some((name, self.cell(&input_key(question, name), side)?))).collect();
        let first = cells.first()?.1;
        let entries = cells.iter().map(|(name, cell)| ((*name).to_owned(), Json::Text(cell.text.clone())));
        let read = Answer::read(self.edition, &question.code, &Json::Object(entries.collect()));
        read.unwrap_or_else(|error| {
            let name = error.input().unwrap_or_default();
            let own = cells.iter().find(|(known, _)| *known == name).map(|(_, cell)| *cell);
            let place = own.unwrap_or_else(|| self.empty_cell(question, name, side).unwrap_or(first));
            self.complain(place, format!("{}: {error}", question.code));
            None
        })
    }

    /// The place of an input that was left empty.
    fn empty_cell(&self, question: &Question, name: &str, side: Side) -> Option<&'a Placed> {
        let row = self.by_key.get(input_key(question, name).as_str())?;
        row.answers.get(&side).or(Some(&row.key))
    }

    fn note(&mut self, question: &Question, side: Side) -> Option<String> {
        let cell = self.by_key.get(question.code.as_str())?.notes.get(&side)?;
        match text::block(&cell.text, NOTE_MAX_CHARS) {
            Ok(note) => Some(note).filter(|note| !note.is_empty()),
            Err(error) => {
                self.complain(cell, format!("{}: {error}", question.code));
                None
            }
        }
    }
}

/// Every code that has to stand in the file.
fn keys(edition: &Instrument) -> BTreeSet<String> {
    let of = |question: &Question| {
        let inputs = question.inputs.iter().map(|input| input_key(question, &input.name));
        inputs.chain([question.code.clone()]).collect::<Vec<_>>()
    };
    edition.questions().flat_map(|(_, _, question)| of(question)).collect()
}

/// Codes of rows above the questions.
fn headings(edition: &Instrument) -> BTreeSet<String> {
    let halves = edition.areas.iter().flat_map(|area| {
        area.halves.iter().map(|half| format!("{}-{}", area.code, half.part)).chain([area.code.clone()])
    });
    halves.chain(edition.subs().map(|(_, sub)| sub.code.clone())).collect()
}

impl AnswerError {
    /// The input that is to blame.
    fn input(&self) -> Option<&str> {
        match self {
            Self::MissingInput(name)
            | Self::NotACount { name, .. }
            | Self::NegativeCount { name, .. }
            | Self::AmbiguousCount { name, .. }
            | Self::HugeCount { name, .. } => Some(name),
            _ => None,
        }
    }
}
