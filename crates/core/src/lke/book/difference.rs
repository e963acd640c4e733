//! What a file would change in a layer, question by question.

use super::Filling;
use crate::instrument::Instrument;
use crate::lke::edit::Given;

/// A question of which the file says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Code of the question.
    pub code: String,
    /// What stands.
    pub was: Given,
    /// What the file says.
    pub now: Given,
}

/// Everything a file would change, in the order of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// The changes.
    pub changes: Vec<Change>,
}

impl Differences {
    /// Compares what stands with what a file says.
    #[must_use]
    pub fn between(edition: &Instrument, standing: &Filling, file: &Filling) -> Self {
        let change = |code: &str| {
            let (was, now) = (given(standing, code), given(file, code));
            (was != now).then(|| Change { code: code.to_owned(), was, now })
        };
        let changes = edition.questions().filter_map(|(_, _, question)| change(&question.code)).collect();
        Self { changes }
    }

    /// The changes a person accepted, by code. A code without a change is passed over: it has come about already.
    pub fn accepted<'a>(&'a self, codes: &'a [String]) -> impl Iterator<Item = &'a Change> {
        self.changes.iter().filter(|change| codes.contains(&change.code))
    }
}

fn given(filling: &Filling, code: &str) -> Given {
    Given { answer: filling.sheet.get(code).cloned(), note: filling.note(code).to_owned() }
}
