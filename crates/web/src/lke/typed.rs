//! Answers as forms carry them: fields become an answer of the question, what was last seen travels along as JSON,
//! and an answer becomes words. What fits a question is `bening_core::scoring`.

use bening_core::instrument::{Form, Instrument};
use bening_core::lke::edit::Given;
use bening_core::scoring::{Answer, Json, absurd};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::{AppError, Result};

/// Field of a choice or an index.
pub const ANSWER: &str = "jawaban";
/// What the fields of a ratio begin with; the name of the input follows.
pub const INPUT: &str = "isian.";
/// Field of the note or reason.
pub const NOTE: &str = "catatan";
/// Field of what the person last saw.
pub const WAS: &str = "was";

/// Field that says that an assessor agrees.
pub const AGREES: &str = "setuju";

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

/// What a page kept for the next save.
///
/// # Errors
/// [`AppError::Bad`] when it did not come from a page of ours.
pub fn read_seen(text: &str) -> Result<Given> {
    let seen: Seen = serde_json::from_str(text)
        .map_err(|_| AppError::Bad("isian \"was\" tidak terbaca; muat ulang halaman".to_owned()))?;
    Ok(Given { answer: seen.answer, note: seen.note })
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

    /// Whether a field was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// All values of a field that may be sent more than once.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What the person last saw.
    ///
    /// # Errors
    /// [`AppError::Bad`] when it did not come from a page of ours.
    pub fn was(&self) -> Result<Given> {
        read_seen(self.get(WAS))
    }

    /// What the person wants to stand there.
    ///
    /// An assessor who agrees takes over the answer they are measured against.
    ///
    /// # Errors
    /// [`AppError::Refused`] when it is no answer to the question.
    pub fn given(&self, edition: &Instrument, code: &str, basis: Option<&Answer>) -> Result<Given> {
        let note = self.get(NOTE).to_owned();
        if !self.get(AGREES).is_empty() {
            return Ok(Given { answer: basis.cloned(), note });
        }
        let (_, _, question) = edition.question(code).ok_or(AppError::NotFound)?;
        let kind = edition.kind(&question.kind).ok_or(AppError::NotFound)?;
        let typed = match &kind.form {
            Form::Choice(_) | Form::Index { .. } => Json::Text(self.get(ANSWER).trim().to_owned()),
            Form::Ratio => self.counts(),
        };
        if let Some(untouched) = self.untouched() {
            return Ok(Given { answer: Some(untouched), note });
        }
        let answer = Answer::read(edition, code, &typed);
        let answer = answer.map_err(|error| AppError::Refused(error.to_string()))?;
        if let Some(reason) = answer.as_ref().and_then(|answer| absurd(edition, code, answer)) {
            return Err(AppError::Refused(reason));
        }
        Ok(Given { answer, note })
    }

    /// An index of a survey may be a fraction that the field shows rounded; left as it was, it stays exact.
    fn untouched(&self) -> Option<Answer> {
        let was = read_seen(self.get(WAS)).ok()?.answer?;
        let is_index = matches!(was, Answer::Index(_));
        (is_index && worded(Some(&was)) == self.get(ANSWER).trim()).then_some(was)
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

/// An answer as the fields of a form.
pub fn as_fields(answer: Option<&Answer>) -> Value {
    match answer {
        None => json!({}),
        Some(Answer::Choice(_) | Answer::Index(_)) => json!({ ANSWER: worded(answer) }),
        Some(Answer::Counts(counts)) => counts
            .iter()
            .map(|(name, count)| (format!("{INPUT}{name}"), Value::from(count.plain())))
            .collect(),
    }
}

/// What stands there now, for somebody whose save was refused because of it.
pub fn current(given: &Given) -> String {
    let answer = given.answer.as_ref();
    let (was, text, fields) = (seen(given), worded(answer), as_fields(answer));
    json!({ "was": was, "text": text, "fields": fields, "note": given.note }).to_string()
}
