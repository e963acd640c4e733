//! What one respondent answered, as it is kept: one letter a question, and what was said beside the index.
//! Nothing that says who, from where or at what hour.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::campaign::Channel;
use super::header::Layout;
use super::model::{ExtraKind, Missing, Questionnaire, Scale};
use crate::text;

/// Longest answer in own words, in characters.
pub const WORDS_MAX_CHARS: usize = 1_000;

/// Base in which an answer is one letter; a scale has at most ten points.
const RADIX: u32 = 16;

/// A yes and a no, as forms send them.
pub(super) const YES_NO: [&str; 2] = ["ya", "tidak"];

/// The answers of one respondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The day, never the hour.
    pub day: NaiveDate,
    /// The way it came.
    pub channel: Channel,
    /// One answer a question, in the order of the questionnaire; 0 was not answered.
    pub values: Vec<u8>,
    /// Answers beside the index, by code.
    pub extras: BTreeMap<String, String>,
}

/// Why a form cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// No question of the index was answered.
    #[error("belum ada pertanyaan yang dijawab; pilih jawaban Anda dulu")]
    Empty,
    /// The questionnaire counts only completed answers.
    #[error("masih ada pertanyaan yang belum dijawab; semuanya perlu dijawab")]
    Incomplete,
    /// No such answer on this scale.
    #[error("ada jawaban yang tidak dikenal; pilih salah satu pilihan yang tersedia")]
    OffScale,
    /// Too many words.
    #[error("jawaban tertulis terlalu panjang; ringkaslah")]
    TooLong,
}

impl Answer {
    /// Reads the fields of a form; fields the questionnaire does not have are passed over.
    ///
    /// # Errors
    /// [`AnswerError`] when an answer is not on the scale, too long, or missing where it may not be.
    pub fn read(
        questionnaire: &Questionnaire,
        scale: &Scale,
        (day, channel): (NaiveDate, Channel),
        field: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, AnswerError> {
        let columns = Layout::by_question(questionnaire).columns;
        let one = |code: &str| value(field(code).as_deref().unwrap_or_default(), scale.points);
        let values = columns.iter().map(|column| one(&column.code)).collect::<Result<Vec<u8>, _>>()?;
        if values.iter().all(|value| *value == 0) {
            return Err(AnswerError::Empty);
        }
        if values.contains(&0) && questionnaire.missing != Missing::PerAnswer {
            return Err(AnswerError::Incomplete);
        }
        let mut extras = BTreeMap::new();
        for extra in &questionnaire.extras {
            let said = beside(extra.kind, &field(&extra.code).unwrap_or_default(), scale.points)?;
            extras.extend(said.map(|said| (extra.code.clone(), said)));
        }
        Ok(Self { day, channel, values, extras })
    }

    /// The answers as one word, a letter each.
    #[must_use]
    pub fn word(&self) -> String {
        self.values.iter().filter_map(|value| char::from_digit(u32::from(*value), RADIX)).collect()
    }
}

/// The answers of a word; `None` when it is none.
#[must_use]
pub fn values_of(word: &str) -> Option<Vec<u8>> {
    word.chars().map(|letter| u8::try_from(letter.to_digit(RADIX)?).ok()).collect()
}

fn value(text: &str, points: u8) -> Result<u8, AnswerError> {
    match text.trim() {
        "" => Ok(0),
        text => {
            let value = text.parse().map_err(|_| AnswerError::OffScale)?;
            if (1..=points).contains(&value) { Ok(value) } else { Err(AnswerError::OffScale) }
        }
    }
}

fn beside(kind: ExtraKind, text: &str, points: u8) -> Result<Option<String>, AnswerError> {
    let said = text::block(text, WORDS_MAX_CHARS).map_err(|_| AnswerError::TooLong)?;
    if said.is_empty() {
        return Ok(None);
    }
    match kind {
        ExtraKind::YesNo if !YES_NO.contains(&said.as_str()) => Err(AnswerError::OffScale),
        ExtraKind::Scale => value(&said, points).map(|_| Some(said)),
        ExtraKind::YesNo | ExtraKind::Text => Ok(Some(said)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::survey::shipped;

    fn read(fields: &[(&str, &str)]) -> Result<Answer, AnswerError> {
        let questionnaire = shipped().find("spak").unwrap();
        let field =
            |code: &str| fields.iter().find(|(name, _)| *name == code).map(|(_, value)| (*value).to_owned());
        let day = NaiveDate::from_ymd_opt(2020, 6, 15).unwrap();
        Answer::read(questionnaire, questionnaire.scale(None).unwrap(), (day, Channel::Link), field)
    }

    #[test]
    fn a_form_is_kept_as_one_letter_a_question() {
        let columns = Layout::by_question(shipped().find("spak").unwrap()).columns;
        let code = columns[1].code.clone();
        let answer = read(&[(&code, "3"), ("bukan kode", "9")]).unwrap();
        assert_eq!(answer.word(), format!("03{}", "0".repeat(columns.len() - 2)));
        assert_eq!(values_of(&answer.word()), Some(answer.values));
    }

    #[test]
    fn an_empty_form_an_unknown_answer_and_too_many_words_are_refused() {
        let questionnaire = shipped().find("spak").unwrap();
        let code = Layout::by_question(questionnaire).columns[0].code.clone();
        let beside = |kind| questionnaire.extras.iter().find(|extra| extra.kind == kind).unwrap();
        let long = "a".repeat(WORDS_MAX_CHARS + 1);
        assert_eq!(read(&[]), Err(AnswerError::Empty));
        for wrong in ["5", "-1", "x", "99999"] {
            assert_eq!(read(&[(&code, wrong)]), Err(AnswerError::OffScale), "{wrong}");
        }
        let written = &beside(ExtraKind::Text).code;
        assert_eq!(read(&[(&code, "1"), (written, &long)]), Err(AnswerError::TooLong));
        let yes_no = &beside(ExtraKind::YesNo).code;
        assert_eq!(read(&[(&code, "1"), (yes_no, "mungkin")]), Err(AnswerError::OffScale));
    }
}
