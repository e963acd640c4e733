//! Suggested answers to questions of the worksheet: from what a unit's records say by the rules of the edition
//! (`instruments/suggestions/`), and from the index of a frozen survey. A suggestion is shown, accepted or set aside
//! by a person; nothing here writes an answer.

mod decision;
mod fact;
mod read;
mod records;
mod rule;
mod shipped;
mod whistles;

pub use decision::{Decided, Decision, Refusal, Standing, accepted, set_aside, standing};
pub use fact::{FACTS, Fact, Need, Value};
pub use records::{Ground, Met, Place, Records, Registered, Row, Surveyed};
pub use rule::{Case, Rule, Rules};
pub use shipped::{SHIPPED_FILES, shipped};
pub use whistles::Whistles;

use crate::scoring::Answer;
use crate::survey;

/// An answer that a question could have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Code of the question.
    pub question: String,
    /// What it comes from, the same each time it is reckoned: `aturan.CODE` or `survei.CAMPAIGN`.
    pub key: String,
    /// The answer.
    pub answer: Answer,
    /// The rule.
    pub citation: String,
    /// What it rests on.
    pub basis: Basis,
}

/// What a suggestion rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// The index of a frozen survey.
    Survey(Box<survey::Suggestion>),
    /// What the records say by a rule: its words, and each fact it asked.
    Records {
        /// Why this answer, in the words of the rule.
        told: String,
        /// The facts.
        grounds: Vec<Ground>,
    },
}

/// A rule that suggests nothing, because records it asks are missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// Code of the question.
    pub question: String,
    /// Code of the rule.
    pub rule: String,
    /// The facts that nothing is known of.
    pub facts: Vec<Fact>,
    /// The rule.
    pub citation: String,
}

/// What a worksheet is offered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offers {
    /// Suggestions; of surveys the latest first.
    pub all: Vec<Suggestion>,
    /// Rules without enough records.
    pub lacks: Vec<Lack>,
}

impl From<survey::Suggestion> for Suggestion {
    fn from(from: survey::Suggestion) -> Self {
        Self {
            question: from.question.clone(),
            key: format!("survei.{}", from.campaign),
            answer: Answer::Index(from.index),
            citation: from.citation.clone(),
            basis: Basis::Survey(Box::new(from)),
        }
    }
}

impl Suggestion {
    /// Where the answer comes from, for the note beside it.
    #[must_use]
    pub fn provenance(&self) -> String {
        match &self.basis {
            Basis::Survey(survey) => survey.provenance(),
            Basis::Records { told, grounds } => {
                let facts: Vec<String> = grounds.iter().map(Ground::said).collect();
                format!("Usulan dari catatan: {told} ({}).", facts.join("; "))
            }
        }
    }
}

impl Offers {
    /// What the rules of an edition make of the records, added to what surveys suggest.
    #[must_use]
    pub fn of(surveys: Vec<survey::Suggestion>, rules: Option<&Rules>, records: &Records<'_>) -> Self {
        let mut offers = Self { all: surveys.into_iter().map(Suggestion::from).collect(), lacks: Vec::new() };
        for rule in rules.into_iter().flat_map(|rules| &rules.rules) {
            match rule.judge(records) {
                Ok(suggestion) => offers.all.extend(suggestion),
                Err(lack) => offers.lacks.push(lack),
            }
        }
        offers
    }

    /// Those for a question.
    pub fn for_question<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Suggestion> {
        self.all.iter().filter(move |one| one.question == code)
    }
}
