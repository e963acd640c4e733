//! Agreement of first and second readers, per question and over all, from the finished readings of a year.

use std::collections::{BTreeMap, HashMap};

use bening_core::id::PersonId;
use bening_core::team::kappa::{self, Kappa, Pair};
use bening_core::team::reading::{self, Compared, Reading};

use super::board::Board;

/// Agreement on one question.
pub(super) struct OnQuestion {
    pub code: String,
    pub label: String,
    pub kappa: Kappa,
}

/// Agreement of a year.
pub(super) struct Agreement {
    pub overall: Kappa,
    pub questions: Vec<OnQuestion>,
}

/// A second reading as it is listed.
pub(super) struct Listed {
    pub href: String,
    pub unit: String,
    pub reader: String,
    pub drawn: usize,
    pub answered: usize,
    pub is_finished: bool,
    pub is_own: bool,
}

/// Agreement of a year; `None` when nothing can be compared yet.
pub(super) fn of(board: &Board) -> Option<Agreement> {
    let compared = |reading: &Reading| {
        let lke = board.sheets.values().find(|lke| lke.id == reading.lke)?;
        let edition = board.edition(lke)?;
        let label = |code: &str| edition.question(code).map(|(_, _, question)| question.label.clone());
        let all = reading::compared(edition, lke, reading).into_iter();
        Some(all.map(|each| (label(&each.code).unwrap_or_default(), each)).collect::<Vec<_>>())
    };
    let all: Vec<(String, Compared)> = board.readings.iter().filter_map(compared).flatten().collect();
    if all.is_empty() {
        return None;
    }
    let mut kinds: BTreeMap<&str, Vec<Pair<&str>>> = BTreeMap::new();
    let mut questions: BTreeMap<(&str, &str), Vec<Pair<&str>>> = BTreeMap::new();
    for (label, each) in &all {
        let pair = (each.pair.0.as_str(), each.pair.1.as_str());
        kinds.entry(&each.kind).or_default().push(pair);
        questions.entry((&each.code, label)).or_default().push(pair);
    }
    let strata: Vec<&[Pair<&str>]> = kinds.values().map(Vec::as_slice).collect();
    let on = |((code, label), pairs): (&(&str, &str), &Vec<Pair<&str>>)| {
        let (code, label) = ((*code).to_owned(), (*label).to_owned());
        Some(OnQuestion { code, label, kappa: kappa::kappa(pairs).ok()? })
    };
    let overall = kappa::stratified(&strata).ok()?;
    Some(Agreement { overall, questions: questions.iter().filter_map(on).collect() })
}

/// The second readings of a year: all for those who form teams, otherwise one's own.
pub(super) fn listed(
    board: &Board,
    names: &HashMap<PersonId, String>,
    reader: PersonId,
    manages: bool,
) -> Vec<Listed> {
    let list = |reading: &Reading| {
        let unit = board.sheets.values().find(|lke| lke.id == reading.lke)?.unit;
        let unit = board.rows.iter().find(|row| row.unit.id == unit)?;
        Some(Listed {
            href: format!("/penilaian/pembacaan/{}", reading.id),
            unit: unit.unit.name.clone(),
            reader: names.get(&reading.reader).cloned().unwrap_or_default(),
            drawn: reading.questions.len(),
            answered: reading.questions.values().filter(|second| second.answer.is_some()).count(),
            is_finished: reading.finished_at.is_some(),
            is_own: reading.reader == reader,
        })
    };
    let is_shown = |reading: &&Reading| manages || reading.reader == reader;
    board.readings.iter().filter(is_shown).filter_map(list).collect()
}
