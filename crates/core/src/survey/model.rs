//! The nouns of a questionnaire as they stand in its file. Reading is in `read.rs`, what must hold between
//! them in `check.rs`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::feed::Feed;
use super::figure::Figure;
use crate::instrument::Exact;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Words {
    /// Indonesian.
    pub id: String,
    /// English.
    pub en: String,
}

/// One version of one questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questionnaire {
    /// Id of this version; never used again for other content.
    pub id: String,
    /// What its versions have in common, such as `skm`.
    pub family: String,
    /// Counts up within the family.
    pub version: u32,
    /// Title.
    pub title: Words,
    /// The regulation it follows.
    pub regulation: String,
    /// Where its unsur come from.
    pub citation: String,
    /// First day it is used.
    pub valid_from: NaiveDate,
    /// Last day it is used; absent while in force.
    pub valid_until: Option<NaiveDate>,
    /// What an answer that was not given means.
    pub missing: Missing,
    /// Doubts and chosen readings.
    pub notes: Option<String>,
    /// How the index is made.
    pub index: IndexRule,
    /// The scales it may be asked on; the first is the usual one.
    pub scales: Vec<Scale>,
    /// The elements of the index.
    pub unsur: Vec<Unsur>,
    /// Questions beside the index, never counted.
    pub extras: Vec<Extra>,
    /// Grades, none where the law has none.
    pub bands: Vec<Bands>,
    /// The questions of worksheets that ask for its index.
    pub feeds: Vec<Feed>,
    pub(crate) line: usize,
}

/// What an answer that was not given means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The score of an unsur is over the answers given.
    PerAnswer,
    /// Only completed questionnaires count.
    CompleteOnly,
    /// A table with a missing answer is refused.
    Refused,
}

/// How the index is made of the scores of the unsur, which weigh the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexRule {
    /// Its short name, such as `IKM`.
    pub name: String,
    /// Its full name.
    pub title: Words,
    /// Worst value.
    pub lowest: Exact,
    /// Best value.
    pub highest: Exact,
    /// What one point of the index is in per cent.
    pub percent_per_point: Exact,
    /// The rule.
    pub citation: String,
}

/// A scale of answers, `1` to [`Scale::points`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// The best answer.
    pub points: u8,
    /// The formula that makes of an answer `s` a value of the index, for people to read.
    pub formula: String,
    /// The value of each answer, from 1.
    pub values: Vec<Exact>,
    /// Where the scale or its formula comes from.
    pub citation: String,
    pub(crate) line: usize,
}

/// An element of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsur {
    /// Code, such as `U1`.
    pub code: String,
    /// Name.
    pub name: Words,
    /// Its questions; the score is the mean of all answers to them.
    pub questions: Vec<Question>,
    pub(crate) line: usize,
}

/// A question of an unsur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The code of the unsur, with a letter where the unsur has several.
    pub code: String,
    /// What is asked.
    pub text: Words,
    /// What the worst answer says.
    pub lowest: Words,
    /// What the best answer says.
    pub highest: Words,
    pub(crate) line: usize,
}

/// A question beside the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    /// Code.
    pub code: String,
    /// How it is answered.
    pub kind: ExtraKind,
    /// What is asked.
    pub text: Words,
    pub(crate) line: usize,
}

/// How a question beside the index is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtraKind {
    /// Yes or no.
    YesNo,
    /// In own words.
    Text,
    /// On the scale of the questionnaire.
    Scale,
}

/// A set of grades.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// Id.
    pub id: String,
    /// In force or not.
    pub status: Status,
    /// The regulation.
    pub citation: String,
    /// What to know about it.
    pub notes: Option<String>,
    /// The grades, lowest first.
    pub bands: Vec<Band>,
    pub(crate) line: usize,
}

/// Are these grades in force?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// In force.
    Current,
    /// Only to read old reports.
    Predecessor,
}

/// A grade and the per cent it begins at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The letter.
    pub grade: String,
    /// Begins here, compared with the per cent rounded to two decimals.
    pub from_percent: Exact,
    /// What the grade is called, where the regulation calls it something.
    pub name: Option<Words>,
}

impl Questionnaire {
    /// All questions of the index, with the place of their unsur.
    pub fn questions(&self) -> impl Iterator<Item = (usize, &Question)> {
        let places = self.unsur.iter().enumerate();
        places.flat_map(|(place, unsur)| unsur.questions.iter().map(move |question| (place, question)))
    }

    /// The scale with this many points; the usual one for `None`.
    #[must_use]
    pub fn scale(&self, points: Option<u8>) -> Option<&Scale> {
        match points {
            None => self.scales.first(),
            Some(points) => self.scales.iter().find(|scale| scale.points == points),
        }
    }

    /// The grades with this id; those in force for `None`.
    #[must_use]
    pub fn bands(&self, id: Option<&str>) -> Option<&Bands> {
        let is_wanted = |bands: &&Bands| id.map_or(bands.status == Status::Current, |id| bands.id == id);
        self.bands.iter().find(is_wanted)
    }
}

impl Bands {
    /// The grade of a per cent that is rounded already.
    #[must_use]
    pub fn grade(&self, percent: &Figure) -> Option<&Band> {
        self.bands.iter().rev().find(|band| *percent >= Figure::from(band.from_percent))
    }
}
