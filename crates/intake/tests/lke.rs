//! Workbooks of other layouts through a mapping, and files that are no worksheet at all.

#![allow(clippy::expect_used)]

use std::sync::Arc;

use bening_core::instrument::{Exact, Form, Instrument, shipped};
use bening_core::lke::Side;
use bening_core::lke::book::mapping::Mapping;
use bening_core::lke::book::{Expected, read};
use bening_core::scoring::Answer;
use bening_intake::{LkeFile, LkeFileError};
use rust_xlsxwriter::Workbook;

fn edition() -> Arc<Instrument> {
    Arc::clone(shipped().iter().last().expect("an edition"))
}

/// The first question of a form that circulating copies have a code for: its code, and that code.
fn question(wanted: fn(&Form) -> bool) -> (String, String) {
    let edition = edition();
    let mut fitting = edition.questions().filter_map(|(_, _, question)| {
        let is_wanted = wanted(&edition.kind(&question.kind)?.form);
        is_wanted.then(|| Some((question.code.clone(), question.source_code.clone()?))).flatten()
    });
    fitting.next().expect("a question")
}

fn mapping() -> Mapping {
    let text = format!(
        r#"{{"instrument": "{}", "answers": {{"Y": "Ya", "T": "Tidak"}}, "codes": {{"1.a": "{}"}},
            "sheets": [{{"sheet": "Isian LKE", "first_row": 4, "code": "B", "inputs": "rows_below",
                         "sides": {{"unit": {{"answer": "E", "note": "G"}}}}}}]}}"#,
        edition().id,
        question(|form| matches!(form, Form::Choice(answers) if answers[0].answer == "Ya")).0,
    );
    serde_json::from_str(&text).expect("a mapping")
}

/// A workbook as somebody else laid it out: own code for the choice, numbers of the ratio below its question.
fn theirs() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Isian LKE").expect("named");
    let mut write = |row, column, text: &str| {
        sheet.write_string(row, column, text).expect("written");
    };
    write(3, 1, "1.a");
    write(3, 4, "Y");
    write(3, 6, "Ada SK");
    write(4, 1, "Keterangan");
    write(5, 1, &question(|form| *form == Form::Ratio).1);
    write(12, 1, &question(|form| matches!(form, Form::Index { .. })).1.to_lowercase());
    write(12, 4, "3,6");
    for (row, number) in (6..).zip([8.0, 4.0, 2.0, 1.0]) {
        sheet.write_number(row, 4, number).expect("written");
    }
    book.save_to_buffer().expect("saved")
}

#[test]
fn a_workbook_of_another_layout_is_read_through_its_mapping() {
    let (edition, file) = (edition(), LkeFile::open(&theirs()).expect("a workbook"));
    let found = file.mapped(&edition, &mapping());
    assert_eq!(found.found.len(), 3);
    assert_eq!(found.found[0].1, "lembar “Isian LKE”, sel B4");
    assert_eq!(found.missing.len() + 3, edition.questions().count());
    assert_eq!(found.unknown[0].text, "Keterangan");
    let reading = read(Expected { edition: &edition, owner: None }, &found.book).expect("accepted");
    let unit = &reading[&Side::Unit];
    let (choice, _) = question(|form| matches!(form, Form::Choice(answers) if answers[0].answer == "Ya"));
    assert_eq!(unit.sheet.get(&choice), Some(&Answer::Choice("Ya".to_owned())));
    assert_eq!(unit.note(&choice), "Ada SK");
    let (index, _) = question(|form| matches!(form, Form::Index { .. }));
    assert_eq!(unit.sheet.get(&index), Some(&Answer::Index(Exact::parse("3.6").expect("a number"))));
    let (ratio, _) = question(|form| *form == Form::Ratio);
    let Some(Answer::Counts(counts)) = unit.sheet.get(&ratio) else { panic!("no counts") };
    assert_eq!(counts.values().max(), Some(&Exact::whole(8)));
}

#[test]
fn a_mapping_reads_back_as_it_was_kept() {
    let kept = serde_json::to_string(&mapping()).expect("written");
    assert_eq!(serde_json::from_str::<Mapping>(&kept).expect("read"), mapping());
    let wrong = kept.replace("\"E\"", "\"ZZZ9\"");
    assert!(serde_json::from_str::<Mapping>(&wrong).expect_err("refused").to_string().contains("kolom"));
}

#[test]
fn a_workbook_without_our_hidden_sheet_is_not_ours() {
    let error = LkeFile::open(&theirs()).expect("a workbook").book().expect_err("not ours");
    assert_eq!(error, LkeFileError::NotOurs);
}

#[test]
fn what_is_no_workbook_or_far_too_long_is_refused_in_words() {
    assert_eq!(LkeFile::open(b""), Err(LkeFileError::Empty));
    assert_eq!(LkeFile::open(b"code;answer\n"), Err(LkeFileError::NotXlsx));
    assert!(matches!(LkeFile::open(b"PK\x03\x04rusak"), Err(LkeFileError::File(_))));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for row in [0, 1_000_000] {
        sheet.write_string(row, 0, "x").expect("written");
    }
    let long = book.save_to_buffer().expect("saved");
    let refused = LkeFile::open(&long).expect_err("too long");
    assert!(refused.to_string().contains("lebih dari 20000 baris"), "{refused}");
}
