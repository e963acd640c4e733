//! Which columns of a sheet hold codes, answers and notes: by their headings, else by what stands in them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Cells, Letters, SideColumns};
use super::row::{Choices, is_code};
use crate::instrument::Instrument;
use crate::lke::Side;

/// Columns further right are not looked at for a guess.
const COLUMNS_MAX: u16 = 40;
/// Rows within which headings stand.
const HEAD_ROWS: u32 = 20;
/// Fewer cells of a kind in a column are chance.
const CELLS_MIN: usize = 3;
/// Words above a column of answers.
const ANSWER_WORDS: [&str; 2] = ["jawaban", "isian"];
/// Words above a column of notes.
const NOTE_WORDS: [&str; 4] = ["catatan", "keterangan", "penjelasan", "narasi"];
/// Words above a column that lists the choices; it holds no answer.
const CHOICE_WORDS: [&str; 3] = ["pilihan", "opsi", "kriteria"];

/// What was found of a sheet; rows and columns from 0.
pub(super) struct Found {
    /// First row below the headings.
    pub(super) first_row: u32,
    /// Column of codes.
    pub(super) code: Option<u16>,
    /// Columns of the sides.
    pub(super) sides: BTreeMap<Side, SideColumns>,
}

/// Looks at the columns of a sheet; `None` when nothing in it could be an answer.
pub(super) fn look(edition: &Instrument, cells: &impl Cells, rows: u32) -> Option<Found> {
    let code = coded(edition, cells, rows);
    let headings = headings(cells, rows);
    let mut answers: Vec<(u32, u16)> =
        headings.iter().filter(|h| h.kind == Kind::Answer).map(Heading::at).collect();
    if answers.is_empty() {
        answers = answered(edition, cells, rows).into_iter().map(|column| (0, column)).collect();
    }
    answers.sort_by_key(|(_, column)| *column);
    answers.dedup_by_key(|(_, column)| *column);
    answers.truncate(Side::ALL.len());
    let last_heading = answers.iter().map(|(row, _)| *row).max()?;
    let first_row = if headings.is_empty() { 0 } else { last_heading + 1 };
    let places: Vec<u16> = answers.iter().map(|(_, column)| *column).collect();
    let sides = named(cells, &answers).into_iter().zip(&places).enumerate();
    let column = |(place, (side, answer)): (usize, (Side, &u16))| {
        let until = places.get(place + 1).copied().unwrap_or(COLUMNS_MAX);
        let note = headings.iter().find(|h| h.kind == Kind::Note && h.column > *answer && h.column < until);
        let note = note.map(|heading| Letters::of(heading.column));
        (side, SideColumns { answer: Letters::of(*answer), note })
    };
    Some(Found { first_row, code, sides: sides.map(column).collect() })
}

/// The column in which most cells are codes of questions.
fn coded(edition: &Instrument, cells: &impl Cells, rows: u32) -> Option<u16> {
    let many = |column: u16| {
        let texts = (0..rows).map(|row| cells.cell(row, column).text.trim().to_lowercase());
        texts.filter(|text| is_code(edition, text)).collect::<BTreeSet<_>>().len()
    };
    let counted = (0..COLUMNS_MAX).map(|column| (many(column), column));
    let best = counted.max_by_key(|(many, column)| (*many, std::cmp::Reverse(*column)))?;
    (best.0 >= CELLS_MIN).then_some(best.1)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Answer,
    Note,
}

struct Heading {
    kind: Kind,
    row: u32,
    column: u16,
}

impl Heading {
    fn at(&self) -> (u32, u16) {
        (self.row, self.column)
    }
}

/// The headings of answers and notes; a sentence is no heading.
fn headings(cells: &impl Cells, rows: u32) -> Vec<Heading> {
    let mut found = Vec::new();
    for row in 0..rows.min(HEAD_ROWS) {
        for column in 0..COLUMNS_MAX {
            let text = cells.cell(row, column).text.to_lowercase();
            if let Some(kind) = kind(&text) {
                found.push(Heading { kind, row, column });
            }
        }
    }
    found
}

fn kind(text: &str) -> Option<Kind> {
    const HEADING_MAX_WORDS: usize = 4;
    let is_heading = text.split_whitespace().count() <= HEADING_MAX_WORDS;
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match () {
        () if !is_heading || has(&CHOICE_WORDS) => None,
        () if has(&ANSWER_WORDS) => Some(Kind::Answer),
        () if has(&NOTE_WORDS) => Some(Kind::Note),
        () => None,
    }
}

/// Columns with answers in them, when no heading says which they are.
fn answered(edition: &Instrument, cells: &impl Cells, rows: u32) -> Vec<u16> {
    let choices = Choices::of(edition);
    let text_column = (0..COLUMNS_MAX)
        .max_by_key(|column| (0..rows).map(|row| cells.cell(row, *column).text.len()).sum::<usize>());
    let is_answered = |column: &u16| {
        let texts = (0..rows).map(|row| cells.cell(row, *column).text);
        texts.filter(|text| choices.is_answer(text)).count() >= CELLS_MIN
    };
    (text_column.map_or(0, |column| column + 1)..COLUMNS_MAX).filter(is_answered).collect()
}

/// Whose each column of answers is: as the headings say, else in the order of hands.
fn named(cells: &impl Cells, answers: &[(u32, u16)]) -> Vec<Side> {
    let said: Vec<Option<Side>> = answers.iter().map(|at| side_above(cells, *at)).collect();
    let is_clear = said.iter().flatten().collect::<BTreeSet<_>>().len() == said.len();
    if is_clear {
        return said.into_iter().flatten().collect();
    }
    Side::ALL.into_iter().take(answers.len()).collect()
}

/// Whose a column is, by its heading or the merged one above it, whose text stands at its left end.
fn side_above(cells: &impl Cells, (row, column): (u32, u16)) -> Option<Side> {
    const MERGED_MAX_COLUMNS: u16 = 6;
    const MERGED_MAX_ROWS: u32 = 3;
    let above = (row.saturating_sub(MERGED_MAX_ROWS)..=row).rev();
    let left = |row: u32| {
        let own = (column.saturating_sub(MERGED_MAX_COLUMNS)..=column).rev();
        own.map(move |column| cells.cell(row, column).text.to_lowercase()).find_map(|text| side(&text))
    };
    above.into_iter().find_map(left)
}

fn side(text: &str) -> Option<Side> {
    let words: BTreeSet<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
    let has = |known: &[&str]| known.iter().any(|word| words.contains(word));
    match () {
        () if has(&["tpn", "nasional", "kemenpan", "kemenpanrb"]) => Some(Side::Tpn),
        () if has(&["tpi", "internal", "itjen", "inspektorat"]) => Some(Side::Tpi),
        () if has(&["unit", "mandiri", "satker"]) => Some(Side::Unit),
        () => None,
    }
}
