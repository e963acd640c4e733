//! Every file of `instruments/surveys/examples` is reckoned and compared with what it expects. A case can be
//! added there without touching Rust: `survey`, `csv` (lines), optional `scale` and `options`, and either
//! `expect` (any part of the JSON), with `warnings` (codes), or `refused` (starts of the problems).

#![allow(clippy::expect_used)]

use std::path::Path;

use bening_core::instrument::Exact;
use bening_core::survey::{Options, Report, Table, method, shipped, to_json};
use serde_json::Value;

fn options(given: &Value) -> Options {
    let number = |key: &str| given[key].as_str().map(|text| Exact::parse(text).expect("a number"));
    Options {
        population: given["population"].as_u64(),
        margin: number("margin"),
        seed: given["seed"].as_u64(),
        confidence: number("confidence"),
        bands: given["bands"].as_str().map(ToOwned::to_owned),
        channels: std::collections::BTreeSet::default(),
    }
}

/// The report as JSON, or what is refused.
fn reckoned(case: &Value) -> Result<Value, Vec<String>> {
    let questionnaire = shipped().find(case["survey"].as_str().expect("a survey")).expect("a shipped one");
    let points = case["scale"].as_u64().map(|points| u8::try_from(points).expect("few"));
    let scale = questionnaire.scale(points).expect("a known scale");
    let lines: Vec<&str> =
        case["csv"].as_array().expect("lines").iter().map(|line| line.as_str().expect("a line")).collect();
    let (responses, _) = Table::read(questionnaire, scale, &lines.join("\n"))
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    let report = Report::of(&responses, method().expect("sound"), &options(&case["options"]));
    report.map(|report| to_json(&report)).map_err(|error| vec![error.to_string()])
}

/// Where `found` is not what `wanted` says; keys that are not wanted are not looked at.
fn differences(place: &str, wanted: &Value, found: &Value) -> Vec<String> {
    match wanted {
        Value::Object(map) => map
            .iter()
            .flat_map(|(key, wanted)| differences(&format!("{place} {key}"), wanted, &found[key]))
            .collect(),
        _ if wanted == found => Vec::new(),
        _ => vec![format!("{place}: expected {wanted}, found {found}")],
    }
}

fn check(name: &str, case: &Value) -> Vec<String> {
    let found = reckoned(case);
    if let Some(refused) = case["refused"].as_array() {
        let problems = found.err().unwrap_or_default();
        let wanted: Vec<&str> = refused.iter().filter_map(Value::as_str).collect();
        let is_told = problems.len() == wanted.len()
            && wanted.iter().zip(&problems).all(|(wanted, problem)| problem.starts_with(wanted));
        return if is_told {
            Vec::new()
        } else {
            vec![format!("{name}: wanted {wanted:#?}, found {problems:#?}")]
        };
    }
    let found = match found {
        Ok(found) => found,
        Err(problems) => return vec![format!("{name}: refused: {problems:#?}")],
    };
    let mut differing = differences(name, &case["expect"], &found);
    if let Some(wanted) = case["warnings"].as_array() {
        let codes: Vec<&Value> =
            found["warnings"].as_array().expect("a list").iter().map(|w| &w["code"]).collect();
        if codes != wanted.iter().collect::<Vec<_>>() {
            differing.push(format!("{name}: warnings {codes:?}"));
        }
    }
    differing
}

#[test]
fn every_example_gives_what_it_expects() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../instruments/surveys/examples");
    let (mut differing, mut files) = (Vec::new(), 0);
    for entry in std::fs::read_dir(folder).expect("examples") {
        let path = entry.expect("an entry").path();
        let case = serde_json::from_str(&std::fs::read_to_string(&path).expect("readable")).expect("JSON");
        differing.extend(check(&path.file_name().expect("a name").to_string_lossy(), &case));
        files += 1;
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert!(files >= 20, "only {files} examples were found");
}
