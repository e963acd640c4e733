//! The rules for predicates, facts and conditions: every metric exists, every value fits its metric, a
//! higher predicate never asks less than the lower one, other readings point somewhere.

use super::check::refuse_repeats;
use super::exact::Exact;
use super::metric::Metric;
use super::model::Instrument;
use super::rule::{Condition, Fact, FactKind, Predicate, Threshold};
use super::source::Source;

pub(super) fn conditions(edition: &Instrument, source: &Source<'_>) {
    edition.facts.iter().for_each(|fact| check_fact(edition, fact, source));
    for predicate in &edition.predicates {
        let codes: Vec<(&str, usize)> = edition
            .conditions_of(&predicate.code)
            .map(|condition| (condition.code.as_str(), condition.line))
            .collect();
        refuse_repeats(&codes, "syarat", source);
        check_order(edition, predicate, source);
    }
    edition.conditions.iter().for_each(|condition| check_condition(edition, condition, source));
}

fn check_fact(edition: &Instrument, fact: &Fact, source: &Source<'_>) {
    match &fact.kind {
        FactKind::Scale(scale) if edition.scale(scale).is_none() => {
            source.refuse(fact.line, &format!("urutan \"{scale}\" pada fakta {} tidak ada", fact.name));
        }
        FactKind::Choice(values) if values.is_empty() => {
            source.refuse(fact.line, &format!("fakta {} perlu daftar \"values\"", fact.name));
        }
        _ => {}
    }
    if let Some(years) = &fact.consecutive {
        let scale = match edition.fact(&years.fact).map(|yearly| &yearly.kind) {
            Some(FactKind::Scale(scale)) => scale.as_str(),
            _ => "",
        };
        if rank(edition, scale, &years.at_least).is_none() || fact.kind != FactKind::Number {
            source.refuse(
                fact.line,
                &format!("consecutive_of pada fakta {} harus menunjuk fakta berskala", fact.name),
            );
        }
    }
}

fn check_condition(edition: &Instrument, condition: &Condition, source: &Source<'_>) {
    let refuse = |reason: String| source.refuse(condition.line, &reason);
    let code = &condition.code;
    if edition.predicate(&condition.predicate).is_none() {
        refuse(format!("predikat \"{}\" pada syarat {code} tidak ada", condition.predicate));
    }
    match Metric::of(edition, &condition.metric) {
        None => {
            refuse(format!("ukuran \"{}\" pada syarat {code} bukan fakta dan bukan nilai", condition.metric))
        }
        Some(metric) => check_threshold(edition, condition, metric, source),
    }
    for fact in condition.only_when.iter().filter(|name| edition.fact(name).is_none()) {
        refuse(format!("fakta \"{fact}\" pada syarat {code} tidak ada"));
    }
    let is_known =
        |other: &&String| edition.conditions_of(&condition.predicate).any(|known| known.code == **other);
    for other in condition.reading_of.iter().filter(|other| !is_known(other)) {
        refuse(format!("syarat \"{other}\" yang ditafsirkan lain oleh {code} tidak ada"));
    }
}

fn check_threshold(edition: &Instrument, condition: &Condition, metric: Metric<'_>, source: &Source<'_>) {
    let fits = match (&condition.threshold, metric) {
        (Threshold::AtLeast(_), Metric::Score(_) | Metric::LowestArea | Metric::LowestHalf) => true,
        (threshold, Metric::Fact(fact)) => fits_fact(edition, threshold, fact),
        _ => false,
    };
    if !fits {
        let reason = format!(
            "nilai atau operator syarat {} tidak cocok dengan \"{}\"",
            condition.code, condition.metric
        );
        source.refuse(condition.line, &reason);
    }
}

fn fits_fact(edition: &Instrument, threshold: &Threshold, fact: &Fact) -> bool {
    match (threshold, &fact.kind) {
        (Threshold::AtLeast(_), FactKind::Number) => true,
        (Threshold::AtLeast(number), FactKind::Percent) => *number <= Exact::whole(100),
        (Threshold::AtLeastGrade(grade), FactKind::Scale(scale)) => rank(edition, scale, grade).is_some(),
        (Threshold::Is(value), FactKind::YesNo) => value == "ya" || value == "tidak",
        (Threshold::Is(value), FactKind::Choice(values)) => values.contains(value),
        (Threshold::In(wanted), FactKind::Choice(values)) => {
            wanted.iter().all(|value| values.contains(value))
        }
        _ => false,
    }
}

fn rank(edition: &Instrument, scale: &str, grade: &str) -> Option<usize> {
    edition.scale(scale)?.rank(grade)
}

/// The higher predicate may not ask less than the lower one in a condition of the same code and metric.
fn check_order(edition: &Instrument, predicate: &Predicate, source: &Source<'_>) {
    let Some(lower) = &predicate.above else {
        return;
    };
    if edition.predicate(lower).is_none() || *lower == predicate.code {
        return source
            .refuse(predicate.line, &format!("predikat di bawah {} tidak ada: \"{lower}\"", predicate.code));
    }
    for high in edition.conditions_of(&predicate.code) {
        let low = edition.conditions_of(lower).find(|low| low.code == high.code && low.metric == high.metric);
        if low.is_some_and(|low| asks_less(edition, high, low)) {
            let reason =
                format!("ambang {} untuk {} lebih rendah daripada untuk {lower}", high.code, predicate.code);
            source.refuse(high.line, &reason);
        }
    }
}

fn asks_less(edition: &Instrument, high: &Condition, low: &Condition) -> bool {
    match (&high.threshold, &low.threshold) {
        (Threshold::AtLeast(high), Threshold::AtLeast(low)) => high < low,
        (Threshold::AtLeastGrade(above), Threshold::AtLeastGrade(below)) => {
            let Some(FactKind::Scale(scale)) = edition.fact(&high.metric).map(|fact| &fact.kind) else {
                return false;
            };
            rank(edition, scale, above) < rank(edition, scale, below)
        }
        _ => false,
    }
}
