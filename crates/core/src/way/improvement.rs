//! The improvements there are for one question: every better choice, the steps of a ratio up to its full
//! value, and, only when asked for, the steps of an index.

use super::effort::{Days, days_of};
use super::ratio;
use crate::instrument::{AnswerScore, Exact, Form, Instrument, Overflow, Question};
use crate::scoring::{Answer, QuestionScore, ScoreError, Sheet, answer_value};

/// Most steps shown on the way to a full ratio or index.
pub(super) const MAX_STEPS: u32 = 10;

/// One question brought from its answer to a better one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Improvement {
    /// Code of the question.
    pub question: String,
    /// The answer now; `None` when there is none.
    pub from: Option<Answer>,
    /// The better answer.
    pub to: Answer,
    /// Points gained.
    pub gain: Exact,
    /// Its effort.
    pub days: Days,
    /// How it comes about.
    pub nature: Nature,
}

/// How an improvement comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// By the work of the unit.
    Work,
    /// By the work of the unit; the ratio has no numbers yet, so its smallest full numbers stand in.
    Assumed,
    /// By what citizens say in a survey; nobody can decide it.
    Survey,
}

/// Whether the way may hope for better surveys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surveys {
    /// Indices stay as they are.
    Stay,
    /// Indices may rise.
    MayRise,
}

/// Looks for the improvements of questions.
pub(super) struct Finder<'a> {
    pub(super) edition: &'a Instrument,
    pub(super) sheet: &'a Sheet,
    pub(super) surveys: Surveys,
}

/// A better answer with its share of the way from the lowest to the best.
type Step = (Answer, Exact, Nature);

impl Finder<'_> {
    /// Every improvement of a question that scores `now`; `levels` are shares at which an index reaches a
    /// threshold.
    pub(super) fn find(
        &self,
        question: &Question,
        now: &QuestionScore,
        effort: Days,
        levels: &[Exact],
    ) -> Result<Vec<Improvement>, ScoreError> {
        let from = self.sheet.get(&question.code);
        let value = now.value.unwrap_or(Exact::ZERO);
        let wrong = |reason| ScoreError::Question { code: question.code.clone(), reason };
        let mut found = Vec::new();
        for (to, share, nature) in self.steps(question, from, value, levels)? {
            let gained = answer_value(self.edition, question, &to).map_err(wrong)?.minus(value)?;
            if gained > Exact::ZERO {
                found.push(Improvement {
                    question: question.code.clone(),
                    from: from.cloned(),
                    to,
                    gain: gained.times(now.points.weight)?,
                    days: days_of(effort, share)?,
                    nature,
                });
            }
        }
        Ok(found)
    }

    fn steps(
        &self,
        question: &Question,
        from: Option<&Answer>,
        value: Exact,
        levels: &[Exact],
    ) -> Result<Vec<Step>, ScoreError> {
        match self.edition.kind(&question.kind).map(|kind| &kind.form) {
            Some(Form::Choice(answers)) => Ok(choices(answers, from)?),
            Some(Form::Ratio) => ratio::steps(self.edition, question, from, value),
            Some(Form::Index { max, .. }) if self.surveys == Surveys::MayRise => {
                Ok(indices(*max, value, levels)?)
            }
            _ => Ok(Vec::new()),
        }
    }
}

/// Every better choice; each costs its share of the steps from the lowest to the best.
fn choices(answers: &[AnswerScore], from: Option<&Answer>) -> Result<Vec<Step>, Overflow> {
    let lowest = answers.len().saturating_sub(1);
    let now = match from {
        Some(Answer::Choice(chosen)) => answers.iter().position(|known| known.answer == *chosen),
        _ => None,
    };
    let now = now.unwrap_or(lowest);
    let step = |(place, better): (usize, &AnswerScore)| {
        let share = fraction(now - place, lowest)?;
        Ok((Answer::Choice(better.answer.clone()), share, Nature::Work))
    };
    answers.iter().enumerate().take(now).map(step).collect()
}

/// Even steps up to the top of the scale, and the very levels at which a threshold is reached.
fn indices(max: Exact, value: Exact, levels: &[Exact]) -> Result<Vec<Step>, Overflow> {
    let rest = Exact::ONE.minus(value)?;
    let even =
        (1..=MAX_STEPS).map(|step| value.plus(rest.times(fraction(step as usize, MAX_STEPS as usize)?)?));
    let mut shares: Vec<Exact> = even.collect::<Result<_, _>>()?;
    shares.extend(levels.iter().copied().filter(|level| *level > value && *level <= Exact::ONE));
    let step = |share: Exact| Ok((Answer::Index(share.times(max)?), share.minus(value)?, Nature::Survey));
    shares.into_iter().map(step).collect()
}

/// A part of a whole.
pub(super) fn fraction(part: usize, whole: usize) -> Result<Exact, Overflow> {
    let number = |n: usize| i128::try_from(n).map_err(|_| Overflow);
    Exact::fraction(number(part)?, number(whole)?).ok_or(Overflow)
}
