//! A person with a spreadsheet, as far as the file can tell: cells of a workbook get other contents, and every stored
//! result of a formula is forgotten.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::sync::{Arc, LazyLock};

use bening_core::document::Printer;
use bening_core::instrument::{Instrument, shipped};
use bening_core::lke::Side;
use bening_core::lke::book::{Book, Columns, Owner, RawBook, input_key};
use bening_core::scoring::{Answer, Sheet};
use bening_intake::LkeFile;
use bening_reports::Press;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

static PRESS: LazyLock<Press> = LazyLock::new(Press::new);

/// A cell: sheet and address.
pub(crate) type Cell = (String, String);

/// The bytes of a workbook.
pub(crate) fn written(book: &Book) -> Vec<u8> {
    PRESS.lke_xlsx(book).expect("written")
}

/// The shipped edition at this place.
pub(crate) fn edition(place: usize) -> Arc<Instrument> {
    Arc::clone(shipped().iter().nth(place % 2).expect("two editions"))
}

/// Whose worksheet it is in these tests.
pub(crate) fn owner() -> Owner {
    let year = bening_core::time::Year::new(2020).expect("a year");
    Owner { code: "DBN".to_owned(), name: "Direktorat & \"Kawan\" =1+1".to_owned(), year }
}

/// The empty workbook of that unit.
pub(crate) fn empty(edition: &Arc<Instrument>) -> Vec<u8> {
    written(&Book { owner: Some(owner()), ..Book::template(Arc::clone(edition)) })
}

/// What a workbook holds.
pub(crate) fn raw(bytes: &[u8]) -> RawBook {
    LkeFile::open(bytes).expect("a workbook").book().expect("ours")
}

/// The cell that a place names: `lembar “Reform”, sel F12`.
pub(crate) fn cell(place: &str) -> Cell {
    let (sheet, cell) =
        place.strip_prefix("lembar “").expect("a sheet").split_once("”, sel ").expect("a cell");
    (sheet.to_owned(), cell.to_owned())
}

/// The answer cell of a code.
pub(crate) fn answer_cell(raw: &RawBook, key: &str, side: Side) -> Cell {
    let row = raw.rows.iter().find(|row| row.key.text == key).expect("a row");
    cell(&row.answers[&side].place)
}

/// What a person types to give these answers.
pub(crate) fn typed(
    edition: &Instrument,
    raw: &RawBook,
    sheet: &Sheet,
    side: Side,
) -> BTreeMap<Cell, String> {
    let mut typed = BTreeMap::new();
    for (code, answer) in sheet.iter() {
        let (_, _, question) = edition.question(code).expect("a question");
        match answer {
            Answer::Choice(choice) => drop(typed.insert(answer_cell(raw, code, side), choice.clone())),
            Answer::Index(index) => drop(typed.insert(answer_cell(raw, code, side), index.plain())),
            Answer::Counts(counts) => typed.extend(
                counts
                    .iter()
                    .map(|(name, count)| (answer_cell(raw, &input_key(question, name), side), count.plain())),
            ),
        }
    }
    typed
}

/// The workbook with these cells filled in, and no result of any formula.
pub(crate) fn filled(bytes: &[u8], typed: &BTreeMap<Cell, String>) -> Vec<u8> {
    let names: Vec<String> =
        LkeFile::open(bytes).expect("a workbook").sheets().map(|sheet| sheet.name().to_owned()).collect();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let (name, mut contents) = (entry.name().expect("a name").into_owned(), Vec::new());
        entry.read_to_end(&mut contents).expect("readable");
        let number = name.strip_prefix("xl/worksheets/sheet").and_then(|rest| rest.strip_suffix(".xml"));
        if let Some(place) = number.and_then(|number| number.parse::<usize>().ok()) {
            let mut text = forgotten(&String::from_utf8(contents).expect("UTF-8"));
            for ((_, cell), value) in typed.iter().filter(|((sheet, _), _)| *sheet == names[place - 1]) {
                text = with_cell(&text, cell, value);
            }
            contents = text.into_bytes();
        }
        new.start_file(name, SimpleFileOptions::default()).expect("begun");
        new.write_all(&contents).expect("written");
    }
    new.finish().expect("finished").into_inner()
}

/// The sheet without the results of its formulas.
fn forgotten(xml: &str) -> String {
    let mut parts = xml.split("</f><v>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (_, rest) = part.split_once("</v>").expect("a result ends");
        format!("{text}</f>{rest}")
    })
}

/// The sheet with something else in a cell; its look stays.
fn with_cell(xml: &str, cell: &str, value: &str) -> String {
    let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no cell {cell}"));
    let (before, rest) = xml.split_at(start);
    let head = &rest[..rest.find('>').expect("a tag") + 1];
    let after =
        if head.ends_with("/>") { &rest[head.len()..] } else { rest.split_once("</c>").expect("an end").1 };
    let style = head.split("s=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("0");
    let is_number = value.parse::<f64>().is_ok();
    let escaped = value.replace('&', "&amp;").replace('<', "&lt;");
    let new = match is_number {
        true => format!("<c r=\"{cell}\" s=\"{style}\"><v>{value}</v></c>"),
        false => format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t>{escaped}</t></is></c>"),
    };
    format!("{before}{new}{after}")
}

/// The columns of a side in a workbook for unit and internal assessors.
pub(crate) fn columns(side: Side) -> Columns {
    Columns::at(u16::from(side == Side::Tpi))
}
