//! Answers that cannot be true: refused with both numbers where a person gives them, only warned of in a score.

#![allow(clippy::expect_used)]

use bening_core::instrument::{Instrument, SHIPPED_FILES, Severity, shipped};
use bening_core::scoring::{Answer, Json, Score, Sheet, absurd, absurdities};

fn edition() -> &'static Instrument {
    shipped().by_id("permenpanrb-90-2021").expect("shipped")
}

fn answer(code: &str, json: &str) -> Answer {
    let json = Json::parse(json).expect("JSON");
    Answer::read(edition(), code, &json).expect("fits the question").expect("not blank")
}

#[test]
fn more_finished_than_received_is_refused_and_names_both_inputs_with_their_numbers() {
    let answer = answer("PW-R2a", r#"{"harus_ditindaklanjuti": 12, "sedang_diproses": 0, "selesai": 15}"#);
    let reason = absurd(edition(), "PW-R2a", &answer).expect("refused");
    assert_eq!(
        reason,
        "isian tidak mungkin: \"Jumlah pengaduan yang selesai ditindaklanjuti\" (15) tidak boleh lebih dari \
         \"Jumlah pengaduan yang harus ditindaklanjuti\" (12); perbaiki isian yang keliru"
    );
}

#[test]
fn a_sum_of_inputs_is_told_with_each_of_its_numbers() {
    let counts = r#"{"wajib_kepala_satker": 1, "wajib_pejabat": 2, "wajib_lainnya": 3, "sudah_lapor": 7}"#;
    let reason = absurd(edition(), "PW-R3a", &answer("PW-R3a", counts)).expect("refused");
    let order = ["(7)", "tidak boleh lebih dari", "(1) + ", "(2) + ", "(3);"];
    let places: Vec<_> = order.iter().map(|part| reason.find(part).expect(part)).collect();
    assert!(places.is_sorted(), "{reason}");
}

#[test]
fn what_can_be_true_or_is_only_unusual_is_taken() {
    let possible = [
        ("PW-R2a", r#"{"harus_ditindaklanjuti": 12, "sedang_diproses": 0, "selesai": 12}"#),
        ("MP-R1a", r#"{"agen": 2, "perubahan": 5}"#),
        ("MP-P1a", r#""Ya""#),
        ("BA-H1a", r#"{"indeks": "3.60"}"#),
    ];
    for (code, json) in possible {
        assert_eq!(absurd(edition(), code, &answer(code, json)), None, "{code}");
    }
}

#[test]
fn a_score_of_such_an_answer_is_clipped_with_a_warning_as_the_open_point_says() {
    let absurd_answer =
        answer("PW-R2a", r#"{"harus_ditindaklanjuti": 12, "sedang_diproses": 0, "selesai": 15}"#);
    let sheet = Sheet::default().with("PW-R2a", Some(absurd_answer));
    let score = Score::of(edition(), &sheet).expect("a score all the same");
    assert!(score.warnings.iter().any(|warning| warning.code == "PW-R2a"), "{:?}", score.warnings);
    let places: Vec<String> =
        absurdities(edition(), &sheet).into_iter().map(|problem| problem.place).collect();
    assert_eq!(places, ["PW-R2a"]);
}

#[test]
fn the_edition_and_not_the_program_says_which_rule_refuses() {
    let (file, text) = SHIPPED_FILES[1];
    let mild = text.replace("severity = \"refuse\"", "severity = \"warn\"");
    let mild = Instrument::parse(file, &mild).expect("valid");
    let counts = answer("PW-R2a", r#"{"harus_ditindaklanjuti": 12, "sedang_diproses": 0, "selesai": 15}"#);
    assert_eq!(absurd(&mild, "PW-R2a", &counts), None);
    let unknown = text.replace("severity = \"refuse\"", "severity = \"tolak\"");
    let problems = Instrument::parse(file, &unknown).expect_err("an unknown word");
    assert!(problems.iter().all(|problem| problem.reason.contains("warn, refuse")), "{problems:?}");
}

#[test]
fn every_shipped_edition_has_rules_that_refuse() {
    for edition in shipped().iter() {
        let strict = |check: &bening_core::instrument::Check| check.severity == Severity::Refuse;
        assert!(
            edition.questions().any(|(_, _, question)| question.checks.iter().any(strict)),
            "{}",
            edition.id
        );
    }
}
