//! One answer, checked against its question. What cannot be an answer is refused with what to write instead.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::json::Json;
use crate::instrument::{AnswerScore, Exact, Form, Input, InputRole, Instrument, Question};

/// Largest count accepted; no unit has a thousand million of anything on the form.
const MAX_COUNT: u32 = 1_000_000_000;

/// What follows the separator of thousands.
const THOUSANDS: &str = "000";

/// An answer that fits its question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The chosen answer, spelled as in the edition.
    Choice(String),
    /// The counts of a ratio, by input name.
    Counts(BTreeMap<String, Exact>),
    /// An index.
    Index(Exact),
}

/// Why something is not an answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// No such question in this edition.
    #[error("kode ini tidak ada pada edisi {0}; periksa kode dan edisinya")]
    UnknownQuestion(String),
    /// Not one of the answers.
    #[error("\"{given}\" bukan jawaban yang tersedia; pilihannya: {choices}")]
    NotAChoice {
        /// What was given.
        given: String,
        /// What could be given.
        choices: String,
    },
    /// A list or the like where a choice belongs.
    #[error("jenis jawaban salah; pertanyaan ini dijawab dengan salah satu dari: {0}")]
    ChoiceExpected(String),
    /// Not the inputs of a ratio.
    #[error("jenis jawaban salah; pertanyaan ini dijawab dengan isian: {0}")]
    CountsExpected(String),
    /// Not an index.
    #[error("indeks harus berupa angka 0 sampai {0}, misalnya 3,60")]
    IndexExpected(String),
    /// An index outside its scale.
    #[error("indeks {given} di luar skala 0 sampai {max}")]
    IndexOutside {
        /// What was given.
        given: String,
        /// Top of the scale.
        max: String,
    },
    /// A scored input is missing.
    #[error("isian \"{0}\" belum ada; isi 0 bila memang tidak ada")]
    MissingInput(String),
    /// No such input.
    #[error("isian \"{given}\" tidak dikenal; isian pertanyaan ini: {known}")]
    UnknownInput {
        /// What was given.
        given: String,
        /// What could be given.
        known: String,
    },
    /// Not a count.
    #[error("isian \"{name}\" harus berupa bilangan bulat, nol atau lebih; \"{given}\" bukan")]
    NotACount {
        /// Name of the input.
        name: String,
        /// What was given.
        given: String,
    },
    /// A negative count.
    #[error("isian \"{name}\" tidak boleh negatif ({given})")]
    NegativeCount {
        /// Name of the input.
        name: String,
        /// What was given.
        given: String,
    },
    /// `1.000` may be one or one thousand.
    #[error("isian \"{name}\" rancu: \"{given}\"; tulis tanpa pemisah ribuan")]
    AmbiguousCount {
        /// Name of the input.
        name: String,
        /// What was given.
        given: String,
    },
    /// Larger than any real count.
    #[error("isian \"{name}\" terlalu besar ({given}); periksa isian")]
    HugeCount {
        /// Name of the input.
        name: String,
        /// What was given.
        given: String,
    },
}

impl Answer {
    /// Reads an answer to the question with this code; `None` when it is blank (unanswered).
    ///
    /// # Errors
    /// [`AnswerError`] with what to write instead.
    pub fn read(edition: &Instrument, code: &str, given: &Json) -> Result<Option<Self>, AnswerError> {
        let unknown = || AnswerError::UnknownQuestion(edition.id.clone());
        let (_, _, question) = edition.question(code).ok_or_else(unknown)?;
        let kind = edition.kind(&question.kind).ok_or_else(unknown)?;
        if given.is_blank() {
            return Ok(None);
        }
        let answer = match &kind.form {
            Form::Choice(answers) => choice(answers, given),
            Form::Ratio => counts(question, given),
            Form::Index { input, max } => index(input, *max, given),
        };
        answer.map(Some)
    }

    /// The JSON form that [`Answer::read`] reads back as the same answer.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Choice(answer) => answer.as_str().into(),
            Self::Index(index) => index.plain().into(),
            Self::Counts(counts) => counts
                .iter()
                .map(|(name, count)| (name.clone(), serde_json::Value::from(count.plain())))
                .collect(),
        }
    }
}

fn choice(answers: &[AnswerScore], given: &Json) -> Result<Answer, AnswerError> {
    let choices = || answers.iter().map(|answer| answer.answer.as_str()).collect::<Vec<_>>().join(", ");
    let text = given.as_text().ok_or_else(|| AnswerError::ChoiceExpected(choices()))?.trim();
    let chosen = answers.iter().find(|answer| answer.answer.eq_ignore_ascii_case(text));
    let refused = || AnswerError::NotAChoice { given: text.to_owned(), choices: choices() };
    chosen.map(|answer| Answer::Choice(answer.answer.clone())).ok_or_else(refused)
}

fn index(input: &str, max: Exact, given: &Json) -> Result<Answer, AnswerError> {
    let expected = || AnswerError::IndexExpected(max.plain());
    let inner = match given {
        Json::Object(entries) if entries.len() == 1 => given.get(input).ok_or_else(expected)?,
        other => other,
    };
    let text = inner.as_text().ok_or_else(expected)?;
    // An index that comes from a survey may be a fraction without an end, such as 11/3.
    let index: Exact = text.parse().map_err(|_| expected())?;
    if index.is_negative() || index > max {
        return Err(AnswerError::IndexOutside { given: text.to_owned(), max: max.plain() });
    }
    Ok(Answer::Index(index))
}

fn counts(question: &Question, given: &Json) -> Result<Answer, AnswerError> {
    let known = || question.inputs.iter().map(|input| input.name.as_str()).collect::<Vec<_>>().join(", ");
    let Json::Object(entries) = given else {
        return Err(AnswerError::CountsExpected(known()));
    };
    if let Some((stray, _)) =
        entries.iter().find(|(name, _)| !question.inputs.iter().any(|i| i.name == *name))
    {
        return Err(AnswerError::UnknownInput { given: stray.clone(), known: known() });
    }
    let mut counts = BTreeMap::new();
    for input in &question.inputs {
        if let Some(number) = count(input, given.get(&input.name))? {
            counts.insert(input.name.clone(), number);
        }
    }
    Ok(Answer::Counts(counts))
}

fn count(input: &Input, given: Option<&Json>) -> Result<Option<Exact>, AnswerError> {
    let name = input.name.clone();
    let Some(given) = given.filter(|given| !given.is_blank()) else {
        return match input.role {
            InputRole::RecordedOnly => Ok(None),
            InputRole::Scored => Err(AnswerError::MissingInput(name)),
        };
    };
    let given = given.as_text().unwrap_or_default().trim().to_owned();
    if looks_like_thousands(&given) {
        return Err(AnswerError::AmbiguousCount { name, given });
    }
    match Exact::parse(&given) {
        Ok(number) if number.is_negative() => Err(AnswerError::NegativeCount { name, given }),
        Ok(number) if number > Exact::whole(MAX_COUNT) => Err(AnswerError::HugeCount { name, given }),
        Ok(number) if number.is_whole() => Ok(Some(number)),
        _ => Err(AnswerError::NotACount { name, given }),
    }
}

/// `1.000` or `1,000`: every group after a separator is as long as that of thousands.
fn looks_like_thousands(text: &str) -> bool {
    let mut groups = text.split(['.', ',']);
    let head = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    !rest.is_empty() && head != "0" && rest.iter().all(|group| group.len() == THOUSANDS.len())
}
