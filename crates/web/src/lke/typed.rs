//! Answers as forms carry them: fields become an answer of the question, what was last seen travels along as JSON,
//! and an answer becomes words. What fits a question is `bening_core::scoring`.

use bening_core::instrument::{Form, Instrument};
use bening_core::lke::edit::Given;
use bening_core::scoring::{Answer, Json, absurd};
use serde::{Deserialize, Serialize};

use crate::error::{AppError, Result};

/// Field of a choice or an index.
pub const ANSWER: &str = "jawaban";
/// What the fields of a ratio begin with; the name of the input follows.
pub const INPUT: &str = "isian.";
/// Field of the note or reason.
pub const NOTE: &str = "catatan";
/// Field of what the person last saw.
pub const WAS: &str = "was";

/// What a layer said of a question, in the form that travels to the page and back.
#[derive(Serialize, Deserialize)]
struct Seen {
    answer: Option<Answer>,
    note: String,
}

/// What a layer says, as the page keeps it for the next save.
pub fn seen(given: &Given) -> String {
    let seen = Seen { answer: given.answer.clone(), note: given.note.clone() };
    serde_json::to_string(&seen).unwrap_or_default()
}

/// The fields of a form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// A field's value, or nothing.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// What the person last saw.
    ///
    /// # Errors
    /// [`AppError::Bad`] when it did not come from a page of ours.
    pub fn was(&self) -> Result<Given> {
        let seen: Seen = serde_json::from_str(self.get(WAS))
            .map_err(|_| AppError::Bad("isian \"was\" tidak terbaca; muat ulang halaman".to_owned()))?;
        Ok(Given { answer: seen.answer, note: seen.note })
    }

    /// What the person wants to stand there.
    ///
    /// # Errors
    /// [`AppError::Refused`] when it is no answer to the question.
    pub fn given(&self, edition: &Instrument, code: &str) -> Result<Given> {
        let (_, _, question) = edition.question(code).ok_or(AppError::NotFound)?;
        let kind = edition.kind(&question.kind).ok_or(AppError::NotFound)?;
        let typed = match &kind.form {
            Form::Choice(_) | Form::Index { .. } => Json::Text(self.get(ANSWER).trim().to_owned()),
            Form::Ratio => self.counts(),
        };
        let answer = Answer::read(edition, code, &typed);
        let answer = answer.map_err(|error| AppError::Refused(error.to_string()))?;
        if let Some(reason) = answer.as_ref().and_then(|answer| absurd(edition, code, answer)) {
            return Err(AppError::Refused(reason));
        }
        Ok(Given { answer, note: self.get(NOTE).to_owned() })
    }

    /// The inputs of a ratio that were filled; none at all is no answer.
    fn counts(&self) -> Json {
        let typed = self.0.iter().filter_map(|(key, value)| Some((key.strip_prefix(INPUT)?, value.trim())));
        let filled: Vec<(String, Json)> = typed
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), Json::Text(value.to_owned())))
            .collect();
        if filled.is_empty() { Json::Null } else { Json::Object(filled) }
    }
}

/// An answer in a few letters.
pub fn worded(answer: Option<&Answer>) -> String {
    match answer {
        None => String::new(),
        Some(Answer::Choice(chosen)) => chosen.clone(),
        Some(Answer::Index(index)) => index.plain_or_rounded().replace('.', ","),
        Some(Answer::Counts(counts)) => {
            counts.values().map(|count| count.plain()).collect::<Vec<_>>().join(" · ")
        }
    }
}

/// What stands there now, for somebody whose save was refused because of it.
pub fn current(given: &Given) -> String {
    let (seen, answer) = (seen(given), worded(given.answer.as_ref()));
    serde_json::json!({ "was": seen, "answer": answer, "note": given.note }).to_string()
}
