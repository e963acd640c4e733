//! Registers as data: their files, what may happen to a line, deadlines, figures and files of people.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use bening_core::id::{PersonId, RowId, UnitId};
use bening_core::instrument::Exact;
use bening_core::register::{
    Bound, Draft, Filter, Measure, Problem, Refusal, Register, Row, SHIPPED_FILES, SheetProblem, Told,
    ValueProblem, by_id, shipped,
};
use bening_core::time::Year;
use chrono::NaiveDate;
use uuid::Uuid;

const BAYU: PersonId = PersonId(Uuid::from_u128(1));
const NOVER: PersonId = PersonId(Uuid::from_u128(2));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn told(by: PersonId, note: &str) -> Told<'_> {
    Told { by, today: day("2020-06-15"), note }
}

fn draft(pairs: &[(&str, &str)]) -> Draft {
    pairs.iter().map(|(code, text)| ((*code).to_owned(), (*text).to_owned())).collect()
}

fn blank(register: &Register) -> Row {
    Row {
        id: RowId(Uuid::from_u128(9)),
        unit: UnitId(Uuid::from_u128(8)),
        register: register.id.clone(),
        year: Year::new(2020).unwrap(),
        number: 1,
        values: BTreeMap::new(),
        state: String::new(),
        author: BAYU,
        moments: Vec::new(),
        version: 0,
    }
}

fn gift(value: &str, received: &str) -> Draft {
    draft(&[
        ("barang", "Parsel buah"),
        ("jenis", "makanan"),
        ("nilai", value),
        ("diterima", received),
        ("sikap", "Diterima"),
        ("peristiwa", "Idulfitri"),
        ("pemberi", "PT Contoh"),
        ("hubungan", "wajib bayar"),
    ])
}

fn gifts() -> &'static Register {
    by_id("gratifikasi").unwrap()
}

fn reported(value: &str, received: &str) -> Row {
    blank(gifts()).write(gifts(), &gift(value, received), told(BAYU, "")).unwrap()
}

#[test]
fn every_shipped_register_passes_the_checker() {
    for (name, text) in SHIPPED_FILES {
        if let Err(problems) = Register::parse(text) {
            panic!("{name}: {problems:#?}");
        }
    }
    assert_eq!(shipped().len(), SHIPPED_FILES.len());
}

#[test]
fn every_shipped_register_has_an_identity_of_its_own() {
    let mut ids: Vec<&str> = shipped().iter().map(|register| register.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), SHIPPED_FILES.len());
}

#[test]
fn everything_wrong_with_a_file_is_named_at_once() {
    let (_, text) = SHIPPED_FILES.iter().find(|(name, _)| *name == "gratifikasi.toml").unwrap();
    let broken = text
        .replace("day = \"diterima\"", "day = \"barang\"")
        .replace("start = \"dilaporkan\"", "start = \"entah\"")
        .replace("measure = { sum = \"nilai\" }", "measure = { sum = \"pemberi\" }");
    let problems = Register::parse(&broken).unwrap_err();
    assert!(
        problems
            .iter()
            .any(|p| matches!(p, Problem::Unfit { code, wanted: "tanggal", .. } if code == "barang"))
    );
    assert!(problems.iter().any(|p| matches!(p, Problem::Unknown { code, .. } if code == "entah")));
    assert!(
        problems
            .iter()
            .any(|p| matches!(p, Problem::Unfit { code, wanted: "angka", .. } if code == "pemberi"))
    );
}

#[test]
fn a_word_that_no_file_knows_is_refused_with_its_line() {
    let problems = Register::parse("id = \"x\"\nwarna = \"biru\"\n").unwrap_err();
    assert!(problems[0].to_string().contains("line 2"), "{}", problems[0]);
}

#[test]
fn what_is_typed_is_kept_in_one_way_of_writing() {
    let row = reported("Rp1.250.000,00", "15/06/2020");
    assert_eq!((row.value("nilai"), row.value("diterima")), ("1250000", "2020-06-15"));
    assert_eq!((row.value("sikap"), row.state.as_str()), ("diterima", "dilaporkan"));
}

#[test]
fn every_column_that_does_not_fit_is_named_at_once() {
    let mut wrong = gift("banyak", "kemarin");
    wrong.remove("pemberi");
    let Err(Refusal::Fields(problems)) = blank(gifts()).write(gifts(), &wrong, told(BAYU, "")) else {
        panic!("was taken")
    };
    let of =
        |code: &str| problems.iter().find(|(column, _)| column == code).map(|(_, problem)| problem.clone());
    assert_eq!(of("nilai"), Some(ValueProblem::NoNumber));
    assert_eq!(of("diterima"), Some(ValueProblem::NoDay));
    assert_eq!(of("pemberi"), Some(ValueProblem::Missing));
}

#[test]
fn money_with_points_in_wrong_places_is_no_money() {
    for wrong in ["12.34", "1.2345", "-5", "1.250.000,50", "1e9"] {
        let refused = blank(gifts()).write(gifts(), &gift(wrong, "2020-06-15"), told(BAYU, ""));
        assert!(matches!(refused, Err(Refusal::Fields(_))), "{wrong} was taken");
    }
}

#[test]
fn a_step_asks_for_its_columns_and_leads_to_its_state() {
    let row = reported("350000", "2020-06-10");
    let step = gifts().step("teruskan").unwrap();
    let without = row.clone().step(gifts(), step, row.version, &Draft::new(), told(NOVER, ""));
    assert!(matches!(without, Err(Refusal::Fields(problems)) if problems.len() == 2));
    let given = draft(&[("dikirim", "2020-06-15"), ("nomor", "GRT-7")]);
    let sent = row.clone().step(gifts(), step, row.version, &given, told(NOVER, "")).unwrap();
    assert_eq!((sent.state.as_str(), sent.value("nomor")), ("kpk", "GRT-7"));
    assert_eq!(sent.value("barang"), "Parsel buah");
}

#[test]
fn nobody_decides_on_a_line_of_their_own_where_another_hand_is_asked_for() {
    let row = reported("350000", "2020-06-10");
    let step = gifts().step("kelola").unwrap();
    let own = row.clone().step(gifts(), step, row.version, &Draft::new(), told(BAYU, "dibagikan ke panti"));
    assert_eq!(own.unwrap_err(), Refusal::SameHand);
}

#[test]
fn a_step_out_of_order_is_refused_with_its_source() {
    let row = reported("350000", "2020-06-10");
    let step = gifts().step("milik-negara").unwrap();
    let refused = row.clone().step(gifts(), step, row.version, &Draft::new(), told(NOVER, "")).unwrap_err();
    assert!(refused.to_string().contains("UU 20/2001"), "{refused}");
}

#[test]
fn a_line_that_somebody_else_changed_is_not_overwritten() {
    let row = reported("350000", "2020-06-10");
    let changed = row.clone().rewrite(gifts(), 1, &gift("400000", "2020-06-10"), told(BAYU, "")).unwrap();
    let late = changed.clone().rewrite(gifts(), 1, &gift("1", "2020-06-10"), told(NOVER, ""));
    assert_eq!(late.unwrap_err(), Refusal::Changed);
    assert_eq!(changed.value("nilai"), "400000");
}

#[test]
fn a_line_that_left_its_open_states_is_not_rewritten() {
    let row = reported("350000", "2020-06-10");
    let given = draft(&[("dikirim", "2020-06-15"), ("nomor", "GRT-7")]);
    let sent =
        row.clone().step(gifts(), gifts().step("teruskan").unwrap(), 1, &given, told(NOVER, "")).unwrap();
    let refused = sent.clone().rewrite(gifts(), sent.version, &gift("1", "2020-06-10"), told(NOVER, ""));
    assert!(matches!(refused, Err(Refusal::Closed(_))));
}

#[test]
fn working_days_leave_out_saturdays_and_sundays() {
    let friday = day("2020-06-12");
    assert_eq!(Bound::WorkingDays(1).after(friday), Some(day("2020-06-15")));
    assert_eq!(Bound::WorkingDays(5).after(friday), Some(day("2020-06-19")));
    assert_eq!(Bound::WorkingDays(6).after(friday), Some(day("2020-06-22")));
    assert_eq!(Bound::Days(30).after(friday), Some(day("2020-07-12")));
}

#[test]
fn the_clock_runs_only_in_the_states_of_its_deadline() {
    let row = reported("350000", "2020-01-02");
    assert_eq!(gifts().due(&row).unwrap().on, day("2020-02-13"));
    assert!(gifts().is_late(&row, day("2020-02-14")) && !gifts().is_late(&row, day("2020-02-13")));
    let ended = Row { state: "dikembalikan".to_owned(), ..row };
    assert!(gifts().due(&ended).is_none());
}

#[test]
fn the_size_of_a_risk_is_looked_up_and_has_its_word() {
    let risks = by_id("risiko").unwrap();
    let size = risks.computed("besaran").unwrap();
    let values =
        BTreeMap::from([("kemungkinan".to_owned(), "4".to_owned()), ("dampak".to_owned(), "3".to_owned())]);
    let row = Row { values, ..blank(risks) };
    let number = risks.compute(&row, size).unwrap();
    assert_eq!(number, Exact::whole(16));
    assert_eq!(size.band(number).unwrap().title, "tinggi");
    assert_eq!(risks.compute(&blank(risks), size), None);
}

#[test]
fn shares_are_exact_and_tell_their_parts() {
    let (one, two) = (reported("100000", "2020-06-10"), reported("50000", "2020-06-11"));
    let three = Row { state: "negara".to_owned(), ..reported("1", "2020-05-11") };
    let figure = gifts().figures.iter().find(|figure| figure.code == "selesai").unwrap();
    let measured = gifts().measure(figure, &[one, two, three], day("2020-06-15"));
    assert_eq!(measured.value, Exact::fraction(1, 3));
    assert_eq!(measured.parts, Some((Exact::ONE, Exact::whole(3))));
    assert_eq!(gifts().measure(figure, &[], day("2020-06-15")).value, None);
}

#[test]
fn a_recap_adds_up_across_and_down() {
    let rows =
        [reported("100000", "2020-06-10"), reported("50000", "2020-05-11"), reported("1", "2020-05-12")];
    let recap = gifts().recap(&gifts().recaps[0], &rows);
    let may = recap.rows.iter().find(|(name, ..)| name == "Mei").unwrap();
    assert_eq!(may.2, Exact::whole(2));
    assert_eq!(recap.total.1, Exact::whole(3));
    let down = Exact::sum(recap.rows.iter().map(|(_, _, total)| *total)).unwrap();
    let across = Exact::sum(recap.total.0.iter().copied()).unwrap();
    assert_eq!((down, across), (Exact::whole(3), Exact::whole(3)));
}

#[test]
fn what_a_register_writes_into_a_file_it_reads_back() {
    let row = reported("1250000", "2020-06-10");
    let file = vec![vec!["Rekap 2020".to_owned()], gifts().headings(), gifts().cells(&row)];
    let read = gifts().read_lines(&file).unwrap();
    let again = blank(gifts()).write(gifts(), &read[0], told(BAYU, "")).unwrap();
    assert_eq!(again.values, row.values);
}

#[test]
fn every_wrong_cell_of_a_file_is_named_with_its_line_and_heading() {
    let mut wrong = gifts().cells(&reported("1", "2020-06-10"));
    wrong[1] = "Kado".to_owned();
    wrong[2] = "banyak".to_owned();
    let problems = gifts().read_lines(&[gifts().headings(), wrong]).unwrap_err();
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(said[0].starts_with("baris 2, kolom \"Jenis\": pilih salah satu"), "{said:?}");
    assert!(said[1].starts_with("baris 2, kolom \"Taksiran nilai (Rp)\": bukan angka"), "{said:?}");
}

#[test]
fn a_file_without_a_needed_column_or_without_headings_is_refused() {
    let few =
        vec![vec!["Jenis".to_owned(), "Keterangan".to_owned()], vec!["Barang".to_owned(), String::new()]];
    let problems = gifts().read_lines(&few).unwrap_err();
    assert!(problems.contains(&SheetProblem::NoColumn("Pemberi".to_owned())));
    let none = gifts().read_lines(&[vec!["halo".to_owned()]]).unwrap_err();
    assert_eq!(none, [SheetProblem::NoHeadings]);
}

#[test]
fn filters_of_figures_mean_what_they_say() {
    let late = reported("1", "2020-01-02");
    let figure = gifts().figures.iter().find(|figure| figure.of == [Filter::Late]).unwrap();
    assert_eq!(figure.measure, Measure::Count);
    assert_eq!(gifts().measure(figure, &[late], day("2020-06-15")).value, Some(Exact::ONE));
}
