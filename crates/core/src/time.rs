//! Years and months as the plan knows them. What "today" is comes in from outside.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A calendar year in which a Zona Integritas can be planned: 2009 (the first regulation) to 2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Year(i16);

impl Year {
    /// A year between 2009 and 2100; anything else is a typing error.
    pub fn new(year: i64) -> Option<Self> {
        (2009..=2100).contains(&year).then_some(Self(year as i16))
    }

    /// The year of a date; dates outside the range are moved to its nearest end.
    pub fn of(date: NaiveDate) -> Self {
        Self(date.year().clamp(2009, 2100) as i16)
    }

    /// The year as a number.
    pub fn get(self) -> i32 {
        i32::from(self.0)
    }

    /// The year before.
    pub fn previous(self) -> Option<Self> {
        Self::new(i64::from(self.0) - 1)
    }

    /// The year after.
    pub fn next(self) -> Option<Self> {
        Self::new(i64::from(self.0) + 1)
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for Year {
    type Err = YearError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.trim().parse().ok().and_then(Self::new).ok_or(YearError)
    }
}

/// The text is no year between 2009 and 2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("tahun harus angka antara 2009 dan 2100, misalnya 2026")]
pub struct YearError;

/// A month of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Month(u8);

impl Month {
    /// The Indonesian names in order.
    pub const NAMES: [&str; 12] = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ];
    /// January.
    pub const FIRST: Self = Self(1);
    /// December.
    pub const LAST: Self = Self(12);

    /// A month from its number, 1 to 12.
    pub fn new(number: u32) -> Option<Self> {
        (1..=12).contains(&number).then_some(Self(number as u8))
    }

    /// The month of a date.
    pub fn of(date: NaiveDate) -> Self {
        Self(date.month() as u8)
    }

    /// All twelve in order.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        (1..=12).map(Self)
    }

    /// 1 for January to 12 for December.
    pub fn number(self) -> u32 {
        u32::from(self.0)
    }

    /// The Indonesian name, "Januari".
    pub fn name(self) -> &'static str {
        Self::NAMES[usize::from(self.0) - 1]
    }

    /// The first three letters, "Jan".
    pub fn short(self) -> &'static str {
        &self.name()[..3]
    }

    /// The first letter, for the month strip.
    pub fn letter(self) -> &'static str {
        &self.name()[..1]
    }

    /// The last day of this month in a year.
    pub fn last_day(self, year: Year) -> NaiveDate {
        let (year, month) = if self.0 == 12 { (year.get() + 1, 1) } else { (year.get(), self.number() + 1) };
        let next = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MAX);
        next.pred_opt().unwrap_or(next)
    }
}
