//! A verdict as JSON: every condition with value, threshold, source document, citation and status.

use serde_json::{Map, Value, json};

use super::facts::{FactValue, Facts};
use super::verdict::{AreaLine, Force, Outcome, Reading, Status, Verdict};
use crate::instrument::{Affirmable, Certainty, Level, Threshold};
use crate::scoring::Score;

impl Status {
    /// Word in JSON and in stored data.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// The verdict as JSON, with how much of the worksheet it rests on is still blank.
#[must_use]
pub fn to_json(facts: &Facts, score: Option<&Score>, verdict: &Verdict<'_>) -> Value {
    let warnings =
        verdict.outcomes.iter().filter(|o| o.force == Force::Warning && o.status == Status::NotMet);
    json!({
        "instrument": verdict.edition.id,
        "predicate": verdict.predicate.code,
        "eligible": verdict.status == Status::Met,
        "status": verdict.status.as_str(),
        "conditions": verdict.outcomes.iter().map(condition).collect::<Vec<_>>(),
        "warnings": warnings.map(|outcome| outcome.condition.code.as_str()).collect::<Vec<_>>(),
        "affirmation": facts.affirmation.as_ref().map(|stated| {
            json!({"group": stated.group, "set_aside": stated.set_aside})
        }),
        "unused_facts": facts.unused,
        "total": score.map(|score| score.total.score.rounded()),
        "gaps": score.map(|score| score.gaps.len()),
    })
}

fn condition(outcome: &Outcome<'_>) -> Value {
    let condition = outcome.condition;
    let mut row = Map::new();
    let mut put = |key: &str, value: Value| drop(row.insert(key.to_owned(), value));
    put("code", condition.code.as_str().into());
    put("level", level(condition.level).into());
    put("text", condition.text.as_str().into());
    put("metric", condition.metric.as_str().into());
    put("value", outcome.value.as_ref().map_or(Value::Null, shown));
    put("exact", outcome.value.as_ref().map_or(Value::Null, exact));
    put("operator", operator(&condition.threshold).into());
    put("threshold", threshold(&condition.threshold));
    put("status", outcome.status.as_str().into());
    put("force", force(outcome.force).into());
    put("certainty", certainty(condition.certainty).into());
    put("source_document", outcome.source_document.into());
    put("citation", condition.citation.as_str().into());
    put("reading", reading(outcome).into());
    put("affirmable", (condition.affirmation == Affirmable::Yes).into());
    put("areas", outcome.areas.iter().map(area).collect());
    put("reason", outcome.reason.into());
    put("notes", condition.notes.as_deref().into());
    Value::Object(row)
}

fn shown(value: &FactValue) -> Value {
    match value {
        FactValue::Number(number) => number.plain_or_rounded().into(),
        FactValue::Word(word) => word.as_str().into(),
    }
}

fn exact(value: &FactValue) -> Value {
    match value {
        FactValue::Number(number) => number.to_string().into(),
        FactValue::Word(_) => Value::Null,
    }
}

fn threshold(threshold: &Threshold) -> Value {
    match threshold {
        Threshold::AtLeast(number) => number.plain().into(),
        Threshold::AtLeastGrade(word) | Threshold::Is(word) => word.as_str().into(),
        Threshold::In(words) => words.clone().into(),
    }
}

fn operator(threshold: &Threshold) -> &'static str {
    match threshold {
        Threshold::AtLeast(_) | Threshold::AtLeastGrade(_) => ">=",
        Threshold::Is(_) => "=",
        Threshold::In(_) => "in",
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Agency => "instansi",
        Level::Unit => "unit",
        Level::Score => "nilai",
    }
}

fn force(force: Force) -> &'static str {
    match force {
        Force::Binding => "binding",
        Force::Warning => "warning",
        Force::SetAside => "set_aside",
    }
}

fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Found => "found",
        Certainty::FoundTwice => "found2",
        Certainty::Uncertain => "uncertain",
    }
}

fn reading(outcome: &Outcome<'_>) -> Option<&'static str> {
    match outcome.reading {
        Reading::Only => None,
        Reading::Default => Some("default"),
        Reading::Other => Some("other"),
    }
}

fn area(line: &AreaLine) -> Value {
    json!({
        "code": line.code,
        "score": line.points.score.rounded(),
        "exact": line.points.score.to_string(),
        "weight": line.points.weight.plain_or_rounded(),
        "percent": line.points.percent.rounded(),
        "minimum": line.minimum.plain_or_rounded(),
        "status": line.status.as_str(),
    })
}
