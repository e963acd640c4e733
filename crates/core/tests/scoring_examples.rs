//! Every file of `instruments/examples` is scored and compared with what it expects. An assessor can add
//! a case there without touching Rust: `instrument`, `answers`, and under `expect` any of `total`,
//! `pengungkit`, `hasil`, `exact_total`, `areas`, `area_parts`, `subs`, `percent`, `gaps` (a number).

#![allow(clippy::expect_used)]

use std::path::Path;

use bening_core::instrument::{Instrument, shipped};
use bening_core::scoring::{Detail, Score, UnitFile, to_json};
use serde_json::Value;

fn example(path: &Path) -> (&'static Instrument, Value, Value) {
    let text = std::fs::read_to_string(path).expect("readable");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    let edition = shipped().by_id(file["instrument"].as_str().expect("an id")).expect("a shipped edition");
    let sheet = UnitFile::from_json(edition, &text).expect("usable").sheet.expect("answers");
    let score = Score::of(edition, &sheet).expect("a score");
    (edition, file["expect"].clone(), to_json(edition, &sheet, &score, Detail::Explained))
}

/// The figure an expectation is about, as text.
fn found(score: &Value, group: &str, code: &str) -> Value {
    let places = ["areas", "area_parts", "subs", "questions"];
    match (group, code) {
        ("exact_total", _) => score["total"]["exact"].clone(),
        ("gaps", _) => score["gaps"].as_array().map_or(0, Vec::len).into(),
        ("percent", code) => {
            places.iter().find_map(|place| score[place].get(code)).expect("known")["percent"].clone()
        }
        (group, "") => score[group]["score"].clone(),
        (group, code) => score[group][code]["score"].clone(),
    }
}

fn differences(name: &str, expect: &Value, score: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    for (group, wanted) in expect.as_object().expect("an object") {
        let single = [(String::new(), wanted.clone())];
        let many: Vec<(String, Value)> =
            wanted.as_object().map_or(single.to_vec(), |map| map.clone().into_iter().collect());
        for (code, wanted) in many {
            let found = found(score, group, &code);
            if found != wanted {
                differences.push(format!("{name}: {group} {code}: expected {wanted}, scored {found}"));
            }
        }
    }
    differences
}

#[test]
fn every_example_gives_the_scores_it_expects() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../instruments/examples");
    let mut differing = Vec::new();
    let mut files = 0;
    for entry in std::fs::read_dir(folder).expect("examples") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let (_, expect, score) = example(&path);
            differing.extend(differences(
                &path.file_name().expect("a name").to_string_lossy(),
                &expect,
                &score,
            ));
            files += 1;
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert!(files >= 10, "only {files} examples were found");
}
