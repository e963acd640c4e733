//! What a report of monev covers: a month, a quarter (*triwulan*) or half a year (*semester*).

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

    /// Its last month.
    pub fn last(self) -> Month {
        self.last
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
