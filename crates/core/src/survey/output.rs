//! A report as JSON: figures as texts with a decimal point and as `p/q`, so that no reader makes floats of
//! them and anybody can reckon them again to the last digit.

use serde_json::{Map, Value, json};

use super::figure::Figure;
use super::index::UnsurScore;
use super::interval::Interval;
use super::model::Unsur;
use super::report::Report;

/// The report as JSON: `n`, `unsur` by code, `index`, `percent`, `category`, `interval`, `warnings` and the
/// rest; every figure has its fraction beside it under `…_exact`.
#[must_use]
pub fn to_json(report: &Report<'_>) -> Value {
    let mut map = Map::new();
    head(report, &mut map);
    map.insert("n".to_owned(), report.respondents.into());
    map.insert("unsur".to_owned(), unsur(report));
    figure(&mut map, "index", report.result.index.as_ref());
    let percent = report.percent.as_ref().map_or(Value::Null, |percent| percent.rounded(2).into());
    map.insert("percent".to_owned(), percent);
    map.insert("percent_exact".to_owned(), exact(report.result.percent.as_ref()));
    category(report, &mut map);
    map.insert(
        "interval".to_owned(),
        report.interval.as_ref().map_or(Value::Null, |own| interval(report, own)),
    );
    figure(&mut map, "cronbach_alpha", report.alpha.as_ref());
    map.insert("population".to_owned(), report.population.into());
    map.insert("required_sample".to_owned(), report.required.into());
    map.insert("sample".to_owned(), sample(report));
    figure(&mut map, "missing_share", report.missing_share.as_ref());
    figure(&mut map, "straight_lining_share", report.straight_lining_share.as_ref());
    map.insert("empty_rows".to_owned(), report.empty.into());
    map.insert("incomplete_rows".to_owned(), report.incomplete.into());
    let warnings = report.warnings.iter().map(|w| json!({"code": w.code, "message": w.message}));
    map.insert("warnings".to_owned(), warnings.collect());
    Value::Object(map)
}

fn head(report: &Report<'_>, map: &mut Map<String, Value>) {
    let (questionnaire, scale) = (report.questionnaire, report.scale);
    map.insert("survey".to_owned(), questionnaire.id.clone().into());
    map.insert("title".to_owned(), questionnaire.title.id.clone().into());
    map.insert("index_name".to_owned(), questionnaire.index.name.clone().into());
    map.insert("scale".to_owned(), json!({"points": scale.points, "value": scale.formula}));
    map.insert("citation".to_owned(), questionnaire.index.citation.clone().into());
}

fn unsur(report: &Report<'_>) -> Value {
    let weight = Figure::whole(1).over(&Figure::whole(report.result.unsur.len() as u64));
    let scores = report.questionnaire.unsur.iter().zip(&report.result.unsur);
    let one = |(unsur, score)| score_of(unsur, score, weight.as_ref());
    Value::Object(scores.map(one).collect())
}

fn score_of(unsur: &Unsur, score: &UnsurScore, weight: Option<&Figure>) -> (String, Value) {
    let mut map = Map::new();
    map.insert("name".to_owned(), unsur.name.id.clone().into());
    map.insert("answers".to_owned(), score.answers.into());
    map.insert("missing".to_owned(), score.missing.into());
    figure(&mut map, "sum", Some(&score.sum));
    figure(&mut map, "mean", score.mean.as_ref());
    map.insert("weight".to_owned(), exact(weight));
    map.insert("distribution".to_owned(), score.distribution.clone().into());
    (unsur.code.clone(), Value::Object(map))
}

fn category(report: &Report<'_>, map: &mut Map<String, Value>) {
    let band = report.grade.map(|(_, band)| band);
    let name = band.and_then(|band| band.name.as_ref());
    map.insert("category".to_owned(), band.map(|band| band.grade.clone()).into());
    map.insert("category_name".to_owned(), name.map(|name| name.id.clone()).into());
    map.insert("category_citation".to_owned(), report.grade.map(|(bands, _)| bands.citation.clone()).into());
}

fn sample(report: &Report<'_>) -> Value {
    let used = &report.sample;
    json!({
        "margin": used.margin.plain(),
        "confidence": used.confidence.plain(),
        "required": report.required,
        "required_usual": used.usual,
        "formula": used.formula,
        "citation": used.citation,
    })
}

fn interval(report: &Report<'_>, interval: &Interval) -> Value {
    let factor = Figure::from(report.questionnaire.index.percent_per_point);
    let mut map = Map::new();
    map.insert("method".to_owned(), "bootstrap".into());
    map.insert("confidence".to_owned(), interval.confidence.plain_or_rounded().into());
    figure(&mut map, "lower", Some(&interval.lower));
    figure(&mut map, "upper", Some(&interval.upper));
    map.insert("lower_percent".to_owned(), interval.lower.times(&factor).rounded(2).into());
    map.insert("upper_percent".to_owned(), interval.upper.times(&factor).rounded(2).into());
    map.insert("replicates".to_owned(), interval.replicates.into());
    map.insert("seed".to_owned(), interval.seed.into());
    let correction = interval.correction.as_ref().map(Figure::plain);
    map.insert("finite_population_correction".to_owned(), correction.into());
    Value::Object(map)
}

/// A figure and, beside it, its fraction.
fn figure(map: &mut Map<String, Value>, key: &str, figure: Option<&Figure>) {
    map.insert(key.to_owned(), figure.map(Figure::plain).into());
    map.insert(format!("{key}_exact"), exact(figure));
}

fn exact(figure: Option<&Figure>) -> Value {
    figure.map(ToString::to_string).into()
}
