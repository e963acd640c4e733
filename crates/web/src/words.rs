//! The languages of the pages. The Indonesian text is the key (as with gettext); English stands in
//! `locales/en.yml`. Dates and numbers are written here the way each language writes them.
//!
//! Not here: the choice of a language for a request, and the text of official papers, which are
//! Indonesian only.

use std::borrow::{Borrow, Cow};
use std::fmt::Display;

use bening_core::time::Month;
use chrono::{Datelike, NaiveDate, NaiveTime};

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SHORT_ID: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des"];
const SHORT_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Bahasa Indonesia, in which everything is first written.
    #[default]
    Id,
    /// English.
    En,
}

impl Lang {
    /// Both, in the order of the switch.
    pub const ALL: [Lang; 2] = [Lang::Id, Lang::En];

    /// The code in `<html lang>` and in the cookie or session: `id`, `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Lang::Id => "id",
            Lang::En => "en",
        }
    }

    /// The language of a code, `None` when it is neither.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// `key` in this language; the key itself where a translation is missing.
    #[must_use]
    pub fn t<'a>(self, key: &'a str) -> Cow<'a, str> {
        self.look_up(key).unwrap_or(Cow::Borrowed(key))
    }

    /// [`Lang::t`] with every `%{name}` replaced by the value of that name.
    #[must_use]
    pub fn tf<V: Display>(self, key: &str, values: &[(&str, V)]) -> String {
        let start = self.t(key).into_owned();
        values
            .iter()
            .fold(start, |text, (name, value)| text.replace(&format!("%{{{name}}}"), &value.to_string()))
    }

    /// A phrase with a count in it, `%{n}`. Indonesian has one form; English has `.one` and `.other`
    /// below the key in `en.yml`.
    #[must_use]
    pub fn tn(self, key: &str, count: impl Display) -> String {
        let count = count.to_string();
        let form = if count == "1" { "one" } else { "other" };
        let translated = format!("{key}.{form}");
        let text = self.look_up(&translated).unwrap_or(Cow::Borrowed(key));
        text.replace("%{n}", &self.decimal(&count))
    }

    fn look_up<'a>(self, key: &str) -> Option<Cow<'a, str>> {
        match self {
            Lang::Id => None,
            Lang::En => crate::_rust_i18n_try_translate("en", key),
        }
    }

    /// A whole number or a plain decimal (`-1234.50`) the way this language writes it: `−1.234,50`. The
    /// rounding was done before, by whoever knows the figure.
    #[must_use]
    pub fn decimal(self, number: impl Display) -> String {
        let plain = &*number.to_string();
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("−", rest));
        match (digits.split_once('.'), self) {
            (None, _) => format!("{sign}{}", self.grouped(digits)),
            (Some((whole, part)), Lang::Id) => format!("{sign}{},{part}", self.grouped(whole)),
            (Some((whole, part)), Lang::En) => format!("{sign}{}.{part}", self.grouped(whole)),
        }
    }

    fn grouped(self, digits: &str) -> String {
        let mark = match self {
            Lang::Id => '.',
            Lang::En => ',',
        };
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(mark);
            }
            text.push(digit);
        }
        text
    }

    /// `14 Jan 2020`.
    #[must_use]
    pub fn date(self, date: impl Borrow<NaiveDate>) -> String {
        let date = date.borrow();
        let month = self.month_short(date.month0() as usize);
        format!("{} {month} {}", date.day(), date.year())
    }

    /// `14 Januari 2020`, `14 January 2020`.
    #[must_use]
    pub fn date_long(self, date: impl Borrow<NaiveDate>) -> String {
        let date = date.borrow();
        let month = self.month(date.month0() as usize);
        format!("{} {month} {}", date.day(), date.year())
    }

    /// `09.41` in Indonesian, `09:41` in English.
    #[must_use]
    pub fn clock(self, time: impl Borrow<NaiveTime>) -> String {
        let form = match self {
            Lang::Id => "%H.%M",
            Lang::En => "%H:%M",
        };
        time.borrow().format(form).to_string()
    }

    /// Full name of a month, counted from 0; empty beyond December.
    #[must_use]
    pub fn month(self, month0: usize) -> &'static str {
        let names = match self {
            Lang::Id => &Month::NAMES,
            Lang::En => &MONTHS_EN,
        };
        names.get(month0).copied().unwrap_or_default()
    }

    /// Three letters of a month, counted from 0; empty beyond December.
    #[must_use]
    pub fn month_short(self, month0: usize) -> &'static str {
        let names = match self {
            Lang::Id => &SHORT_ID,
            Lang::En => &SHORT_EN,
        };
        names.get(month0).copied().unwrap_or_default()
    }
}
