//! The shipped editions pass the checker and are what the law says: counts, weights, choice by day.

#![allow(clippy::expect_used)]

use bening_core::instrument::{Exact, Form, Instrument, SHIPPED_FILES, shipped};
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn every_shipped_edition_passes_the_checker() {
    for (name, text) in SHIPPED_FILES {
        let problems = Instrument::parse(name, text).err().unwrap_or_default();
        assert!(problems.is_empty(), "{}", problems.iter().map(|p| format!("{p}\n")).collect::<String>());
    }
    assert_eq!(shipped().iter().count(), SHIPPED_FILES.len());
}

#[test]
fn the_shipped_editions_have_all_their_questions_and_conditions() {
    let count = |id: &str| {
        let edition = shipped().by_id(id).expect("shipped");
        let form = |wanted: fn(&Form) -> bool| {
            edition
                .questions()
                .filter(|(_, _, q)| wanted(&edition.kind(&q.kind).expect("known").form))
                .count()
        };
        let ratios = form(|form| matches!(form, Form::Ratio));
        let indices = form(|form| matches!(form, Form::Index { .. }));
        (edition.questions().count(), ratios, indices, edition.conditions.len())
    };
    assert_eq!(count("permenpanrb-52-2014"), (84, 1, 2, 18));
    assert_eq!(count("permenpanrb-90-2021"), (113, 8, 2, 44));
}

#[test]
fn the_edition_is_chosen_by_the_day_of_the_assessment() {
    let id = |text: &str| shipped().for_day(day(text)).map(|edition| edition.id.clone());
    assert_eq!(id("2013-12-31"), None);
    assert_eq!(id("2017-06-30").as_deref(), Some("permenpanrb-52-2014"));
    assert_eq!(id("2021-12-31").as_deref(), Some("permenpanrb-52-2014"));
    assert_eq!(id("2022-01-01").as_deref(), Some("permenpanrb-90-2021"));
}

#[test]
fn an_edition_that_overlaps_with_another_is_refused_unless_it_replaces_it() {
    let (name, text) = SHIPPED_FILES[1];
    let own = text.replacen("permenpanrb-90-2021", "lke-instansi", 1);
    let problems =
        shipped().clone().with(name, Instrument::parse(name, &own).expect("valid")).expect_err("overlap");
    assert!(problems[0].reason.contains("bertumpang tindih"), "{}", problems[0]);
    assert_eq!(problems[0].line, 8);

    let replacing = own.replacen("total_weight", "replaces = \"permenpanrb-90-2021\"\ntotal_weight", 1);
    let editions =
        shipped().clone().with(name, Instrument::parse(name, &replacing).expect("valid")).expect("replaces");
    assert_eq!(editions.for_day(day("2025-03-01")).map(|edition| edition.id.as_str()), Some("lke-instansi"));
}

#[test]
fn weights_are_read_exactly_and_never_through_floating_point() {
    let edition = shipped().by_id("permenpanrb-90-2021").expect("shipped");
    let (_, sub) = edition.sub("SDM-P1").expect("known");
    assert_eq!(sub.weight, Exact::fraction(1, 4).expect("fits"));
    assert_eq!(edition.total_weight.to_string(), "100/1");
}
