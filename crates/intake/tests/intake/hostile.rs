//! Files that nobody would make by honest means: the reader must answer, soon and in few bytes, whatever comes.

use std::time::{Duration, Instant};

use crate::made::{HEADINGS, book, inflated, ods, zipped};
use bening_core::plan::Area;
use bening_intake::{FileError, read, read_paste};
use proptest::prelude::*;

const XLS: &[u8] = include_bytes!("../../fixtures/rencana.xls");

fn lines(count: usize) -> Vec<Vec<String>> {
    let mut lines = vec![HEADINGS.map(str::to_owned).to_vec()];
    lines.extend((0..count).map(|row| {
        ["Manajemen Perubahan", "1", "Tim", "-", &format!("Tindakan {row}"), "SK", "Januari", "Bayu"]
            .map(str::to_owned)
            .to_vec()
    }));
    lines
}

/// The parts of a real workbook around a sheet of one's own.
fn book_with_sheet(sheet_data: &str) -> Vec<u8> {
    let sheet = format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <sheetData>{sheet_data}</sheetData></worksheet>"
    );
    let parts = inflated(&book(&lines(1)));
    let entries: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, text)| {
            (name.as_str(), if name == "xl/worksheets/sheet1.xml" { sheet.as_str() } else { text.as_str() })
        })
        .collect();
    zipped(&entries)
}

fn inline(column: char, row: u32, text: &str) -> String {
    format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn headings() -> String {
    let cells: String = ["Komponen", "Rencana Aksi", "Waktu"]
        .iter()
        .zip('A'..)
        .map(|(text, column)| inline(column, 1, text))
        .collect();
    format!("<row r=\"1\">{cells}</row>")
}

/// Runs a reader that must answer within ten seconds, unoptimised as tests are.
fn soon<T>(run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let answer = run();
    assert!(start.elapsed() < Duration::from_secs(10), "took {:?}", start.elapsed());
    answer
}

#[test]
fn a_workbook_of_a_hundred_thousand_rows_is_left_at_the_limit() {
    let row = |number: u32| format!("<row r=\"{number}\">{}</row>", inline('B', number, &number.to_string()));
    let bytes = book_with_sheet(&(headings() + &(2..100_000).map(row).collect::<String>()));
    let error = soon(|| read(&bytes, Some("besar.xlsx"))).unwrap_err();
    assert!(matches!(error, FileError::TooManyRows { .. }), "{error}");
    assert!(error.to_string().contains("lembar “Sheet1”"), "{error}");
}

#[test]
fn a_csv_of_a_million_rows_is_left_at_the_limit() {
    let text = "Komponen,Rencana Aksi,Waktu\n".to_owned() + &"a,b,Mei\n".repeat(1_000_000);
    let error = soon(|| read(text.as_bytes(), Some("besar.csv"))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "berkas berisi lebih dari 2.000 baris rencana atau 20.000 baris lembar (berhenti di baris 2003); bagi berkasnya, atau hapus baris di bawah tabel"
    );
}

#[test]
fn a_cell_in_the_last_corner_of_a_sheet_costs_nothing() {
    let corner = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let row = format!("<row r=\"2\">{}{}</row>", inline('A', 2, "Tim"), inline('B', 2, "Satu"));
    let file = soon(|| read(&book_with_sheet(&(headings() + &row + corner)), None)).unwrap();
    assert_eq!(file.rows.len(), 1);
}

#[test]
fn a_long_text_shared_by_many_cells_is_not_copied_without_end() {
    let mut lines = lines(1_900);
    lines.iter_mut().skip(1).for_each(|line| line[4] = "panjang ".repeat(4_000));
    let bytes = book(&lines);
    assert_eq!(soon(|| read(&bytes, None)).unwrap_err(), FileError::TooMuchText);
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_refused_by_what_it_declares_and_by_what_it_holds() {
    let zeros = "0".repeat(30 * 1024 * 1024);
    let mut bytes = zipped(&[("xl/workbook.xml", "<w/>"), ("xl/a.xml", &zeros)]);
    assert_eq!(soon(|| read(&bytes, None)).unwrap_err(), FileError::Bomb);
    let true_size = (zeros.len() as u32).to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..*at + 4] == true_size).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|at| bytes[*at..*at + 4].copy_from_slice(&100_u32.to_le_bytes()));
    let error = soon(|| read(&bytes, None)).unwrap_err();
    assert!(matches!(error, FileError::Bomb | FileError::Broken), "{error}");
}

#[test]
fn rows_and_cells_repeated_a_million_times_in_a_few_bytes_are_left_at_the_limit() {
    let content = "<d><table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"4294967295\">\
                   <table:table-cell table:number-columns-repeated=\"4294967295\"><text:p>Rencana Aksi</text:p>\
                   </table:table-cell></table:table-row></table:table></d>";
    let bytes =
        zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]);
    assert!(soon(|| read(&bytes, None)).is_err());
}

/// The old workbook with bytes changed behind every place where a record opens like this.
fn old_book_with(record: [u8; 4], offset: usize, bytes: &[u8]) -> Vec<u8> {
    let mut book = XLS.to_vec();
    let places: Vec<usize> = (0..book.len() - 64).filter(|at| book[*at..*at + 4] == record).collect();
    assert!(!places.is_empty());
    for at in places.iter().map(|at| at + 4 + offset) {
        book[at..at + bytes.len()].copy_from_slice(bytes);
    }
    book
}

#[test]
fn an_old_workbook_that_claims_four_thousand_million_rows_is_read_without_making_room_for_them() {
    let bytes = old_book_with([0x00, 0x02, 14, 0], 4, &[0xff; 4]);
    assert_eq!(soon(|| read(&bytes, None)).unwrap().rows.len(), 17);
}

#[test]
fn cells_far_away_in_an_old_workbook_cost_nothing() {
    let far_right = old_book_with([0xfd, 0x00, 10, 0], 2, &[0xff, 0x7f]);
    assert_eq!(soon(|| read(&far_right, None)).unwrap_err(), FileError::NoTable);
    let far_down = old_book_with([0xfd, 0x00, 10, 0], 0, &[0xff, 0xff]);
    assert!(matches!(soon(|| read(&far_down, None)).unwrap_err(), FileError::TooManyRows { .. }));
}

#[test]
fn rows_out_of_order_make_a_workbook_broken() {
    let row = |number: u32| format!("<row r=\"{number}\">{}</row>", inline('A', number, "Tim"));
    assert_eq!(
        read(&book_with_sheet(&(headings() + &row(9) + &row(4))), None).unwrap_err(),
        FileError::Broken
    );
}

/// Some places of a file overwritten, and perhaps its end cut off.
fn spoilt(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let len = bytes.len();
    let edits = prop::collection::vec((0..len, any::<u8>()), 1..8);
    (edits, prop::option::weighted(0.2, 0..len)).prop_map(move |(edits, cut)| {
        let mut bytes = bytes.clone();
        edits.iter().for_each(|(at, byte)| bytes[*at] = *byte);
        bytes.truncate(cut.unwrap_or(len));
        bytes
    })
}

/// A workbook whose parts are spoilt before they are packed, so that the archive itself is sound.
fn spoilt_inside(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let parts = inflated(&bytes);
    (0..parts.len()).prop_flat_map(move |chosen| {
        let parts = parts.clone();
        spoilt(parts[chosen].1.clone().into_bytes()).prop_map(move |part| {
            let part = String::from_utf8_lossy(&part).into_owned();
            let mut parts = parts.clone();
            parts[chosen].1 = part;
            zipped(&parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
        })
    })
}

fn opened_with(start: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..600).prop_map(move |bytes| [start, &bytes].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_get_an_answer(bytes in prop_oneof![
        opened_with(b""), opened_with(b"PK\x03\x04"), opened_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        opened_with(b"\xff\xfe"), opened_with(b"No;Komponen;Rencana Aksi\n"),
    ]) {
        let _ = read(&bytes, Some("apa.xlsx"));
    }

    #[test]
    fn any_text_gets_an_answer(text in "[\\PC\t\n;,|\"<>#-]{0,300}") {
        let _ = read(text.as_bytes(), None);
        let _ = read_paste(&text, Area::Procedures);
    }

    #[test]
    fn a_spoilt_new_workbook_gets_an_answer(bytes in prop_oneof![spoilt(book(&lines(5))), spoilt_inside(book(&lines(5)))]) {
        let _ = read(&bytes, None);
    }

    #[test]
    fn a_spoilt_old_workbook_gets_an_answer(bytes in spoilt(XLS.to_vec())) {
        let _ = read(&bytes, None);
    }

    #[test]
    fn a_spoilt_open_workbook_gets_an_answer(bytes in prop_oneof![spoilt(ods(&lines(5))), spoilt_inside(ods(&lines(5)))]) {
        let _ = read(&bytes, None);
    }

    #[test]
    fn a_spoilt_plan_in_markdown_gets_an_answer(bytes in spoilt(bening_intake::DEMO_PLAN.as_bytes().to_vec())) {
        let _ = read(&bytes, None);
    }
}
