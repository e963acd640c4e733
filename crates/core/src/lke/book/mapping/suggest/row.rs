//! What a row says that could be a question: its words, and the choices or answer that stand in it.

use std::collections::BTreeSet;

use super::super::{Cells, words};
use super::columns::Found;
use crate::instrument::{Form, Instrument, Question};

/// Fewer words are a heading.
const WORDS_MIN: usize = 2;
/// Words by which forms announce a number.
const NUMBER_WORDS: [&str; 4] = ["%", "persen", "rasio", "angka"];
/// Words by which forms announce an index.
const INDEX_WORDS: [&str; 3] = ["indeks", "nilai", "skala"];

/// The sets of answers of an edition, in capitals.
pub(super) struct Choices(Vec<BTreeSet<String>>);

/// What a row offers as its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Offer {
    /// Exactly these choices.
    Choices(BTreeSet<String>),
    /// One answer was chosen.
    Chosen(String),
    /// A number is asked for.
    Number,
    /// An index is asked for.
    Index,
    /// It does not say.
    Nothing,
}

/// A row that could be a question; its number from 0.
pub(super) struct Candidate {
    pub(super) row: u32,
    pub(super) words: BTreeSet<String>,
    pub(super) offer: Offer,
}

/// Whether this is a code of a question, as the edition or circulating copies write it.
pub(super) fn is_code(edition: &Instrument, text: &str) -> bool {
    let is = |code: &str| code.eq_ignore_ascii_case(text);
    edition
        .questions()
        .any(|(_, _, question)| is(&question.code) || question.source_code.as_deref().is_some_and(is))
}

impl Choices {
    pub(super) fn of(edition: &Instrument) -> Self {
        let choices = edition.kinds.iter().filter_map(|kind| match &kind.form {
            Form::Choice(answers) => Some(answers.iter().map(|known| known.answer.to_uppercase()).collect()),
            _ => None,
        });
        Self(choices.collect())
    }

    /// Whether a cell holds nothing but an answer.
    pub(super) fn is_answer(&self, text: &str) -> bool {
        let text = text.trim().to_uppercase();
        self.0.iter().any(|answers| answers.contains(&text))
    }

    /// The choices that a cell lists, such as `Ya/Tidak` or `A, B, C`.
    fn listed(&self, text: &str) -> Option<BTreeSet<String>> {
        let parts = text.split(['/', ',', ';', '-', '–']).map(|part| part.trim().to_uppercase());
        let parts: BTreeSet<String> = parts.collect();
        let bounds = |known: &BTreeSet<String>| {
            known.first().into_iter().chain(known.last()).cloned().collect::<BTreeSet<_>>()
        };
        let is = |known: &&BTreeSet<String>| **known == parts || bounds(known) == parts;
        self.0.iter().find(is).cloned()
    }
}

/// The rows of a sheet that could be questions.
pub(super) fn candidates(
    edition: &Instrument,
    cells: &impl Cells,
    found: &Found,
    rows_max: u32,
) -> Vec<Candidate> {
    let choices = Choices::of(edition);
    let answers: Vec<u16> = found.sides.values().map(|at| at.answer.index()).collect();
    let first = answers.iter().copied().min().unwrap_or_default();
    let candidate = |row: u32| {
        let words = words::words(&words::row_text(cells, row, first));
        let offer = offer(&choices, cells, row, &answers);
        (words.len() >= WORDS_MIN).then_some(Candidate { row, words, offer })
    };
    (found.first_row..cells.rows().min(rows_max)).filter_map(candidate).collect()
}

fn offer(choices: &Choices, cells: &impl Cells, row: u32, answers: &[u16]) -> Offer {
    let first = answers.iter().copied().min().unwrap_or_default();
    let left = (0..first).map(|column| cells.cell(row, column).text.trim().to_lowercase());
    let left: Vec<String> = left.filter(|text| !text.is_empty()).collect();
    if let Some(listed) = left.iter().find_map(|text| choices.listed(text)) {
        return Offer::Choices(listed);
    }
    let chosen = answers.iter().map(|column| cells.cell(row, *column).text.trim().to_uppercase());
    if let Some(chosen) = chosen.into_iter().find(|text| choices.is_answer(text)) {
        return Offer::Chosen(chosen);
    }
    // What announces the answer stands beside it; a sentence that begins like that is a text.
    let last = left.last().map_or("", String::as_str);
    let announces = |words: &[&str]| words.iter().any(|word| last.starts_with(word)) && left.len() > 1;
    match last.split_whitespace().count() {
        0..=3 if announces(&INDEX_WORDS) => Offer::Index,
        0..=3 if announces(&NUMBER_WORDS) => Offer::Number,
        _ => Offer::Nothing,
    }
}

impl Candidate {
    /// How well a question fits here, from 0 for not at all; the order decides more than the words.
    pub(super) fn worth(&self, edition: &Instrument, question: &Question, asked: &BTreeSet<String>) -> usize {
        const FITS: usize = 100;
        const WORDS_ALONE_PERCENT: usize = 50;
        let overlap = words::overlap(&self.words, asked);
        let form = edition.kind(&question.kind).map(|kind| &kind.form);
        let fits = match (&self.offer, form) {
            (Offer::Choices(offered), Some(Form::Choice(answers))) => {
                answers.len() == offered.len()
                    && answers.iter().all(|known| offered.contains(&known.answer.to_uppercase()))
            }
            (Offer::Chosen(chosen), Some(Form::Choice(answers))) => {
                answers.iter().any(|known| known.answer.to_uppercase() == *chosen)
            }
            (Offer::Number, Some(Form::Ratio)) | (Offer::Index, Some(Form::Index { .. })) => true,
            (Offer::Nothing | Offer::Number | Offer::Index, _) => {
                return if overlap >= WORDS_ALONE_PERCENT { overlap } else { 0 };
            }
            _ => false,
        };
        if fits { FITS + overlap } else { 0 }
    }
}
