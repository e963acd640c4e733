//! How one answer looks on the pages of the unit: its channel, its values, its words.

use bening_core::survey::{Answer, Channel, Layout, Questionnaire};

use super::words;
use crate::page::Page;

/// An answer to look at.
pub(super) struct Shown {
    pub(super) day: String,
    pub(super) channel: &'static str,
    /// Code and answer; a dash where none was given.
    pub(super) values: Vec<(String, String)>,
    /// Question and answer in own words.
    pub(super) said: Vec<(String, String)>,
}

impl Shown {
    pub(super) fn of(page: &Page, asked: &Questionnaire, answer: &Answer) -> Self {
        let columns = Layout::by_question(asked).columns.into_iter();
        let value = |value: &u8| if *value == 0 { "–".to_owned() } else { value.to_string() };
        let question = |code: &String| {
            let extra = asked.extras.iter().find(|extra| extra.code == *code);
            extra.map_or_else(|| code.clone(), |extra| words(&extra.text, page.lang).to_owned())
        };
        Self {
            day: page.date(answer.day),
            channel: channel(answer.channel),
            values: columns.map(|column| column.code).zip(answer.values.iter().map(value)).collect(),
            said: answer.extras.iter().map(|(code, text)| (question(code), text.clone())).collect(),
        }
    }
}

/// The name of a channel, a key of the words.
pub(super) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Link => "tautan",
        Channel::Poster => "poster",
        Channel::Code => "kode di kertas",
        Channel::Mail => "undangan surel",
        Channel::Kiosk => "perangkat di loket",
        Channel::Paper => "formulir kertas",
        Channel::Import => "impor",
    }
}
