//! A table of answers as CSV, taken in piece by piece: the memory it needs is one field and one byte for
//! each answer, whatever the size of the file. One line for each respondent, headed by codes (see
//! `header.rs`); separator `,`, `;` or tab, taken from the first line; an empty field is an answer not given.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::campaign::Channel;
use super::header::{Header, MAX_COLUMNS};
use super::model::{Questionnaire, Scale};
use super::responses::Responses;
use crate::instrument::Exact;
use crate::scoring::SheetProblem;

/// Longest field or first line that is looked at, in bytes.
pub const MAX_RECORD_BYTES: usize = 65_536;

/// Most problems that are told apart; the others are counted.
pub const MAX_PROBLEMS: usize = 20;

/// Heading of the column that says by which way a respondent came, as in the files of frozen campaigns.
const CHANNEL_COLUMN: &str = "kanal";

/// The most characters of a wrong answer that are repeated to the person.
const SHOWN_CHARS: usize = 20;

/// A table being read.
pub struct Table<'q> {
    questionnaire: &'q Questionnaire,
    scale: &'q Scale,
    start: Vec<u8>,
    reader: Option<Reader>,
    field: Field,
    record: Record,
    header: Option<Header>,
    channel: Option<usize>,
    responses: Option<Responses<'q>>,
    problems: Problems,
}

/// The field being read.
struct Field {
    bytes: Vec<u8>,
    used: usize,
    is_too_long: bool,
}

/// The line being read.
#[derive(Default)]
struct Record {
    line: u64,
    fields: usize,
    names: Vec<String>,
    answers: Vec<u8>,
    channel: Option<Channel>,
    is_refused: bool,
}

#[derive(Default)]
struct Problems {
    told: Vec<SheetProblem>,
    others: u64,
}

impl Problems {
    fn add(&mut self, place: impl Into<String>, reason: impl std::fmt::Display) {
        if self.told.len() < MAX_PROBLEMS {
            self.told.push(SheetProblem::new(place, reason));
        } else {
            self.others += 1;
        }
    }

    fn into_list(mut self) -> Vec<SheetProblem> {
        if self.others > 0 {
            self.told.push(SheetProblem::new("berkas", format!("masih ada {} masalah lain", self.others)));
        }
        self.told
    }
}

impl<'q> Table<'q> {
    /// A table for this questionnaire, answered on this scale.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire, scale: &'q Scale) -> Self {
        Self {
            questionnaire,
            scale,
            start: Vec::new(),
            reader: None,
            field: Field { bytes: vec![0; MAX_RECORD_BYTES], used: 0, is_too_long: false },
            record: Record::default(),
            header: None,
            channel: None,
            responses: None,
            problems: Problems::default(),
        }
    }

    /// Reads a whole text.
    ///
    /// # Errors
    /// As [`Table::finish`].
    pub fn read(
        questionnaire: &'q Questionnaire,
        scale: &'q Scale,
        text: &str,
    ) -> Result<(Responses<'q>, Vec<String>), Vec<SheetProblem>> {
        let mut table = Self::new(questionnaire, scale);
        table.push(text.as_bytes());
        table.finish()
    }

    /// Takes in the next piece of the file; pieces may end anywhere.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.reader.is_some() {
            return self.feed(bytes);
        }
        if !self.problems.told.is_empty() {
            return;
        }
        self.start.extend_from_slice(bytes);
        if self.start.contains(&b'\n') || self.start.len() > MAX_RECORD_BYTES {
            self.begin();
        }
    }

    /// The answers, and the headings of columns that were not asked for; all problems of the file otherwise.
    ///
    /// # Errors
    /// Every line that cannot be used, up to [`MAX_PROBLEMS`], and the number of the others.
    pub fn finish(mut self) -> Result<(Responses<'q>, Vec<String>), Vec<SheetProblem>> {
        if self.reader.is_none() {
            self.begin();
        }
        while self.step(&[]).is_some() {}
        if self.header.is_none() && self.problems.told.is_empty() {
            self.problems.add("berkas", "kosong; baris pertama harus berisi kode unsur atau pertanyaan");
        }
        match (self.responses, self.header) {
            (Some(responses), Some(header)) if self.problems.told.is_empty() => {
                Ok((responses, header.ignored))
            }
            _ => Err(self.problems.into_list()),
        }
    }

    /// The first line is here: its separator is that of the file.
    fn begin(&mut self) {
        let start = std::mem::take(&mut self.start);
        let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start);
        let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let separator = [b';', b'\t', b','].into_iter().find(|byte| first.contains(byte)).unwrap_or(b',');
        self.reader = Some(ReaderBuilder::new().delimiter(separator).build());
        self.feed(text);
    }

    fn feed(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let Some(read) = self.step(bytes) else { return };
            bytes = bytes.get(read..).unwrap_or_default();
        }
    }

    /// One step of the reader; how much of the input it took, or `None` at the end of the file.
    fn step(&mut self, input: &[u8]) -> Option<usize> {
        let reader = self.reader.as_mut()?;
        let field = &mut self.field;
        let (result, read, written) = reader.read_field(input, &mut field.bytes[field.used..]);
        field.used += written;
        match result {
            ReadFieldResult::InputEmpty => {}
            ReadFieldResult::OutputFull => (field.used, field.is_too_long) = (0, true),
            ReadFieldResult::Field { record_end } => {
                let is_line_over = read > 0 && input[read - 1] == b'\n';
                let line = reader.line() - u64::from(record_end && is_line_over);
                self.end_field(line);
                if record_end {
                    self.end_record();
                }
            }
            ReadFieldResult::End => return None,
        }
        Some(read)
    }

    fn end_field(&mut self, line: u64) {
        if self.record.fields == 0 {
            self.record.line = line;
        }
        let place = self.record.fields;
        self.record.fields += 1;
        if self.channel == Some(place) {
            let text = String::from_utf8_lossy(self.field.bytes[..self.field.used].trim_ascii());
            self.record.channel = Channel::parse(&text);
        }
        let column = self.header.as_ref().and_then(|header| header.columns.get(place).copied().flatten());
        if let Some(column) = column {
            self.take_answer(column);
        } else if self.header.is_none() && place < MAX_COLUMNS {
            self.record
                .names
                .push(String::from_utf8_lossy(&self.field.bytes[..self.field.used]).into_owned());
        }
        (self.field.used, self.field.is_too_long) = (0, false);
    }

    fn take_answer(&mut self, column: usize) {
        let text = self.field.bytes[..self.field.used].trim_ascii();
        let answer = if self.field.is_too_long { None } else { answer(text, self.scale.points) };
        if let (None, Some(header)) = (answer, &self.header) {
            let shown: String = String::from_utf8_lossy(text).escape_debug().take(SHOWN_CHARS).collect();
            let place = format!("baris {}, kolom {}", self.record.line, header.layout.columns[column].code);
            let points = self.scale.points;
            self.problems
                .add(place, format!("\"{shown}\" di luar skala; isi 1 sampai {points}, atau kosongkan"));
            self.record.is_refused = true;
        }
        self.record.answers[column] = answer.unwrap_or(0);
    }

    fn end_record(&mut self) {
        let width = self.header.as_ref().map_or(0, |header| header.layout.columns.len());
        let next = Record { answers: vec![0; width], ..Record::default() };
        let record = std::mem::replace(&mut self.record, next);
        match &self.header {
            None => self.end_header(&record),
            Some(header) if record.fields != header.columns.len() => {
                let reason = format!("ada {} isian, judulnya {} kolom", record.fields, header.columns.len());
                self.problems.add(format!("baris {}", record.line), reason);
            }
            Some(_) if record.is_refused => {}
            Some(_) => {
                let pushed = self.responses.as_mut().map(|responses| {
                    record.channel.into_iter().for_each(|channel| responses.came(channel));
                    responses.push(&record.answers)
                });
                if let Some(Err(error)) = pushed {
                    self.problems.add(format!("baris {}", record.line), error);
                }
            }
        }
    }

    fn end_header(&mut self, record: &Record) {
        match Header::read(self.questionnaire, &record.names) {
            _ if record.fields > MAX_COLUMNS => {
                self.problems.add("baris 1", format!("terlalu banyak kolom; batasnya {MAX_COLUMNS}"));
                self.reader = None;
            }
            Ok(header) => {
                self.record.answers = vec![0; header.layout.columns.len()];
                self.channel = record.names.iter().position(|name| name.trim() == CHANNEL_COLUMN);
                self.responses = Some(Responses::new(self.questionnaire, self.scale, header.layout.clone()));
                self.header = Some(header);
            }
            Err(problems) => {
                self.problems.told.extend(problems);
                self.reader = None;
            }
        }
    }
}

/// The answer a field holds, 0 for none; `None` when it is off the scale.
fn answer(text: &[u8], points: u8) -> Option<u8> {
    match text {
        [] => Some(0),
        [digit @ b'1'..=b'9'] if digit - b'0' <= points => Some(digit - b'0'),
        _ => {
            let number = Exact::parse(std::str::from_utf8(text).ok()?).ok()?;
            let whole = u8::try_from(number.nearest()).ok()?;
            (number.is_whole() && (1..=points).contains(&whole)).then_some(whole)
        }
    }
}
