//! What stands in a column, as typed, as kept and as shown. Kept: days as `2020-06-15`, numbers as plain decimals,
//! choices as their code, text tidied.

use chrono::NaiveDate;

use super::model::{Choice, Column, Kind};
use crate::instrument::Exact;
use crate::person::Person;
use crate::text::{self, TooLong};

/// Days are between these years; a slip of the pen lies outside.
const YEARS: std::ops::RangeInclusive<i32> = 1945..=2100;

/// Why what was typed does not fit its column; the words are for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueProblem {
    /// Nothing was typed.
    #[error("wajib diisi")]
    Missing,
    /// No day.
    #[error("bukan tanggal; tulis misalnya 2020-06-15 atau 15-06-2020")]
    NoDay,
    /// No number.
    #[error("bukan angka; tulis misalnya 12 atau 3,5")]
    NoNumber,
    /// Not a whole one.
    #[error("tulis bilangan bulat tanpa pecahan")]
    NotWhole,
    /// Too small.
    #[error("paling kecil {0}")]
    TooSmall(String),
    /// Too large.
    #[error("paling besar {0}")]
    TooLarge(String),
    /// Not on the list.
    #[error("pilih salah satu: {0}")]
    NotListed(String),
    /// Too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

impl Column {
    /// What is kept of what was typed; empty stays empty.
    ///
    /// # Errors
    /// When it does not fit the column.
    pub fn read(&self, typed: &str) -> Result<String, ValueProblem> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(String::new());
        }
        match &self.kind {
            Kind::Line | Kind::Person => Ok(text::line(typed)?),
            Kind::Text => Ok(text::block(typed, text::CELL_MAX_CHARS)?),
            Kind::Day => day(typed),
            Kind::Number { least, most, whole } => number(typed, *least, *most, *whole),
            Kind::Money => money(typed),
            Kind::Choice(choices) => choice(choices, typed),
        }
    }
}

fn day(typed: &str) -> Result<String, ValueProblem> {
    let date = typed.split(['T', ' ']).next().unwrap_or_default();
    let read = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"];
    let mut days = read.into_iter().filter_map(|format| NaiveDate::parse_from_str(date, format).ok());
    let day = days.find(|day| YEARS.contains(&chrono::Datelike::year(day)));
    day.map(|day| day.to_string()).ok_or(ValueProblem::NoDay)
}

fn number(
    typed: &str,
    least: Option<Exact>,
    most: Option<Exact>,
    whole: bool,
) -> Result<String, ValueProblem> {
    let number = Exact::parse(typed).map_err(|_| ValueProblem::NoNumber)?;
    match (least, most) {
        _ if whole && !number.is_whole() => Err(ValueProblem::NotWhole),
        (Some(least), _) if number < least => Err(ValueProblem::TooSmall(least.plain())),
        (_, Some(most)) if number > most => Err(ValueProblem::TooLarge(most.plain())),
        _ => Ok(number.literal()),
    }
}

/// Rupiah as people write them: `Rp1.250.000`, `1.250.000,00`, `1250000`.
fn money(typed: &str) -> Result<String, ValueProblem> {
    let amount = typed.trim_start_matches("Rp").trim_start_matches('.').trim();
    let (rupiah, cents) = amount.split_once(',').unwrap_or((amount, ""));
    if cents.bytes().any(|digit| digit != b'0') {
        return Err(ValueProblem::NotWhole);
    }
    let digits: String = match thousands(rupiah) {
        Some(digits) => digits,
        None if rupiah.bytes().all(|byte| byte.is_ascii_digit()) => rupiah.to_owned(),
        None => return Err(ValueProblem::NoNumber),
    };
    let amount = Exact::parse(&digits).map_err(|_| ValueProblem::NoNumber)?;
    Ok(amount.literal())
}

/// The digits of a number whose points stand before every third digit from the right.
fn thousands(text: &str) -> Option<String> {
    let mut groups = text.split('.');
    let first = groups.next()?;
    let fits = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let leads = (1..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_digit());
    (leads && text.contains('.') && groups.all(fits)).then(|| text.replace('.', ""))
}

fn choice(choices: &[Choice], typed: &str) -> Result<String, ValueProblem> {
    let is_meant = |choice: &&Choice| {
        choice.code.eq_ignore_ascii_case(typed) || choice.title.eq_ignore_ascii_case(typed)
    };
    let found = choices.iter().find(is_meant).map(|choice| choice.code.clone());
    found.ok_or_else(|| {
        let titles: Vec<&str> = choices.iter().map(|choice| choice.title.as_str()).collect();
        ValueProblem::NotListed(titles.join(", "))
    })
}

/// How columns of people name somebody: by name and account, so that nobody is mistaken for another.
#[must_use]
pub fn listed(person: &Person) -> String {
    format!("{} ({})", person.name, person.login)
}

/// What a table of a file shows of what is kept: words for choices, the rest as it is kept.
#[must_use]
pub fn written(column: &Column, kept: &str) -> String {
    let title = column.kind.choices().iter().find(|choice| choice.code == kept);
    title.map_or_else(|| kept.to_owned(), |choice| choice.title.clone())
}
