//! How a figure came about, in words a person can check with pencil and paper, with its citation.

use super::answer::Answer;
use super::score::{Entry, Points, Score, question_weight};
use super::sheet::Sheet;
use crate::instrument::{Area, Component, Exact, Instrument, Question, Sub};

/// A calculation and the rule it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The calculation.
    pub calculation: String,
    /// The rule.
    pub citation: String,
}

/// The calculation behind the total.
#[must_use]
pub fn total(edition: &Instrument, score: &Score) -> Explanation {
    let parts = [("pengungkit", &score.pengungkit), ("hasil", &score.hasil)];
    Explanation { calculation: sum(parts.into_iter(), &score.total), citation: edition.regulation.clone() }
}

/// The calculation behind a component.
#[must_use]
pub fn component(edition: &Instrument, score: &Score, component: Component) -> Explanation {
    let areas = edition.areas.iter().filter(|area| area.component(edition) == Some(component));
    let terms: Vec<(&str, &Points)> = areas
        .filter_map(|area| score.entry(&area.code))
        .map(|entry| (entry.code.as_str(), &entry.points))
        .collect();
    let citations: Vec<&str> = edition
        .parts
        .iter()
        .filter(|part| part.component == component)
        .map(|part| part.citation.as_str())
        .collect();
    Explanation {
        calculation: sum(terms.into_iter(), score.component(component)),
        citation: citations.join("; "),
    }
}

/// The calculation behind an area or, with the code of a part, behind that part of it.
#[must_use]
pub fn area(area: &Area, score: &Score, entry: &Entry) -> Explanation {
    let is_whole = entry.code == area.code;
    let halves = score
        .area_parts
        .iter()
        .filter(|half| half.code.strip_prefix(&area.code).and_then(|rest| rest.strip_prefix('-')).is_some());
    let subs = score.subs.iter().filter(|sub| {
        area.subs
            .iter()
            .any(|own| own.code == sub.code && entry.code == format!("{}-{}", area.code, own.part))
    });
    let terms: Vec<(&str, &Points)> =
        if is_whole { halves.map(term).collect() } else { subs.map(term).collect() };
    Explanation { calculation: sum(terms.into_iter(), &entry.points), citation: area.citation.clone() }
}

fn term(entry: &Entry) -> (&str, &Points) {
    (entry.code.as_str(), &entry.points)
}

fn sum<'a>(terms: impl Iterator<Item = (&'a str, &'a Points)>, whole: &Points) -> String {
    let terms: Vec<String> = terms.map(|(code, points)| format!("{code} {}", points.score.plain())).collect();
    format!("{} = {}", terms.join(" + "), whole.score.plain())
}

/// The calculation behind a sub-component: its weight times the mean of its question scores.
#[must_use]
pub fn sub(sub: &Sub, score: &Score, entry: &Entry) -> Explanation {
    let values = sub.questions.iter().filter_map(|question| score.question(&question.code));
    let values: Vec<String> = values.map(|question| question.value.unwrap_or(Exact::ZERO).plain()).collect();
    let calculation = format!(
        "({}) / {} × {} = {}",
        values.join(" + "),
        sub.questions.len(),
        sub.weight.plain(),
        entry.points.score.plain()
    );
    Explanation { calculation, citation: sub.citation.clone() }
}

/// The calculation behind a question.
#[must_use]
pub fn question(sub: &Sub, question: &Question, score: &Score, sheet: &Sheet) -> Explanation {
    let share = question_weight(sub).map_or_else(|_| String::new(), Exact::plain);
    let result = score.question(&question.code);
    let value = result.and_then(|result| result.value);
    let calculation = match (sheet.get(&question.code), value, result) {
        (Some(answer), Some(value), Some(result)) => format!(
            "{}; {} × bobot {share} = {}",
            worth(question, answer, value),
            value.plain(),
            result.points.score.plain()
        ),
        _ => format!("belum diisi, dihitung 0 dari bobot {share}"),
    };
    Explanation { calculation, citation: question.citation.clone() }
}

fn worth(question: &Question, answer: &Answer, value: Exact) -> String {
    match answer {
        Answer::Choice(chosen) => format!("jawaban {chosen} bernilai {}", value.plain()),
        Answer::Index(index) => format!("indeks {} pada skalanya bernilai {}", index.plain(), value.plain()),
        Answer::Counts(counts) => {
            let given: Vec<String> =
                counts.iter().map(|(name, count)| format!("{name} = {}", count.plain())).collect();
            let formula = question.formula.as_ref().map_or_else(String::new, ToString::to_string);
            format!("{}: {formula} = {}", given.join(", "), value.plain())
        }
    }
}
