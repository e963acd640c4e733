//! A first guess at the mapping of a workbook: a column of codes if there is one, columns of answers and notes by what
//! stands above or in them, else questions matched to rows in order. A guess: people look at it before it is used.

mod align;
mod columns;
mod row;

use std::collections::BTreeMap;

use super::{Cells, Inputs, Letters, MappedSheet, Mapping, SHEETS_MAX};
use crate::instrument::{Instrument, Question};
use columns::Found;
use row::Candidate;

/// Rows further down are not looked at for a guess.
const ROWS_MAX: u32 = 2_000;

/// A sheet with what was found of it.
struct Guess<'a, C> {
    name: &'a str,
    cells: &'a C,
    found: Found,
}

/// The mapping that fits these sheets best, with the sheets in which questions were found.
#[must_use]
pub fn suggest<C: Cells>(edition: &Instrument, sheets: &[(String, C)]) -> Mapping {
    let guesses = sheets.iter().take(SHEETS_MAX).filter_map(|(name, cells)| {
        let found = columns::look(edition, cells, cells.rows().min(ROWS_MAX))?;
        Some(Guess { name, cells, found })
    });
    let guesses: Vec<Guess<'_, C>> = guesses.collect();
    let matched = matched(edition, &guesses);
    let mapped = (0..).zip(&guesses).map(|(place, guess)| guess.sheet(matched.get(&place)));
    let sheets = mapped.filter(|sheet| sheet.code.is_some() || !sheet.rows.is_empty()).collect();
    Mapping { instrument: edition.id.clone(), sheets, codes: BTreeMap::new(), answers: BTreeMap::new() }
}

/// Rows of the questions by sheet, for sheets without a column of codes: row from 0.
fn matched<C: Cells>(
    edition: &Instrument,
    guesses: &[Guess<'_, C>],
) -> BTreeMap<usize, BTreeMap<u32, String>> {
    let rows = |(place, guess): (usize, &Guess<'_, C>)| {
        (guess.found.code.is_none())
            .then(|| row::candidates(edition, guess.cells, &guess.found, ROWS_MAX))
            .into_iter()
            .flatten()
            .map(move |candidate| (place, candidate))
    };
    let rows: Vec<(usize, Candidate)> = (0..).zip(guesses).flat_map(rows).collect();
    let candidates: Vec<&Candidate> = rows.iter().map(|(_, candidate)| candidate).collect();
    let orders = [by_area(edition), by_part(edition)];
    let best = orders.iter().map(|order| align::align(edition, order, &candidates));
    let best = best.max_by_key(|alignment| alignment.worth).unwrap_or_default();
    let mut found: BTreeMap<usize, BTreeMap<u32, String>> = BTreeMap::new();
    for (row, code) in best.pairs {
        let (place, candidate) = &rows[row];
        found.entry(*place).or_default().insert(candidate.row, code);
    }
    found
}

/// The questions as the edition lists them.
fn by_area(edition: &Instrument) -> Vec<&Question> {
    edition.questions().map(|(_, _, question)| question).collect()
}

/// The questions as forms list them that go through all areas once for each part.
fn by_part(edition: &Instrument) -> Vec<&Question> {
    let of = |part: &str| -> Vec<&Question> {
        let questions = edition.questions().filter(|(_, sub, _)| sub.part == part);
        questions.map(|(_, _, question)| question).collect()
    };
    edition.parts.iter().flat_map(|part| of(&part.code)).collect()
}

impl<C: Cells> Guess<'_, C> {
    fn sheet(&self, rows: Option<&BTreeMap<u32, String>>) -> MappedSheet {
        let rows: BTreeMap<u32, String> =
            rows.into_iter().flatten().map(|(row, code)| (row + 1, code.clone())).collect();
        let mut sheet = MappedSheet {
            sheet: self.name.to_owned(),
            first_row: self.found.first_row + 1,
            code: self.found.code.map(Letters::of),
            rows,
            texts: BTreeMap::new(),
            sides: self.found.sides.clone(),
            inputs: Inputs::RowsBelow,
        };
        sheet.note_texts(self.cells);
        sheet
    }
}
