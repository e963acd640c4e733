//! What every page carries around its own content: title, language, navigation, the unit and year at
//! hand, the person, and a message left by the request before. Templates have it as the field `page`.
//!
//! Not here: who may see which room, and how these are filled for a request.

mod room;
mod tone;

pub use room::{Group, NavItem, Room};
pub use tone::{Flash, Theme, Tone};

use std::borrow::{Borrow, Cow};
use std::fmt::Display;

use chrono::{NaiveDate, NaiveTime};

use crate::assets;
use crate::words::Lang;

/// How many rooms the bar at the bottom of a phone holds.
const BAR_ROOMS_MAX: usize = 5;

/// The frame of a page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Title of the page, already in the reader's language; ` · Bening` is added.
    pub title: String,
    /// Language of the reader.
    pub lang: Lang,
    /// Light, dark, or as the device says.
    pub theme: Theme,
    /// Token of the session, for forms and for the script.
    pub csrf: String,
    /// Path and query of this page, where the switches of language and theme come back to.
    pub path: String,
    /// The room this page belongs to.
    pub room: Option<Room>,
    /// Rooms that this person may enter, in order.
    pub nav: Vec<NavItem>,
    /// Where this page lies, outermost first; the last one is usually without a link.
    pub crumbs: Vec<Crumb>,
    /// The unit and year being worked on, and the others one can go to.
    pub place: Option<Place>,
    /// Who is signed in.
    pub person: Option<Person>,
    /// How many reminders they have not read.
    pub unread: u64,
    /// A message left by the request before.
    pub flash: Option<Flash>,
}

impl Page {
    /// A page with a title, in a language; everything else empty.
    #[must_use]
    pub fn new(title: impl Into<String>, lang: Lang) -> Page {
        Page { title: title.into(), lang, ..Page::default() }
    }

    /// [`Lang::t`] in the language of the reader.
    #[must_use]
    pub fn t<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.lang.t(key)
    }

    /// [`Lang::tf`] in the language of the reader.
    #[must_use]
    pub fn tf<V: Display>(&self, key: &str, values: &[(&str, V)]) -> String {
        self.lang.tf(key, values)
    }

    /// [`Lang::tn`] in the language of the reader.
    #[must_use]
    pub fn tn(&self, key: &str, count: impl Display) -> String {
        self.lang.tn(key, count)
    }

    /// [`Lang::decimal`] in the language of the reader; for whole numbers as well.
    #[must_use]
    pub fn number(&self, number: impl Display) -> String {
        self.lang.decimal(number)
    }

    /// [`Lang::date`] in the language of the reader.
    #[must_use]
    pub fn date(&self, date: impl Borrow<NaiveDate>) -> String {
        self.lang.date(date)
    }

    /// [`Lang::date_long`] in the language of the reader.
    #[must_use]
    pub fn date_long(&self, date: impl Borrow<NaiveDate>) -> String {
        self.lang.date_long(date)
    }

    /// [`Lang::clock`] in the language of the reader.
    #[must_use]
    pub fn clock(&self, time: impl Borrow<NaiveTime>) -> String {
        self.lang.clock(time)
    }

    /// The twelve months as the reader's language names them.
    #[must_use]
    pub fn months(&self) -> [Month; 12] {
        std::array::from_fn(|month0| Month {
            number: month0 + 1,
            name: self.lang.month(month0),
            short: self.lang.month_short(month0),
        })
    }

    /// The languages of the switch.
    #[must_use]
    pub fn langs(&self) -> [Lang; 2] {
        Lang::ALL
    }

    /// The themes of the switch.
    #[must_use]
    pub fn themes(&self) -> [Theme; 3] {
        Theme::ALL
    }

    /// Address of an embedded asset by its plain name.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::asset(name)
    }

    /// The rooms under their headings, empty groups left out.
    #[must_use]
    pub fn groups(&self) -> Vec<(Group, Vec<&NavItem>)> {
        let groups = Group::ALL.into_iter().map(|group| {
            let rooms = self.nav.iter().filter(|item| item.room.group() == group);
            (group, rooms.collect::<Vec<_>>())
        });
        groups.filter(|(_, rooms)| !rooms.is_empty()).collect()
    }

    /// The rooms of the bar at the bottom of a phone: the first five.
    #[must_use]
    pub fn bar(&self) -> &[NavItem] {
        &self.nav[..self.nav.len().min(BAR_ROOMS_MAX)]
    }

    /// Whether this page lies in the room of `item`.
    #[must_use]
    pub fn is_here(&self, item: &NavItem) -> bool {
        self.room == Some(item.room)
    }
}

/// A month as it is written on a page.
#[derive(Clone, Copy, Debug)]
pub struct Month {
    /// 1–12.
    pub number: usize,
    /// `Januari`.
    pub name: &'static str,
    /// `Jan`.
    pub short: &'static str,
}

impl Month {
    /// Its first letter, for the strip of twelve squares.
    #[must_use]
    pub fn letter(&self) -> &'static str {
        self.name.get(..1).unwrap_or_default()
    }
}

/// One step of the way to a page.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// What it is called, in the reader's language.
    pub label: String,
    /// Where it is; `None` for the page itself.
    pub href: Option<String>,
}

impl Crumb {
    /// A step one can go back to.
    #[must_use]
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Crumb {
        Crumb { label: label.into(), href: Some(href.into()) }
    }

    /// The page itself.
    #[must_use]
    pub fn here(label: impl Into<String>) -> Crumb {
        Crumb { label: label.into(), href: None }
    }
}

/// The unit and year at hand, with the others one can go to.
#[derive(Clone, Debug)]
pub struct Place {
    /// Name of the unit.
    pub unit: String,
    /// The year.
    pub year: i32,
    /// Units this person works with.
    pub units: Vec<Choice>,
    /// Years of this unit.
    pub years: Vec<Choice>,
}

/// One entry of a menu of links.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What it is called.
    pub label: String,
    /// Where it goes.
    pub href: String,
    /// Whether we are there already.
    pub here: bool,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct Person {
    /// Identifier, so that unsaved text on a shared computer goes back to its writer only.
    pub id: String,
    /// Name.
    pub name: String,
    /// What they are here, in the reader's language.
    pub role: String,
}

impl Person {
    /// First letters of the first and last word of the name: `Bayu Yudha` → `BY`.
    #[must_use]
    pub fn initials(&self) -> String {
        let mut letters = self.name.split_whitespace().filter_map(|word| word.chars().next());
        let first = letters.next();
        let initials = first.into_iter().chain(letters.next_back());
        initials.flat_map(char::to_uppercase).collect()
    }
}
