//! Files that do not fit are refused with the sheet and cell of everything that is wrong, all at once.

use std::collections::BTreeMap;

use bening_core::instrument::Form;
use bening_core::lke::Side;
use bening_core::lke::book::{Book, Expected, IDENTITY_SHEET, input_key, read};
use bening_core::time::Year;
use bening_intake::LkeFile;

use crate::hand::{Cell, answer_cell, cell, edition, empty, filled, owner, raw};

/// What reading a file complains of, one a line.
fn complaints(bytes: &[u8]) -> String {
    let edition = edition(1);
    let expected = Expected { edition: &edition, owner: Some(("DBN", owner().year)) };
    let problems = read(expected, &raw(bytes)).expect_err("refused");
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn code_of(wanted: fn(&Form) -> bool) -> String {
    let edition = edition(1);
    let question = edition.questions().map(|(_, _, question)| question);
    let mut fitting = question.filter(|question| wanted(&edition.kind(&question.kind).expect("known").form));
    fitting.next().expect("a question").code.clone()
}

#[test]
fn every_wrong_answer_is_named_with_its_sheet_and_cell() {
    let bytes = empty(&edition(1));
    let found = raw(&bytes);
    let edition = edition(1);
    let choice = answer_cell(&found, &code_of(|form| matches!(form, Form::Choice(_))), Side::Unit);
    let index = answer_cell(&found, &code_of(|form| matches!(form, Form::Index { .. })), Side::Tpi);
    let ratio = code_of(|form| *form == Form::Ratio);
    let (_, _, question) = edition.question(&ratio).expect("a question");
    let count = answer_cell(&found, &input_key(question, &question.inputs[0].name), Side::Unit);
    let typed = [(choice.clone(), "Mungkin"), (index.clone(), "7"), (count.clone(), "-3")];
    let typed = typed.map(|(cell, text)| (cell, text.to_owned())).into();
    let said = complaints(&filled(&bytes, &typed));
    for (sheet, cell) in [choice, index, count] {
        assert!(said.contains(&format!("lembar “{sheet}”, sel {cell}: ")), "{cell} is not named in:\n{said}");
    }
    assert!(said.contains("Mungkin") && said.contains("skala") && said.contains("negatif"), "{said}");
}

#[test]
fn a_changed_code_is_unknown_and_the_old_one_is_missed() {
    let bytes = empty(&edition(1));
    let found = raw(&bytes);
    let row = &found.rows[2].key;
    let typed = BTreeMap::from([(cell(&row.place), "ZZ-9".to_owned())]);
    let said = complaints(&filled(&bytes, &typed));
    assert!(said.contains(&format!("{}: kode \"ZZ-9\" tidak ada", row.place)), "{said}");
    assert!(said.contains(&format!("{}: barisnya hilang", row.text)), "{said}");
}

#[test]
fn a_workbook_of_another_edition_year_or_unit_is_refused() {
    let said = complaints(&empty(&edition(0)));
    assert!(said.contains("edisi: berkas ini untuk edisi"), "{said}");
    let edition = edition(1);
    let bytes = empty(&edition);
    let other = Expected { edition: &edition, owner: Some(("DBN", Year::new(2021).expect("a year"))) };
    assert!(read(other, &raw(&bytes)).expect_err("refused")[0].to_string().contains("tahun 2020"));
    let other = Expected { edition: &edition, owner: Some(("DBT", owner().year)) };
    assert!(read(other, &raw(&bytes)).expect_err("refused")[0].to_string().contains("unit DBN"));
    let template = crate::hand::written(&Book::template(edition.clone()));
    let any = Expected { edition: &edition, owner: Some(("DBT", owner().year)) };
    assert!(read(any, &raw(&template)).is_ok(), "an empty template belongs to everybody");
}

#[test]
fn a_moved_column_and_a_foreign_workbook_are_refused() {
    let bytes = empty(&edition(1));
    let part = edition(1).parts[0].name.clone();
    let head: Cell = (part, "F4".to_owned());
    let moved = filled(&bytes, &BTreeMap::from([(head, "Nilai".to_owned())]));
    let said = LkeFile::open(&moved).expect("a workbook").book().expect_err("moved").to_string();
    assert!(said.contains("kolom F") && said.contains("Jawaban Unit"), "{said}");
    let format: Cell = (IDENTITY_SHEET.to_owned(), "B1".to_owned());
    let newer = filled(&bytes, &BTreeMap::from([(format, "bening.lke/9".to_owned())]));
    assert!(complaints(&newer).contains("bening.lke/9"));
}
