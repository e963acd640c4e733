//! Links of evidence: what an answer of the address means, and how often it is asked. Asking is done by the binary, and
//! only when an administrator allowed it.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::id::ProofId;

/// How often links are asked, and how patiently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct LinkRules {
    /// Days after which a link is asked again.
    pub every_days: u64,
    /// Most links of one run.
    pub most: u64,
    /// How many are asked at once.
    pub at_once: usize,
    /// Seconds until no answer is one.
    pub patience_s: u64,
    /// Most addresses that an answer may lead on to.
    pub hops_most: usize,
}

/// What became of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    /// It opens.
    Alive,
    /// What it led to is gone.
    Dead,
    /// It asks who is there: others may not be able to open it.
    Locked,
    /// It opens, but at another place, perhaps a page to sign in.
    Elsewhere,
    /// No use could be made of the answer, or there was none; perhaps only today.
    Unclear,
}

/// Why no use could be made of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Silence {
    /// It lies where nobody is asked.
    #[error("alamat ini di jaringan dalam, yang tidak diperiksa")]
    Inside,
    /// The answers lead on and on.
    #[error("dialihkan terlalu sering")]
    TooFar,
    /// No answer in time.
    #[error("tidak menjawab pada waktunya")]
    Late,
    /// Nobody is there.
    #[error("tidak dapat dihubungi")]
    Unreachable,
    /// It speaks something else.
    #[error("jawabannya tidak terbaca")]
    Garbled,
    /// It is no address.
    #[error("alamat tidak terbaca")]
    NoAddress,
}

/// A link as it was found when it was asked last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkCheck {
    /// The evidence.
    pub evidence: ProofId,
    /// What became of it.
    pub state: LinkState,
    /// What the answer was, for people.
    pub said: String,
    /// When it was asked last.
    pub checked_on: NaiveDate,
    /// Since when it has been in this state.
    pub since: NaiveDate,
}

impl LinkState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Alive, Self::Dead, Self::Locked, Self::Elsewhere, Self::Unclear];

    /// Name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alive => "alive",
            Self::Dead => "dead",
            Self::Locked => "locked",
            Self::Elsewhere => "elsewhere",
            Self::Unclear => "unclear",
        }
    }

    /// From its name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Indonesian name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Alive => "tautan hidup",
            Self::Dead => "tautan mati",
            Self::Locked => "tautan terkunci",
            Self::Elsewhere => "tautan dialihkan",
            Self::Unclear => "tautan belum pasti",
        }
    }

    /// What an answer means: its status of HTTP, the host that was asked and the one that answered in the end.
    #[must_use]
    pub fn of_answer(status: u16, asked: &str, answered: &str) -> Self {
        match status {
            200..=299 if bare(asked) != bare(answered) => Self::Elsewhere,
            200..=299 => Self::Alive,
            401 | 403 | 407 => Self::Locked,
            404 | 410 => Self::Dead,
            _ => Self::Unclear,
        }
    }
}

impl LinkCheck {
    /// With the day since which it stands so, by what was known before.
    #[must_use]
    pub fn after(self, before: Option<&Self>) -> Self {
        let same = before.filter(|before| before.state == self.state);
        Self { since: same.map_or(self.checked_on, |before| before.since), ..self }
    }
}

/// A host without the "www" that many answer with or without.
fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_what_became_of_a_link() {
        let of = LinkState::of_answer;
        assert_eq!(of(200, "contoh.go.id", "www.contoh.go.id"), LinkState::Alive);
        assert_eq!(of(200, "drive.contoh.id", "akun.contoh.id"), LinkState::Elsewhere);
        assert_eq!(of(404, "contoh.go.id", "akun.contoh.id"), LinkState::Dead);
        assert_eq!(of(403, "contoh.go.id", "contoh.go.id"), LinkState::Locked);
        assert_eq!(of(503, "contoh.go.id", "contoh.go.id"), LinkState::Unclear);
    }

    #[test]
    fn a_state_that_goes_on_keeps_its_first_day() {
        let day = |day| NaiveDate::from_ymd_opt(2020, 6, day).unwrap();
        let on = |state, day| {
            let evidence = ProofId(uuid::Uuid::nil());
            LinkCheck { evidence, state, said: String::new(), checked_on: day, since: day }
        };
        let first = on(LinkState::Dead, day(1));
        let second = on(LinkState::Dead, day(8)).after(Some(&first));
        assert_eq!((second.since, second.checked_on), (day(1), day(8)));
        assert_eq!(on(LinkState::Alive, day(15)).after(Some(&second)).since, day(15));
    }
}
