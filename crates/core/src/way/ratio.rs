//! The steps of a ratio question: one of its counts moved in the direction that the edition calls better,
//! up to the least move that gives the full value. Nothing is assumed about the formula but that it does
//! not fall on the way; every step is valued by the formula itself.

use std::collections::BTreeMap;

use super::improvement::{MAX_STEPS, Nature};
use crate::instrument::{Direction, Exact, Input, InputRole, Instrument, Question};
use crate::scoring::{Answer, ScoreError, answer_value};

type Counts = BTreeMap<String, Exact>;

/// Most that a count is moved; more is no plan.
const FAR: u32 = 1_000_000;

/// The steps of a question from its counts, or only the full value when it has none yet.
pub(super) fn steps(
    edition: &Instrument,
    question: &Question,
    from: Option<&Answer>,
    value: Exact,
) -> Result<Vec<(Answer, Exact, Nature)>, ScoreError> {
    let (counts, nature) = match from {
        Some(Answer::Counts(counts)) => (counts.clone(), Nature::Work),
        _ => (least_counts(question), Nature::Assumed),
    };
    let mut found = Vec::new();
    for input in question.inputs.iter().filter(|input| input.role == InputRole::Scored) {
        let Some(better) = input.better else { continue };
        let road = Road { edition, question, counts: &counts, input, better };
        let full = road.least_full_move()?;
        for moved in moves(full, nature) {
            let share = road.value_after(moved)?.minus(value)?;
            found.push((road.after(moved)?, share.max(Exact::ZERO), nature));
        }
    }
    Ok(found)
}

/// The smallest numbers with which a ratio can be full: one of everything, none of what improves it.
fn least_counts(question: &Question) -> Counts {
    let scored = question.inputs.iter().filter(|input| input.role == InputRole::Scored);
    let least = |input: &Input| match input.better {
        Some(Direction::More) => Exact::ZERO,
        _ => Exact::ONE,
    };
    scored.map(|input| (input.name.clone(), least(input))).collect()
}

/// Each whole move, or an even choice of them when there are many.
fn moves(full: u32, nature: Nature) -> Vec<u32> {
    let even = |step: u32| (u64::from(full) * u64::from(step)).div_ceil(u64::from(MAX_STEPS));
    match (nature, full) {
        (_, 0) => Vec::new(),
        (Nature::Assumed, _) => vec![full],
        (_, few) if few <= MAX_STEPS => (1..=few).collect(),
        _ => (1..=MAX_STEPS).filter_map(|step| u32::try_from(even(step)).ok()).collect(),
    }
}

/// One count of one question on its way.
struct Road<'a> {
    edition: &'a Instrument,
    question: &'a Question,
    counts: &'a Counts,
    input: &'a Input,
    better: Direction,
}

impl Road<'_> {
    fn now(&self) -> Exact {
        self.counts.get(&self.input.name).copied().unwrap_or(Exact::ZERO)
    }

    fn after(&self, moved: u32) -> Result<Answer, ScoreError> {
        let by = Exact::whole(moved);
        let count = match self.better {
            Direction::More => self.now().plus(by)?,
            Direction::Less => self.now().minus(by)?.max(Exact::ZERO),
        };
        let mut counts = self.counts.clone();
        counts.insert(self.input.name.clone(), count);
        Ok(Answer::Counts(counts))
    }

    fn value_after(&self, moved: u32) -> Result<Exact, ScoreError> {
        let wrong = |reason| ScoreError::Question { code: self.question.code.clone(), reason };
        answer_value(self.edition, self.question, &self.after(moved)?).map_err(wrong)
    }

    /// The farthest sensible move.
    fn farthest(&self) -> u32 {
        match self.better {
            Direction::More => FAR,
            Direction::Less => u32::try_from(self.now().nearest()).unwrap_or(FAR).min(FAR),
        }
    }

    /// The least move after which the value is as high as it gets; 0 when no move helps.
    fn least_full_move(&self) -> Result<u32, ScoreError> {
        let (mut short, mut enough) = (0, self.farthest());
        let full = self.value_after(enough)?;
        if self.value_after(0)? >= full {
            return Ok(0);
        }
        while enough - short > 1 {
            let middle = short + (enough - short) / 2;
            if self.value_after(middle)? >= full {
                enough = middle;
            } else {
                short = middle;
            }
        }
        Ok(enough)
    }
}
