//! What is fuzzed: each target takes any bytes and must answer, with a value or with problems. A panic, an
//! overflow, a wrong round trip or more than the limit of time or memory is a find. No chance lives here, so
//! that tests can run the same targets over kept inputs.

#![allow(clippy::expect_used, clippy::panic, reason = "a broken promise is a find, told by panicking")]

use bening_core::instrument::{
    Exact, Instrument, Labels, parse_comparison, parse_expression, shipped, unguarded_divisor,
    unguarded_in_comparison, wordings,
};
use bening_core::plan::Area;
use bening_core::scoring::{Score, Sheet, UnitFile, absurdities};
use bening_core::survey::{self, Questionnaire, Table};

/// A door through which bytes come in.
pub(crate) struct Target {
    /// Name in commands and file names.
    pub(crate) name: &'static str,
    /// What happens to the bytes.
    pub(crate) run: fn(&[u8]),
}

/// All doors.
pub(crate) const TARGETS: [Target; 7] = [
    Target { name: "expression", run: expression },
    Target { name: "instrument", run: instrument },
    Target { name: "answers", run: answers },
    Target { name: "survey", run: survey },
    Target { name: "text", run: plan },
    Target { name: "workbook", run: plan },
    Target { name: "lke", run: lke },
];

/// What is read comes back from its own text, and has a value or an error for any inputs.
fn expression(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(expression) = parse_expression(&text) {
        let again = parse_expression(&expression.to_string());
        assert_eq!(again.as_ref(), Ok(&expression), "its own text reads otherwise");
        let divisor = unguarded_divisor(&expression).is_some();
        for number in [0, 1, 1_000_000_000] {
            let value = expression.value(&|_| Some(Exact::whole(number)));
            let is_division =
                value == Err(bening_core::instrument::expression::EvaluationError::DivisionByZero);
            assert!(divisor || !is_division, "a guarded formula divided by zero: {expression}");
        }
    }
    if let Ok(rule) = parse_comparison(&text) {
        let _ = unguarded_in_comparison(&rule);
        let _ = rule.holds(&|_| Some(Exact::whole(3)));
        assert_eq!(parse_comparison(&rule.to_string()).as_ref(), Ok(&rule), "its own text reads otherwise");
    }
}

fn instrument(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(edition) = Instrument::parse("fuzz.toml", &text) {
        let _ = Score::of(&edition, &Sheet::default());
    }
    for edition in shipped().iter().take(1) {
        let _ = Labels::parse("fuzz.toml", &text, edition);
    }
    let _ = Questionnaire::parse("fuzz.toml", &text);
}

/// A sheet that was taken is scored within its weight and comes back from its own JSON.
fn answers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for edition in shipped().iter() {
        let json = UnitFile::from_json(edition, &text).ok().and_then(|file| file.sheet);
        for sheet in [json, Sheet::from_csv(edition, &text).ok()].into_iter().flatten() {
            if let Ok(score) = Score::of(edition, &sheet) {
                assert!(score.total.score <= score.total.weight, "more than the weight");
            }
            let _ = absurdities(edition, &sheet);
            let again = format!("{{\"answers\": {}}}", sheet.to_json());
            let again = UnitFile::from_json(edition, &again).expect("its own JSON").sheet;
            assert_eq!(again.as_ref(), Some(&sheet), "its own JSON reads otherwise");
        }
    }
}

fn survey(bytes: &[u8]) {
    for questionnaire in survey::shipped().iter() {
        let Some(scale) = questionnaire.scales.first() else { continue };
        let mut table = Table::new(questionnaire, scale);
        bytes.chunks(4_093).for_each(|piece| table.push(piece));
        let _ = table.finish();
    }
}

/// Plans, and the plain tables that wording comes from.
fn plan(bytes: &[u8]) {
    let _ = bening_intake::read(bytes, None);
    if let Ok(rows) = bening_intake::read_table(bytes) {
        let _ = wordings("fuzz.csv", &rows);
    }
    let _ = bening_intake::read_paste(&String::from_utf8_lossy(bytes), Area::ALL[0]);
}

/// A filled worksheet in a workbook.
fn lke(bytes: &[u8]) {
    if let Ok(file) = bening_intake::LkeFile::open(bytes) {
        let _ = file.book();
    }
}
