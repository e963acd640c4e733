//! CSV files, tab-separated files and cells pasted from a spreadsheet.

use bening_core::plan::Area;
use bening_core::plan::rows::PlanFile;
use csv::{ReaderBuilder, StringRecord};

use crate::columns::Column;
use crate::encoding::Decoded;
use crate::error::FileError;
use crate::table::{Headings, Reader};

/// Delimiters that are tried, with what a person calls them.
const DELIMITERS: [(u8, &str); 3] = [(b';', "titik koma"), (b',', "koma"), (b'\t', "tab")];
/// Lines at the top among which the headings are looked for.
const SNIFFED_LINES_MAX: usize = 20;

/// The delimiter under which one of the first lines reads as headings of a plan.
pub(crate) fn delimiter(text: &str) -> Option<u8> {
    DELIMITERS.into_iter().map(|(delimiter, _)| delimiter).find(|delimiter| {
        let mut records = records(text, *delimiter, true);
        records.by_ref().take(SNIFFED_LINES_MAX).flatten().any(|record| headings(&record) >= 3)
    })
}

fn headings(record: &StringRecord) -> usize {
    record.iter().filter(|cell| Column::recognise(cell).is_some()).count()
}

/// Reads a CSV file under a delimiter.
pub(crate) fn read(decoded: &Decoded, delimiter: u8) -> Result<PlanFile, FileError> {
    let mut reader = Reader::new(Headings::NearTop);
    let name = DELIMITERS.iter().find(|(sign, _)| *sign == delimiter).map_or("", |(_, name)| *name);
    reader.note(format!("dibaca sebagai {}, pemisah {name}", decoded.encoding));
    feed(&mut reader, &decoded.text, delimiter)?;
    reader.finish()
}

/// Reads cells pasted from a spreadsheet into an area, with or without a line of headings.
pub(crate) fn read_paste(text: &str, area: Area) -> Result<PlanFile, FileError> {
    let mut reader = Reader::new(Headings::NearTop);
    reader.in_area(area);
    let quoted = quoted(text);
    let first = records(text, b'\t', quoted)
        .flatten()
        .find(|record| record.iter().any(|cell| !cell.trim().is_empty()));
    reader.columns(usual_columns(&first.ok_or(FileError::Empty)?));
    feed(&mut reader, text, b'\t')?;
    reader.finish()
}

/// The columns of the page's table; with a number in front those of the printed plan.
fn usual_columns(first: &StringRecord) -> &'static [Column] {
    use Column::{Action, Benefit, Component, Evidence, Number, Pic, Target, Time};
    let opens_with_number =
        first.get(0).is_some_and(|cell| cell.trim().trim_end_matches('.').parse::<u32>().is_ok());
    match first.len() {
        1 => &[Action],
        7.. if opens_with_number => &[Number, Component, Action, Evidence, Time, Pic, Target, Benefit],
        _ => &[Component, Action, Evidence, Time, Pic, Target, Benefit],
    }
}

/// A stray quotation mark must not swallow the rest of the text.
fn quoted(text: &str) -> bool {
    text.bytes().filter(|byte| *byte == b'"').count().is_multiple_of(2)
}

fn records(
    text: &str,
    delimiter: u8,
    quoting: bool,
) -> impl Iterator<Item = Result<StringRecord, csv::Error>> + '_ {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).quoting(quoting);
    builder.from_reader(text.as_bytes()).into_records()
}

/// Hands every record to the reader, numbered as a spreadsheet numbers its rows: lines within a quoted cell do
/// not count, empty lines do.
fn feed(reader: &mut Reader, text: &str, delimiter: u8) -> Result<(), FileError> {
    let (mut row, mut from) = (1, 0);
    for record in records(text, delimiter, quoted(text)) {
        let record = record.map_err(|_| FileError::NotText)?;
        let start = start_of(&record, text);
        row += lines_in(text.get(from..start).unwrap_or_default());
        from = start;
        let cells: Vec<String> = record.iter().map(unguarded).collect();
        reader.line(row, &cells)?;
        row -= cells.iter().map(|cell| lines_in(cell)).sum::<u32>().min(row);
    }
    Ok(())
}

/// Where the record's first cell begins; the csv crate gives the end of the record before.
fn start_of(record: &StringRecord, text: &str) -> usize {
    let end_before = record.position().map_or(0, |position| position.byte() as usize);
    let rest = text.as_bytes().get(end_before..).unwrap_or_default();
    end_before + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

fn lines_in(text: &str) -> u32 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u32
}

/// Exports put an apostrophe before cells that a spreadsheet would take for a formula.
fn unguarded(cell: &str) -> String {
    let runs = |rest: &&str| rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guarded = cell.strip_prefix('\'').filter(runs);
    guarded.unwrap_or(cell).to_owned()
}
