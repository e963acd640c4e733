//! Meetings of a unit: who is invited to what, who was there, what was decided. What is to be done about a decision
//! is an entry of the register of follow-up ([`crate::followup::Source::Meeting`]).

pub mod paper;

use chrono::{DateTime, NaiveDate, Utc};

use crate::id::{AttendanceId, MeetingId, PersonId, UnitId};
use crate::text::{self, TooLong};

/// Most people that sign for one meeting.
pub const PRESENT_MAX: usize = 500;
/// Longest agenda, minutes and list of guests, in characters.
const BLOCK_MAX_CHARS: usize = 10_000;

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Identity.
    pub id: MeetingId,
    /// Whose.
    pub unit: UnitId,
    /// What it is for.
    pub kind: Kind,
    /// What it is called.
    pub title: String,
    /// On which day.
    pub on: NaiveDate,
    /// From when until when, as written: "09.00–11.00".
    pub hours: String,
    /// Where.
    pub place: String,
    /// What is talked about, a line each.
    pub agenda: String,
    /// Who of the unit is invited.
    pub invited: Vec<PersonId>,
    /// Who else is invited, a line each.
    pub guests: String,
    /// The part of the address of its attendance that nobody guesses.
    pub token: String,
    /// What was said and decided, once it is written.
    pub minutes: Option<Minutes>,
}

/// What a meeting is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Monitoring of the plan.
    Monev,
    /// Work of the ZI team.
    Team,
    /// Anything else.
    Other,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Monev, Self::Team, Self::Other];

    /// Name in tables and forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Monev => "monev",
            Self::Team => "tim",
            Self::Other => "lain",
        }
    }

    /// Indonesian name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Monev => "Rapat monev",
            Self::Team => "Rapat tim kerja",
            Self::Other => "Rapat lain",
        }
    }

    /// From its name in tables.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Minutes (*notula*).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// What was said, a paragraph a line.
    pub text: String,
    /// What was decided, one a line.
    pub decisions: String,
    /// Who wrote them.
    pub by: PersonId,
    /// On which day.
    pub on: NaiveDate,
}

/// That somebody was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// Identity.
    pub id: AttendanceId,
    /// At which meeting.
    pub meeting: MeetingId,
    /// Their account; guests have none.
    pub person: Option<PersonId>,
    /// Name.
    pub name: String,
    /// Position, as they wrote it or as their account says.
    pub title: String,
    /// As what they were there.
    pub capacity: Capacity,
    /// When they signed.
    pub at: DateTime<Utc>,
}

/// As what somebody was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    /// As head of the unit on that day.
    Head,
    /// As somebody of the agency.
    Member,
    /// As a guest without an account.
    Guest,
}

impl Capacity {
    /// Name in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Member => "member",
            Self::Guest => "guest",
        }
    }

    /// From its name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Head, Self::Member, Self::Guest].into_iter().find(|capacity| capacity.as_str() == text)
    }
}

/// Why a meeting or a signature is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No title, place or agenda.
    #[error("isi nama rapat, tempat, dan agendanya")]
    Incomplete,
    /// Nobody invited.
    #[error("pilih sekurangnya seorang yang diundang")]
    Nobody,
    /// Not on the day of the meeting.
    #[error("daftar hadir hanya dapat ditandatangani pada hari rapat")]
    OtherDay,
    /// Before the day of the meeting.
    #[error("kehadiran dan notula dicatat mulai hari rapat")]
    TooEarly,
    /// A guest without a name.
    #[error("tulis nama dan jabatan atau instansi Anda")]
    NoName,
    /// Signed already.
    #[error("nama ini sudah ada pada daftar hadir")]
    Signed,
    /// Too many.
    #[error("daftar hadir rapat ini sudah penuh")]
    Full,
    /// Minutes without words.
    #[error("tulis isi notulanya")]
    NoMinutes,
    /// Too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

/// How somebody comes onto the attendance list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// By the code, with their own hand.
    Code,
    /// From the paper, by somebody who keeps the meeting.
    Paper,
}

impl Meeting {
    /// Tidied, or why it cannot be held.
    ///
    /// # Errors
    /// When something is missing or too long.
    pub fn checked(self) -> Result<Self, Refusal> {
        let (title, place) = (text::line(&self.title)?, text::line(&self.place)?);
        let agenda = text::block(&self.agenda, BLOCK_MAX_CHARS)?;
        if title.is_empty() || place.is_empty() || agenda.is_empty() {
            return Err(Refusal::Incomplete);
        }
        if self.invited.is_empty() {
            return Err(Refusal::Nobody);
        }
        let (hours, guests) = (text::line(&self.hours)?, text::block(&self.guests, BLOCK_MAX_CHARS)?);
        Ok(Self { title, place, agenda, hours, guests, ..self })
    }

    /// As the register of follow-up names it.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("{} {}", self.title, crate::plan::paper::long_date(self.on))
    }

    /// Puts somebody on the attendance list.
    ///
    /// # Errors
    /// On another day, twice, or without a name.
    pub fn sign(
        &self,
        present: &[Attendance],
        new: Attendance,
        signing: Signing,
        today: NaiveDate,
    ) -> Result<Attendance, Refusal> {
        match signing {
            Signing::Code if today != self.on => return Err(Refusal::OtherDay),
            Signing::Paper if today < self.on => return Err(Refusal::TooEarly),
            _ if present.len() >= PRESENT_MAX => return Err(Refusal::Full),
            _ => {}
        }
        let (name, title) = (text::line(&new.name)?, text::line(&new.title)?);
        if name.is_empty() || (new.person.is_none() && title.is_empty()) {
            return Err(Refusal::NoName);
        }
        let is_same = |one: &Attendance| match new.person {
            Some(person) => one.person == Some(person),
            None => one.person.is_none() && one.name.to_lowercase() == name.to_lowercase(),
        };
        if present.iter().any(is_same) {
            return Err(Refusal::Signed);
        }
        Ok(Attendance { name, title, ..new })
    }

    /// The meeting with its minutes.
    ///
    /// # Errors
    /// Before its day, or without words.
    pub fn minuted(
        self,
        said: &str,
        decisions: &str,
        by: PersonId,
        today: NaiveDate,
    ) -> Result<Self, Refusal> {
        if today < self.on {
            return Err(Refusal::TooEarly);
        }
        let (text, decisions) =
            (text::block(said, BLOCK_MAX_CHARS)?, text::block(decisions, BLOCK_MAX_CHARS)?);
        if text.is_empty() {
            return Err(Refusal::NoMinutes);
        }
        Ok(Self { minutes: Some(Minutes { text, decisions, by, on: today }), ..self })
    }
}

/// Lines with words in them.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}
