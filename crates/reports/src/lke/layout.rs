//! Which row of which sheet holds what, and how other sheets call it.

use std::collections::BTreeMap;

use bening_core::instrument::{Area, Half, Input, Instrument, Part, Question, Sub};
use bening_core::lke::book::{Book, IDENTITY_SHEET, has_input_rows};

/// Rows above the first row of content: title, owner, guidance, headings.
pub(super) const HEAD_ROWS: u32 = 4;
/// Longest name of a sheet.
const NAME_MAX_CHARS: usize = 31;
/// Name of the summary.
pub(super) const SUMMARY: &str = "Ringkasan";

/// What a row of a part holds.
#[derive(Clone, Copy)]
pub(super) enum Row<'a> {
    /// An area, as far as it stands in this part.
    Half(&'a Area, &'a Half),
    /// A sub-component.
    Sub(&'a Sub),
    /// A question.
    Question(&'a Sub, &'a Question),
    /// A number of a question.
    Input(&'a Question, &'a Input),
}

/// One part of the edition on its sheet.
pub(super) struct PartSheet<'a> {
    /// The part.
    pub(super) part: &'a Part,
    /// Name of the sheet.
    pub(super) name: String,
    /// Rows of content.
    pub(super) rows: Vec<Row<'a>>,
}

/// The whole workbook.
pub(super) struct Layout<'a> {
    /// What is written.
    pub(super) book: &'a Book,
    /// Sheets of the parts.
    pub(super) parts: Vec<PartSheet<'a>>,
    /// Rows of the answers of each kind on the hidden sheet: first and last.
    pub(super) kinds: BTreeMap<&'a str, (u32, u32)>,
    places: BTreeMap<String, (usize, u32)>,
}

impl<'a> Layout<'a> {
    pub(super) fn of(book: &'a Book) -> Self {
        let edition = &*book.edition;
        let mut parts: Vec<PartSheet<'a>> = Vec::new();
        for part in &edition.parts {
            let name = sheet_name(&part.name, &part.code, &parts);
            parts.push(PartSheet { part, name, rows: rows(edition, part) });
        }
        let mut places = BTreeMap::new();
        for (index, part) in parts.iter().enumerate() {
            for (at, row) in (HEAD_ROWS..).zip(&part.rows) {
                places.insert(row.code(), (index, at));
            }
        }
        let kinds = super::identity::kind_rows(edition);
        Self { book, parts, kinds, places }
    }

    /// The edition.
    pub(super) fn edition(&self) -> &'a Instrument {
        &self.book.edition
    }

    /// The row of a code on its own sheet.
    pub(super) fn row(&self, code: &str) -> u32 {
        self.places.get(code).map_or(HEAD_ROWS, |(_, row)| *row)
    }

    /// A cell of a code as other sheets call it; `None` when it stands on none.
    pub(super) fn far_cell(&self, code: &str, column: u16) -> Option<String> {
        let (part, row) = self.places.get(code)?;
        let name = self.parts.get(*part)?.name.replace('\'', "''");
        Some(format!("'{name}'!{}", super::formula::cell(*row, column)))
    }
}

impl Row<'_> {
    /// What stands in the column of codes.
    pub(super) fn code(&self) -> String {
        match self {
            Self::Half(area, half) => half_code(area, half),
            Self::Sub(sub) => sub.code.clone(),
            Self::Question(_, question) => question.code.clone(),
            Self::Input(question, input) => bening_core::lke::book::input_key(question, &input.name),
        }
    }
}

/// Code of the share of an area in a part.
pub(super) fn half_code(area: &Area, half: &Half) -> String {
    format!("{}-{}", area.code, half.part)
}

fn rows<'a>(edition: &'a Instrument, part: &Part) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for area in &edition.areas {
        let Some(half) = area.halves.iter().find(|half| half.part == part.code) else { continue };
        rows.push(Row::Half(area, half));
        for sub in area.subs.iter().filter(|sub| sub.part == part.code) {
            rows.push(Row::Sub(sub));
            rows.extend(sub.questions.iter().flat_map(|question| question_rows(edition, sub, question)));
        }
    }
    rows
}

fn question_rows<'a>(edition: &Instrument, sub: &'a Sub, question: &'a Question) -> Vec<Row<'a>> {
    let inputs = question.inputs.iter().filter(|_| has_input_rows(edition, question));
    [Row::Question(sub, question)]
        .into_iter()
        .chain(inputs.map(|input| Row::Input(question, input)))
        .collect()
}

/// A name that a spreadsheet takes and no other sheet has.
fn sheet_name(name: &str, code: &str, taken: &[PartSheet<'_>]) -> String {
    let fit = |c: &char| !"[]:*?/\\'".contains(*c);
    let name: String = name.chars().filter(fit).take(NAME_MAX_CHARS).collect();
    let is_free = |name: &str| {
        let others = taken.iter().map(|part| part.name.as_str()).chain([SUMMARY, IDENTITY_SHEET]);
        !name.trim().is_empty() && !others.into_iter().any(|other| other.eq_ignore_ascii_case(name))
    };
    if is_free(&name) { name } else { format!("Bagian {code}") }
}
