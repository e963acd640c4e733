//! A way as JSON.

use serde_json::{Value, json};

use super::improvement::{Improvement, Nature};
use super::search::Way;
use super::target::{Missing, Place};
use crate::instrument::{Component, Exact};
use crate::scoring::Answer;

impl Nature {
    /// Word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Assumed => "assumed",
            Self::Survey => "survey",
        }
    }
}

/// The way as JSON: `reached`, `days`, `total` before and after, `improvements`, `missing`.
#[must_use]
pub fn to_json(way: &Way<'_>) -> Value {
    json!({
        "instrument": way.edition.id,
        "predicate": way.predicate,
        "reached": way.is_complete(),
        "days": way.days,
        "total": { "before": figure(way.before.total.score), "after": figure(way.after.total.score) },
        "improvements": way.improvements.iter().map(improvement).collect::<Vec<_>>(),
        "missing": way.missing.iter().map(missing).collect::<Vec<_>>(),
    })
}

fn figure(score: Exact) -> Value {
    json!({ "score": score.rounded(), "exact": score.to_string() })
}

fn improvement(improvement: &Improvement) -> Value {
    json!({
        "question": improvement.question,
        "from": improvement.from.as_ref().map(Answer::to_json),
        "to": improvement.to.to_json(),
        "gain": figure(improvement.gain),
        "days": improvement.days,
        "nature": improvement.nature.as_str(),
    })
}

fn missing(missing: &Missing<'_>) -> Value {
    json!({
        "condition": missing.target.condition.code,
        "text": missing.target.condition.text,
        "place": place(&missing.target.place),
        "needed": figure(missing.target.needed),
        "most": figure(missing.most),
        "citation": missing.target.condition.citation,
    })
}

fn place(place: &Place) -> &str {
    match place {
        Place::Total => "total",
        Place::Component(Component::Pengungkit) => "pengungkit",
        Place::Component(Component::Hasil) => "hasil",
        Place::Code(code) => code,
    }
}
