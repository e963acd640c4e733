//! A score as JSON: figures as texts with a decimal point, so that no reader makes floats of them.

use serde_json::{Map, Value, json};

use super::explain::{self, Explanation};
use super::score::{Entry, Points, QuestionScore, Score};
use super::sheet::Sheet;
use crate::instrument::{Component, Instrument};

/// How much a reader wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Figures only.
    Figures,
    /// Each figure with its calculation and citation.
    Explained,
}

/// The score as JSON: `total`, `pengungkit`, `hasil`, `areas`, `area_parts`, `subs`, `questions`, each with
/// `score` (two decimals), `exact` (`p/q`), `weight`, `percent`; `gaps`; `warnings`.
#[must_use]
pub fn to_json(edition: &Instrument, sheet: &Sheet, score: &Score, detail: Detail) -> Value {
    let writer = Writer { edition, sheet, score, detail };
    json!({
        "instrument": edition.id,
        "total": writer.figure(&score.total, || explain::total(edition, score)),
        "pengungkit": writer.component(Component::Pengungkit),
        "hasil": writer.component(Component::Hasil),
        "areas": writer.areas(&score.areas),
        "area_parts": writer.areas(&score.area_parts),
        "subs": writer.subs(),
        "questions": writer.questions(),
        "gaps": score.gaps,
        "warnings": score.warnings.iter().map(|w| json!({"code": w.code, "message": w.message})).collect::<Vec<_>>(),
    })
}

struct Writer<'a> {
    edition: &'a Instrument,
    sheet: &'a Sheet,
    score: &'a Score,
    detail: Detail,
}

impl Writer<'_> {
    fn figure(&self, points: &Points, explain: impl FnOnce() -> Explanation) -> Value {
        let mut figure = json!({
            "score": points.score.rounded(),
            "exact": points.score.to_string(),
            "weight": points.weight.plain_or_rounded(),
            "weight_exact": points.weight.to_string(),
            "percent": points.percent.rounded(),
        });
        if self.detail == Detail::Explained {
            let explanation = explain();
            figure["calculation"] = explanation.calculation.into();
            figure["citation"] = explanation.citation.into();
        }
        figure
    }

    fn component(&self, component: Component) -> Value {
        let explain = || explain::component(self.edition, self.score, component);
        self.figure(self.score.component(component), explain)
    }

    fn areas(&self, entries: &[Entry]) -> Map<String, Value> {
        let mut map = Map::new();
        for area in &self.edition.areas {
            let own = |entry: &&Entry| {
                let rest = entry.code.strip_prefix(&area.code);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            };
            for entry in entries.iter().filter(own) {
                map.insert(
                    entry.code.clone(),
                    self.figure(&entry.points, || explain::area(area, self.score, entry)),
                );
            }
        }
        map
    }

    fn subs(&self) -> Map<String, Value> {
        let subs = self.edition.subs().filter_map(|(_, sub)| Some((sub, self.score.entry(&sub.code)?)));
        subs.map(|(sub, entry)| {
            let explain = || explain::sub(sub, self.score, entry);
            (entry.code.clone(), self.figure(&entry.points, explain))
        })
        .collect()
    }

    fn questions(&self) -> Map<String, Value> {
        let places = |result: &QuestionScore| self.edition.question(&result.code);
        let results = self.score.questions.iter().filter_map(|result| Some((result, places(result)?)));
        results
            .map(|(result, (_, sub, question))| {
                let explain = || explain::question(sub, question, self.score, self.sheet);
                (result.code.clone(), self.question(result, self.figure(&result.points, explain)))
            })
            .collect()
    }

    fn question(&self, result: &QuestionScore, mut figure: Value) -> Value {
        figure["value"] = result.value.map_or(Value::Null, |value| value.plain_or_rounded().into());
        figure["answer"] = self.sheet.get(&result.code).map_or(Value::Null, super::answer::Answer::to_json);
        figure
    }
}
