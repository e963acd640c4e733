//! A campaign: one questionnaire asked of the users of one service for a period, and the steps of its life.
//! No answers here; what is made of them is in `index.rs` and `report.rs`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::aim::Aim;
use super::dataset::Frozen;
use super::method::SampleMethod;
use super::model::{Questionnaire, Scale};
use super::own::OwnSet;
use super::shipped::shipped;
use crate::id::{CampaignId, UnitId};
use crate::instrument::Exact;

/// A survey that is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Campaign {
    /// Identity.
    pub id: CampaignId,
    /// Whose service is asked about.
    pub unit: UnitId,
    /// Id of the version of the questionnaire.
    pub questionnaire: String,
    /// Points of the scale it is asked on.
    pub points: u8,
    /// The service, as citizens know it.
    pub service: String,
    /// What the period is called, such as "Triwulan II 2020".
    pub period: String,
    /// How many people use the service in the period, as far as is known.
    pub population: Option<u64>,
    /// How exact it shall be, and by which ways answers shall come.
    pub aim: Aim,
    /// The questions of the unit beside the official ones.
    pub own: Option<OwnSet>,
    /// First day on which it is answered.
    pub opens_on: NaiveDate,
    /// Last day on which it is answered.
    pub closes_on: NaiveDate,
    /// Who may answer.
    pub entry: Entry,
    /// Where it is in its life.
    pub state: CampaignState,
    /// The part of the public address that nobody guesses.
    pub token: String,
}

/// Who may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// Everybody who has the address or the poster.
    Open,
    /// Everybody who has a code on paper, once.
    Codes,
}

/// Where a campaign is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignState {
    /// Being put together.
    Draft,
    /// Answered.
    Open,
    /// No longer answered.
    Closed,
    /// Its data set is fixed and carries a hash.
    Frozen,
}

/// The way an answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By the address.
    Link,
    /// By the picture on the poster.
    Poster,
    /// By a code on paper.
    Code,
    /// By an invitation that came by mail.
    Mail,
    /// On a device of the unit, at the counter.
    Kiosk,
    /// On paper, typed in by the unit.
    Paper,
    /// From a survey that was asked elsewhere.
    Import,
}

/// Why a campaign cannot be changed or answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Only a draft is changed or opened.
    #[error("survei ini sudah dibuka; buat survei baru bila isinya harus lain")]
    NotDraft,
    /// Only an open one is closed.
    #[error("hanya survei yang sedang dibuka yang dapat ditutup")]
    NotOpen,
    /// Only a closed one is frozen.
    #[error("tutup survei ini dulu, baru hasilnya dibekukan")]
    NotClosed,
    /// There is nothing to freeze.
    #[error("belum ada jawaban; survei tanpa jawaban tidak dapat dibekukan")]
    NoAnswers,
    /// Its last day has passed.
    #[error("hari penutupan survei ini sudah lewat; ubah tanggalnya dulu")]
    Over,
    /// Not answered yet.
    #[error("survei ini belum dibuka")]
    NotYet,
    /// No longer answered.
    #[error("survei ini sudah ditutup")]
    Ended,
}

impl CampaignState {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Open, Self::Closed, Self::Frozen];

    /// For the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Frozen => "frozen",
        }
    }

    /// From its name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

impl Entry {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Open, Self::Codes];

    /// For the database and forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Codes => "codes",
        }
    }

    /// From its name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entry| entry.as_str() == text)
    }
}

impl Channel {
    /// All, in order.
    pub const ALL: [Self; 7] =
        [Self::Link, Self::Poster, Self::Code, Self::Mail, Self::Kiosk, Self::Paper, Self::Import];

    /// For the database and the data set.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Poster => "poster",
            Self::Code => "code",
            Self::Mail => "mail",
            Self::Kiosk => "kiosk",
            Self::Paper => "paper",
            Self::Import => "import",
        }
    }

    /// From its name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text)
    }
}

impl Campaign {
    /// The questionnaire, if this edition of Bening ships it.
    #[must_use]
    pub fn questionnaire(&self) -> Option<&'static Questionnaire> {
        shipped().find(&self.questionnaire).map(AsRef::as_ref)
    }

    /// All that is asked: the questionnaire and the questions of the unit after it.
    #[must_use]
    pub fn asked(&self) -> Option<Questionnaire> {
        let official = self.questionnaire()?;
        Some(self.own.as_ref().map_or_else(|| official.clone(), |own| own.beside(official)))
    }

    /// The command that reckons its index and its interval again from the published file with this hash.
    #[must_use]
    pub fn recipe(&self, frozen: &Frozen) -> String {
        let population = frozen.result.get("report").and_then(|report| report.get("population")?.as_u64());
        let population = population.map(|population| format!(" --population {population}"));
        let option = |name: &str, number: Option<Exact>| {
            number.map(|number| format!(" --{name} {}", number.plain())).unwrap_or_default()
        };
        format!(
            "bening survey index --survey {} --scale {}{}{}{}{} survei-{}.csv",
            self.questionnaire,
            self.points,
            population.unwrap_or_default(),
            option("margin", self.aim.margin),
            option("confidence", self.aim.confidence),
            self.wanted_channels(),
            frozen.sha256.get(..12).unwrap_or_default()
        )
    }

    fn wanted_channels(&self) -> String {
        let names: Vec<&str> = self.aim.channels.iter().map(|channel| channel.as_str()).collect();
        if names.is_empty() { String::new() } else { format!(" --channels {}", names.join(",")) }
    }

    /// The scale it is asked on.
    #[must_use]
    pub fn scale(&self) -> Option<&'static Scale> {
        self.questionnaire()?.scale(Some(self.points))
    }

    /// Whether it may still be changed.
    ///
    /// # Errors
    /// [`Refusal::NotDraft`].
    pub fn changeable(&self) -> Result<(), Refusal> {
        self.in_state(CampaignState::Draft, Refusal::NotDraft)
    }

    /// Opens a draft.
    ///
    /// # Errors
    /// When it is none, or its last day has passed.
    pub fn open(self, today: NaiveDate) -> Result<Self, Refusal> {
        self.changeable()?;
        if today > self.closes_on {
            return Err(Refusal::Over);
        }
        Ok(Self { state: CampaignState::Open, ..self })
    }

    /// Closes an open one, for good.
    ///
    /// # Errors
    /// When it is not open.
    pub fn close(self) -> Result<Self, Refusal> {
        self.in_state(CampaignState::Open, Refusal::NotOpen)?;
        Ok(Self { state: CampaignState::Closed, ..self })
    }

    /// Closes a draft with the answers of a survey that was asked elsewhere.
    ///
    /// # Errors
    /// When it is no draft.
    pub fn take_over(self) -> Result<Self, Refusal> {
        self.changeable()?;
        Ok(Self { state: CampaignState::Closed, ..self })
    }

    /// Freezes a closed one that was answered.
    ///
    /// # Errors
    /// When it is not closed, or nobody answered.
    pub fn freeze(self, respondents: u64) -> Result<Self, Refusal> {
        self.in_state(CampaignState::Closed, Refusal::NotClosed)?;
        if respondents == 0 {
            return Err(Refusal::NoAnswers);
        }
        Ok(Self { state: CampaignState::Frozen, ..self })
    }

    fn in_state(&self, state: CampaignState, refusal: Refusal) -> Result<(), Refusal> {
        if self.state == state { Ok(()) } else { Err(refusal) }
    }

    /// Whether it takes answers on a day.
    ///
    /// # Errors
    /// [`Refusal::NotYet`] or [`Refusal::Ended`].
    pub fn takes_answers(&self, today: NaiveDate) -> Result<(), Refusal> {
        match self.state {
            CampaignState::Draft => Err(Refusal::NotYet),
            CampaignState::Open if today < self.opens_on => Err(Refusal::NotYet),
            CampaignState::Open if today <= self.closes_on => Ok(()),
            _ => Err(Refusal::Ended),
        }
    }

    /// How many respondents the population requires for the usual margin and confidence; `None` while it is not
    /// known.
    #[must_use]
    pub fn required(&self, method: &SampleMethod) -> Option<u64> {
        method.required(self.population?, None, None).ok()
    }

    /// How many it requires for the margin and confidence that were chosen; `None` when none were.
    #[must_use]
    pub fn required_as_aimed(&self, method: &SampleMethod) -> Option<u64> {
        let (margin, confidence) = (self.aim.margin, self.aim.confidence);
        margin.or(confidence)?;
        method.required(self.population?, margin, confidence).ok()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::survey::method;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 6, day).unwrap()
    }

    fn draft() -> Campaign {
        Campaign {
            id: CampaignId(uuid::Uuid::from_u128(1)),
            unit: UnitId(uuid::Uuid::from_u128(2)),
            questionnaire: "spak-90-2021".to_owned(),
            points: 4,
            service: "Izin".to_owned(),
            period: "Triwulan II 2020".to_owned(),
            population: Some(100),
            aim: Aim::default(),
            own: None,
            opens_on: day(10),
            closes_on: day(20),
            entry: Entry::Open,
            state: CampaignState::Draft,
            token: "abc".to_owned(),
        }
    }

    #[test]
    fn a_campaign_is_opened_closed_and_frozen_in_this_order_only() {
        let open = draft().open(day(1)).unwrap();
        let closed = open.clone().close().unwrap();
        let frozen = closed.clone().freeze(1).unwrap();
        assert_eq!(frozen.state, CampaignState::Frozen);
        assert_eq!(open.clone().open(day(1)), Err(Refusal::NotDraft));
        assert_eq!(open.freeze(1), Err(Refusal::NotClosed));
        assert_eq!(draft().close(), Err(Refusal::NotOpen));
        assert_eq!(closed.freeze(0), Err(Refusal::NoAnswers));
        assert_eq!(frozen.changeable(), Err(Refusal::NotDraft));
    }

    #[test]
    fn a_draft_whose_last_day_has_passed_is_not_opened() {
        assert_eq!(draft().open(day(21)), Err(Refusal::Over));
    }

    #[test]
    fn answers_are_taken_from_the_first_day_to_the_last() {
        let open = draft().open(day(1)).unwrap();
        let taken = [9, 10, 20, 21].map(|on| open.takes_answers(day(on)));
        assert_eq!(taken, [Err(Refusal::NotYet), Ok(()), Ok(()), Err(Refusal::Ended)]);
        assert_eq!(draft().takes_answers(day(15)), Err(Refusal::NotYet));
        assert_eq!(open.close().unwrap().takes_answers(day(15)), Err(Refusal::Ended));
    }

    #[test]
    fn the_required_sample_is_that_of_the_published_table() {
        let sample = &method().unwrap().sample;
        assert_eq!(draft().required(sample), Some(80));
        assert_eq!(Campaign { population: None, ..draft() }.required(sample), None);
    }

    #[test]
    fn a_chosen_margin_requires_its_own_sample() {
        let sample = &method().unwrap().sample;
        let aim = Aim { margin: Exact::parse("0.1").ok(), ..Aim::default() };
        assert_eq!(draft().required_as_aimed(sample), None);
        assert_eq!(Campaign { aim, ..draft() }.required_as_aimed(sample), Some(49));
    }
}
