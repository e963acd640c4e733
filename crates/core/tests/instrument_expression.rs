//! The formula language: what it computes, what it refuses, and that the guard analysis is sound.

#![allow(clippy::expect_used)]

use std::collections::BTreeMap;

use bening_core::instrument::expression::{Comparison, EvaluationError, Expression, Operator, Relation};
use bening_core::instrument::{Exact, MAX_DEPTH, MAX_LENGTH_BYTES, parse_expression, unguarded_divisor};
use proptest::prelude::*;

fn value(formula: &str, inputs: &[(&str, u32)]) -> Result<String, EvaluationError> {
    let inputs: BTreeMap<&str, u32> = inputs.iter().copied().collect();
    let lookup = |name: &str| inputs.get(name).map(|number| Exact::whole(*number));
    parse_expression(formula).expect("a formula").value(&lookup).map(Exact::plain)
}

#[test]
fn formulas_follow_the_usual_order_of_operations() {
    for (formula, result) in [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 4 - 3", "3"),
        ("12 / 4 / 3", "1"),
        ("-2 * -3", "6"),
        ("1 / 3 + 1 / 3 + 1 / 3", "1"),
        ("min(3, 2, 5) + max(1, 0.5)", "3"),
        ("if(2 > 1, 10, 20)", "10"),
        ("if(2 <= 1, 10, 20)", "20"),
        ("if(1 == 1.0, 0.25, 0)", "0.25"),
    ] {
        assert_eq!(value(formula, &[]).as_deref(), Ok(result), "{formula}");
    }
}

#[test]
fn only_the_chosen_branch_is_computed() {
    assert_eq!(value("if(a == 0, 1, b / a)", &[("a", 0), ("b", 3)]).as_deref(), Ok("1"));
    assert_eq!(value("b / a", &[("a", 0), ("b", 3)]), Err(EvaluationError::DivisionByZero));
    assert_eq!(value("a + c", &[("a", 0)]), Err(EvaluationError::Missing("c".to_owned())));
}

#[test]
fn an_overflow_is_an_error_and_not_a_wrong_number() {
    let huge = ["a"; 12].join(" * ");
    assert!(matches!(value(&huge, &[("a", u32::MAX)]), Err(EvaluationError::Overflow(_))));
}

#[test]
fn what_is_not_a_formula_is_refused_with_its_place() {
    for (text, part) in [
        ("", "huruf ke-1:"),
        ("1 +", "huruf ke-4:"),
        ("1 1", "huruf ke-3: ada sisa"),
        ("1 < 2", "huruf ke-3: ada sisa"),
        ("if(1, 2, 3)", "harus ada perbandingan"),
        ("if(1 < 2 < 3, 2, 3)", "harus ada \",\""),
        ("loop(1)", "fungsi tidak dikenal"),
        ("min", "diikuti tanda kurung"),
        ("1.2.3", "angka tidak terbaca"),
        ("a = 1", "ada sisa"),
        ("a\u{a0}é", "ada sisa"),
    ] {
        let error = parse_expression(text).expect_err(text).to_string();
        assert!(error.contains(part), "{text}: {error}");
    }
}

#[test]
fn deep_and_long_formulas_are_refused_before_they_cost_anything() {
    for open in ["(", "-", "min(", "if(1 < "] {
        let deep = format!("{}1", open.repeat(MAX_DEPTH + 1));
        assert!(parse_expression(&deep).expect_err("deep").reason.contains("terlalu dalam"), "{open}");
    }
    let long_sum = vec!["1"; MAX_DEPTH + 2].join("+");
    assert!(parse_expression(&long_sum).is_err());
    assert!(parse_expression(&" ".repeat(MAX_LENGTH_BYTES + 1)).is_err());
}

fn any_expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        (0_u32..4).prop_map(|number| Expression::Number(Exact::whole(number))),
        prop::sample::select(vec!["a", "b", "c"]).prop_map(|name| Expression::Input(name.to_owned())),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let operator =
            prop::sample::select(vec![Operator::Plus, Operator::Minus, Operator::Times, Operator::Over]);
        let relation = prop::sample::select(vec![
            Relation::Equal,
            Relation::NotEqual,
            Relation::Less,
            Relation::LessOrEqual,
            Relation::Greater,
            Relation::GreaterOrEqual,
        ]);
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            inner.clone().prop_map(|one| Expression::Negative(Box::new(one))),
            (operator, pair.clone()).prop_map(|(o, (l, r))| Expression::Binary(o, Box::new(l), Box::new(r))),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Expression::Min),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Expression::Max),
            (relation, pair, inner.clone(), inner).prop_map(|(relation, (left, right), then, otherwise)| {
                let condition = Comparison { left, relation, right };
                Expression::If(Box::new(condition), Box::new(then), Box::new(otherwise))
            }),
        ]
    })
}

/// As [`any_expression`], with every divisor wrapped in a guard that the analysis should see.
fn guarded_division(dividend: Expression, divisor: Expression) -> Expression {
    let zero = || Expression::Number(Exact::ZERO);
    let condition = Comparison { left: divisor.clone(), relation: Relation::Equal, right: zero() };
    let quotient = Expression::Binary(Operator::Over, Box::new(dividend), Box::new(divisor));
    Expression::If(Box::new(condition), Box::new(zero()), Box::new(quotient))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_formula_that_the_guard_accepts_never_divides_by_zero(formula in any_expression()) {
        if unguarded_divisor(&formula).is_none() {
            for bits in 0..27_u32 {
                let inputs = |name: &str| {
                    let place = match name { "a" => bits % 3, "b" => bits / 3 % 3, _ => bits / 9 };
                    Some(Exact::whole(place))
                };
                prop_assert_ne!(formula.value(&inputs), Err(EvaluationError::DivisionByZero), "{}", formula);
            }
        }
    }

    #[test]
    fn the_guard_accepts_a_division_wrapped_in_its_own_test(a in any_expression(), b in any_expression()) {
        let sides_are_safe = unguarded_divisor(&a).is_none() && unguarded_divisor(&b).is_none();
        prop_assert!(!sides_are_safe || unguarded_divisor(&guarded_division(a, b)).is_none());
    }

    #[test]
    fn a_printed_formula_reads_back_as_itself(formula in any_expression()) {
        match parse_expression(&formula.to_string()) {
            Ok(read) => prop_assert_eq!(read, formula),
            Err(error) => prop_assert!(error.reason.starts_with("terlalu"), "{}: {}", formula, error),
        }
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "[ab0-9.,()<>=!*/+ -]{0,60}|\\PC{0,40}") {
        let _ = parse_expression(&text);
    }
}
