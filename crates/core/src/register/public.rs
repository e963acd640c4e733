//! What a register asks of people without an account, and what they may do with their line afterwards.

use serde::Deserialize;

use super::model::{Column, Register};
use super::row::{Draft, Row};
use crate::id::PersonId;

/// Who writes when nobody is signed in: a citizen without an account.
pub const CITIZEN: PersonId = PersonId(uuid::Uuid::nil());

/// How anybody may write a line.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Public {
    /// Columns that the form asks for, in order.
    pub asks: Vec<String>,
    /// What stands in other columns.
    #[serde(default)]
    pub fixed: Draft,
    /// Column of the day on which it arrives.
    pub day: String,
    /// Columns filled in by the unit that whoever wrote the line reads.
    #[serde(default)]
    pub shows: Vec<String>,
    /// How they object.
    pub objection: Objection,
}

/// How somebody objects to what became of their line.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// The step it is.
    pub step: String,
    /// Column of their words.
    pub words: String,
    /// Column of the day.
    pub day: String,
}

impl Register {
    /// Columns that the public form asks for.
    pub fn publicly_asked(&self) -> impl Iterator<Item = &Column> {
        let asks = self.public.iter().flat_map(|public| &public.asks);
        asks.filter_map(|code| self.column(code))
    }

    /// A draft of the public form with what people are not asked: only what they are asked is taken from them.
    #[must_use]
    pub fn public_draft(&self, typed: &Draft, today: chrono::NaiveDate) -> Draft {
        let Some(public) = &self.public else { return Draft::new() };
        let asked = typed.iter().filter(|(code, _)| public.asks.contains(code));
        let mut draft: Draft = asked.map(|(code, value)| (code.clone(), value.clone())).collect();
        draft.extend(public.fixed.clone());
        draft.insert(public.day.clone(), today.to_string());
        draft
    }

    /// Whether nothing can happen to a line any more.
    #[must_use]
    pub fn is_ended(&self, row: &Row) -> bool {
        self.steps_from(&row.state).next().is_none()
    }
}
