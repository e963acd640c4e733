//! The shipped questionnaires and method, and the checker against files broken in one way each.

#![allow(clippy::expect_used)]

use bening_core::instrument::{Exact, Problem};
use bening_core::survey::{METHOD_FILE, Method, Questionnaire, SHIPPED_FILES, SampleError, method, shipped};

const MINIMAL: &str = include_str!("survey/minimal.toml");
const CASES: &str = include_str!("survey/problems.toml");

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

fn exact(text: &str) -> Exact {
    Exact::parse(text).expect("a number")
}

#[test]
fn every_shipped_questionnaire_and_the_method_pass_the_checker() {
    for (name, text) in SHIPPED_FILES {
        assert_eq!(Questionnaire::parse(name, text).err(), None);
    }
    assert_eq!(shipped().iter().count(), SHIPPED_FILES.len());
    assert_eq!(Method::parse(METHOD_FILE.0, METHOD_FILE.1).err(), None);
}

#[test]
fn the_shipped_questionnaires_have_the_unsur_and_questions_of_the_law() {
    let size = |name: &str| {
        let questionnaire = shipped().find(name).expect("shipped");
        (questionnaire.unsur.len(), questionnaire.questions().count())
    };
    assert_eq!(
        ["skm", "spak", "SPKP", "korupsi-52", "pelayanan-52"].map(size),
        [(9, 9), (5, 8), (8, 10), (5, 5), (5, 5)]
    );
    let ids: Vec<&str> = shipped().iter().map(|known| known.id.as_str()).collect();
    assert!(ids.iter().all(|id| shipped().find(id).is_some_and(|known| known.id == *id)));
}

#[test]
fn every_row_of_the_published_table_is_what_the_formula_gives() {
    let sample = &method().expect("sound").sample;
    assert!(sample.table.len() > 30);
    let formula_only = bening_core::survey::SampleMethod { table: Vec::new(), ..sample.clone() };
    for (population, published) in &sample.table {
        assert_eq!(formula_only.required(*population, None, None), Ok(*published), "population {population}");
    }
}

#[test]
fn a_sample_is_told_for_any_population_margin_and_known_confidence() {
    let sample = &method().expect("sound").sample;
    let required = |population, margin: Option<&str>, confidence: Option<&str>| {
        sample.required(population, margin.map(exact), confidence.map(exact))
    };
    assert_eq!(required(1, None, None), Ok(1));
    assert_eq!(required(450, None, None), Ok(207));
    assert_eq!(required(1000, Some("0.03"), None), Ok(516));
    assert_eq!(required(1000, None, Some("0.99")), Ok(399));
    assert_eq!(required(1000, None, Some("0.8")), Err(SampleError::Confidence("0.9, 0.95, 0.99".to_owned())));
    assert_eq!(required(0, None, None), Err(SampleError::Population));
    assert_eq!(required(10, Some("0"), None), Err(SampleError::Margin));
    assert_eq!(required(1000, Some("0.000000000000000001"), None).err(), Some(SampleError::Margin));
}

#[test]
fn the_minimal_questionnaire_is_sound() {
    assert_eq!(Questionnaire::parse("uji.toml", MINIMAL).err(), None);
}

#[test]
fn every_broken_questionnaire_is_refused_with_file_line_and_reason() {
    let cases: Cases = toml::from_str(CASES).expect("cases");
    let mut failures = String::new();
    for case in &cases.case {
        assert!(MINIMAL.contains(&case.find), "{}: nothing to replace", case.name);
        let broken = MINIMAL.replacen(&case.find, &case.replace, 1);
        let problems = Questionnaire::parse("uji.toml", &broken).err().unwrap_or_default();
        let all_named = case.expect.iter().all(|wanted| problems.iter().any(|found| matches(found, wanted)));
        if !all_named || problems.len() != case.expect.len() {
            let found: Vec<String> = problems.iter().map(ToString::to_string).collect();
            failures += &format!("{}: wanted {:#?}, found {found:#?}\n", case.name, case.expect);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}
