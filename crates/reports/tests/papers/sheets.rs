//! The workbook, the CSV and the template: what an importer finds in them.

use std::io::Cursor;

use bening_core::document::Printer as _;
use bening_core::plan::export::PlanExport;
use bening_reports::Press;
use calamine::{Data, Reader as _, Xlsx};

use crate::{kept, sample};

const HEADINGS: [&str; 10] = [
    "Area",
    "No",
    "Komponen",
    "Subkomponen LKE",
    "Rencana Aksi",
    "Bukti Fisik",
    "Waktu",
    "PIC",
    "Target",
    "Manfaat",
];

/// The cells of a sheet as texts; fails when a cell is anything but text.
fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert!(workbook.worksheet_formula(name).unwrap().is_empty(), "no formula in {name}");
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("{other:?} is not text"),
    };
    workbook.worksheet_range(name).unwrap().rows().map(|row| row.iter().map(text).collect()).collect()
}

fn records(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("begins with a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn hostile() -> PlanExport {
    let mut plan = sample::plan();
    plan.areas[0].components[0].actions[0].name = "=1+1".to_owned();
    plan.areas[0].components[0].actions[0].target = "@SUM(A1)".to_owned();
    plan.areas[0].components[0].actions[0].pics = vec!["'90".to_owned()];
    plan.priorities[0].follow_up = "-2+3".to_owned();
    plan
}

#[test]
fn the_same_plan_is_the_same_file() {
    let plan = sample::plan_under_way();
    let press = Press::new();
    let files =
        || [press.plan_xlsx(&plan).unwrap(), press.plan_csv(&plan).unwrap(), press.plan_template().unwrap()];
    let first = files();
    for (name, bytes) in ["rencana.xlsx", "rencana.csv", "templat.xlsx"].iter().zip(&first) {
        kept(name, bytes);
    }
    assert!(first == files());
}

#[test]
fn the_workbook_has_one_row_for_each_action_with_all_its_cells() {
    let rows = sheet(&Press::new().plan_xlsx(&sample::plan()).unwrap(), "Rencana Kerja");
    assert_eq!(rows[0], HEADINGS);
    assert_eq!(rows.len(), 1 + 17);
    let second = &rows[2];
    assert_eq!(
        second[..5],
        ["Manajemen Perubahan", "1", "Tim Kerja", "-", "Pembentukan Tim Kerja ZI DBN 2020"]
    );
    assert_eq!(second[5], "Panduan dan pemilihan anggota tim ZI Tahun 2020\nLaporan Assesment");
    assert_eq!(second[9], "", "benefits stand in the first row of an area only");
    assert_eq!(rows[1][9].lines().count(), 4);
}

#[test]
fn withdrawn_actions_stand_on_a_sheet_of_their_own() {
    let bytes = Press::new().plan_xlsx(&sample::plan_under_way()).unwrap();
    assert!(sheet(&bytes, "Rencana Kerja").iter().all(|row| !row[4].starts_with("Integrasi")));
    let withdrawn = sheet(&bytes, "Ditarik");
    assert_eq!(
        withdrawn[1][2..],
        ["Integrasi e-PNBP, e-Rekon, E-DBH dan SIPP", "17-02-2020", "aplikasi digantikan sistem kementerian"]
    );
}

#[test]
fn nothing_that_was_typed_becomes_a_formula() {
    let plan = hostile();
    let rows = sheet(&Press::new().plan_xlsx(&plan).unwrap(), "Rencana Kerja");
    assert_eq!((rows[1][4].as_str(), rows[1][8].as_str()), ("=1+1", "@SUM(A1)"));
    let records = records(&Press::new().plan_csv(&plan).unwrap());
    assert_eq!(
        (records[1][4].as_str(), records[1][7].as_str(), records[1][8].as_str()),
        ("'=1+1", "'90", "'@SUM(A1)")
    );
    assert_eq!(records.last().unwrap()[10], "'-2+3");
}

#[test]
fn the_csv_has_the_priority_targets_as_rows_of_their_own_area() {
    let records = records(&Press::new().plan_csv(&sample::plan()).unwrap());
    assert_eq!(records[0][..10], HEADINGS);
    assert_eq!(records[0][10], "Tindak Lanjut");
    let last = records.last().unwrap();
    assert_eq!((last[0].as_str(), last[6].as_str()), ("Target Prioritas", "Juni"));
    assert!(last[10].starts_with("Telah ditindak lanjuti"));
}

#[test]
fn the_template_is_empty_and_explains_itself() {
    let bytes = Press::new().plan_template().unwrap();
    assert_eq!(sheet(&bytes, "Rencana Kerja"), [HEADINGS]);
    assert_eq!(sheet(&bytes, "Target Prioritas"), [["Rencana Aksi", "Target", "Waktu", "Tindak Lanjut"]]);
    let guide: Vec<_> = sheet(&bytes, "Petunjuk").into_iter().map(|row| row[0].clone()).collect();
    assert!(HEADINGS.iter().all(|heading| guide.iter().any(|name| name == heading)));
}

#[test]
fn components_and_benefits_without_actions_are_not_lost() {
    let mut plan = sample::plan();
    plan.areas[3].components[0].actions.clear();
    plan.areas[5].components.clear();
    let rows = sheet(&Press::new().plan_xlsx(&plan).unwrap(), "Rencana Kerja");
    assert!(rows.iter().any(|row| row[2] == "Keterlibatan Pimpinan" && row[4].is_empty()));
    assert!(
        rows.iter()
            .any(|row| row[0] == "Peningkatan Kualitas Pelayanan Publik" && row[9].lines().count() == 3)
    );
}
