//! The hidden sheet: what the workbook is, where its parts stand, and what each choice is worth.

use std::collections::BTreeMap;

use bening_core::instrument::{AnswerScore, Form, Instrument, Kind};
use bening_core::lke::book::{FORMAT, IDENTITY_SHEET};
use rust_xlsxwriter::Worksheet;

use super::Done;
use super::formula::write_exact;
use super::layout::Layout;
use super::look::Look;

const KIND_COLUMN: u16 = 3;
/// Answers of each kind.
pub(super) const ANSWER_COLUMN: u16 = 4;
/// What each answer is worth.
pub(super) const SCORE_COLUMN: u16 = 5;

pub(super) fn write(sheet: &mut Worksheet, layout: &Layout<'_>, look: &Look) -> Done {
    sheet.set_name(IDENTITY_SHEET)?.set_hidden(true);
    for (row, (name, text)) in (0..).zip(said(layout)) {
        sheet.write_string_with_format(row, 0, name, &look.body)?;
        sheet.write_string_with_format(row, 1, text, &look.body)?;
    }
    for (row, (kind, answer)) in (0..).zip(answers(layout.edition())) {
        sheet.write_string_with_format(row, KIND_COLUMN, &kind.code, &look.body)?;
        sheet.write_string_with_format(row, ANSWER_COLUMN, &answer.answer, &look.body)?;
        write_exact(sheet, (row, SCORE_COLUMN), answer.score, &look.number)?;
    }
    sheet.protect();
    Ok(())
}

fn said(layout: &Layout<'_>) -> Vec<(String, String)> {
    let book = layout.book;
    let mut said = vec![("format", FORMAT.to_owned()), ("edisi", book.edition.id.clone())];
    if let Some(owner) = &book.owner {
        said.extend([
            ("unit", owner.code.clone()),
            ("nama", owner.name.clone()),
            ("tahun", owner.year.to_string()),
        ]);
    }
    let sides: Vec<&str> = book.sides.iter().map(|(side, _)| side.as_str()).collect();
    said.push(("lapisan", sides.join(" ")));
    let said = said.into_iter().map(|(name, text)| (name.to_owned(), text));
    let parts = layout.parts.iter().map(|part| (format!("lembar {}", part.part.code), part.name.clone()));
    said.chain(parts).collect()
}

/// The choices of all kinds, in the order in which they stand on the sheet.
fn answers(edition: &Instrument) -> impl Iterator<Item = (&Kind, &AnswerScore)> {
    edition.kinds.iter().flat_map(|kind| {
        let answers: &[AnswerScore] = match &kind.form {
            Form::Choice(answers) => answers,
            Form::Ratio | Form::Index { .. } => &[],
        };
        answers.iter().map(move |answer| (kind, answer))
    })
}

/// First and last row of each kind.
pub(super) fn kind_rows(edition: &Instrument) -> BTreeMap<&str, (u32, u32)> {
    let mut rows = BTreeMap::new();
    for (row, (kind, _)) in (0..).zip(answers(edition)) {
        rows.entry(kind.code.as_str()).or_insert((row, row)).1 = row;
    }
    rows
}
