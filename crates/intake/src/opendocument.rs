//! OpenDocument spreadsheets (ODS). Read here and not through calamine, which waits for ever on a sheet that is
//! cut off and fills in repeated rows before anybody can say stop.

use bening_core::plan::rows::PlanFile;
use bening_core::time::Month;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader as XmlReader;

use crate::archive;
use crate::error::FileError;
use crate::sheets::{COLUMNS_MAX, Sheets, Value};
use crate::table::LINES_MAX;

/// Reads an ODS workbook.
pub(crate) fn read(bytes: &[u8]) -> Result<PlanFile, FileError> {
    let mut archive = archive::open(bytes)?;
    if archive::text(&mut archive, "META-INF/manifest.xml")?.contains("encryption-data") {
        return Err(FileError::Encrypted);
    }
    let content = archive::text(&mut archive, "content.xml")?;
    let mut book = Book::new();
    let mut xml = XmlReader::from_str(&content);
    xml.config_mut().expand_empty_elements = true;
    loop {
        match xml.read_event().map_err(|_| FileError::Broken)? {
            Event::Start(element) => book.start(&element)?,
            Event::End(element) => book.end(element.name().as_ref())?,
            Event::Text(text) => book.text(&text.xml_content(quick_xml::XmlVersion::Implicit1_0)),
            Event::GeneralRef(entity) => book.text(&entity_text(&entity)),
            Event::Eof => break,
            _ => (),
        }
    }
    if book.depth == 0 && !content.is_empty() { book.sheets.finish() } else { Err(FileError::Broken) }
}

pub(crate) fn entity_text(entity: &quick_xml::events::BytesRef<'_>) -> String {
    let sign = entity.resolve_char_ref().ok().flatten().map(String::from);
    sign.unwrap_or_else(|| {
        quick_xml::escape::unescape(&format!("&{};", &**entity)).map(Into::into).unwrap_or_default()
    })
}

/// The place in the document.
struct Book {
    sheets: Sheets,
    depth: usize,
    hidden_styles: Vec<String>,
    style: String,
    is_open: bool,
    row: u32,
    row_repeats: u32,
    column: u32,
    line: Vec<(u32, String, String)>,
    cell: Option<Cell>,
    /// Depth inside a comment on a cell, whose text is not the cell's.
    annotation: usize,
}

#[derive(Default)]
struct Cell {
    repeats: u32,
    date: String,
    paragraphs: Vec<String>,
    is_formula: bool,
}

impl Book {
    fn new() -> Self {
        Self {
            sheets: Sheets::new(),
            depth: 0,
            hidden_styles: Vec::new(),
            style: String::new(),
            is_open: false,
            row: 0,
            row_repeats: 1,
            column: 0,
            line: Vec::new(),
            cell: None,
            annotation: 0,
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), FileError> {
        self.depth += 1;
        match element.name().as_ref() {
            "office:annotation" => self.annotation += 1,
            "style:style" => self.style = attribute(element, "style:name"),
            "style:table-properties" if attribute(element, "table:display") == "false" => {
                self.hidden_styles.push(self.style.clone())
            }
            "table:table" => self.open_sheet(element),
            "table:table-row" => {
                self.row_repeats = repeats(element, "table:number-rows-repeated");
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => self.cell = Some(Cell::of(element)),
            "text:p" => self.paragraph(),
            "text:line-break" => self.text("\n"),
            "text:s" | "text:tab" => self.text(" "),
            _ => (),
        }
        Ok(())
    }

    fn open_sheet(&mut self, element: &BytesStart<'_>) {
        let is_visible = !self.hidden_styles.contains(&attribute(element, "table:style-name"));
        self.is_open = self.sheets.open(&attribute(element, "table:name"), is_visible);
        self.row = 0;
    }

    fn paragraph(&mut self) {
        if let Some(cell) = self.cell.as_mut().filter(|_| self.annotation == 0) {
            cell.paragraphs.push(String::new());
        }
    }

    fn text(&mut self, text: &str) {
        let cell = self.cell.as_mut().filter(|_| self.annotation == 0);
        if let Some(paragraph) = cell.and_then(|cell| cell.paragraphs.last_mut()) {
            paragraph.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), FileError> {
        self.depth = self.depth.checked_sub(1).ok_or(FileError::Broken)?;
        match name {
            "office:annotation" => self.annotation = self.annotation.saturating_sub(1),
            "table:table-cell" | "table:covered-table-cell" => self.end_cell(),
            "table:table-row" => return self.end_row(),
            "table:table" if std::mem::take(&mut self.is_open) => return self.sheets.close(),
            _ => (),
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let text = cell.paragraphs.join("\n");
        if cell.is_formula && self.is_open {
            self.sheets.formula(self.row, self.column, text.is_empty());
        }
        let last = self.column.saturating_add(cell.repeats).min(COLUMNS_MAX);
        if !text.is_empty() {
            (self.column..last).for_each(|column| self.line.push((column, text.clone(), cell.date.clone())));
        }
        self.column = self.column.saturating_add(cell.repeats);
    }

    /// Repeated rows with something in them are so many rows; empty ones only move on.
    fn end_row(&mut self) -> Result<(), FileError> {
        let line = std::mem::take(&mut self.line);
        let times = if line.is_empty() || !self.is_open { 0 } else { self.row_repeats.min(LINES_MAX + 1) };
        for row in self.row..self.row.saturating_add(times) {
            for (column, text, date) in &line {
                self.sheets.cell(row, *column, value(text, date))?;
            }
        }
        self.row = self.row.saturating_add(self.row_repeats);
        Ok(())
    }
}

impl Cell {
    fn of(element: &BytesStart<'_>) -> Self {
        Self {
            repeats: repeats(element, "table:number-columns-repeated"),
            date: attribute(element, "office:date-value"),
            paragraphs: Vec::new(),
            is_formula: !attribute(element, "table:formula").is_empty(),
        }
    }
}

/// "2020-01-15" is a date in January, however the sheet shows it.
fn value(text: &str, date: &str) -> Value {
    let month = date.split('-').nth(1).and_then(|month| month.parse().ok()).and_then(Month::new);
    month.map_or_else(|| Value::text(text), |month| Value::Date { month, text: text.to_owned() })
}

fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let found = element.try_get_attribute(name).ok().flatten();
    found
        .and_then(|attribute| {
            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(Into::into)
        })
        .unwrap_or_default()
}

fn repeats(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).parse().unwrap_or(1).max(1)
}
