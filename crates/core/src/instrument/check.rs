//! The rules every edition must satisfy before a score is made with it: weights add up, codes are unique,
//! formulas are safe, minimums of the higher predicate are not below those of the lower.

use std::collections::{BTreeMap, BTreeSet};

use super::check_conditions;
use super::exact::Exact;
use super::guard::{unguarded_divisor, unguarded_in_comparison};
use super::model::{Area, Form, Input, InputRole, Instrument, Part, Question, Sub};
use super::source::Source;

/// Notes everything that is wrong with this edition.
pub(super) fn instrument(edition: &Instrument, source: &Source<'_>) {
    check_validity(edition, source);
    check_codes(edition, source);
    check_weights(edition, source);
    edition.areas.iter().for_each(|area| check_area(edition, area, source));
    check_kinds(edition, source);
    edition.questions().for_each(|(_, _, question)| check_question(edition, question, source));
    check_conditions::conditions(edition, source);
}

fn check_validity(edition: &Instrument, source: &Source<'_>) {
    if edition.valid_until.is_some_and(|until| until < edition.valid_from) {
        source.refuse(edition.line, "masa berlaku berakhir sebelum dimulai");
    }
    if edition.id.chars().any(|c| !(c.is_ascii_alphanumeric() || c == '-' || c == '.')) {
        source.refuse(edition.line, "\"id\" hanya boleh berisi huruf, angka, titik, dan tanda hubung");
    }
}

fn check_codes(edition: &Instrument, source: &Source<'_>) {
    let codes: Vec<(&str, usize)> = [
        edition.parts.iter().map(|part| (part.code.as_str(), part.line)).collect(),
        edition.areas.iter().map(|area| (area.code.as_str(), area.line)).collect(),
        edition.subs().map(|(_, sub)| (sub.code.as_str(), sub.line)).collect(),
        edition
            .questions()
            .map(|(_, _, question)| (question.code.as_str(), question.line))
            .collect::<Vec<_>>(),
    ]
    .concat();
    refuse_repeats(&codes, "kode", source);
    let facts: Vec<(&str, usize)> =
        edition.facts.iter().map(|fact| (fact.name.as_str(), fact.line)).collect();
    refuse_repeats(&facts, "fakta", source);
    let predicates: Vec<(&str, usize)> =
        edition.predicates.iter().map(|predicate| (predicate.code.as_str(), predicate.line)).collect();
    refuse_repeats(&predicates, "predikat", source);
}

/// Refuses the second and later use of a name.
pub(crate) fn refuse_repeats(names: &[(&str, usize)], what: &str, source: &Source<'_>) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, line) in names.iter().filter(|(name, _)| !name.is_empty()) {
        if let Some(earlier) = first.get(name) {
            source.refuse(*line, &format!("{what} \"{name}\" sudah dipakai pada baris {earlier}"));
        } else {
            first.insert(name, *line);
        }
    }
}

fn check_weights(edition: &Instrument, source: &Source<'_>) {
    let parts = edition.parts.iter().map(|part| part.weight);
    refuse_sum(parts, edition.total_weight, "bobot semua bagian", edition.line, source);
    for part in &edition.parts {
        let halves = edition.areas.iter().flat_map(|area| &area.halves).filter(|half| half.part == part.code);
        refuse_sum(halves.map(|half| half.weight), part.weight, &of_part(part), part.line, source);
    }
}

fn of_part(part: &Part) -> String {
    format!("bobot area pada bagian {} ({})", part.code, part.name)
}

fn refuse_sum(
    weights: impl Iterator<Item = Exact>,
    whole: Exact,
    what: &str,
    line: usize,
    source: &Source<'_>,
) {
    match Exact::sum(weights) {
        Ok(sum) if sum == whole => {}
        Ok(sum) => {
            let reason = format!("{what} berjumlah {}, seharusnya {}", sum.plain(), whole.plain());
            source.refuse(line, &reason);
        }
        Err(overflow) => source.refuse(line, &overflow.to_string()),
    }
}

fn check_area(edition: &Instrument, area: &Area, source: &Source<'_>) {
    if area.halves.is_empty() {
        source.refuse(area.line, &format!("area {} tidak punya bobot", area.code));
    }
    if area.code.contains('-') {
        source.refuse(area.line, &format!("kode area \"{}\" tidak boleh memuat tanda hubung", area.code));
    }
    for half in &area.halves {
        if edition.part(&half.part).is_none() {
            source.refuse(
                area.line,
                &format!("bagian \"{}\" pada bobot area {} tidak ada", half.part, area.code),
            );
        }
        let subs = area.subs.iter().filter(|sub| sub.part == half.part).map(|sub| sub.weight);
        let what = format!("bobot subkomponen {}-{}", area.code, half.part);
        refuse_sum(subs, half.weight, &what, area.line, source);
    }
    let components: BTreeSet<bool> = area
        .halves
        .iter()
        .filter_map(|half| edition.part(&half.part))
        .map(|part| part.component == super::model::Component::Hasil)
        .collect();
    if components.len() > 1 {
        source.refuse(area.line, &format!("area {} ada di pengungkit dan hasil sekaligus", area.code));
    }
    area.subs.iter().for_each(|sub| check_sub(area, sub, source));
}

fn check_sub(area: &Area, sub: &Sub, source: &Source<'_>) {
    if !area.halves.iter().any(|half| half.part == sub.part) {
        source
            .refuse(sub.line, &format!("area {} tidak punya bobot untuk bagian \"{}\"", area.code, sub.part));
    }
    if sub.questions.is_empty() {
        source.refuse(sub.line, &format!("subkomponen {} tidak punya pertanyaan", sub.code));
    }
    if sub.weight.is_zero() {
        source.refuse(sub.line, &format!("bobot subkomponen {} harus lebih dari nol", sub.code));
    }
}

fn check_kinds(edition: &Instrument, source: &Source<'_>) {
    for kind in &edition.kinds {
        match &kind.form {
            Form::Choice(answers) => {
                let scores: Vec<Exact> = answers.iter().map(|answer| answer.score).collect();
                if scores.len() < 2 || scores.iter().any(|score| *score > Exact::ONE) {
                    source.refuse(
                        kind.line,
                        &format!("jenis {} perlu dua jawaban atau lebih bernilai 0 sampai 1", kind.code),
                    );
                }
                if !scores.is_sorted_by(|better, worse| better > worse) {
                    source.refuse(
                        kind.line,
                        &format!("nilai jawaban jenis {} harus menurun dari yang terbaik", kind.code),
                    );
                }
            }
            Form::Index { max, .. } if max.is_zero() => {
                source
                    .refuse(kind.line, &format!("nilai tertinggi jenis {} harus lebih dari nol", kind.code));
            }
            Form::Ratio | Form::Index { .. } => {}
        }
    }
}

fn check_question(edition: &Instrument, question: &Question, source: &Source<'_>) {
    let Some(kind) = edition.kind(&question.kind) else {
        let reason = format!("jenis jawaban \"{}\" pada {} tidak ada", question.kind, question.code);
        return source.refuse(question.line, &reason);
    };
    if let Form::Choice(answers) = &kind.form {
        let names: Vec<&str> = answers.iter().map(|answer| answer.answer.as_str()).collect();
        check_options(question, &names, source);
    } else if !question.options.is_empty() {
        source.refuse(
            question.line,
            &format!("{} bukan pertanyaan pilihan, jadi tidak punya \"option\"", question.code),
        );
    }
    if kind.form == Form::Ratio {
        check_ratio(question, source);
    } else if question.formula.is_some() || !question.inputs.is_empty() || !question.checks.is_empty() {
        source.refuse(
            question.line,
            &format!("{} bukan pertanyaan rasio, jadi tidak punya rumus atau isian", question.code),
        );
    }
}

fn check_options(question: &Question, answers: &[&str], source: &Source<'_>) {
    let given: Vec<&str> = question.options.iter().map(|option| option.answer.as_str()).collect();
    for missing in answers.iter().filter(|answer| !given.contains(answer)) {
        source.refuse(question.line, &format!("pilihan \"{missing}\" pada {} belum ada", question.code));
    }
    for extra in given.iter().filter(|answer| !answers.contains(answer)) {
        source.refuse(
            question.line,
            &format!("pilihan \"{extra}\" pada {} tidak ada dalam jenisnya", question.code),
        );
    }
}

fn check_ratio(question: &Question, source: &Source<'_>) {
    let Some(formula) = &question.formula else {
        return source
            .refuse(question.line, &format!("{} belum punya rumus yang dapat dibaca", question.code));
    };
    refuse_undefined(question, &formula.inputs(), source);
    question.inputs.iter().for_each(|input| check_input(input, &formula.inputs(), source));
    if let Some(divisor) = unguarded_divisor(formula) {
        refuse_division(question, &divisor.to_string(), source);
    }
    for check in &question.checks {
        refuse_undefined(question, &check.rule.inputs(), source);
        if let Some(divisor) = unguarded_in_comparison(&check.rule) {
            refuse_division(question, &divisor.to_string(), source);
        }
    }
}

fn refuse_division(question: &Question, divisor: &str, source: &Source<'_>) {
    let reason = format!(
        "pembagian dengan \"{divisor}\" pada {} tidak dijaga; bungkus dengan if({divisor} == 0, …, …)",
        question.code
    );
    source.refuse(question.line, &reason);
}

fn refuse_undefined(question: &Question, used: &BTreeSet<&str>, source: &Source<'_>) {
    for name in used.iter().filter(|name| !question.inputs.iter().any(|input| input.name == **name)) {
        source.refuse(
            question.line,
            &format!("isian \"{name}\" dipakai pada {} tetapi tidak didefinisikan", question.code),
        );
    }
}

fn check_input(input: &Input, used: &BTreeSet<&str>, source: &Source<'_>) {
    let name = &input.name;
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        || name.starts_with(|c: char| c.is_ascii_digit())
    {
        source
            .refuse(input.line, &format!("nama isian \"{name}\" hanya boleh huruf, angka, dan garis bawah"));
    }
    match (input.role, used.contains(name.as_str())) {
        (InputRole::Scored, false) => {
            let reason = format!(
                "isian \"{name}\" tidak dipakai dalam rumus; tandai recorded_only bila hanya dicatat"
            );
            source.refuse(input.line, &reason);
        }
        (InputRole::RecordedOnly, true) => {
            source.refuse(
                input.line,
                &format!("isian \"{name}\" bertanda recorded_only tetapi dipakai dalam rumus"),
            );
        }
        _ => {}
    }
}
