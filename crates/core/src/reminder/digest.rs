//! Digests by mail: who wants one, when it is due, and when nobody is disturbed. Hours and days are data
//! (`prints/reminders.toml`).

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::id::PersonId;
use crate::survey::recipients;

/// When digests are mailed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailRules {
    /// Hours of the day at which they may go out, from 0 to 23; the others are quiet.
    pub hours: Vec<u32>,
    /// Days of the week on which they may, from 1 for Monday.
    pub days: Vec<u32>,
    /// The day of weekly ones.
    pub weekly_day: u32,
    /// Most lines of one.
    pub most: usize,
}

/// How often somebody wants a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frequency {
    /// Every day on which there is something new.
    Daily,
    /// Once a week.
    Weekly,
}

impl Frequency {
    /// Name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// From its name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Daily, Self::Weekly].into_iter().find(|known| known.as_str() == text)
    }
}

/// What somebody wishes about digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Who.
    pub person: PersonId,
    /// Where to.
    pub address: String,
    /// How often.
    pub frequency: Frequency,
    /// At which hour.
    pub hour: u32,
    /// The day of the last one.
    pub last_on: Option<NaiveDate>,
}

/// Why a wish cannot be met; the words are for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WishRefusal {
    /// No address, or more than one.
    #[error("tulis satu alamat surel, misalnya nama@instansi.go.id")]
    Address,
    /// No such frequency.
    #[error("pilih setiap hari kerja atau sekali seminggu")]
    Frequency,
    /// Within the quiet hours.
    #[error("pilih jam yang ada pada daftar; di luarnya jam tenang")]
    Hour,
}

impl Wish {
    /// What was typed, as a wish.
    ///
    /// # Errors
    /// When the address is none, or the hour is a quiet one.
    pub fn read(
        person: PersonId,
        (address, frequency, hour): (&str, &str, &str),
        rules: &MailRules,
    ) -> Result<Self, WishRefusal> {
        let addresses = recipients(address).map_err(|_| WishRefusal::Address)?;
        let [address] = addresses.as_slice() else { return Err(WishRefusal::Address) };
        let frequency = Frequency::parse(frequency).ok_or(WishRefusal::Frequency)?;
        let hour = hour.parse().ok().filter(|hour| rules.hours.contains(hour)).ok_or(WishRefusal::Hour)?;
        Ok(Self { person, address: address.clone(), frequency, hour, last_on: None })
    }

    /// Whether a digest is due on a day at an hour: not on quiet days, and once a day.
    #[must_use]
    pub fn is_due(&self, day: NaiveDate, hour: u32, rules: &MailRules) -> bool {
        let weekday = day.weekday().number_from_monday();
        let is_its_day = match self.frequency {
            Frequency::Daily => rules.days.contains(&weekday),
            Frequency::Weekly => weekday == rules.weekly_day,
        };
        is_its_day && self.hour == hour && self.last_on.is_none_or(|last| last < day)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn rules() -> MailRules {
        MailRules { hours: vec![7, 8], days: vec![1, 2, 3, 4, 5], weekly_day: 1, most: 5 }
    }

    fn wish(frequency: &str) -> Wish {
        Wish::read(PersonId(Uuid::nil()), ("Budi <budi@contoh.id>", frequency, "7"), &rules()).unwrap()
    }

    #[test]
    fn nobody_is_mailed_on_quiet_days_at_other_hours_or_twice() {
        let day = |day| NaiveDate::from_ymd_opt(2020, 6, day).unwrap();
        let (daily, weekly) = (wish("daily"), wish("weekly"));
        assert_eq!(daily.address, "budi@contoh.id");
        assert!(daily.is_due(day(16), 7, &rules()) && !weekly.is_due(day(16), 7, &rules()), "a Tuesday");
        assert!(weekly.is_due(day(15), 7, &rules()) && !daily.is_due(day(15), 8, &rules()));
        assert!(!daily.is_due(day(20), 7, &rules()), "a Saturday");
        let told = Wish { last_on: Some(day(16)), ..daily };
        assert!(!told.is_due(day(16), 7, &rules()) && told.is_due(day(17), 7, &rules()));
    }

    #[test]
    fn a_wish_that_cannot_be_met_says_why() {
        let read = |address, frequency, hour| {
            Wish::read(PersonId(Uuid::nil()), (address, frequency, hour), &rules()).unwrap_err()
        };
        assert_eq!(read("budi", "daily", "7"), WishRefusal::Address);
        assert_eq!(read("a@b.id, c@d.id", "daily", "7"), WishRefusal::Address);
        assert_eq!(read("a@b.id", "hourly", "7"), WishRefusal::Frequency);
        assert_eq!(read("a@b.id", "daily", "3"), WishRefusal::Hour);
    }
}
