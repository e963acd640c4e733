//! Questions a unit asks beside the official ones: a set with versions, copied into the campaign that asks it. They
//! are never part of an index: nothing here has an unsur.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, YES_NO};
use super::figure::Figure;
use super::model::{Extra, ExtraKind, Questionnaire, Scale, Words};
use crate::text::{self, TooLong};

/// Most questions of a set; a form of two minutes bears no more.
pub const OWN_MAX: usize = 8;

/// Letter of the codes of own questions; no official questionnaire uses it (`survey_data` proves it).
pub const OWN_LETTER: char = 'T';

/// A version of a set of own questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSet {
    /// Identity of the set, the same in all its versions.
    pub id: Uuid,
    /// Counts up from 1; a version never changes.
    pub version: u32,
    /// What people call it.
    pub name: String,
    /// The questions, in order.
    pub questions: Vec<OwnQuestion>,
}

/// A question of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnQuestion {
    /// Code, such as `T1`.
    pub code: String,
    /// How it is answered.
    pub kind: ExtraKind,
    /// What is asked, in both languages.
    pub text: Words,
}

/// Why a set cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OwnError {
    /// No name.
    #[error("beri nama kumpulan pertanyaan ini")]
    NameNeeded,
    /// No question.
    #[error("tulis sedikitnya satu pertanyaan")]
    Empty,
    /// A question in one language only.
    #[error("pertanyaan {0} perlu ditulis dalam bahasa Indonesia dan Inggris")]
    OneLanguage(usize),
    /// Too many questions.
    #[error("paling banyak {OWN_MAX} pertanyaan sendiri; formulir harus selesai dalam dua menit")]
    TooMany,
    /// Too many words.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

impl OwnSet {
    /// A version of a set from what was typed; lines with neither language are passed over.
    ///
    /// # Errors
    /// [`OwnError`].
    pub fn typed(
        (id, version): (Uuid, u32),
        name: &str,
        lines: &[(ExtraKind, String, String)],
    ) -> Result<Self, OwnError> {
        let name = text::line(name)?;
        let mut questions = Vec::new();
        for (kind, own, english) in lines {
            let text = Words { id: text::line(own)?, en: text::line(english)? };
            let number = questions.len() + 1;
            match (text.id.is_empty(), text.en.is_empty()) {
                (true, true) => continue,
                (false, false) => {}
                _ => return Err(OwnError::OneLanguage(number)),
            }
            questions.push(OwnQuestion { code: format!("{OWN_LETTER}{number}"), kind: *kind, text });
        }
        match (name.is_empty(), questions.len()) {
            (true, _) => Err(OwnError::NameNeeded),
            (_, 0) => Err(OwnError::Empty),
            (_, count) if count > OWN_MAX => Err(OwnError::TooMany),
            _ => Ok(Self { id, version, name, questions }),
        }
    }

    /// The questionnaire with these questions after its own.
    #[must_use]
    pub fn beside(&self, official: &Questionnaire) -> Questionnaire {
        let mut asked = official.clone();
        let extra = |own: &OwnQuestion| Extra {
            code: own.code.clone(),
            kind: own.kind,
            text: own.text.clone(),
            line: 0,
        };
        asked.extras.extend(self.questions.iter().map(extra));
        asked
    }

    /// The questions whose answers may be published: what people write in own words stays out.
    pub fn columns(&self) -> impl Iterator<Item = &OwnQuestion> {
        self.questions.iter().filter(|own| own.kind != ExtraKind::Text)
    }

    /// What was answered: how often each answer was given, and the mean answer where there is a scale.
    #[must_use]
    pub fn results(&self, scale: &Scale, answers: &[Answer]) -> Value {
        let questions: Vec<Value> = self.questions.iter().map(|own| own.result(scale, answers)).collect();
        json!({
            "set": self.id,
            "version": self.version,
            "name": self.name,
            "counted_in_index": false,
            "questions": questions,
        })
    }
}

impl OwnQuestion {
    fn result(&self, scale: &Scale, answers: &[Answer]) -> Value {
        let given: Vec<&str> =
            answers.iter().filter_map(|answer| answer.extras.get(&self.code)).map(String::as_str).collect();
        let count =
            |wanted: &str| (wanted.to_owned(), given.iter().filter(|one| **one == wanted).count().into());
        let counts: serde_json::Map<String, Value> = match self.kind {
            ExtraKind::Text => serde_json::Map::new(),
            ExtraKind::YesNo => YES_NO.into_iter().map(count).collect(),
            ExtraKind::Scale => (1..=scale.points).map(|point| count(&point.to_string())).collect(),
        };
        let points: Vec<Figure> = match self.kind {
            ExtraKind::Scale => given.iter().filter_map(|one| one.parse().ok().map(Figure::whole)).collect(),
            _ => Vec::new(),
        };
        let mean = Figure::mean(&points);
        json!({
            "code": self.code,
            "kind": self.kind,
            "text": self.text,
            "answers": given.len(),
            "counts": counts,
            "mean": mean.as_ref().map(Figure::plain),
            "mean_exact": mean.as_ref().map(ToString::to_string),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn line(own: &str, english: &str) -> (ExtraKind, String, String) {
        (ExtraKind::YesNo, own.to_owned(), english.to_owned())
    }

    fn typed(name: &str, lines: &[(ExtraKind, String, String)]) -> Result<OwnSet, OwnError> {
        OwnSet::typed((Uuid::nil(), 1), name, lines)
    }

    #[test]
    fn questions_get_codes_in_order_and_empty_lines_are_passed_over() {
        let set = typed("Loket", &[line("", ""), line("Nyaman?", "Comfortable?"), line("Dekat?", "Near?")]);
        let codes: Vec<String> = set.unwrap().questions.into_iter().map(|own| own.code).collect();
        assert_eq!(codes, ["T1", "T2"]);
    }

    #[test]
    fn a_set_needs_a_name_a_question_and_both_languages() {
        assert_eq!(typed(" ", &[line("a", "b")]), Err(OwnError::NameNeeded));
        assert_eq!(typed("Loket", &[]), Err(OwnError::Empty));
        assert_eq!(typed("Loket", &[line("a", "b"), line("hanya ini", "")]), Err(OwnError::OneLanguage(2)));
        assert_eq!(typed("Loket", &vec![line("a", "b"); OWN_MAX + 1]), Err(OwnError::TooMany));
    }
}
