//! Follow-up (*tindak lanjut*): what monev, an evaluation report, a survey or anything else found, what is done about
//! it, by whom and until when, and that somebody else saw that it was done. An entry never disappears.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{FollowUpId, PersonId, UnitId};
use crate::text::{self, TooLong};
use crate::time::Year;

/// Fewest letters of a reason and of what is said about evidence.
const WORDS_MIN: usize = 10;

/// An entry of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// Identity.
    pub id: FollowUpId,
    /// Whose.
    pub unit: UnitId,
    /// Of which year's register.
    pub year: Year,
    /// Its number in that register, from 1.
    pub number: u32,
    /// What was found or advised.
    pub what: String,
    /// Where it comes from.
    pub source: Source,
    /// What exactly: "Monev Mei 2020".
    pub origin: String,
    /// Why it came to be; may be empty.
    pub cause: String,
    /// What is to be done.
    pub action: String,
    /// Who does it.
    pub person: PersonId,
    /// Until when.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub state: State,
    /// What happened to it, in order; the first is that it was opened.
    pub steps: Vec<Step>,
}

/// Where an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Monitoring of the plan.
    Monev,
    /// The evaluation report of the internal assessors.
    Lhe,
    /// A survey.
    Survey,
    /// A meeting's decision.
    Meeting,
    /// Anything else.
    Other,
}

impl Source {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Monev, Self::Lhe, Self::Survey, Self::Meeting, Self::Other];

    /// Name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Monev => "monev",
            Self::Lhe => "lhe",
            Self::Survey => "survei",
            Self::Meeting => "rapat",
            Self::Other => "lain",
        }
    }

    /// Indonesian name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Monev => "Monev",
            Self::Lhe => "LHE TPI",
            Self::Survey => "Survei",
            Self::Meeting => "Rapat",
            Self::Other => "Lainnya",
        }
    }

    /// From its name in the database.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == text)
    }
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// To be done.
    Open,
    /// Said to be done.
    Done,
    /// Somebody else found it done.
    Verified,
    /// Was not done after all.
    Reopened,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Done, Self::Verified, Self::Reopened];

    /// Name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "terbuka",
            Self::Done => "selesai",
            Self::Verified => "terverifikasi",
            Self::Reopened => "dibuka-kembali",
        }
    }

    /// Indonesian name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "terbuka",
            Self::Done => "selesai, menunggu verifikasi",
            Self::Verified => "terverifikasi",
            Self::Reopened => "dibuka kembali",
        }
    }

    /// From its name in the database.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether somebody still has to do it.
    pub fn waits(self) -> bool {
        matches!(self, Self::Open | Self::Reopened)
    }
}

/// Something that happened to an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Where it stood afterwards.
    pub to: State,
    /// Evidence when it was done, the reason when it was reopened.
    pub note: String,
    /// Who.
    pub by: PersonId,
    /// On which day.
    pub on: NaiveDate,
}

/// Why the register refuses; the words are for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing was found.
    #[error("tulis temuan atau rekomendasinya")]
    NoFinding,
    /// Nothing is to be done.
    #[error("tulis tindakan yang akan dilakukan")]
    NoAction,
    /// It was done already.
    #[error("tindak lanjut ini sudah dilaporkan selesai; muat ulang halaman untuk melihat keadaan terbaru")]
    NotWaiting,
    /// It was not done.
    #[error("tindak lanjut ini belum dilaporkan selesai")]
    NotDone,
    /// No evidence.
    #[error("tulis buktinya paling sedikit {WORDS_MIN} huruf, misalnya nomor surat dan tanggalnya")]
    NoEvidence,
    /// No reason.
    #[error("tulis alasan membuka kembali paling sedikit {WORDS_MIN} huruf")]
    NoReason,
    /// By the one who did it.
    #[error("tindak lanjut diverifikasi oleh orang lain, bukan oleh yang mengerjakannya")]
    Own,
    /// Too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

/// Who acts, on which day.
#[derive(Debug, Clone, Copy)]
pub struct Hand {
    /// Who.
    pub by: PersonId,
    /// On which day.
    pub today: NaiveDate,
}

impl FollowUp {
    /// Puts the words of a new entry in order and opens it.
    ///
    /// # Errors
    /// When it does not say what was found or what is to be done.
    pub fn open(mut self, hand: Hand) -> Result<Self, Refusal> {
        self.what = Some(text::line(&self.what)?).filter(|t| !t.is_empty()).ok_or(Refusal::NoFinding)?;
        self.action = Some(text::line(&self.action)?).filter(|t| !t.is_empty()).ok_or(Refusal::NoAction)?;
        (self.cause, self.origin) = (text::line(&self.cause)?, text::line(&self.origin)?);
        (self.state, self.steps) = (State::Open, Vec::new());
        Ok(self.step(State::Open, String::new(), hand))
    }

    fn step(mut self, to: State, note: String, hand: Hand) -> Self {
        self.state = to;
        self.steps.push(Step { to, note, by: hand.by, on: hand.today });
        self
    }

    /// Says that it was done, and where that can be seen.
    ///
    /// # Errors
    /// When it was done already, or nothing is said of evidence.
    pub fn finish(self, evidence: &str, hand: Hand) -> Result<Self, Refusal> {
        let evidence = text::line(evidence)?;
        match () {
            () if !self.state.waits() => Err(Refusal::NotWaiting),
            () if evidence.chars().count() < WORDS_MIN => Err(Refusal::NoEvidence),
            () => Ok(self.step(State::Done, evidence, hand)),
        }
    }

    /// Finds it done; never by the person who did it or who answers for it.
    ///
    /// # Errors
    /// When it was not done, or by the caller.
    pub fn verify(self, hand: Hand) -> Result<Self, Refusal> {
        let did = self.steps.iter().rfind(|step| step.to == State::Done).map(|step| step.by);
        match () {
            () if self.state != State::Done => Err(Refusal::NotDone),
            () if did == Some(hand.by) || self.person == hand.by => Err(Refusal::Own),
            () => Ok(self.step(State::Verified, String::new(), hand)),
        }
    }

    /// Opens it again, for a reason.
    ///
    /// # Errors
    /// When it is open, or without a reason.
    pub fn reopen(self, reason: &str, hand: Hand) -> Result<Self, Refusal> {
        let reason = text::line(reason)?;
        match () {
            () if self.state.waits() => Err(Refusal::NotDone),
            () if reason.chars().count() < WORDS_MIN => Err(Refusal::NoReason),
            () => Ok(self.step(State::Reopened, reason, hand)),
        }
    }

    /// What was said of evidence when it was done last.
    pub fn evidence(&self) -> &str {
        self.steps.iter().rfind(|step| step.to == State::Done).map_or("", |step| &step.note)
    }

    /// Days since it was opened, while nobody has verified it.
    pub fn age_days(&self, today: NaiveDate) -> Option<i64> {
        let opened = self.steps.first().filter(|_| self.state != State::Verified)?;
        Some((today - opened.on).num_days())
    }

    /// Whether it should have been done before today.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state.waits() && self.due_on < today
    }
}

/// How far a register is followed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Entries.
    pub all: usize,
    /// To be done.
    pub open: usize,
    /// Of these, overdue.
    pub overdue: usize,
    /// Waiting to be verified.
    pub done: usize,
    /// Verified.
    pub verified: usize,
}

impl Progress {
    /// Of a register on a day.
    pub fn of(entries: &[FollowUp], today: NaiveDate) -> Self {
        let count = |is: &dyn Fn(&FollowUp) -> bool| entries.iter().filter(|entry| is(entry)).count();
        Self {
            all: entries.len(),
            open: count(&|entry| entry.state.waits()),
            overdue: count(&|entry| entry.is_overdue(today)),
            done: count(&|entry| entry.state == State::Done),
            verified: count(&|entry| entry.state == State::Verified),
        }
    }

    /// Verified entries in thousandths of all.
    pub fn followed_up(&self) -> Option<i64> {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        (self.all > 0).then(|| count(self.verified).saturating_mul(1000) / count(self.all))
    }
}
