//! Rules that make an answer of facts. A case holds when all its comparisons do; the first case that holds gives the
//! answer. A comparison over a fact that nothing is known of is neither true nor false, and then no later case may
//! answer in its place.

use super::fact::Fact;
use super::records::{Ground, Records, is_about};
use super::{Basis, Lack, Suggestion};
use crate::evidence::Target;
use crate::instrument::Exact;
use crate::instrument::expression::Comparison;
use crate::plan::{Action, Placed, Plan};
use crate::scoring::Answer;
use crate::time::Year;

/// The rules of an edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Id of the edition.
    pub edition: String,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its code.
    pub code: String,
    /// Code of the question it answers.
    pub question: String,
    /// Words by which actions of the plan are about it, in small letters.
    pub words: Vec<String>,
    /// Kinds of evidence that count; empty for all.
    pub kinds: Vec<String>,
    /// Family of questionnaires it asks about.
    pub family: Option<String>,
    /// Register it asks about.
    pub register: Option<String>,
    /// Code of a figure of that register.
    pub figure: Option<String>,
    /// Cases in order.
    pub cases: Vec<Case>,
    /// The source.
    pub citation: String,
    /// Doubts and chosen readings.
    pub notes: Option<String>,
    /// Line in the file.
    pub line: usize,
}

/// When an answer is suggested.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The answer.
    pub answer: String,
    /// Why, for people.
    pub told: String,
    /// What must hold; nothing when it holds otherwise.
    pub when: Vec<Comparison>,
    /// Line in the file.
    pub line: usize,
}

/// Truth of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Truth {
    Yes,
    No,
    Unknown,
}

impl Rules {
    /// What evidence could be asked for: where to look before the rules are put to the records.
    #[must_use]
    pub fn targets(&self, plan: Option<&Plan>, year: Year) -> Vec<Target> {
        self.rules.iter().flat_map(|rule| rule.targets(plan, year)).collect()
    }
}

impl Rule {
    fn targets(&self, plan: Option<&Plan>, year: Year) -> Vec<Target> {
        let facts = self.facts();
        let is_asked = |placed: &Placed<'_>| {
            facts.contains(&Fact::WithEvidence)
                || (facts.contains(&Fact::Evidence) && is_about(placed, &self.words))
        };
        let actions = plan.into_iter().flat_map(Plan::actions).filter(is_asked).map(|placed| placed.action);
        let promised = |action: &Action| {
            let of = |promised: &crate::plan::Evidence| Target::Action {
                year,
                action: action.id,
                promised: promised.id,
            };
            action.evidence.iter().map(of).collect::<Vec<_>>()
        };
        let question =
            facts.contains(&Fact::Evidence).then(|| Target::Question { year, code: self.question.clone() });
        actions.flat_map(promised).chain(question).collect()
    }

    /// The facts it asks, each once.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let names = self.cases.iter().flat_map(|case| case.when.iter().flat_map(Comparison::inputs));
        let mut facts: Vec<Fact> = names.filter_map(Fact::parse).collect();
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// What it makes of the records; nothing when no case holds.
    ///
    /// # Errors
    /// The facts that are missing for an answer.
    pub fn judge(&self, records: &Records<'_>) -> Result<Option<Suggestion>, Lack> {
        let asked: Vec<(Fact, Option<Ground>)> =
            self.facts().into_iter().map(|fact| (fact, records.ground(fact, self))).collect();
        let known = |name: &str| {
            let fact = Fact::parse(name)?;
            asked.iter().find(|(one, _)| *one == fact)?.1.as_ref().map(|ground| ground.value.exact())
        };
        for case in &self.cases {
            match case.truth(&known) {
                Truth::Yes => {
                    let grounds = asked.into_iter().filter_map(|(_, ground)| ground).collect();
                    return Ok(Some(self.suggest(case, grounds)));
                }
                Truth::No => {}
                Truth::Unknown => return Err(self.lack(&asked)),
            }
        }
        Ok(None)
    }

    fn suggest(&self, case: &Case, grounds: Vec<Ground>) -> Suggestion {
        Suggestion {
            question: self.question.clone(),
            key: format!("aturan.{}", self.code),
            answer: Answer::Choice(case.answer.clone()),
            citation: self.citation.clone(),
            basis: Basis::Records { told: case.told.clone(), grounds },
        }
    }

    fn lack(&self, asked: &[(Fact, Option<Ground>)]) -> Lack {
        let facts = asked.iter().filter(|(_, ground)| ground.is_none()).map(|(fact, _)| *fact).collect();
        Lack {
            question: self.question.clone(),
            rule: self.code.clone(),
            facts,
            citation: self.citation.clone(),
        }
    }
}

impl Case {
    fn truth(&self, known: &dyn Fn(&str) -> Option<Exact>) -> Truth {
        let mut truth = Truth::Yes;
        for comparison in &self.when {
            match comparison.holds(known) {
                Ok(true) => {}
                Ok(false) => return Truth::No,
                Err(_) => truth = Truth::Unknown,
            }
        }
        truth
    }
}
