//! Reading TOML with line numbers: rows of keys, every unread key reported, every problem collected so
//! that a person sees all of them at once. Knows nothing about worksheets.

use std::cell::RefCell;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::exact::Exact;
use super::problem::Problem;

/// Largest file of data that is read, in bytes; the shipped editions are around 100 kB.
pub const MAX_FILE_BYTES: usize = 4_000_000;

/// A file being read, with the problems found so far.
pub(crate) struct Source<'a> {
    file: &'a str,
    text: &'a str,
    /// Where each line ends, so that a line number is found by bisection.
    line_ends: Vec<usize>,
    problems: RefCell<Vec<Problem>>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        let line_ends = text.match_indices('\n').map(|(at, _)| at).collect();
        Self { file, text, line_ends, problems: RefCell::default() }
    }

    /// The top-level table, or `None` with the problem noted.
    pub(crate) fn parse(&self) -> Option<DeTable<'a>> {
        if self.text.len() > MAX_FILE_BYTES {
            self.refuse(1, "berkas terlalu besar untuk sebuah instrumen");
            return None;
        }
        let parsed = DeTable::parse(self.text);
        parsed.map(Spanned::into_inner).map_err(|error| self.refuse_syntax(&error)).ok()
    }

    fn refuse_syntax(&self, error: &toml::de::Error) {
        let start = error.span().map_or(0, |span| span.start);
        self.refuse(self.line_at(start), &format!("bukan TOML yang benar: {}", error.message()));
    }

    pub(crate) fn refuse(&self, line: usize, reason: &str) {
        let problem = Problem { file: self.file.to_owned(), line, reason: reason.to_owned() };
        self.problems.borrow_mut().push(problem);
    }

    pub(crate) fn line_at(&self, byte: usize) -> usize {
        self.line_ends.partition_point(|&end| end < byte) + 1
    }

    /// The problems, in the order of lines.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort();
        problems.dedup();
        problems
    }
}

/// A table with its line; every read key is remembered so that the rest can be refused.
pub(crate) struct Row<'s> {
    source: &'s Source<'s>,
    table: &'s DeTable<'s>,
    /// Line of the table's heading.
    pub(crate) line: usize,
    read: RefCell<BTreeSet<&'s str>>,
}

/// A value under a key, with its line.
pub(crate) struct Cell<'s> {
    pub(crate) key: &'s str,
    pub(crate) line: usize,
    value: &'s DeValue<'s>,
}

impl<'s> Row<'s> {
    pub(crate) fn new(source: &'s Source<'s>, table: &'s DeTable<'s>, line: usize) -> Self {
        Self { source, table, line, read: RefCell::default() }
    }

    pub(crate) fn refuse(&self, line: usize, reason: &str) {
        self.source.refuse(line, reason);
    }

    pub(crate) fn cell(&self, key: &'static str) -> Option<Cell<'s>> {
        let (name, value) = self.table.iter().find(|(name, _)| name.get_ref() == key)?;
        self.read.borrow_mut().insert(name.get_ref());
        Some(self.cell_of(name, value))
    }

    fn cell_of(
        &self,
        name: &'s Spanned<std::borrow::Cow<'s, str>>,
        value: &'s Spanned<DeValue<'s>>,
    ) -> Cell<'s> {
        Cell { key: name.get_ref(), line: self.source.line_at(name.span().start), value: value.get_ref() }
    }

    fn required<T>(&self, key: &'static str, read: impl FnOnce(&Self, &Cell<'s>) -> Option<T>) -> Option<T> {
        let Some(cell) = self.cell(key) else {
            self.refuse(self.line, &format!("\"{key}\" belum ada di sini"));
            return None;
        };
        read(self, &cell)
    }

    /// A required text; empty with a problem when it is missing.
    pub(crate) fn text(&self, key: &'static str) -> String {
        self.required(key, Self::text_in).unwrap_or_default()
    }

    /// An optional text.
    pub(crate) fn text_if_any(&self, key: &'static str) -> Option<String> {
        self.cell(key).and_then(|cell| self.text_in(&cell))
    }

    /// The source of a rule: required, with a reason of its own.
    pub(crate) fn citation(&self) -> String {
        let citation = self.text_if_any("citation").unwrap_or_default();
        if citation.trim().is_empty() {
            self.refuse(self.line, "aturan tanpa dasar hukum; isi \"citation\"");
        }
        citation
    }

    /// A required number of zero or more.
    pub(crate) fn number(&self, key: &'static str) -> Exact {
        self.required(key, Self::number_in).unwrap_or(Exact::ZERO)
    }

    /// A required date.
    pub(crate) fn date(&self, key: &'static str) -> Option<NaiveDate> {
        self.required(key, Self::date_in)
    }

    /// An optional date.
    pub(crate) fn date_if_any(&self, key: &'static str) -> Option<NaiveDate> {
        self.cell(key).and_then(|cell| self.date_in(&cell))
    }

    /// Is this switch on?
    pub(crate) fn is_on(&self, key: &'static str) -> bool {
        let Some(cell) = self.cell(key) else {
            return false;
        };
        cell.value.as_bool().unwrap_or_else(|| {
            self.refuse(cell.line, &format!("\"{key}\" harus true atau false"));
            false
        })
    }

    /// A required word that stands for something.
    pub(crate) fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let line = self.cell(key).map_or(self.line, |cell| cell.line);
        let text = self.text(key);
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
        if found.is_none() && !text.is_empty() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.refuse(
                line,
                &format!("\"{text}\" tidak dikenal untuk \"{key}\"; pilihannya: {}", known.join(", ")),
            );
        }
        found
    }

    /// The rows of an array of tables; none when the key is absent.
    pub(crate) fn rows(&self, key: &'static str) -> Vec<Row<'s>> {
        let Some(cell) = self.cell(key) else {
            return Vec::new();
        };
        let Some(items) = cell.value.as_array() else {
            self.refuse(cell.line, &format!("\"{key}\" harus berupa daftar tabel"));
            return Vec::new();
        };
        items.iter().filter_map(|item| self.row_in(item)).collect()
    }

    fn row_in(&self, item: &'s Spanned<DeValue<'s>>) -> Option<Row<'s>> {
        let line = self.source.line_at(item.span().start);
        let Some(table) = item.get_ref().as_table() else {
            self.refuse(line, "di sini harus ada tabel");
            return None;
        };
        Some(Row::new(self.source, table, line))
    }

    /// The cells of a table of anything; none when the key is absent.
    pub(crate) fn cells(&self, key: &'static str) -> Vec<Cell<'s>> {
        let Some(cell) = self.cell(key) else {
            return Vec::new();
        };
        let Some(table) = cell.value.as_table() else {
            self.refuse(cell.line, &format!("\"{key}\" harus berupa tabel"));
            return Vec::new();
        };
        table.iter().map(|(name, value)| self.cell_of(name, value)).collect()
    }

    /// The rows of a table of tables, each with its name.
    pub(crate) fn named_rows(&self, key: &'static str) -> Vec<(&'s str, Row<'s>)> {
        let cells = self.cells(key);
        let row = |cell: Cell<'s>| {
            let table = cell.value.as_table();
            if table.is_none() {
                self.refuse(cell.line, &format!("\"{}\" harus berupa tabel", cell.key));
            }
            table.map(|table| (cell.key, Row::new(self.source, table, cell.line)))
        };
        cells.into_iter().filter_map(row).collect()
    }

    /// The table under a key; `None` when it is absent or no table.
    pub(crate) fn table(&self, key: &'static str) -> Option<Row<'s>> {
        let cell = self.cell(key)?;
        cell.value.as_table().map(|table| Row::new(self.source, table, cell.line))
    }

    /// A list of texts; empty when the key is absent.
    pub(crate) fn texts(&self, key: &'static str) -> Vec<String> {
        self.cell(key).map(|cell| self.texts_in(&cell)).unwrap_or_default()
    }

    pub(crate) fn texts_in(&self, cell: &Cell<'_>) -> Vec<String> {
        let texts: Option<Vec<String>> = cell.value.as_array().and_then(|items| {
            items.iter().map(|item| item.get_ref().as_str().map(ToOwned::to_owned)).collect()
        });
        texts.unwrap_or_else(|| {
            self.refuse(cell.line, &format!("\"{}\" harus berupa daftar teks", cell.key));
            Vec::new()
        })
    }

    pub(crate) fn text_in(&self, cell: &Cell<'_>) -> Option<String> {
        let text = cell.value.as_str().filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.refuse(cell.line, &format!("\"{}\" harus berupa teks yang berisi", cell.key));
        }
        text.map(ToOwned::to_owned)
    }

    pub(crate) fn number_in(&self, cell: &Cell<'_>) -> Option<Exact> {
        let number = cell.written_number().and_then(|text| Exact::parse(text).ok());
        let number = number.filter(|number| !number.is_negative());
        if number.is_none() {
            self.refuse(cell.line, &format!("\"{}\" harus berupa angka desimal, nol atau lebih", cell.key));
        }
        number
    }

    fn date_in(&self, cell: &Cell<'_>) -> Option<NaiveDate> {
        let date = cell.value.as_datetime().filter(|when| when.time.is_none()).and_then(|when| when.date);
        let date =
            date.and_then(|day| NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into()));
        if date.is_none() {
            self.refuse(cell.line, &format!("\"{}\" harus berupa tanggal, misalnya 2022-01-31", cell.key));
        }
        date
    }

    /// Refuses the keys that nobody asked for: most likely typing errors.
    pub(crate) fn finish(&self) {
        let read = self.read.borrow();
        for (name, _) in self.table.iter().filter(|(name, _)| !read.contains(name.get_ref().as_ref())) {
            let line = self.source.line_at(name.span().start);
            self.refuse(line, &format!("\"{}\" tidak dikenal di sini; periksa ejaannya", name.get_ref()));
        }
    }
}

impl<'s> Cell<'s> {
    /// The number exactly as written, never through floating point.
    fn written_number(&self) -> Option<&'s str> {
        match self.value {
            DeValue::Integer(integer) if integer.radix() == 10 => Some(integer.as_str()),
            DeValue::Float(float) => Some(float.as_str()),
            _ => None,
        }
    }

    /// Is the value written as a text?
    pub(crate) fn is_text(&self) -> bool {
        self.value.is_str()
    }
}
