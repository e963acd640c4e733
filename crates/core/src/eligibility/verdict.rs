//! Does a unit meet the conditions of a predicate? Each condition with value, threshold and source, and
//! the whole. Unknown is never met, and what is not certain in law never fails anybody.

use super::facts::{AGENCY_KIND, FactValue, Facts};
use crate::instrument::{
    Affirmable, Certainty, Condition, Exact, FactKind, Instrument, Metric, Predicate, ScoreOf, Threshold,
};
use crate::scoring::{Entry, Points, Score};

/// Where a condition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Fulfilled.
    Met,
    /// Not fulfilled.
    NotMet,
    /// Not stated yet; never counts as met.
    Unknown,
    /// Does not concern this unit.
    NotApplicable,
}

/// What a condition can do to a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    /// It has to be met.
    Binding,
    /// It is not certain in law: it only warns.
    Warning,
    /// Set aside for this unit because of its affirmation.
    SetAside,
}

/// Which reading of an unclear rule a condition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// The rule has one reading.
    Only,
    /// The reading that decides.
    Default,
    /// Another reading, shown beside it.
    Other,
}

/// The area or part of an area behind a per-area minimum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaLine {
    /// Code (`MP`, or `MP-P` when parts are tested apart).
    pub code: String,
    /// Its points.
    pub points: Points,
    /// The least points that reach the minimum.
    pub minimum: Exact,
    /// Does it?
    pub status: Status,
}

/// One condition, tested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome<'a> {
    /// The condition.
    pub condition: &'a Condition,
    /// The value found, `None` when unknown.
    pub value: Option<FactValue>,
    /// Where it stands.
    pub status: Status,
    /// What it can do.
    pub force: Force,
    /// Which reading it is.
    pub reading: Reading,
    /// Document the value comes from.
    pub source_document: &'a str,
    /// Why it is unknown or does not apply.
    pub reason: Option<&'static str>,
    /// The areas behind a per-area minimum.
    pub areas: Vec<AreaLine>,
}

/// All conditions of a predicate for one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict<'a> {
    /// The edition whose conditions were tested.
    pub edition: &'a Instrument,
    /// The predicate.
    pub predicate: &'a Predicate,
    /// Conditions in the order of the edition.
    pub outcomes: Vec<Outcome<'a>>,
    /// `Met` only when every binding condition that applies is met.
    pub status: Status,
}

/// Why there is no verdict.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerdictError {
    /// No such predicate in this edition.
    #[error("predikat \"{given}\" tidak ada pada edisi ini; pilihannya: {known}")]
    UnknownPredicate {
        /// What was asked.
        given: String,
        /// What could be asked.
        known: String,
    },
}

const WORKSHEET: &str = "Lembar kerja evaluasi (LKE)";

impl<'a> Verdict<'a> {
    /// Tests every condition of a predicate against facts and, if there is one, a score.
    ///
    /// # Errors
    /// [`VerdictError`] when the edition does not know the predicate.
    pub fn of(
        edition: &'a Instrument,
        predicate: &str,
        facts: &Facts,
        score: Option<&Score>,
    ) -> Result<Self, VerdictError> {
        let known = edition.predicates.iter().find(|known| known.code.eq_ignore_ascii_case(predicate));
        let Some(known) = known else {
            let codes: Vec<&str> = edition.predicates.iter().map(|known| known.code.as_str()).collect();
            return Err(VerdictError::UnknownPredicate {
                given: predicate.to_owned(),
                known: codes.join(", "),
            });
        };
        let conditions: Vec<&Condition> = edition.conditions_of(&known.code).collect();
        let tester =
            Tester { edition, facts, score, agency_kind: agency_kind(facts, &conditions), conditions };
        let outcomes: Vec<Outcome<'a>> =
            tester.conditions.iter().map(|condition| tester.test(condition)).collect();
        let status = together(&outcomes);
        Ok(Self { edition, predicate: known, outcomes, status })
    }

    /// The outcome of a condition.
    #[must_use]
    pub fn outcome(&self, code: &str) -> Option<&Outcome<'a>> {
        self.outcomes.iter().find(|outcome| outcome.condition.code == code)
    }
}

fn together(outcomes: &[Outcome<'_>]) -> Status {
    let has =
        |status| outcomes.iter().any(|outcome| outcome.force == Force::Binding && outcome.status == status);
    if has(Status::NotMet) {
        Status::NotMet
    } else if has(Status::Unknown) {
        Status::Unknown
    } else {
        Status::Met
    }
}

/// The stated kind of agency, or the one kind for which a fact of its own is stated.
fn agency_kind<'f>(facts: &'f Facts, conditions: &[&'f Condition]) -> Option<&'f str> {
    if let Some(stated) = facts.word(AGENCY_KIND) {
        return Some(stated);
    }
    let own = conditions.iter().filter(|condition| facts.get(&condition.metric).is_some());
    let mut kinds: Vec<&str> = own.filter_map(|condition| condition.agency_kind.as_deref()).collect();
    kinds.dedup();
    if kinds.len() == 1 { kinds.pop() } else { None }
}

struct Tester<'a, 'f> {
    edition: &'a Instrument,
    facts: &'f Facts,
    score: Option<&'f Score>,
    agency_kind: Option<&'f str>,
    conditions: Vec<&'a Condition>,
}

impl<'a> Tester<'a, '_> {
    fn test(&self, condition: &'a Condition) -> Outcome<'a> {
        let metric = Metric::of(self.edition, &condition.metric);
        let value = metric.and_then(|metric| self.value(metric));
        let (status, reason) = self.status(condition, value.as_ref());
        Outcome {
            condition,
            status,
            reason,
            force: self.force(condition),
            reading: self.reading(condition),
            source_document: match metric {
                Some(Metric::Fact(fact)) => &fact.source_document,
                _ => WORKSHEET,
            },
            areas: metric.map(|metric| self.area_lines(metric, &condition.threshold)).unwrap_or_default(),
            value,
        }
    }

    fn status(&self, condition: &Condition, value: Option<&FactValue>) -> (Status, Option<&'static str>) {
        if let Some(decided) = self.concerns(condition) {
            return decided;
        }
        match value {
            None => (Status::Unknown, Some("belum diketahui; nyatakan faktanya atau isi lembar kerjanya")),
            Some(value) if self.reaches(condition, value) => (Status::Met, None),
            Some(_) => (Status::NotMet, None),
        }
    }

    /// Decides conditions that do not concern this unit, or of which that is not known.
    fn concerns(&self, condition: &Condition) -> Option<(Status, Option<&'static str>)> {
        if let Some(kind) = &condition.agency_kind {
            match self.agency_kind {
                None => return Some((Status::Unknown, Some("jenis instansi belum dinyatakan"))),
                Some(own) if own != kind => {
                    return Some((Status::NotApplicable, Some("untuk jenis instansi lain")));
                }
                Some(_) => {}
            }
        }
        let switch = condition.only_when.as_deref()?;
        match (self.facts.word(switch), self.facts.get(&condition.metric)) {
            (Some("ya"), _) | (None, Some(_)) => None,
            (Some(_), _) => Some((Status::NotApplicable, Some("dinyatakan tidak pernah terjadi"))),
            (None, None) => Some((Status::NotApplicable, Some("tidak ada catatan bahwa ini pernah terjadi"))),
        }
    }

    fn force(&self, condition: &Condition) -> Force {
        if condition.certainty == Certainty::Uncertain {
            return Force::Warning;
        }
        let set_aside = condition.affirmation == Affirmable::Yes && self.is_set_aside(&condition.code);
        if set_aside { Force::SetAside } else { Force::Binding }
    }

    /// Only for a unit of the group's kind of agency, and only what a person has set aside.
    fn is_set_aside(&self, code: &str) -> bool {
        self.facts.affirmation.as_ref().is_some_and(|stated| {
            let group = self.edition.affirmations.iter().find(|known| known.code == stated.group);
            let kind = group.and_then(|group| group.agency_kind.as_deref());
            (kind.is_none() || kind == self.agency_kind) && stated.set_aside.iter().any(|known| known == code)
        })
    }

    fn reading(&self, condition: &Condition) -> Reading {
        let has_other =
            self.conditions.iter().any(|other| other.reading_of.as_ref() == Some(&condition.code));
        match (&condition.reading_of, has_other) {
            (Some(_), _) => Reading::Other,
            (None, true) => Reading::Default,
            (None, false) => Reading::Only,
        }
    }

    fn value(&self, metric: Metric<'_>) -> Option<FactValue> {
        match metric {
            Metric::Fact(fact) => self.facts.get(&fact.name).cloned(),
            Metric::Score(of) => self.points(of).map(|points| FactValue::Number(points.score)),
            Metric::LowestArea | Metric::LowestHalf => {
                let percents = self.tested_areas(metric).into_iter().map(|entry| entry.points.percent);
                percents.min().map(FactValue::Number)
            }
        }
    }

    fn points(&self, of: ScoreOf<'_>) -> Option<&Points> {
        let score = self.score?;
        match of {
            ScoreOf::Total => Some(&score.total),
            ScoreOf::Component(component) => Some(score.component(component)),
            ScoreOf::Code(code) => score.entry(code).map(|entry| &entry.points),
        }
    }

    /// The areas of pengungkit, whole or by part.
    fn tested_areas(&self, metric: Metric<'_>) -> Vec<&Entry> {
        let Some(score) = self.score else {
            return Vec::new();
        };
        let entries = if metric == Metric::LowestHalf { &score.area_parts } else { &score.areas };
        let is_tested = |entry: &&Entry| {
            let code = entry.code.split('-').next().unwrap_or_default();
            let component = self.edition.area(code).and_then(|area| area.component(self.edition));
            component == Some(crate::instrument::Component::Pengungkit)
        };
        entries.iter().filter(is_tested).collect()
    }

    fn area_lines(&self, metric: Metric<'_>, threshold: &Threshold) -> Vec<AreaLine> {
        let (Metric::LowestArea | Metric::LowestHalf, Threshold::AtLeast(percent)) = (metric, threshold)
        else {
            return Vec::new();
        };
        let share = percent.over(Exact::whole(100)).ok().flatten().unwrap_or(Exact::ONE);
        let line = |entry: &Entry| {
            let minimum = entry.points.weight.times(share).ok()?;
            let status = if entry.points.percent >= *percent { Status::Met } else { Status::NotMet };
            Some(AreaLine { code: entry.code.clone(), points: entry.points, minimum, status })
        };
        self.tested_areas(metric).into_iter().filter_map(line).collect()
    }

    fn reaches(&self, condition: &Condition, value: &FactValue) -> bool {
        match (&condition.threshold, value) {
            (Threshold::AtLeast(needed), FactValue::Number(number)) => number >= needed,
            (Threshold::AtLeastGrade(needed), FactValue::Word(grade)) => {
                let kind = self.edition.fact(&condition.metric).map(|fact| &fact.kind);
                let Some(FactKind::Scale(scale)) = kind else {
                    return false;
                };
                let scale = self.edition.scale(scale);
                scale.is_some_and(|scale| {
                    scale.rank(grade).is_some() && scale.rank(grade) >= scale.rank(needed)
                })
            }
            (Threshold::Is(needed), FactValue::Word(word)) => word == needed,
            (Threshold::In(needed), FactValue::Word(word)) => needed.contains(word),
            _ => false,
        }
    }
}
