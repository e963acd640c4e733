//! What people decided about suggestions, and where a suggestion stands after that.

use chrono::{DateTime, Utc};

use super::Suggestion;
use crate::id::PersonId;
use crate::scoring::Answer;
use crate::text::{self, TooLong};

/// Fewest letters of a reason.
const REASON_MIN_CHARS: usize = 10;
/// Most letters of a reason.
const REASON_MAX_CHARS: usize = 1_000;

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// It became the answer.
    Accepted,
    /// It was set aside with a reason.
    SetAside,
}

impl Decided {
    /// Name in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::SetAside => "set_aside",
        }
    }

    /// From its name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Accepted, Self::SetAside].into_iter().find(|decided| decided.as_str() == text)
    }
}

/// The last thing somebody decided about a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Code of the question.
    pub question: String,
    /// Which suggestion.
    pub key: String,
    /// What it proposed then.
    pub answer: Answer,
    /// What was decided.
    pub decided: Decided,
    /// Why, when it was set aside.
    pub reason: String,
    /// By whom.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why a suggestion cannot be set aside.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No reason.
    #[error("tulis alasan mengesampingkan usulan paling sedikit {REASON_MIN_CHARS} huruf")]
    Reason,
    /// It says something else by now, or is gone.
    #[error("usulan ini sudah tidak ada atau berubah; muat ulang halaman")]
    Gone,
    /// Too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

/// Where a suggestion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It changed since somebody decided about it, or the answer was changed since it was accepted.
    Changed,
    /// Nobody decided, and the answer is another one.
    Open,
    /// It is the answer.
    Accepted,
    /// Somebody said why not.
    SetAside,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Changed, Self::Open, Self::Accepted, Self::SetAside];

    /// Name in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "berubah",
            Self::Open => "terbuka",
            Self::Accepted => "diterima",
            Self::SetAside => "dikesampingkan",
        }
    }
}

/// Where a suggestion stands, by the answer of the sheet and what was decided last.
#[must_use]
pub fn standing(suggestion: &Suggestion, given: Option<&Answer>, decision: Option<&Decision>) -> Standing {
    let is_answer = given == Some(&suggestion.answer);
    match decision {
        _ if is_answer => Standing::Accepted,
        Some(decision) if decision.answer != suggestion.answer => Standing::Changed,
        Some(Decision { decided: Decided::Accepted, .. }) => Standing::Changed,
        Some(_) => Standing::SetAside,
        None => Standing::Open,
    }
}

/// A suggestion set aside.
///
/// # Errors
/// Without a reason.
pub fn set_aside(
    suggestion: &Suggestion,
    reason: &str,
    by: PersonId,
    at: DateTime<Utc>,
) -> Result<Decision, Refusal> {
    let reason = text::block(reason, REASON_MAX_CHARS)?;
    if reason.chars().count() < REASON_MIN_CHARS {
        return Err(Refusal::Reason);
    }
    Ok(Decision { reason, decided: Decided::SetAside, ..accepted(suggestion, by, at) })
}

/// A suggestion that became the answer.
#[must_use]
pub fn accepted(suggestion: &Suggestion, by: PersonId, at: DateTime<Utc>) -> Decision {
    let (question, key, answer) =
        (suggestion.question.clone(), suggestion.key.clone(), suggestion.answer.clone());
    Decision { question, key, answer, decided: Decided::Accepted, reason: String::new(), by, at }
}
