//! When an action is due, in the words people write: "Januari", "Jan s.d Juni", "Setiap Bulan, Jan s.d
//! Juni", "Triwulan II". The wording is kept as written; the months are what the program reckons with.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::time::{Month, Year};

/// A time in the plan: the words as written and the months they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    text: String,
    months: Months,
    rhythm: Rhythm,
}

/// Whether the work is one stretch or comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// One stretch of work, due at the end of its last month.
    Once,
    /// Work that is due anew in each of its months.
    EachMonth,
}

impl Rhythm {
    /// Name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::EachMonth => "each_month",
        }
    }

    /// From the name in the database.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Once, Self::EachMonth].into_iter().find(|rhythm| rhythm.as_str() == text)
    }
}

/// A non-empty set of months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months(u16);

impl Months {
    /// The set of the given months; `None` when there are none.
    pub fn new(months: impl IntoIterator<Item = Month>) -> Option<Self> {
        let bits = months.into_iter().fold(0, |bits, month| bits | bit(month));
        (bits != 0).then_some(Self(bits))
    }

    /// All months from one to another; `None` when the second lies before the first.
    pub fn range(first: Month, last: Month) -> Option<Self> {
        Self::new(Month::all().filter(|month| first <= *month && *month <= last))
    }

    /// From bits as stored: bit 0 is January; `None` when empty or with bits beyond December.
    pub fn from_bits(bits: i32) -> Option<Self> {
        (1..=0xfff).contains(&bits).then_some(Self(bits as u16))
    }

    /// Bits for storing.
    pub fn bits(self) -> i32 {
        i32::from(self.0)
    }

    /// Whether a month is in the set.
    pub fn has(self, month: Month) -> bool {
        self.0 & bit(month) != 0
    }

    /// In calendar order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Month> {
        Month::all().filter(move |month| self.has(*month))
    }

    /// The first month.
    pub fn first(self) -> Month {
        self.iter().next().unwrap_or(Month::FIRST)
    }

    /// The last month.
    pub fn last(self) -> Month {
        self.iter().next_back().unwrap_or(Month::LAST)
    }

    /// Whether no month is missing between the first and the last.
    pub fn is_unbroken(self) -> bool {
        Self::range(self.first(), self.last()) == Some(self)
    }
}

fn bit(month: Month) -> u16 {
    1 << (month.number() - 1)
}

/// The words name no time that exists.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "waktu “{0}” tidak dikenali; tulis misalnya “Maret”, “Jan s.d Juni”, “Setiap bulan, Jan s.d Juni”, \
     “Triwulan II”, “Semester I”, atau “Jan, Apr, Jul”"
)]
pub struct ScheduleError(pub String);

impl Schedule {
    /// Understands the words people write; keeps them as they are.
    pub fn parse(text: &str) -> Result<Self, ScheduleError> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (months, rhythm) = understand(&text).ok_or_else(|| ScheduleError(text.clone()))?;
        Ok(Self { text, months, rhythm })
    }

    /// A time chosen by months, worded in the usual way.
    pub fn of(months: Months, rhythm: Rhythm) -> Self {
        Self { text: word(months, rhythm), months, rhythm }
    }

    /// As stored, with the wording it had.
    pub fn stored(text: String, months: Months, rhythm: Rhythm) -> Self {
        Self { text, months, rhythm }
    }

    /// The words as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The months meant.
    pub fn months(&self) -> Months {
        self.months
    }

    /// One stretch or each month.
    pub fn rhythm(&self) -> Rhythm {
        self.rhythm
    }

    /// The months at whose end work is due.
    pub fn due_months(&self) -> Vec<Month> {
        match self.rhythm {
            Rhythm::Once => vec![self.months.last()],
            Rhythm::EachMonth => self.months.iter().collect(),
        }
    }

    /// The last day on which all of it should be done.
    pub fn ends_on(&self, year: Year) -> NaiveDate {
        self.months.last().last_day(year)
    }
}

fn word(months: Months, rhythm: Rhythm) -> String {
    let (first, last) = (months.first(), months.last());
    let span = match () {
        () if first == last => first.name().to_owned(),
        () if months.is_unbroken() => format!("{} s.d {}", first.short(), last.name()),
        () => months.iter().map(Month::short).collect::<Vec<_>>().join(", "),
    };
    let each_in_a_row = rhythm == Rhythm::EachMonth && months.is_unbroken() && first != last;
    if each_in_a_row { format!("Setiap bulan, {span}") } else { span }
}

/// Words that join the two ends of a range, longest first.
const TO: [&str; 8] = ["sampai dengan", "sampai", "hingga", "s.d.", "s.d", "s/d", "sd", "-"];

fn understand(text: &str) -> Option<(Months, Rhythm)> {
    let plain = text.to_lowercase().replace(['–', '—'], "-");
    let plain = plain.trim().trim_end_matches('.');
    let (rest, each) = strip_each(plain);
    let whole_year = || Months::range(Month::FIRST, Month::LAST);
    match rest {
        "" if each => Some((whole_year()?, Rhythm::EachMonth)),
        "sepanjang tahun" | "setahun" => Some((whole_year()?, rhythm_of(each))),
        _ => several(rest, each),
    }
}

/// Takes "setiap bulan" and its kin off the front or the back.
fn strip_each(text: &str) -> (&str, bool) {
    const EACH: [&str; 5] = ["setiap bulannya", "setiap bulan", "tiap bulan", "per bulan", "bulanan"];
    for words in EACH {
        let rest = text.strip_prefix(words).or_else(|| text.strip_suffix(words));
        if let Some(rest) = rest {
            return (rest.trim_matches([' ', ',', ':', '(', ')']), true);
        }
    }
    (text, false)
}

fn rhythm_of(each: bool) -> Rhythm {
    if each { Rhythm::EachMonth } else { Rhythm::Once }
}

fn several(text: &str, each: bool) -> Option<(Months, Rhythm)> {
    if let Some(found) = recurring(text) {
        return Some((found, Rhythm::EachMonth));
    }
    let listed = text.replace(" dan ", ",").replace(['&', ';', '+'], ",");
    let parts: Vec<&str> = listed.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let sets = parts.iter().map(|part| span(part)).collect::<Option<Vec<_>>>()?;
    let months = Months::new(sets.iter().flat_map(|set| set.iter()))?;
    Some((months, rhythm_of(each || !months.is_unbroken())))
}

/// "Setiap triwulan", "setiap semester": due at the end of each.
fn recurring(text: &str) -> Option<Months> {
    let step = match text {
        "setiap triwulan" | "tiap triwulan" | "per triwulan" | "triwulanan" => 3,
        "setiap semester" | "tiap semester" | "per semester" | "semesteran" => 6,
        _ => return None,
    };
    Months::new(Month::all().filter(|month| month.number() % step == 0))
}

fn span(text: &str) -> Option<Months> {
    dated(text).or_else(|| single(text)).or_else(|| range(text))
}

/// From the beginning of one end to the end of the other: "Maret s.d Mei", "TW I s.d III", "Semester I - II".
fn range(text: &str) -> Option<Months> {
    let (first, last) = TO.iter().find_map(|joint| text.split_once(joint))?;
    let (first, last) = (first.trim(), last.trim());
    let kind = || first.rsplit_once(' ').map(|(kind, _)| format!("{kind} {last}"));
    let from = single(first)?;
    let to = single(last).or_else(|| single(&kind()?))?;
    Months::range(from.first(), to.last())
}

fn single(text: &str) -> Option<Months> {
    let text = without_place(without_year(text));
    part_of_year(text).or_else(|| month(text).and_then(|m| Months::new([m])))
}

/// "Januari 2026" is January of whatever year the plan is for.
fn without_year(text: &str) -> &str {
    let is_year =
        |word: &str| word.len() == 4 && word.starts_with("20") && word.bytes().all(|b| b.is_ascii_digit());
    text.rsplit_once(' ').filter(|(_, last)| is_year(last)).map_or(text, |(rest, _)| rest.trim())
}

/// Takes off what says where in the month or that a month follows: "akhir Maret", "minggu ke-2 Mei", "15 Juni".
fn without_place(text: &str) -> &str {
    const PLACES: [&str; 7] = ["bulan", "awal", "akhir", "pertengahan", "tanggal", "minggu", "paling"];
    let is_place = |word: &str| {
        let number = word.trim_start_matches("ke").trim_start_matches('-');
        let is_number = number.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
        PLACES.contains(&word) || is_number || matches!(word, "i" | "ii" | "iii" | "iv" | "v" | "lambat")
    };
    let mut rest = text;
    while let Some((_, more)) = rest.split_once(' ').filter(|(word, _)| is_place(word)) {
        rest = more.trim_start();
    }
    rest
}

/// "15/01/2026" and "2026-01-15", as spreadsheets write dates.
fn dated(text: &str) -> Option<Months> {
    let parts: Vec<u32> = text.split(['/', '-', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let month = match parts[..] {
        [day, month, year] if (1..=31).contains(&day) && year >= 2000 => month,
        [year, month, day] if (1..=31).contains(&day) && year >= 2000 => month,
        _ => return None,
    };
    Months::new([Month::new(month)?])
}

/// "Triwulan II", "TW 2", "Semester I", "Kuartal 3".
fn part_of_year(text: &str) -> Option<Months> {
    let (name, number) = text.rsplit_once(' ')?;
    let length: u32 = match name.trim() {
        "triwulan" | "tw" | "kuartal" => 3,
        "semester" | "smt" | "sem" => 6,
        _ => return None,
    };
    let number = ordinal(number).filter(|number| number * length <= 12)?;
    Months::range(Month::new((number - 1) * length + 1)?, Month::new(number * length)?)
}

fn ordinal(text: &str) -> Option<u32> {
    ["i", "ii", "iii", "iv"]
        .iter()
        .position(|roman| *roman == text)
        .map(|index| index as u32 + 1)
        .or_else(|| text.parse().ok().filter(|number| (1..=4).contains(number)))
}

/// A month by its Indonesian name, its English name, or at least three letters of either.
fn month(text: &str) -> Option<Month> {
    const OTHER: [(&str, u32); 9] = [
        ("january", 1),
        ("february", 2),
        ("pebruari", 2),
        ("march", 3),
        ("may", 5),
        ("june", 6),
        ("july", 7),
        ("august", 8),
        ("nopember", 11),
    ];
    let text = text.trim_matches([' ', '.', ',']);
    let starts = |name: &str| text.len() >= 3 && text.is_char_boundary(3) && name.starts_with(text);
    let also = OTHER.iter().filter(|(name, _)| starts(name)).find_map(|(_, number)| Month::new(*number));
    let irregular = || match text {
        "agt" | "agust" | "ags" => Month::new(8),
        "sept" => Month::new(9),
        "october" | "oct" => Month::new(10),
        "december" | "dec" => Month::new(12),
        _ => None,
    };
    Month::all().find(|month| starts(&month.name().to_lowercase())).or(also).or_else(irregular)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(text: &str) -> String {
        let schedule = Schedule::parse(text).unwrap_or_else(|e| panic!("{e}"));
        let list: Vec<String> = schedule.months().iter().map(|m| m.number().to_string()).collect();
        format!("{}{}", if schedule.rhythm() == Rhythm::EachMonth { "each " } else { "" }, list.join(","))
    }

    #[test]
    fn times_are_understood_as_people_write_them() {
        for (text, expected) in [
            ("Januari", "1"),
            ("Maret.", "3"),
            ("Jan s.d Juni", "1,2,3,4,5,6"),
            ("Jan s/d Jun", "1,2,3,4,5,6"),
            ("Jan - Jun", "1,2,3,4,5,6"),
            ("Jan–Jun", "1,2,3,4,5,6"),
            ("Bulan Maret sampai dengan Mei", "3,4,5"),
            ("Setiap Bulan, Jan s.d Juni", "each 1,2,3,4,5,6"),
            ("setiap bulan", "each 1,2,3,4,5,6,7,8,9,10,11,12"),
            ("Jan s.d Mar setiap bulan", "each 1,2,3"),
            ("Triwulan II", "4,5,6"),
            ("TW 4", "10,11,12"),
            ("Semester II", "7,8,9,10,11,12"),
            ("Setiap triwulan", "each 3,6,9,12"),
            ("Januari, April dan Juli", "each 1,4,7"),
            ("Jan, Feb, Mar", "1,2,3"),
            ("Sepanjang tahun", "1,2,3,4,5,6,7,8,9,10,11,12"),
            ("Agt", "8"),
            ("Sept", "9"),
            ("Nopember", "11"),
            ("Januari 2026", "1"),
            ("Jan 2026 s.d Maret 2026", "1,2,3"),
            ("Akhir Maret", "3"),
            ("Minggu ke-2 Mei", "5"),
            ("paling lambat 15 Juni 2026", "6"),
            ("TW I s.d III", "1,2,3,4,5,6,7,8,9"),
            ("Triwulan I dan Triwulan III", "each 1,2,3,7,8,9"),
            ("Semester I - Oktober", "1,2,3,4,5,6,7,8,9,10"),
            ("15/01/2026", "1"),
            ("2026-02-15", "2"),
        ] {
            assert_eq!(months(text), expected, "{text}");
        }
    }

    #[test]
    fn times_that_do_not_exist_are_refused_with_an_example() {
        for text in [
            "",
            "Janember",
            "Juni s.d Januari",
            "Triwulan V",
            "Semester 3",
            "13",
            "Jan s.d",
            "ja",
            "é",
            "32 Januari",
            "15/13/2026",
            "akhir",
            "2026",
        ] {
            let error = Schedule::parse(text).unwrap_err().to_string();
            assert!(error.contains("tulis misalnya"), "{text}: {error}");
        }
    }

    #[test]
    fn a_time_chosen_by_months_reads_back_as_the_same_months() {
        for bits in 1..=0xfff {
            for rhythm in [Rhythm::Once, Rhythm::EachMonth] {
                let months = Months::from_bits(bits).unwrap();
                let chosen = Schedule::of(months, rhythm);
                let read = Schedule::parse(chosen.text()).unwrap();
                assert_eq!(read.months(), months, "{}", chosen.text());
            }
        }
    }
}
