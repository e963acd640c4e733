//! Papers from templates: the agency's words, versions and series of numbers, and papers about a unit. What a paper
//! says is put together in `bening_core::paper`.

pub mod issue;
pub(crate) mod known;
pub mod series;
pub mod unit;
pub mod words;

use bening_core::paper::{Refusal, Template, Words, WordsError, template};
use bening_store::paper::Version;

use crate::error::{AppError, Result};

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<WordsError> for AppError {
    fn from(refusal: WordsError) -> Self {
        Self::Refused(refusal.to_string())
    }
}

/// The template of an address.
fn reach_template(code: &str) -> Result<&'static Template> {
    template(code).ok_or(AppError::NotFound)
}

/// The words that hold, and their version: the newest, or those that were shipped.
fn in_force(template: &Template, versions: &[Version]) -> (u32, Words) {
    let newest = versions.first().map(|version| (version.number, version.words.clone()));
    newest.unwrap_or_else(|| (0, template.words.clone()))
}
