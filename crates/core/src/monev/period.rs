//! What is monitored and reported together: a month, a quarter (*triwulan*) or half a year (*semester*).

use crate::time::Month;

/// Months in a row, all of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    kind: Kind,
    last: Month,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Month,
    Quarter,
    Half,
}

impl Kind {
    fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Month => "bulan",
            Self::Quarter => "triwulan",
            Self::Half => "semester",
        }
    }
}

/// How often a plan is monitored: which months are filled in and closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pace {
    /// Every month.
    #[default]
    Monthly,
    /// The last month of every quarter, for its three months together.
    Quarterly,
}

impl Pace {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Monthly, Self::Quarterly];

    /// Name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Monthly => "month",
            Self::Quarterly => "quarter",
        }
    }

    /// From the name in the database.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pace| pace.as_str() == text)
    }

    /// Indonesian name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Monthly => "tiap bulan",
            Self::Quarterly => "tiap triwulan",
        }
    }

    /// The period that a month belongs to.
    pub fn period(self, month: Month) -> Period {
        let quarter = Period::numbered(Kind::Quarter, month.number().div_ceil(Kind::Quarter.months()));
        match self {
            Self::Monthly => Period::month(month),
            Self::Quarterly => quarter.unwrap_or(Period::month(month)),
        }
    }

    /// The periods of a year in order.
    pub fn periods(self) -> impl Iterator<Item = Period> {
        Month::all().filter(move |month| self.is_end(*month)).map(move |month| self.period(month))
    }

    /// Whether a month is filled in and closed: the last of its period.
    pub fn is_end(self, month: Month) -> bool {
        self.period(month).last() == month
    }
}

impl Period {
    /// A single month.
    pub fn month(month: Month) -> Self {
        Self { kind: Kind::Month, last: month }
    }

    /// The quarters and halves of a year, in order.
    pub fn longer() -> Vec<Self> {
        let of_kind =
            |kind: Kind| (1..=12 / kind.months()).filter_map(move |number| Self::numbered(kind, number));
        [Kind::Quarter, Kind::Half].into_iter().flat_map(of_kind).collect()
    }

    fn numbered(kind: Kind, number: u32) -> Option<Self> {
        let last = Month::new(number.checked_mul(kind.months())?).filter(|_| number > 0)?;
        Some(Self { kind, last })
    }

    /// From a word of an address: `6`, `triwulan-2`, `semester-1`.
    pub fn parse(word: &str) -> Option<Self> {
        let Some((kind, number)) = word.split_once('-') else {
            return word.parse().ok().and_then(Month::new).map(Self::month);
        };
        let kind = [Kind::Quarter, Kind::Half].into_iter().find(|known| known.word() == kind)?;
        Self::numbered(kind, number.parse().ok()?)
    }

    /// The word of an address.
    pub fn word(self) -> String {
        match self.kind {
            Kind::Month => self.last.number().to_string(),
            kind => format!("{}-{}", kind.word(), self.number()),
        }
    }

    fn number(self) -> u32 {
        self.last.number() / self.kind.months()
    }

    /// Its name: "Bulan Juni", "Triwulan II", "Semester I".
    pub fn name(self) -> String {
        let named =
            |names: &[&str]| names.get(self.number() as usize - 1).copied().unwrap_or_default().to_owned();
        match self.kind {
            Kind::Month => format!("Bulan {}", self.last.name()),
            Kind::Quarter => named(&["Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV"]),
            Kind::Half => named(&["Semester I", "Semester II"]),
        }
    }

    /// Its name where it is known what it is: "Juni", "Triwulan II".
    pub fn title(self) -> String {
        if self.is_month() { self.last.name().to_owned() } else { self.name() }
    }

    /// Its last month.
    pub fn last(self) -> Month {
        self.last
    }

    /// Its first month.
    pub fn first(self) -> Month {
        self.months().next().unwrap_or(self.last)
    }

    /// Whether a month belongs to it.
    pub fn has(self, month: Month) -> bool {
        self.first() <= month && month <= self.last
    }

    /// Its months in order.
    pub fn months(self) -> impl Iterator<Item = Month> {
        let before = self.last.number() - self.kind.months();
        Month::all().filter(move |month| month.number() > before && *month <= self.last)
    }

    /// Whether it is a single month.
    pub fn is_month(self) -> bool {
        self.kind == Kind::Month
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_divides_the_year_into_periods_that_end_once() {
        let ends = |pace: Pace| pace.periods().map(|period| period.last().number()).collect::<Vec<_>>();
        assert_eq!(ends(Pace::Quarterly), [3, 6, 9, 12]);
        assert_eq!(ends(Pace::Monthly), (1..=12).collect::<Vec<_>>());
        let may = Month::new(5).unwrap();
        assert_eq!(Pace::Quarterly.period(may).name(), "Triwulan II");
        assert_eq!((Pace::Monthly.is_end(may), Pace::Quarterly.is_end(may)), (true, false));
        assert!(Pace::ALL.into_iter().all(|pace| Pace::parse(pace.as_str()) == Some(pace)));
    }

    #[test]
    fn a_word_reads_back_as_the_period_it_was() {
        for period in Period::longer().into_iter().chain(Month::all().map(Period::month)) {
            assert_eq!(Period::parse(&period.word()), Some(period));
        }
        for wrong in ["", "0", "13", "triwulan-5", "semester-0", "semester-3", "tahun-1", "bulan-3"] {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_quarter_has_its_three_months() {
        let quarter = Period::parse("triwulan-2").unwrap();
        assert_eq!(quarter.name(), "Triwulan II");
        assert_eq!(quarter.months().map(Month::number).collect::<Vec<_>>(), [4, 5, 6]);
    }
}
