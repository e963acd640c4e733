//! Forms on paper that the unit types in: every pile is typed twice, and what differs is settled cell by cell before
//! a single answer counts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::answer::Answer;
use super::campaign::{Campaign, CampaignState};
use super::header::Layout;
use super::model::Questionnaire;

/// Most forms of a pile.
pub const PILE_MAX: u32 = 500;

/// Which time a pile is typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pass {
    /// The first.
    First,
    /// The second, without looking at the first.
    Second,
}

impl Pass {
    /// Both.
    pub const ALL: [Self; 2] = [Self::First, Self::Second];

    /// 1 or 2, as in the database and in addresses.
    #[must_use]
    pub fn number(self) -> i16 {
        match self {
            Self::First => 1,
            Self::Second => 2,
        }
    }

    /// From its number.
    #[must_use]
    pub fn of(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|pass| pass.number() == number)
    }
}

/// What was typed of a pile so far, by the number written on each form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pile(BTreeMap<(Pass, u32), Answer>);

/// A cell that was typed in two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Number of the form.
    pub number: u32,
    /// Code of the question.
    pub code: String,
    /// As typed first; empty was not answered.
    pub first: String,
    /// As typed the second time.
    pub second: String,
}

/// Why a pile cannot be typed in or taken over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// The campaign takes none.
    #[error("formulir kertas diketik selama survei dibuka; survei ini belum dibuka atau sudah ditutup")]
    NotOpen,
    /// The day lies outside.
    #[error("tanggal pengisian harus di antara hari pembukaan dan penutupan survei, dan tidak di masa depan")]
    Day,
    /// No name.
    #[error("beri nama tumpukan ini, misalnya “Loket 1, 15 Juni”")]
    NameNeeded,
    /// Nothing was typed.
    #[error("belum ada formulir yang diketik")]
    Empty,
    /// Some were typed only once.
    #[error("formulir nomor {} baru diketik sekali; ketik sekali lagi di putaran lain", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    OnlyOnce(Vec<u32>),
    /// Some cells differ.
    #[error("masih ada {0} sel yang berbeda antara dua ketikan; putuskan dulu satu per satu")]
    Differs(usize),
    /// Too many.
    #[error("satu tumpukan paling banyak {PILE_MAX} formulir; buat tumpukan baru")]
    TooMany,
}

/// Whether paper of this day may be typed in.
///
/// # Errors
/// [`PaperError::NotOpen`] or [`PaperError::Day`].
pub fn takes_paper(campaign: &Campaign, day: NaiveDate, today: NaiveDate) -> Result<(), PaperError> {
    match campaign.state {
        CampaignState::Open if (campaign.opens_on..=campaign.closes_on.min(today)).contains(&day) => Ok(()),
        CampaignState::Open => Err(PaperError::Day),
        _ => Err(PaperError::NotOpen),
    }
}

impl Pile {
    /// Adds a form as it was typed.
    pub fn put(&mut self, pass: Pass, number: u32, answer: Answer) {
        self.0.insert((pass, number), answer);
    }

    /// A form as it was typed.
    #[must_use]
    pub fn get(&self, pass: Pass, number: u32) -> Option<&Answer> {
        self.0.get(&(pass, number))
    }

    /// The numbers typed in a pass.
    #[must_use]
    pub fn numbers(&self, pass: Pass) -> BTreeSet<u32> {
        self.0.keys().filter(|(of, _)| *of == pass).map(|(_, number)| *number).collect()
    }

    /// Every cell that was typed in two ways.
    #[must_use]
    pub fn differences(&self, asked: &Questionnaire) -> Vec<Difference> {
        let both = self.numbers(Pass::First);
        let both = both.intersection(&self.numbers(Pass::Second)).copied().collect::<Vec<_>>();
        let cells = |pass, number| self.get(pass, number).map(|one| cells(asked, one)).unwrap_or_default();
        let of = |number: u32| {
            let second = cells(Pass::Second, number);
            let pairs = cells(Pass::First, number).into_iter().zip(second);
            pairs
                .filter(|(first, second)| first != second)
                .map(move |((code, first), (_, second))| Difference { number, code, first, second })
        };
        both.into_iter().flat_map(of).collect()
    }

    /// The answers of a pile that was typed twice alike.
    ///
    /// # Errors
    /// [`PaperError`] while it was not.
    pub fn settled(&self, asked: &Questionnaire) -> Result<Vec<Answer>, PaperError> {
        let (first, second) = (self.numbers(Pass::First), self.numbers(Pass::Second));
        let once: Vec<u32> = first.symmetric_difference(&second).copied().collect();
        match self.differences(asked).len() {
            _ if first.is_empty() && second.is_empty() => Err(PaperError::Empty),
            _ if !once.is_empty() => Err(PaperError::OnlyOnce(once)),
            0 => Ok(first.iter().filter_map(|number| self.get(Pass::First, *number).cloned()).collect()),
            more => Err(PaperError::Differs(more)),
        }
    }
}

/// The cells of a form, by code: what was answered, or nothing.
#[must_use]
pub fn cells(asked: &Questionnaire, answer: &Answer) -> Vec<(String, String)> {
    let columns = Layout::by_question(asked).columns.into_iter().map(|column| column.code);
    let value = |value: &u8| if *value == 0 { String::new() } else { value.to_string() };
    let beside = |code: &String| answer.extras.get(code).cloned().unwrap_or_default();
    let extras = asked.extras.iter().map(|extra| (extra.code.clone(), beside(&extra.code)));
    columns.zip(answer.values.iter().map(value)).chain(extras).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::survey::{Channel, shipped};

    fn form(first: u8) -> Answer {
        let day = NaiveDate::from_ymd_opt(2020, 6, 15).unwrap();
        let values = vec![first, 3, 3, 3, 3, 3, 3, 3];
        Answer { day, channel: Channel::Paper, values, extras: BTreeMap::new() }
    }

    #[test]
    fn a_pile_counts_when_it_was_typed_twice_alike_and_not_before() {
        let asked = shipped().find("spak-90-2021").unwrap();
        let mut pile = Pile::default();
        assert_eq!(pile.settled(asked), Err(PaperError::Empty));
        pile.put(Pass::First, 1, form(4));
        pile.put(Pass::First, 2, form(2));
        pile.put(Pass::Second, 1, form(1));
        assert_eq!(pile.settled(asked), Err(PaperError::OnlyOnce(vec![2])));
        pile.put(Pass::Second, 2, form(2));
        assert_eq!(pile.settled(asked), Err(PaperError::Differs(1)));
        let found = pile.differences(asked);
        assert_eq!((found[0].number, found[0].first.as_str(), found[0].second.as_str()), (1, "4", "1"));
        pile.put(Pass::Second, 1, form(4));
        assert_eq!(pile.settled(asked), Ok(vec![form(4), form(2)]));
    }
}
