//! What it costs to improve an answer: whole working days for bringing a question from the lowest answer to
//! the best, set by the team or following from the evidence the edition hints at.

use std::collections::BTreeMap;

use crate::instrument::{Exact, Instrument, Overflow, Question};

/// Working days.
pub type Days = u32;

/// Most days a team can set for one question; no answer takes longer than the months before an assessment.
pub const MAX_DAYS: Days = 100;

/// Why a text is no effort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EffortError {
    /// Not a whole number of days within the limits.
    #[error("upaya ditulis dalam hari kerja, bilangan bulat 1 sampai {MAX_DAYS}")]
    NotDays,
}

/// The effort of every question: what the team set, otherwise what follows from the edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Efforts {
    set: BTreeMap<String, Days>,
}

impl Efforts {
    /// The efforts a team has set, by question code.
    #[must_use]
    pub fn new(set: BTreeMap<String, Days>) -> Self {
        Self { set }
    }

    /// Reads what a team typed; `None` when blank, which means the default.
    ///
    /// # Errors
    /// [`EffortError`] when it is no number of days.
    pub fn parse(text: &str) -> Result<Option<Days>, EffortError> {
        match text.trim() {
            "" => Ok(None),
            digits => match digits.parse() {
                Ok(days) if (1..=MAX_DAYS).contains(&days) => Ok(Some(days)),
                _ => Err(EffortError::NotDays),
            },
        }
    }

    /// One working day for each document that typically supports an answer, one at least.
    #[must_use]
    pub fn default_of(question: &Question) -> Days {
        u32::try_from(question.evidence.len()).unwrap_or(MAX_DAYS).clamp(1, MAX_DAYS)
    }

    /// What the team has set for a question.
    #[must_use]
    pub fn set_for(&self, code: &str) -> Option<Days> {
        self.set.get(code).copied()
    }

    /// The effort of a question, from the lowest answer to the best.
    #[must_use]
    pub fn of(&self, question: &Question) -> Days {
        self.set_for(&question.code).unwrap_or_else(|| Self::default_of(question)).clamp(1, MAX_DAYS)
    }

    /// Codes of questions the team has set an effort for that the edition does not have.
    pub fn strangers<'a>(&'a self, edition: &'a Instrument) -> impl Iterator<Item = &'a str> {
        self.set.keys().map(String::as_str).filter(|code| edition.question(code).is_none())
    }
}

/// The days of a part of the way from the lowest answer to the best: proportional, and rounded up, since
/// nobody plans a fraction of a day.
///
/// # Errors
/// [`Overflow`] when the part is too fine to be exact.
pub(super) fn days_of(whole: Days, part: Exact) -> Result<Days, Overflow> {
    let (numerator, denominator) = part.times(Exact::whole(whole))?.parts();
    let days = numerator.saturating_add(denominator - 1).div_euclid(denominator);
    Ok(Days::try_from(days).unwrap_or(whole).clamp(1, whole))
}
