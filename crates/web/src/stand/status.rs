//! Where conditions stand, in words and signs of a page.

use bening_core::eligibility::{FactValue, Status};
use bening_core::instrument::Threshold;

use crate::words::Lang;

/// A state with a sign and a word.
pub(super) struct Mark {
    pub(super) tone: &'static str,
    pub(super) sign: &'static str,
    pub(super) word: String,
}

/// The state of a condition.
pub(super) fn mark(lang: Lang, status: Status) -> Mark {
    let (tone, sign, word) = match status {
        Status::Met => ("ok", "✓", lang.t("terpenuhi")),
        Status::NotMet => ("bad", "✕", lang.t("belum terpenuhi")),
        Status::Unknown => ("warn", "?", lang.t("belum diketahui")),
        Status::NotApplicable => ("mute", "–", lang.t("tidak berlaku")),
    };
    Mark { tone, sign, word: word.into_owned() }
}

/// A threshold as it is read.
pub(super) fn threshold(lang: Lang, threshold: &Threshold) -> String {
    match threshold {
        Threshold::AtLeast(number) => format!("≥ {}", lang.decimal(number.plain_or_rounded())),
        Threshold::AtLeastGrade(grade) => format!("≥ {grade}"),
        Threshold::Is(word) => word.clone(),
        Threshold::In(words) => words.join(", "),
    }
}

/// A value as it is read.
pub(super) fn value(lang: Lang, value: &FactValue) -> String {
    match value {
        FactValue::Number(number) => lang.decimal(number.rounded_or_whole()),
        FactValue::Word(word) => word.clone(),
    }
}
