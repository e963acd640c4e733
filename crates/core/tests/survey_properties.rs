//! What holds for every table of answers, whatever is in it.

#![allow(clippy::expect_used)]

use bening_core::survey::{
    Figure, Index, Layout, Options, Questionnaire, Report, Responses, Table, method, shipped, to_json,
};
use proptest::prelude::*;

const MINIMAL: &str = include_str!("survey/minimal.toml");

fn spak() -> &'static Questionnaire {
    shipped().find("spak").expect("shipped")
}

fn responses(rows: &[Vec<u8>]) -> Responses<'static> {
    let scale = spak().scale(None).expect("a scale");
    let mut responses = Responses::new(spak(), scale, Layout::by_question(spak()));
    rows.iter().for_each(|row| responses.push(row).expect("fits"));
    responses
}

fn report(rows: &[Vec<u8>]) -> serde_json::Value {
    let report = Report::of(&responses(rows), method().expect("sound"), &Options::default());
    to_json(&report.expect("a report"))
}

/// Respondents with some answers missing (0).
fn rows() -> impl Strategy<Value = Vec<Vec<u8>>> {
    prop::collection::vec(prop::collection::vec(0..=4_u8, 8), 1..40)
}

fn complete_rows() -> impl Strategy<Value = Vec<Vec<u8>>> {
    prop::collection::vec(prop::collection::vec(1..=4_u8, 8), 1..40)
}

fn csv(rows: &[Vec<u8>], separator: &str, line_end: &str) -> String {
    let codes = spak().questions().map(|(_, question)| question.code.clone()).collect::<Vec<_>>();
    let text = |answer: &u8| if *answer == 0 { String::new() } else { answer.to_string() };
    let lines = rows.iter().map(|row| row.iter().map(text).collect::<Vec<_>>());
    let lines = std::iter::once(codes).chain(lines).map(|fields| fields.join(separator) + line_end);
    lines.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_respondents_makes_no_difference(
        (rows, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
    ) {
        prop_assert_eq!(report(&rows), report(&shuffled));
    }

    #[test]
    fn the_index_lies_on_its_scale_and_inside_its_interval_in_per_cent(rows in complete_rows()) {
        let index = Index::of(&responses(&rows)).index.expect("complete");
        prop_assert!(index >= Figure::whole(1) && index <= Figure::whole(4));
        let json = report(&rows);
        let end = |key: &str| json["interval"][key].as_str().map(|text| text.parse::<f64>().expect("a number"));
        if let (Some(lower), Some(upper)) = (end("lower"), end("upper")) {
            prop_assert!((1.0..=4.0).contains(&lower) && lower <= upper && upper <= 4.0);
        }
    }

    #[test]
    fn asking_everybody_twice_changes_no_mean(rows in rows()) {
        let twice = [rows.clone(), rows.clone()].concat();
        let (once, twice) = (Index::of(&responses(&rows)), Index::of(&responses(&twice)));
        prop_assert_eq!(&once.index, &twice.index);
        for (once, twice) in once.unsur.iter().zip(&twice.unsur) {
            prop_assert_eq!(&once.mean, &twice.mean);
            prop_assert_eq!(once.answers * 2, twice.answers);
        }
    }

    #[test]
    fn a_better_answer_never_lowers_the_index(rows in complete_rows(), at in any::<prop::sample::Index>(), column in 0..8_usize) {
        let before = Index::of(&responses(&rows)).index;
        let mut better = rows.clone();
        let row = at.index(rows.len());
        better[row][column] = (better[row][column] + 1).min(4);
        prop_assert!(Index::of(&responses(&better)).index >= before);
    }

    #[test]
    fn a_file_reads_the_same_in_pieces_of_any_size(
        rows in rows(), piece in 1..40_usize,
        separator in prop::sample::select(vec![",", ";", "\t"]), line_end in prop::sample::select(vec!["\n", "\r\n"])
    ) {
        let scale = spak().scale(None).expect("a scale");
        let mut table = Table::new(spak(), scale);
        csv(&rows, separator, line_end).as_bytes().chunks(piece).for_each(|bytes| table.push(bytes));
        let (read, ignored) = table.finish().expect("sound");
        prop_assert_eq!(read, responses(&rows));
        prop_assert!(ignored.is_empty());
    }

    #[test]
    fn no_bytes_at_all_bring_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..300), piece in 1..50_usize) {
        let mut table = Table::new(spak(), spak().scale(None).expect("a scale"));
        table.push(b"A1,A2,A3,A4,A5\n");
        bytes.chunks(piece).for_each(|bytes| table.push(bytes));
        if let Err(problems) = table.finish() {
            prop_assert!(!problems.is_empty());
        }
    }
}

#[test]
fn another_seed_gives_another_interval_around_the_same_index() {
    let rows: Vec<Vec<u8>> =
        (0..60_u8).map(|n| (0..8).map(|q| 1 + (n * 3 + q * 3 + n / 9) % 4).collect()).collect();
    let method = method().expect("sound");
    let of = |seed| {
        let options = Options { seed: Some(seed), ..Options::default() };
        Report::of(&responses(&rows), method, &options).expect("a report")
    };
    let (one, same, other) = (of(1), of(1), of(2));
    assert_eq!(one, same);
    assert_eq!(one.result, other.result);
    assert_ne!(one.interval, other.interval);
}

#[test]
fn the_nearer_the_sample_is_to_the_population_the_narrower_the_interval() {
    let rows: Vec<Vec<u8>> = (0..60_u8).map(|n| vec![1 + n % 4; 8]).collect();
    let width = |population| {
        let options = Options { population, ..Options::default() };
        let report = Report::of(&responses(&rows), method().expect("sound"), &options).expect("a report");
        let interval = report.interval.expect("an interval");
        interval.upper.minus(&interval.lower)
    };
    assert!(width(None) > width(Some(200)) && width(Some(200)) > width(Some(80)));
    assert_eq!(width(Some(60)), Figure::zero());
}

/// 60 answers, a quarter each of 1 to 4: the standard error is √(1.25 / 60) ≈ 0.1443, and ±1.96 of it 0.283.
#[test]
fn the_interval_is_as_wide_as_the_normal_one_where_that_is_known() {
    let rows: Vec<Vec<u8>> = (0..60_u8).map(|n| vec![1 + n % 4; 8]).collect();
    let interval = report(&rows)["interval"].clone();
    let end = |key: &str| interval[key].as_str().expect("a text").parse::<f64>().expect("a number");
    let (below, above) = (2.5 - end("lower"), end("upper") - 2.5);
    assert!((0.24..0.33).contains(&below) && (0.24..0.33).contains(&above), "{below} {above}");
}

#[test]
fn a_questionnaire_may_refuse_missing_answers_or_leave_such_respondents_out() {
    let text = "A,Ba,Bb\n4,4,4\n4,,4\n";
    let strict = Questionnaire::parse("uji.toml", MINIMAL).expect("sound");
    let problems = Table::read(&strict, &strict.scales[0], text).expect_err("a gap");
    assert_eq!(problems[0].place, "baris 3");
    let complete = MINIMAL.replace("\"refused\"", "\"complete_only\"");
    let complete = Questionnaire::parse("uji.toml", &complete).expect("sound");
    let (responses, _) = Table::read(&complete, &complete.scales[0], text).expect("usable");
    assert_eq!((responses.respondents(), responses.incomplete), (1, 1));
}

#[test]
fn endless_fields_and_many_mistakes_are_told_shortly() {
    let scale = spak().scale(None).expect("a scale");
    let mut table = Table::new(spak(), scale);
    table.push(b"A1,A2,A3,A4,A5,komentar\n");
    (0..1000).for_each(|_| table.push(b"9,1,1,1,1,baik\n"));
    table.push(b"1,1,1,1,1,\"");
    (0..200).for_each(|_| table.push(&[b'x'; 1000]));
    table.push(b"\"\n\"");
    (0..200).for_each(|_| table.push(&[b'4'; 1000]));
    let problems = table.finish().expect_err("mistakes");
    assert_eq!(problems.len(), 21);
    assert!(problems.iter().all(|problem| problem.to_string().len() < 200));
    assert!(problems[20].reason.contains("982 masalah lain"), "{}", problems[20]);
}
