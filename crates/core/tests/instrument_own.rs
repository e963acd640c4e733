//! An agency's own editions and wording beside the shipped ones: what joins, what is refused, what is reworded.

#![allow(clippy::expect_used)]

use bening_core::instrument::{
    Instrument, OwnFile, Problem, SHIPPED_FILES, Wording, admit_edition, admit_labels, in_force, reworded,
    shipped, to_labels, wordings,
};

const LABELS: &str = "instrument = \"permenpanrb-90-2021\"\norigin = \"LKE resmi\"\n[question.\"MP-P1a\"]\nlabel = \"Tim kerja sudah ada\"\n";

/// The text of the edition in force, as an agency's own copy of it.
fn own_edition() -> String {
    let (_, text) = SHIPPED_FILES[1];
    let (first, rest) = text.split_once("id = \"permenpanrb-90-2021\"").expect("its id");
    format!("{first}id = \"lke-instansi\"\nreplaces = \"permenpanrb-90-2021\"{rest}")
}

fn reasons(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn known() -> Vec<OwnFile> {
    vec![admit_edition(&[], "lke.toml", &own_edition()).expect("fits")]
}

#[test]
fn without_files_of_an_agency_the_shipped_editions_are_in_force() {
    let ids = |editions: &bening_core::instrument::Editions| -> Vec<String> {
        editions.iter().map(|edition| edition.id.clone()).collect()
    };
    assert_eq!(ids(&in_force(&[]).editions), ids(shipped()));
}

#[test]
fn an_own_edition_goes_before_the_one_it_replaces() {
    let all = in_force(&known());
    assert_eq!(all.problems, []);
    let day = "2025-12-31".parse().expect("a day");
    assert_eq!(all.editions.for_day(day).map(|edition| edition.id.as_str()), Some("lke-instansi"));
    assert!(all.editions.by_id("permenpanrb-90-2021").is_some(), "older sheets still find theirs");
}

#[test]
fn a_shipped_edition_is_not_overwritten() {
    let (name, text) = SHIPPED_FILES[1];
    let problems = admit_edition(&[], name, text).expect_err("its id is taken");
    assert!(reasons(&problems).contains("milik edisi bawaan"), "{}", reasons(&problems));
}

#[test]
fn an_edition_with_problems_is_refused_with_every_one_of_them_and_its_line() {
    let wrong = own_edition().replace("total_weight = 100", "total_weight = 90").replacen(
        "kind = \"yt\"",
        "kind = \"xx\"",
        1,
    );
    let wrong = wrong.replacen("citation = \"", "citation = \"\" # ", 1);
    let problems = admit_edition(&[], "lke.toml", &wrong).expect_err("refused");
    assert!(problems.len() >= 2, "{}", reasons(&problems));
    assert!(problems.iter().all(|problem| problem.file == "lke.toml" && problem.line > 0));
}

#[test]
fn a_new_version_makes_way_for_the_old_one_but_keeps_the_questions_that_have_answers() {
    let newer = own_edition().replacen("label = \"", "label = \"Versi kedua: ", 1);
    let file = admit_edition(&known(), "lke-2.toml", &newer).expect("the same id again");
    assert_eq!(file.edition, "lke-instansi");
    let renamed = own_edition().replace("MP-P1a", "MP-P1z");
    let problems = admit_edition(&known(), "lke-3.toml", &renamed).expect_err("a question is gone");
    assert!(reasons(&problems).contains("MP-P1a"), "{}", reasons(&problems));
}

#[test]
fn two_own_editions_for_the_same_days_are_refused() {
    let other = own_edition().replace("lke-instansi", "lke-lain");
    let problems = admit_edition(&known(), "lain.toml", &other).expect_err("overlap");
    assert!(reasons(&problems).contains("bertumpang tindih"), "{}", reasons(&problems));
}

#[test]
fn wording_changes_words_and_nothing_else() {
    let labels = admit_labels(&[], "label.toml", LABELS).expect("fits");
    let all = in_force(&[labels]);
    let (before, after) = (
        shipped().by_id("permenpanrb-90-2021").expect("shipped"),
        all.editions.by_id("permenpanrb-90-2021").expect("there"),
    );
    let changes = reworded(before, after);
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].place.as_str(), changes[0].after.as_str()), ("MP-P1a", "Tim kerja sudah ada"));
    let words =
        |edition: &Instrument| edition.questions().map(|(_, _, q)| q.formula.clone()).collect::<Vec<_>>();
    assert_eq!(words(before), words(after));
}

#[test]
fn wording_for_an_edition_or_a_code_that_is_not_there_is_refused() {
    for (wrong, expected) in [
        (LABELS.replace("90-2021", "91-2021"), "tidak ada; pilihannya"),
        (LABELS.replace("MP-P1a", "MP-P9z"), "MP-P9z"),
        (LABELS.replace("label =", "weight ="), "tidak dikenal di sini"),
    ] {
        let problems = admit_labels(&[], "label.toml", &wrong).expect_err("refused");
        assert!(reasons(&problems).contains(expected), "{}", reasons(&problems));
    }
}

#[test]
fn a_stored_file_that_no_longer_fits_is_left_out_and_named() {
    let mut file = admit_labels(&[], "label.toml", LABELS).expect("fits");
    file.text = file.text.replace("MP-P1a", "MP-P9z");
    let all = in_force(&[file]);
    assert_eq!(all.editions.iter().count(), SHIPPED_FILES.len());
    assert!(reasons(&all.problems).contains("label.toml"), "{}", reasons(&all.problems));
}

#[test]
fn a_table_of_words_becomes_a_file_of_labels() {
    let edition = shipped().by_id("permenpanrb-90-2021").expect("shipped");
    let rows = [
        ["Kode", "Label", "Pilihan"],
        ["", "", ""],
        ["MP", "Manajemen \"Perubahan\"", ""],
        ["MP-P1", "Tim", ""],
        ["MP-P1a", "Ada tim?", ""],
        ["MP-P1a", "Sudah ada", "Ya"],
    ];
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    let words = wordings("label.xlsx", &rows).expect("usable");
    let text = to_labels("label.xlsx", &words, edition, "label.xlsx").expect("known codes");
    let labels = admit_labels(&[], "label.xlsx", &text).expect("a sound file of labels");
    let all = in_force(&[labels]);
    let changes = reworded(edition, all.editions.by_id(&edition.id).expect("there"));
    let places: Vec<&str> = changes.iter().map(|change| change.place.as_str()).collect();
    assert_eq!(places, ["MP", "MP-P1", "MP-P1a", "MP-P1a Ya"]);
}

#[test]
fn every_row_of_a_table_that_cannot_be_used_is_named() {
    let edition = shipped().by_id("permenpanrb-90-2021").expect("shipped");
    let row = |row, code: &str, option: Option<&str>| Wording {
        row,
        code: code.to_owned(),
        option: option.map(str::to_owned),
        label: "x".to_owned(),
    };
    let rows = [
        row(2, "ZZ", None),
        row(3, "MP-P1a", Some("Mungkin")),
        row(4, "MP", None),
        row(5, "MP", None),
        row(6, "MP", Some("Ya")),
    ];
    let problems = to_labels("label.csv", &rows, edition, "label.csv").expect_err("refused");
    assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [2, 3, 5, 6]);
    let headless =
        wordings("label.csv", &[vec!["Nomor".to_owned(), "Isi".to_owned()]]).expect_err("no columns");
    assert!(reasons(&headless).contains("judul kolom"), "{}", reasons(&headless));
}
