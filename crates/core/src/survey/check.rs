//! The rules every questionnaire must satisfy before an index is made with it: codes are unique and tell
//! their unsur, scales rise from the worst to the best value of the index, grades cover all of it.

use super::model::{Bands, Questionnaire, Scale, Status, Unsur};
use crate::instrument::Exact;
use crate::instrument::check::refuse_repeats;
use crate::instrument::source::Source;

/// Most unsur and most questions in each; an index has about ten.
const MAX_PARTS: usize = 50;

/// Notes everything that is wrong with this questionnaire.
pub(super) fn questionnaire(questionnaire: &Questionnaire, source: &Source<'_>) {
    if questionnaire.index.name.is_empty() {
        return; // Refused already, and without an index nothing can be compared with it.
    }
    check_head(questionnaire, source);
    check_codes(questionnaire, source);
    questionnaire.unsur.iter().for_each(|unsur| check_unsur(unsur, source));
    questionnaire.scales.iter().for_each(|scale| check_scale(questionnaire, scale, source));
    super::feed::check(questionnaire, source);
    questionnaire.bands.iter().for_each(|bands| check_bands(questionnaire, bands, source));
}

fn check_head(questionnaire: &Questionnaire, source: &Source<'_>) {
    let line = questionnaire.line;
    if questionnaire.valid_until.is_some_and(|until| until < questionnaire.valid_from) {
        source.refuse(line, "masa berlaku berakhir sebelum dimulai");
    }
    if questionnaire.index.lowest >= questionnaire.index.highest {
        source.refuse(line, "\"lowest\" pada [index] harus di bawah \"highest\"");
    }
    if questionnaire.index.percent_per_point.is_zero() {
        source.refuse(line, "\"percent_per_point\" harus lebih dari nol");
    }
    if questionnaire.unsur.is_empty() || questionnaire.unsur.len() > MAX_PARTS {
        source.refuse(line, &format!("kuesioner perlu 1 sampai {MAX_PARTS} [[unsur]]"));
    }
    if questionnaire.scales.is_empty() {
        source.refuse(line, "kuesioner belum punya [[scale]]");
    }
    if questionnaire.bands.iter().filter(|bands| bands.status == Status::Current).count() > 1 {
        source.refuse(line, "hanya satu [[bands]] yang boleh berstatus current");
    }
}

fn check_codes(questionnaire: &Questionnaire, source: &Source<'_>) {
    let unsur: Vec<(&str, usize)> =
        questionnaire.unsur.iter().map(|unsur| (unsur.code.as_str(), unsur.line)).collect();
    refuse_repeats(&unsur, "kode", source);
    let questions = questionnaire.questions().map(|(_, question)| (question.code.as_str(), question.line));
    let extras = questionnaire.extras.iter().map(|extra| (extra.code.as_str(), extra.line));
    refuse_repeats(&questions.chain(extras.clone()).collect::<Vec<_>>(), "kode", source);
    for (code, line) in extras.filter(|(code, _)| unsur.iter().any(|(known, _)| known == code)) {
        source.refuse(line, &format!("kode \"{code}\" sudah dipakai sebuah unsur"));
    }
    let points: Vec<String> = questionnaire.scales.iter().map(|scale| scale.points.to_string()).collect();
    let scales: Vec<(&str, usize)> = points
        .iter()
        .zip(&questionnaire.scales)
        .map(|(points, scale)| (points.as_str(), scale.line))
        .collect();
    refuse_repeats(&scales, "skala", source);
    let bands: Vec<(&str, usize)> =
        questionnaire.bands.iter().map(|bands| (bands.id.as_str(), bands.line)).collect();
    refuse_repeats(&bands, "id", source);
}

fn check_unsur(unsur: &Unsur, source: &Source<'_>) {
    if unsur.questions.is_empty() || unsur.questions.len() > MAX_PARTS {
        let reason = format!("unsur {} perlu 1 sampai {MAX_PARTS} pertanyaan", unsur.code);
        source.refuse(unsur.line, &reason);
    }
    for question in &unsur.questions {
        let is_own = if unsur.questions.len() == 1 {
            question.code == unsur.code
        } else {
            question.code.len() > unsur.code.len() && question.code.starts_with(&unsur.code)
        };
        if !is_own {
            let reason = format!(
                "kode pertanyaan \"{}\" harus {code}, atau {code} diikuti huruf bila pertanyaannya lebih dari satu",
                question.code,
                code = unsur.code
            );
            source.refuse(question.line, &reason);
        }
    }
}

fn check_scale(questionnaire: &Questionnaire, scale: &Scale, source: &Source<'_>) {
    let rule = &questionnaire.index;
    let ends = (scale.values.first(), scale.values.last());
    let is_sound = scale.values.len() >= 2
        && scale.values.is_sorted_by(|lower, higher| lower < higher)
        && ends == (Some(&rule.lowest), Some(&rule.highest));
    if !is_sound {
        let reason = format!(
            "nilai skala {} titik harus naik dari {} sampai {}; periksa \"value\"",
            scale.points,
            rule.lowest.plain(),
            rule.highest.plain()
        );
        source.refuse(scale.line, &reason);
    }
}

fn check_bands(questionnaire: &Questionnaire, bands: &Bands, source: &Source<'_>) {
    let starts: Vec<Exact> = bands.bands.iter().map(|band| band.from_percent).collect();
    if starts.len() < 2 || !starts.is_sorted_by(|lower, higher| lower < higher) {
        source.refuse(bands.line, &format!("batas kelas {} harus naik dari yang terendah", bands.id));
    }
    let rule = &questionnaire.index;
    let worst = rule.lowest.times(rule.percent_per_point).ok();
    if starts.first().zip(worst.as_ref()).is_some_and(|(first, worst)| first > worst) {
        source.refuse(bands.line, &format!("kelas {} tidak mencakup nilai terendah indeks", bands.id));
    }
}
