//! The checker against data files: each case breaks a sound edition in one way and names what is refused.

#![allow(clippy::expect_used)]

use bening_core::instrument::{Instrument, Labels, Problem};

const MINIMAL: &str = include_str!("instrument/minimal.toml");
const CASES: &str = include_str!("instrument/problems.toml");

#[derive(serde::Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    find: String,
    replace: String,
    expect: Vec<String>,
}

fn matches(problem: &Problem, expected: &str) -> bool {
    let (line, reason) = expected.split_once(": ").expect("line: reason");
    problem.file == "uji.toml" && problem.line.to_string() == line && problem.reason.contains(reason)
}

#[test]
fn the_minimal_edition_is_sound() {
    assert_eq!(Instrument::parse("uji.toml", MINIMAL).err(), None);
}

#[test]
fn every_broken_edition_is_refused_with_file_line_and_reason() {
    let cases: Cases = toml::from_str(CASES).expect("cases");
    let mut failures = String::new();
    for case in &cases.case {
        assert!(MINIMAL.contains(&case.find), "{}: nothing to replace", case.name);
        let broken = MINIMAL.replacen(&case.find, &case.replace, 1);
        let problems = Instrument::parse("uji.toml", &broken).err().unwrap_or_default();
        let all_named = case.expect.iter().all(|wanted| problems.iter().any(|found| matches(found, wanted)));
        if !all_named || problems.len() != case.expect.len() {
            let found: Vec<String> = problems.iter().map(ToString::to_string).collect();
            failures += &format!("{}: wanted {:#?}, found {found:#?}\n", case.name, case.expect);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn labels_change_words_and_nothing_else() {
    let edition = Instrument::parse("uji.toml", MINIMAL).expect("sound");
    let text = "instrument = \"kecil\"\norigin = \"LKE resmi\"\narea.AA = \"Area resmi\"\n\
                question.\"AA-P1a\".label = \"Kata resmi\"\nquestion.\"AA-P1a\".option.B = \"sebagian resmi\"\n";
    let labels = Labels::parse("label.toml", text, &edition).expect("fits");
    let worded = edition.clone().with_labels(&labels);
    let (area, _, question) = worded.question("AA-P1a").expect("known");
    assert_eq!((area.name.as_str(), question.label.as_str()), ("Area resmi", "Kata resmi"));
    assert_eq!(question.options[1].text, "sebagian resmi");
    assert_eq!(question.options[0].text, "semua");
    assert_eq!(worded.conditions, edition.conditions);
}

#[test]
fn labels_for_unknown_codes_or_another_edition_are_refused() {
    let edition = Instrument::parse("uji.toml", MINIMAL).expect("sound");
    let refused =
        |text: &str| Labels::parse("label.toml", text, &edition).expect_err("refused")[0].to_string();
    let start = "instrument = \"kecil\"\norigin = \"x\"\n";
    assert_eq!(
        refused("instrument = \"lain\"\norigin = \"x\"\n"),
        "label.toml:1: label ini untuk edisi \"lain\", bukan \"kecil\""
    );
    assert!(
        refused(&format!("{start}question.\"AA-P9z\".label = \"x\"\n"))
            .starts_with("label.toml:3: pertanyaan \"AA-P9z\"")
    );
    assert!(refused(&format!("{start}question.\"AA-P1a\".option.Z = \"x\"\n")).contains("\"Z\""));
    assert!(
        refused(&format!("{start}question.\"AA-P1a\".weight = 3\n")).contains("\"weight\" tidak dikenal")
    );
}
