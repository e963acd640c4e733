//! The score of a sheet: exact, pure, complete or not. A sub-component is its weight times the mean of its
//! question scores; everything above is a sum. Nothing is rounded here.

use super::answer::Answer;
use super::sheet::Sheet;
use crate::instrument::expression::EvaluationError;
use crate::instrument::{Area, Component, Exact, Form, InputRole, Instrument, Overflow, Question, Sub};

/// A score with the weight it can reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points {
    /// Points reached, 0 to `weight`.
    pub score: Exact,
    /// Points that can be reached.
    pub weight: Exact,
    /// 100 × score / weight.
    pub percent: Exact,
}

/// A score under a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Code of the area, part of an area, or sub-component.
    pub code: String,
    /// Its points.
    pub points: Points,
}

/// The score of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionScore {
    /// Code of the question.
    pub code: String,
    /// Its share of the sub-component's points.
    pub points: Points,
    /// What the answer is worth, 0 to 1; `None` when unanswered.
    pub value: Option<Exact>,
}

/// A hint that an answer should be looked at again; the score stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Code of the question.
    pub code: String,
    /// What to look at.
    pub message: String,
}

/// The score of a sheet with everything it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Pengungkit and hasil.
    pub total: Points,
    /// The process component.
    pub pengungkit: Points,
    /// The result component.
    pub hasil: Points,
    /// Areas and results.
    pub areas: Vec<Entry>,
    /// Parts of areas, such as `MP-P`.
    pub area_parts: Vec<Entry>,
    /// Sub-components.
    pub subs: Vec<Entry>,
    /// Questions, in the order of the form.
    pub questions: Vec<QuestionScore>,
    /// Codes of unanswered questions, which count 0.
    pub gaps: Vec<String>,
    /// Answers to look at again.
    pub warnings: Vec<Warning>,
}

/// Why a sheet has no score.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// An answer that was read with another edition.
    #[error("{code}: jawaban tidak cocok dengan edisi ini: {reason}")]
    Question {
        /// Code of the question.
        code: String,
        /// What happened.
        reason: EvaluationError,
    },
    /// Too large to be exact.
    #[error(transparent)]
    Overflow(#[from] Overflow),
}

impl Points {
    /// Points of a weight.
    ///
    /// # Errors
    /// [`Overflow`] when the percentage does not fit.
    pub fn new(score: Exact, weight: Exact) -> Result<Self, Overflow> {
        let percent = score.times(Exact::whole(100))?.over(weight)?.unwrap_or(Exact::ZERO);
        Ok(Self { score, weight, percent })
    }

    /// Points of several together.
    ///
    /// # Errors
    /// [`Overflow`] when the sum does not fit.
    pub fn sum<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> Result<Self, Overflow> {
        let score = Exact::sum(all.clone().map(|points| points.score))?;
        Self::new(score, Exact::sum(all.map(|points| points.weight))?)
    }
}

impl Score {
    /// Scores a sheet. Unanswered questions count 0 and are listed.
    ///
    /// # Errors
    /// [`ScoreError`] when the sheet belongs to another edition or a number does not fit.
    pub fn of(edition: &Instrument, sheet: &Sheet) -> Result<Self, ScoreError> {
        let mut tally = Tally::default();
        for area in &edition.areas {
            tally.add_area(edition, area, sheet)?;
        }
        tally.finish()
    }

    /// The entry of an area, a part of an area or a sub-component.
    #[must_use]
    pub fn entry(&self, code: &str) -> Option<&Entry> {
        [&self.areas, &self.area_parts, &self.subs].into_iter().flatten().find(|entry| entry.code == code)
    }

    /// The score of a question.
    #[must_use]
    pub fn question(&self, code: &str) -> Option<&QuestionScore> {
        self.questions.iter().find(|question| question.code == code)
    }

    /// The points of a component.
    #[must_use]
    pub fn component(&self, component: Component) -> &Points {
        match component {
            Component::Pengungkit => &self.pengungkit,
            Component::Hasil => &self.hasil,
        }
    }
}

#[derive(Default)]
struct Tally {
    areas: Vec<Entry>,
    area_parts: Vec<Entry>,
    subs: Vec<Entry>,
    questions: Vec<QuestionScore>,
    warnings: Vec<Warning>,
    pengungkit: Vec<Points>,
    hasil: Vec<Points>,
}

impl Tally {
    fn add_area(&mut self, edition: &Instrument, area: &Area, sheet: &Sheet) -> Result<(), ScoreError> {
        let mut halves = Vec::with_capacity(area.halves.len());
        for half in &area.halves {
            let mut subs = Vec::new();
            for sub in area.subs.iter().filter(|sub| sub.part == half.part) {
                subs.push(self.add_sub(edition, sub, sheet)?);
            }
            let points = Points::sum(subs.iter())?;
            self.area_parts.push(Entry { code: format!("{}-{}", area.code, half.part), points });
            halves.push(points);
        }
        let points = Points::sum(halves.iter())?;
        self.areas.push(Entry { code: area.code.clone(), points });
        match area.component(edition) {
            Some(Component::Hasil) => self.hasil.push(points),
            _ => self.pengungkit.push(points),
        }
        Ok(())
    }

    fn add_sub(&mut self, edition: &Instrument, sub: &Sub, sheet: &Sheet) -> Result<Points, ScoreError> {
        let share = question_weight(sub)?;
        let mut values = Vec::with_capacity(sub.questions.len());
        for question in &sub.questions {
            let value = self.value(edition, question, sheet)?;
            let points = Points::new(value.unwrap_or(Exact::ZERO).times(share)?, share)?;
            values.push(points);
            self.questions.push(QuestionScore { code: question.code.clone(), points, value });
        }
        let points = Points::sum(values.iter())?;
        self.subs.push(Entry { code: sub.code.clone(), points });
        Ok(points)
    }

    fn value(
        &mut self,
        edition: &Instrument,
        question: &Question,
        sheet: &Sheet,
    ) -> Result<Option<Exact>, ScoreError> {
        let Some(answer) = sheet.get(&question.code) else {
            return Ok(None);
        };
        let wrong = |reason| ScoreError::Question { code: question.code.clone(), reason };
        self.warn(question, answer).map_err(wrong)?;
        answer_value(edition, question, answer).map(Some).map_err(wrong)
    }

    fn warn(&mut self, question: &Question, answer: &Answer) -> Result<(), EvaluationError> {
        let Answer::Counts(counts) = answer else {
            return Ok(());
        };
        let mut say = |message| self.warnings.push(Warning { code: question.code.clone(), message });
        for check in &question.checks {
            if !check.rule.holds(&|name| counts.get(name).copied())? {
                say(check.message.clone());
            }
        }
        let recorded = question.inputs.iter().filter(|input| input.role == InputRole::RecordedOnly);
        for input in recorded.filter(|input| !counts.contains_key(&input.name)) {
            say(format!("isian \"{}\" belum dicatat; tidak memengaruhi nilai", input.name));
        }
        Ok(())
    }

    fn finish(self) -> Result<Score, ScoreError> {
        let (pengungkit, hasil) = (Points::sum(self.pengungkit.iter())?, Points::sum(self.hasil.iter())?);
        let unanswered = self.questions.iter().filter(|question| question.value.is_none());
        Ok(Score {
            total: Points::sum([pengungkit, hasil].iter())?,
            pengungkit,
            hasil,
            gaps: unanswered.map(|question| question.code.clone()).collect(),
            areas: self.areas,
            area_parts: self.area_parts,
            subs: self.subs,
            questions: self.questions,
            warnings: self.warnings,
        })
    }
}

/// The share of each question in its sub-component's weight.
pub(super) fn question_weight(sub: &Sub) -> Result<Exact, Overflow> {
    let number = u32::try_from(sub.questions.len()).map_err(|_| Overflow)?;
    Ok(sub.weight.over(Exact::whole(number))?.unwrap_or(Exact::ZERO))
}

/// What an answer is worth, 0 to 1.
///
/// # Errors
/// [`EvaluationError`] when the answer does not belong to the question, or a number does not fit.
pub fn answer_value(
    edition: &Instrument,
    question: &Question,
    answer: &Answer,
) -> Result<Exact, EvaluationError> {
    let mismatch = || EvaluationError::Missing(question.code.clone());
    let kind = edition.kind(&question.kind).ok_or_else(mismatch)?;
    match (&kind.form, answer) {
        (Form::Choice(answers), Answer::Choice(chosen)) => {
            answers.iter().find(|known| known.answer == *chosen).map(|known| known.score).ok_or_else(mismatch)
        }
        (Form::Ratio, Answer::Counts(counts)) => {
            let formula = question.formula.as_ref().ok_or_else(mismatch)?;
            Ok(formula.value(&|name| counts.get(name).copied())?.clipped())
        }
        (Form::Index { max, .. }, Answer::Index(index)) => {
            Ok(index.over(*max)?.ok_or(EvaluationError::DivisionByZero)?.clipped())
        }
        _ => Err(mismatch()),
    }
}
