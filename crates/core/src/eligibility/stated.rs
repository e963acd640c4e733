//! Facts as people state them, one by one, with the document they were read from: for a unit or the agency,
//! for a year. What is written is checked here; what was once right and no longer fits an edition is left
//! out, which makes it unknown, never met.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::facts::{AFFIRMATION, Facts, StatedAffirmation};
use crate::id::PersonId;
use crate::instrument::{Affirmable, Affirmation, Instrument, Subject};
use crate::scoring::Json;

/// A fact as somebody stated it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The value as written; of an affirmation its JSON.
    pub value: String,
    /// The document it was read from: number, date, page.
    pub source: String,
    /// Who stated it.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What is stated of one subject for one year, by name of the fact.
pub type Stated = BTreeMap<String, Statement>;

/// Why a value is not that of a fact.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// The edition asks for no such fact here.
    #[error("fakta ini tidak ditanyakan pada edisi lembar kerja ini")]
    NotAsked,
    /// The value does not fit; the words say what would.
    #[error("{0}")]
    Unfit(String),
}

/// Checks the value of a fact about a subject; a blank value states nothing and is always right.
///
/// # Errors
/// [`StatementError`] with what to write instead.
pub fn check(edition: &Instrument, subject: Subject, name: &str, value: &str) -> Result<(), StatementError> {
    let is_asked = match edition.fact(name) {
        Some(fact) => fact.subject == subject,
        None => name == AFFIRMATION && subject == Subject::Unit && !edition.affirmations.is_empty(),
    };
    if !is_asked {
        return Err(StatementError::NotAsked);
    }
    let problems = match read(edition, [(name, value)]) {
        Ok(_) => return Ok(()),
        Err(problems) => problems,
    };
    let reasons: Vec<String> = problems.into_iter().map(|problem| problem.reason).collect();
    Err(StatementError::Unfit(reasons.join("; ")))
}

/// The facts of an edition out of what is stated of the agency and the unit.
#[must_use]
pub fn facts(edition: &Instrument, agency: &Stated, unit: &Stated) -> Facts {
    let of = |stated: &Stated, subject| -> Vec<(String, String)> {
        let pairs = stated.iter().map(|(name, statement)| (name.clone(), statement.value.clone()));
        pairs.filter(|(name, value)| check(edition, subject, name, value).is_ok()).collect()
    };
    let mut pairs = of(agency, Subject::Agency);
    pairs.extend(of(unit, Subject::Unit));
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    read(edition, pairs).unwrap_or_default()
}

fn read<'a>(
    edition: &Instrument,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Facts, Vec<crate::scoring::SheetProblem>> {
    let entries = pairs.into_iter().map(|(name, value)| (name.to_owned(), json(name, value))).collect();
    Facts::read(edition, &Json::Object(entries))
}

/// An affirmation is kept as JSON; every other value is the text that was written.
fn json(name: &str, value: &str) -> Json {
    let text = || Json::Text(value.to_owned());
    if name == AFFIRMATION { Json::parse(value).unwrap_or_else(|_| text()) } else { text() }
}

impl StatedAffirmation {
    /// The text it is kept as; [`check`] and [`facts`] read it back.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::json!({ "kelompok": self.group, "dikesampingkan": self.set_aside }).to_string()
    }

    /// The group of an edition it names.
    #[must_use]
    pub fn group_of<'a>(&self, edition: &'a Instrument) -> Option<&'a Affirmation> {
        edition.affirmations.iter().find(|known| known.code == self.group)
    }
}

/// Codes and texts of the conditions that an affirmation may set aside, each code once.
#[must_use]
pub fn affirmable(edition: &Instrument) -> Vec<(&str, &str)> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    for condition in edition.conditions.iter().filter(|known| known.affirmation == Affirmable::Yes) {
        if !found.iter().any(|(code, _)| *code == condition.code) {
            found.push((&condition.code, &condition.text));
        }
    }
    found
}
