//! A file of labels, row by row, each code checked against the edition it is for.

use super::labels::{Labels, QuestionLabels};
use super::model::{Instrument, Question};
use super::source::{Cell, Row, Source};

pub(super) fn labels(source: &Source<'_>, edition: &Instrument) -> Option<Labels> {
    let table = source.parse()?;
    let row = Row::new(source, &table, 1);
    let labels = Labels {
        instrument: row.text("instrument"),
        origin: row.text("origin"),
        areas: names(&row, "area", |code| edition.area(code).is_some()),
        subs: names(&row, "sub", |code| edition.sub(code).is_some()),
        questions: questions(&row, edition),
    };
    if labels.instrument != edition.id {
        row.refuse(1, &format!("label ini untuk edisi \"{}\", bukan \"{}\"", labels.instrument, edition.id));
    }
    row.finish();
    Some(labels)
}

/// The id of the edition; nothing else is looked at.
pub(super) fn edition(source: &Source<'_>) -> Option<String> {
    let table = source.parse()?;
    let id = Row::new(source, &table, 1).text("instrument");
    Some(id)
}

fn names(row: &Row<'_>, key: &'static str, is_known: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let name = |cell: &Cell<'_>| {
        if !is_known(cell.key) {
            row.refuse(cell.line, &format!("kode \"{}\" tidak ada pada edisi ini", cell.key));
        }
        Some((cell.key.to_owned(), row.text_in(cell)?))
    };
    row.cells(key).iter().filter_map(name).collect()
}

fn questions(row: &Row<'_>, edition: &Instrument) -> Vec<QuestionLabels> {
    let rows = row.named_rows("question");
    rows.iter().filter_map(|(code, row)| question(code, row, edition)).collect()
}

fn question(code: &str, row: &Row<'_>, edition: &Instrument) -> Option<QuestionLabels> {
    let Some((_, _, known)) = edition.question(code) else {
        row.refuse(row.line, &format!("pertanyaan \"{code}\" tidak ada pada edisi ini"));
        return None;
    };
    let labels = QuestionLabels {
        code: code.to_owned(),
        label: row.text_if_any("label"),
        options: options(row, known),
        evidence: row.texts("evidence"),
    };
    row.finish();
    Some(labels)
}

fn options(row: &Row<'_>, question: &Question) -> Vec<(String, String)> {
    let is_option = |answer: &str| question.options.iter().any(|option| option.answer == answer);
    names(row, "option", is_option)
}
