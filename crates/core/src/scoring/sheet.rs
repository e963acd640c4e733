//! A filled worksheet: answers by question code, read from JSON or CSV. All problems of a file are
//! reported at once and nothing of a file with a problem is used.

use std::collections::BTreeMap;
use std::fmt;

use super::answer::Answer;
use super::json::Json;
use super::table;
use crate::instrument::Instrument;

/// The answers of one layer of one unit, each fitting its question. Unanswered is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    answers: BTreeMap<String, Answer>,
}

/// Something in a file of answers that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetProblem {
    /// Question code, line or key.
    pub place: String,
    /// What is wrong and what to do, in Indonesian.
    pub reason: String,
}

impl fmt::Display for SheetProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

impl SheetProblem {
    /// A problem at a place.
    pub fn new(place: impl Into<String>, reason: impl fmt::Display) -> Self {
        Self { place: place.into(), reason: reason.to_string() }
    }
}

/// What a file holds for one unit: the answers and the stated facts, each of which may be absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFile {
    /// The worksheet.
    pub sheet: Option<Sheet>,
    /// The facts, as written; see `eligibility`.
    pub facts: Option<Json>,
}

impl Sheet {
    /// The answer to a question.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Answer> {
        self.answers.get(code)
    }

    /// The answers in the order of codes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.answers.iter().map(|(code, answer)| (code.as_str(), answer))
    }

    /// The sheet with this answer put in (or taken out, for `None`).
    #[must_use]
    pub fn with(mut self, code: &str, answer: Option<Answer>) -> Self {
        match answer {
            Some(answer) => self.answers.insert(code.to_owned(), answer),
            None => self.answers.remove(code),
        };
        self
    }

    /// Reads pairs of code and answer.
    ///
    /// # Errors
    /// Every pair that is not an answer of this edition.
    pub fn read(edition: &Instrument, pairs: &[(String, Json)]) -> Result<Self, Vec<SheetProblem>> {
        let mut sheet = Self::default();
        let mut problems = Vec::new();
        for (code, given) in pairs {
            match Answer::read(edition, code, given) {
                Ok(answer) => sheet = sheet.with(code, answer),
                Err(error) => problems.push(SheetProblem::new(code, error)),
            }
        }
        if problems.is_empty() { Ok(sheet) } else { Err(problems) }
    }

    /// Reads a CSV text. Its first line names the columns `code`, `answer` and, for ratios, `input` (one
    /// line per input); the separator is `;`, `,` or a tab; a field may be in quotation marks.
    ///
    /// # Errors
    /// Every line and answer that cannot be used.
    pub fn from_csv(edition: &Instrument, text: &str) -> Result<Self, Vec<SheetProblem>> {
        Self::read(edition, &table::pairs(text)?)
    }

    /// The `answers` object that [`UnitFile::from_json`] reads back as the same sheet.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        self.answers.iter().map(|(code, answer)| (code.clone(), answer.to_json())).collect()
    }
}

impl UnitFile {
    /// Reads `{"instrument": …, "answers": {…}, "facts": {…}}`; all three may be absent, other keys are
    /// left alone.
    ///
    /// # Errors
    /// Everything that cannot be used, also a file that says it is for another edition.
    pub fn from_json(edition: &Instrument, text: &str) -> Result<Self, Vec<SheetProblem>> {
        let json = Json::parse(text).map_err(|error| vec![SheetProblem::new("berkas", error)])?;
        let Json::Object(_) = json else {
            return Err(vec![SheetProblem::new(
                "berkas",
                "harus berupa objek dengan \"answers\" dan/atau \"facts\"",
            )]);
        };
        refuse_other_edition(edition, &json)?;
        let pairs = match json.get("answers") {
            None | Some(Json::Null) => None,
            Some(Json::Object(pairs)) => Some(pairs),
            Some(_) => {
                return Err(vec![SheetProblem::new(
                    "answers",
                    "harus berupa objek: kode pertanyaan dan jawabannya",
                )]);
            }
        };
        let sheet = pairs.map(|pairs| Sheet::read(edition, pairs)).transpose()?;
        Ok(Self { sheet, facts: json.get("facts").cloned() })
    }
}

fn refuse_other_edition(edition: &Instrument, json: &Json) -> Result<(), Vec<SheetProblem>> {
    match json.get("instrument") {
        None | Some(Json::Null) => Ok(()),
        Some(Json::Text(id)) if *id == edition.id => Ok(()),
        Some(other) => {
            let given = other.as_text().unwrap_or("?");
            let reason = format!("berkas ini untuk edisi \"{given}\", bukan \"{}\"", edition.id);
            Err(vec![SheetProblem::new("instrument", reason)])
        }
    }
}
