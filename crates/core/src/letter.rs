//! Numbers of official letters: the pattern of a series, the next number, and why a number cannot be drawn.
//! Where series and letters are kept is the store's business.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Longest pattern, in characters.
pub const PATTERN_MAX_CHARS: usize = 80;
/// Widest counter that may be asked for, in digits.
const DIGITS_MAX: usize = 6;

/// What a series numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// *Laporan Hasil Evaluasi*.
    EvaluationReport,
}

impl Kind {
    /// Name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EvaluationReport => "lhe",
        }
    }

    /// The pattern that holds until the agency chooses its own.
    pub fn pattern(self) -> &'static str {
        match self {
            Self::EvaluationReport => "{nomor:03}/LHE.ZI/{kode}/{romawi}/{tahun}",
        }
    }
}

/// How a series writes its numbers: text with `{nomor}`, `{nomor:03}`, `{kode}`, `{romawi}`, `{bulan}`, `{tahun}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Counter { digits: usize },
    UnitCode,
    RomanMonth,
    Month,
    Year,
}

/// Why a text is not a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Nothing, or more than fits on a letter.
    #[error("pola nomor harus berisi 1 sampai {PATTERN_MAX_CHARS} huruf dalam satu baris")]
    Length,
    /// An opening brace without its end, or the other way round.
    #[error("kurung kurawal pada pola nomor tidak berpasangan")]
    Braces,
    /// No such placeholder.
    #[error(
        "\"{{{0}}}\" tidak dikenal; yang dapat dipakai: {{nomor}}, {{nomor:03}}, {{kode}}, {{romawi}}, {{bulan}}, {{tahun}}"
    )]
    Unknown(String),
    /// Two letters would get the same number.
    #[error("pola nomor harus memuat {{nomor}} tepat satu kali")]
    Counter,
    /// Counting begins anew each year, so two years would get the same numbers.
    #[error("pola nomor harus memuat {{tahun}}, karena hitungan dimulai lagi setiap tahun")]
    NoYear,
    /// The digits of the counter would run into those beside it.
    #[error("{{nomor}} tidak boleh bersebelahan langsung dengan angka atau {{bulan}}, {{tahun}}, {{kode}}")]
    Crowded,
}

/// The letter of a series that was issued last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// Its number as written.
    pub number: String,
    /// Its date.
    pub dated: NaiveDate,
}

/// Why no number is drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawRefusal {
    /// The date lies before that of the last letter.
    #[error(
        "tanggal surat {dated} mendahului surat terakhir, {number} tanggal {last}; pakai tanggal {last} atau sesudahnya"
    )]
    Backdated {
        /// The date asked for.
        dated: String,
        /// Number of the last letter.
        number: String,
        /// Its date.
        last: String,
    },
    /// The date has not come.
    #[error("tanggal surat {0} belum tiba; pakai tanggal hari ini atau sebelumnya")]
    Ahead(String),
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`PatternError`] with what to write instead.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let text = text.trim();
        let is_fit = (1..=PATTERN_MAX_CHARS).contains(&text.chars().count());
        if !is_fit || text.chars().any(char::is_control) {
            return Err(PatternError::Length);
        }
        let parts = parts(text)?;
        if parts.iter().filter(|part| part.is_counter()).count() != 1 {
            return Err(PatternError::Counter);
        }
        if !parts.contains(&Part::Year) {
            return Err(PatternError::NoYear);
        }
        if parts.windows(2).any(|pair| crowded(&pair[0], &pair[1])) {
            return Err(PatternError::Crowded);
        }
        Ok(Self { text: text.to_owned(), parts })
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// A number of the series.
    pub fn number(&self, counter: u32, unit_code: &str, dated: NaiveDate) -> String {
        self.parts.iter().fold(String::new(), |mut number, part| {
            // Writing to a string cannot fail.
            let _ = match part {
                Part::Text(text) => write!(number, "{text}"),
                Part::Counter { digits } => write!(number, "{counter:0digits$}"),
                Part::UnitCode => write!(number, "{unit_code}"),
                Part::RomanMonth => write!(number, "{}", roman(dated.month())),
                Part::Month => write!(number, "{:02}", dated.month()),
                Part::Year => write!(number, "{}", dated.year()),
            };
            number
        })
    }
}

impl Part {
    fn is_counter(&self) -> bool {
        matches!(self, Self::Counter { .. })
    }
}

fn parts(text: &str) -> Result<Vec<Part>, PatternError> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').ok_or(PatternError::Braces)?;
        if !before.is_empty() {
            parts.push(literal(before)?);
        }
        parts.push(placeholder(name)?);
        rest = tail;
    }
    if !rest.is_empty() {
        parts.push(literal(rest)?);
    }
    Ok(parts)
}

fn literal(text: &str) -> Result<Part, PatternError> {
    if text.contains('}') { Err(PatternError::Braces) } else { Ok(Part::Text(text.to_owned())) }
}

fn placeholder(name: &str) -> Result<Part, PatternError> {
    let unknown = || PatternError::Unknown(name.to_owned());
    match name {
        "nomor" => Ok(Part::Counter { digits: 1 }),
        "kode" => Ok(Part::UnitCode),
        "romawi" => Ok(Part::RomanMonth),
        "bulan" => Ok(Part::Month),
        "tahun" => Ok(Part::Year),
        _ => {
            let digits = name.strip_prefix("nomor:0").and_then(|digits| digits.parse().ok());
            let digits = digits.filter(|digits| (1..=DIGITS_MAX).contains(digits)).ok_or_else(unknown)?;
            Ok(Part::Counter { digits })
        }
    }
}

/// Whether digits of the counter would touch other digits.
fn crowded(left: &Part, right: &Part) -> bool {
    let ends = |part: &Part, digit: fn(&str) -> bool| match part {
        Part::Text(text) => digit(text),
        Part::RomanMonth => false,
        Part::Counter { .. } | Part::UnitCode | Part::Month | Part::Year => true,
    };
    let last = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    let first = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    (left.is_counter() && ends(right, first)) || (right.is_counter() && ends(left, last))
}

/// Months as letters write them.
fn roman(month: u32) -> &'static str {
    const MONTHS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    MONTHS.get(month.saturating_sub(1) as usize).copied().unwrap_or_default()
}

/// Whether a letter of that date may be the next of a series.
///
/// # Errors
/// [`DrawRefusal`] when it lies before the last letter or after today.
pub fn may_draw(last: Option<&Last>, dated: NaiveDate, today: NaiveDate) -> Result<(), DrawRefusal> {
    let written = |day: NaiveDate| day.format("%d-%m-%Y").to_string();
    if dated > today {
        return Err(DrawRefusal::Ahead(written(dated)));
    }
    match last {
        Some(last) if dated < last.dated => Err(DrawRefusal::Backdated {
            dated: written(dated),
            number: last.number.clone(),
            last: written(last.dated),
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_number_follows_its_pattern() {
        let pattern = Pattern::parse(Kind::EvaluationReport.pattern()).unwrap();
        assert_eq!(pattern.number(7, "DBN", day(2022, 9, 2)), "007/LHE.ZI/DBN/IX/2022");
        let pattern = Pattern::parse("R-{nomor}/{bulan}/{tahun}").unwrap();
        assert_eq!(pattern.number(1234, "DBN", day(2022, 9, 2)), "R-1234/09/2022");
    }

    #[test]
    fn a_pattern_that_could_give_one_number_twice_is_refused() {
        let refused = |text: &str| Pattern::parse(text).unwrap_err();
        assert_eq!(refused("LHE/{tahun}"), PatternError::Counter);
        assert_eq!(refused("{nomor}/{nomor}/{tahun}"), PatternError::Counter);
        assert_eq!(refused("{nomor}/LHE"), PatternError::NoYear);
        assert_eq!(refused("{nomor}{tahun}"), PatternError::Crowded);
        assert_eq!(refused("A1{nomor}/{tahun}"), PatternError::Crowded);
        assert_eq!(refused("{nomor/{tahun}"), PatternError::Unknown("nomor/{tahun".to_owned()));
        assert_eq!(refused("{nomor}/{tahun"), PatternError::Braces);
        assert_eq!(refused("{nomor:09}/{tahun}"), PatternError::Unknown("nomor:09".to_owned()));
        assert_eq!(refused(""), PatternError::Length);
    }

    #[test]
    fn a_letter_is_neither_back_dated_nor_ahead_of_its_day() {
        let last = Last { number: "001/2022".to_owned(), dated: day(2022, 6, 10) };
        assert!(may_draw(Some(&last), day(2022, 6, 10), day(2022, 6, 15)).is_ok());
        assert!(may_draw(None, day(2022, 6, 1), day(2022, 6, 15)).is_ok());
        let text = may_draw(Some(&last), day(2022, 6, 9), day(2022, 6, 15)).unwrap_err().to_string();
        assert!(text.contains("001/2022") && text.contains("10-06-2022"), "{text}");
        assert!(matches!(may_draw(None, day(2022, 6, 16), day(2022, 6, 15)), Err(DrawRefusal::Ahead(_))));
    }
}
