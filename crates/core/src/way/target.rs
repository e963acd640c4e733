//! The thresholds on scores that bind for a predicate, each at its place of the worksheet.

use crate::eligibility::{Force, Outcome, Status, Verdict};
use crate::instrument::{Component, Condition, Exact, Metric, ScoreOf, Threshold};
use crate::scoring::{Points, Score};

/// A place of the worksheet that has a score of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The whole sheet.
    Total,
    /// Pengungkit or hasil.
    Component(Component),
    /// An area, a part of one, or a sub-component, by its code.
    Code(String),
}

/// A threshold on a score.
#[derive(Debug, Clone)]
pub struct Target<'a> {
    /// The condition it comes from.
    pub condition: &'a Condition,
    /// Where it holds.
    pub place: Place,
    /// The least points there.
    pub needed: Exact,
}

/// A threshold that no improvement reaches.
#[derive(Debug, Clone)]
pub struct Missing<'a> {
    /// The threshold.
    pub target: Target<'a>,
    /// The most points that improvements can bring there.
    pub most: Exact,
}

impl Place {
    /// The points of this place in a score.
    #[must_use]
    pub fn points<'s>(&self, score: &'s Score) -> Option<&'s Points> {
        match self {
            Self::Total => Some(&score.total),
            Self::Component(component) => Some(score.component(*component)),
            Self::Code(code) => score.entry(code).map(|entry| &entry.points),
        }
    }
}

/// The thresholds of a verdict that have to be reached: what is uncertain in law or set aside is left out.
#[must_use]
pub fn targets<'a>(verdict: &Verdict<'a>) -> Vec<Target<'a>> {
    let binding = verdict
        .outcomes
        .iter()
        .filter(|outcome| outcome.force == Force::Binding && outcome.status != Status::NotApplicable);
    binding.flat_map(|outcome| of_condition(verdict, outcome)).collect()
}

fn of_condition<'a>(verdict: &Verdict<'a>, outcome: &Outcome<'a>) -> Vec<Target<'a>> {
    let condition = outcome.condition;
    let Threshold::AtLeast(needed) = condition.threshold else { return Vec::new() };
    let at = |place| vec![Target { condition, place, needed }];
    match Metric::of(verdict.edition, &condition.metric) {
        Some(Metric::Score(ScoreOf::Total)) => at(Place::Total),
        Some(Metric::Score(ScoreOf::Component(component))) => at(Place::Component(component)),
        Some(Metric::Score(ScoreOf::Code(code))) => at(Place::Code(code.to_owned())),
        Some(Metric::LowestArea | Metric::LowestHalf) => {
            let lines = outcome.areas.iter();
            let place = |code: &str| Place::Code(code.to_owned());
            lines.map(|line| Target { condition, place: place(&line.code), needed: line.minimum }).collect()
        }
        Some(Metric::Fact(_)) | None => Vec::new(),
    }
}
