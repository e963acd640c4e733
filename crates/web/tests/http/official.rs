//! A workbook as an authority lays it out: title rows, merged headings, nested numbering, no codes; numbers of a ratio
//! in the rows below it.

use std::collections::BTreeMap;
use std::sync::Arc;

use bening_core::instrument::{Form, Instrument, Question, shipped};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// Name of its sheet.
pub(crate) const NAME: &str = "LKE Resmi";
const TEXT: u16 = 3;
const OFFER: u16 = 4;
const ANSWER: u16 = 5;
const NOTE: u16 = 7;

/// A workbook and where its questions stand.
pub(crate) struct Official {
    pub(crate) bytes: Vec<u8>,
    /// Rows, from 1, and codes.
    pub(crate) rows: BTreeMap<u32, String>,
}

/// What somebody filled in: texts of choices and indices, numbers of ratios in order.
pub(crate) type Filled = BTreeMap<String, Vec<String>>;

pub(crate) fn edition(id: &str) -> Arc<Instrument> {
    Arc::clone(shipped().by_id(id).expect("an edition"))
}

/// The workbook of an edition with these answers of the unit, pushed down by empty rows.
pub(crate) fn official(edition: &Instrument, filled: &Filled, pushed: u32) -> Official {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(NAME).expect("named");
    head(sheet);
    let (mut row, mut rows) = (5 + pushed, BTreeMap::new());
    for part in &edition.parts {
        text(sheet, row, 0, &part.name.to_uppercase());
        row += 1;
        for (number, (area, sub)) in (1..).zip(edition.subs().filter(|(_, sub)| sub.part == part.code)) {
            text(sheet, row, 0, &area.name);
            text(sheet, row + 1, 1, &format!("{number}."));
            text(sheet, row + 1, 2, &sub.name);
            row += 2;
            for (letter, question) in ('a'..).zip(&sub.questions) {
                rows.insert(row + 1, question.code.clone());
                text(sheet, row, 2, &format!("{letter}."));
                row = asked(sheet, row, edition, question, filled.get(&question.code));
            }
        }
    }
    Official { bytes: book.save_to_buffer().expect("saved"), rows }
}

fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) {
    sheet.write_string(row, column, text).expect("written");
}

fn head(sheet: &mut Worksheet) {
    let bold = Format::new().set_bold();
    let mut merge = |row, from, to, text: &str| {
        sheet.merge_range(row, from, row, to, text, &bold).expect("merged");
    };
    merge(0, 0, 10, "LEMBAR KERJA EVALUASI PEMBANGUNAN ZONA INTEGRITAS");
    merge(1, 0, 10, "Diisi oleh satuan kerja yang diusulkan pada tahun berjalan");
    merge(3, ANSWER, ANSWER + 2, "PENILAIAN UNIT KERJA");
    merge(3, ANSWER + 3, ANSWER + 5, "PENILAIAN TPI");
    for (column, heading) in [(0, "No"), (TEXT, "Pertanyaan"), (OFFER, "Pilihan Jawaban")] {
        text(sheet, 4, column, heading);
    }
    for first in [ANSWER, ANSWER + 3] {
        for (column, heading) in (first..).zip(["Jawaban", "Nilai", "Catatan"]) {
            text(sheet, 4, column, heading);
        }
    }
}

/// A question with its answer; the row after it.
fn asked(
    sheet: &mut Worksheet,
    row: u32,
    edition: &Instrument,
    question: &Question,
    given: Option<&Vec<String>>,
) -> u32 {
    text(sheet, row, TEXT, &format!("Apakah {}?", question.label.to_lowercase()));
    let kind = edition.kind(&question.kind).expect("a kind");
    let given = given.cloned().unwrap_or_default();
    match &kind.form {
        Form::Choice(answers) => {
            let known: Vec<&str> = answers.iter().map(|known| known.answer.as_str()).collect();
            text(sheet, row, OFFER, &known.join("/"));
        }
        Form::Index { .. } => text(sheet, row, OFFER, "Indeks (0-4)"),
        Form::Ratio => {
            text(sheet, row, OFFER, "%");
            for (below, input) in (row + 1..).zip(&question.inputs) {
                text(sheet, below, TEXT, &format!("- {}", input.label));
                text(sheet, below, OFFER, "Jumlah");
            }
            for (below, number) in (row + 1..).zip(&given) {
                sheet.write_number(below, ANSWER, number.parse::<f64>().expect("a number")).expect("written");
            }
            return row + 1 + u32::try_from(question.inputs.len()).expect("few");
        }
    }
    if let Some(answer) = given.first() {
        text(sheet, row, ANSWER, answer);
        text(sheet, row, NOTE, "Lihat bukti");
    }
    row + 1
}
