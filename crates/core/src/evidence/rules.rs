//! What may be kept as evidence: kinds, media types and limits, from a data file. Nothing here reads a file.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate, TimeDelta};
use serde::Deserialize;

use super::{LinkRules, TextReader, TextRules};

const SHIPPED: &str = include_str!("rules.toml");

/// What may be kept.
#[derive(Debug, Clone, Deserialize, Default)]
pub struct Rules {
    /// Largest file, in bytes.
    pub limit_bytes: u64,
    /// Days before the end of its year from which evidence is about to lapse.
    pub lapse_notice_days: i64,
    /// Most entries of an office file.
    pub archive_entries: usize,
    /// Most bytes an office file may unpack to.
    pub archive_bytes: u64,
    /// How the text of files is read.
    pub text: TextRules,
    /// How links are asked.
    pub links: LinkRules,
    /// Kinds of evidence.
    #[serde(rename = "kind")]
    pub kinds: Vec<Kind>,
    /// Kinds of files.
    pub media: Vec<Media>,
}

/// A kind of evidence.
#[derive(Debug, Clone, Deserialize)]
pub struct Kind {
    /// Code in the database and in addresses.
    pub code: String,
    /// Indonesian name.
    pub name: String,
}

/// A kind of file.
#[derive(Debug, Clone, Deserialize)]
pub struct Media {
    /// Media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Ending of its name, without the dot.
    pub extension: String,
    /// How the page shows it.
    pub show: Show,
    /// How its text is read; not at all without it.
    pub text: Option<TextReader>,
}

/// How a page shows a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Show {
    /// In a frame, by the reader of the browser.
    Frame,
    /// As a picture.
    Picture,
    /// Not at all; it can be saved.
    None,
}

impl Rules {
    /// The rules that come with Bening.
    pub fn shipped() -> &'static Self {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| toml::from_str(SHIPPED).unwrap_or_default())
    }

    /// The last year whose evidence has lapsed or is about to on a day.
    pub fn lapsing_by(&self, today: NaiveDate) -> i32 {
        let end = NaiveDate::from_ymd_opt(today.year(), 12, 31).unwrap_or(today);
        let is_near = end - TimeDelta::days(self.lapse_notice_days) <= today;
        today.year() - i32::from(!is_near)
    }

    /// The kind of a code.
    pub fn kind(&self, code: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.code == code)
    }

    /// Types of files whose text is read.
    pub fn readable(&self) -> Vec<&str> {
        let read = self.media.iter().filter(|media| media.text.is_some());
        read.map(|media| media.media_type.as_str()).collect()
    }

    /// The media of a type.
    pub fn media(&self, media_type: &str) -> Option<&Media> {
        self.media.iter().find(|media| media.media_type == media_type)
    }
}

#[cfg(test)]
mod tests {
    use super::Rules;

    #[test]
    fn the_shipped_rules_can_be_read_and_name_everything_once() {
        let rules: Rules = toml::from_str(super::SHIPPED).unwrap();
        let mut codes: Vec<_> = rules.kinds.iter().map(|kind| &kind.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), rules.kinds.len());
        assert!(rules.limit_bytes > 0 && rules.media("application/pdf").is_some());
        assert!(rules.media("image/svg+xml").is_none(), "drawings can carry script");
    }
}
