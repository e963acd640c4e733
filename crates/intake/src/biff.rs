//! Old Excel workbooks made harmless before calamine parses them. It reserves memory for as many cells as a
//! record claims, and builds a table up to the furthest cell, so that a few bytes could end the program. Here
//! the records are walked first: claims are set to nothing, cells far to the right are blanked, and rows and
//! text beyond the limits are refused. The rest is put into a fresh container, so that both see the same bytes.

use std::io::{Cursor, Read, Write};

use cfb::{CompoundFile, Version};

use crate::FILE_MAX_BYTES;
use crate::error::FileError;
use crate::sheets::{COLUMNS_MAX, TEXT_MAX_BYTES};
use crate::table::LINES_MAX;

/// Names of the stream that holds the workbook, new and old.
const STREAMS: [&str; 2] = ["/Workbook", "/Book"];
/// Most cells of a workbook.
const CELLS_MAX: usize = 200_000;
/// A record type that means nothing to anybody.
const BLANKED: u16 = 0xffff;

/// A workbook that can be parsed without harm.
pub(crate) struct Harmless {
    pub(crate) bytes: Vec<u8>,
    /// Whether there were macros; they are left behind.
    pub(crate) has_macros: bool,
}

/// Checks and rebuilds a workbook.
pub(crate) fn harmless(bytes: &[u8]) -> Result<Harmless, FileError> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| FileError::Broken)?;
    let has_macros = file.exists("/_VBA_PROJECT_CUR");
    let name = STREAMS.into_iter().find(|name| file.is_stream(name)).ok_or(FileError::Broken)?;
    let mut stream = Vec::new();
    let opened = file.open_stream(name).map_err(|_| FileError::Broken)?;
    opened.take(FILE_MAX_BYTES as u64).read_to_end(&mut stream).map_err(|_| FileError::Broken)?;
    clean(&mut stream)?;
    let bytes = packed(name, &stream).map_err(|_| FileError::Broken)?;
    Ok(Harmless { bytes, has_macros })
}

fn packed(name: &str, stream: &[u8]) -> std::io::Result<Vec<u8>> {
    // Version 4 without small streams is taken for empty by calamine.
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream(name)?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

/// One record: where it begins and where its data lie.
#[derive(Clone, Copy)]
struct Record {
    kind: u16,
    start: usize,
    end: usize,
}

impl Record {
    fn data(self, stream: &[u8]) -> &[u8] {
        stream.get(self.start + 4..self.end).unwrap_or_default()
    }
}

fn clean(stream: &mut [u8]) -> Result<(), FileError> {
    let records = records(stream);
    let sheets = records.iter().filter(|record| record.kind == 0x0085);
    let is_record = |offset: usize| records.binary_search_by_key(&offset, |record| record.start).is_ok();
    if !sheets
        .clone()
        .all(|sheet| u32_at(sheet.data(stream), 0).is_some_and(|offset| is_record(offset as usize)))
    {
        return Err(FileError::Broken);
    }
    let lengths = shared_lengths(&records, stream);
    let mut cells = Cells { count: 0, bytes: 0, is_formula_blanked: false };
    for record in &records {
        match record.kind {
            0x0200 => stream[record.start + 4..record.end].fill(0),
            kind if !cells.keeps(kind, record.data(stream), &lengths)? => {
                stream[record.start..record.start + 2].copy_from_slice(&BLANKED.to_le_bytes())
            }
            _ => (),
        }
    }
    Ok(())
}

/// All whole records from the beginning of the stream.
fn records(stream: &[u8]) -> Vec<Record> {
    let mut records = Vec::new();
    let mut start = 0;
    while let (Some(kind), Some(len)) = (u16_at(stream, start), u16_at(stream, start + 2)) {
        let end = start + 4 + usize::from(len);
        if end > stream.len() {
            break;
        }
        records.push(Record { kind, start, end });
        start = end;
    }
    records
}

/// What the cells amount to so far.
struct Cells {
    count: usize,
    bytes: usize,
    is_formula_blanked: bool,
}

impl Cells {
    /// Whether a record may stay: it is no cell, or one within the columns that are read.
    fn keeps(&mut self, kind: u16, data: &[u8], lengths: &[usize]) -> Result<bool, FileError> {
        let column = match kind {
            0x0207 => return Ok(!self.is_formula_blanked),
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x00d6 | 0x027e | 0x00fd => u16_at(data, 2),
            0x00bd => data.len().checked_sub(2).and_then(|last| u16_at(data, last)),
            _ => return Ok(true),
        };
        let (Some(row), Some(column)) = (u16_at(data, 0), column) else {
            return Err(FileError::Broken);
        };
        if u32::from(row) >= LINES_MAX {
            return Err(FileError::TooManyRows { sheet: None, row: u32::from(row) + 1 });
        }
        self.take(kind, data, lengths)?;
        let is_kept = u32::from(column) < COLUMNS_MAX;
        self.is_formula_blanked = kind == 0x0006 && !is_kept;
        Ok(is_kept)
    }

    /// Counts a cell and the shared text it stands for.
    fn take(&mut self, kind: u16, data: &[u8], lengths: &[usize]) -> Result<(), FileError> {
        let shared = u32_at(data, 6).filter(|_| kind == 0x00fd);
        self.count += 1;
        self.bytes += shared.and_then(|index| lengths.get(index as usize)).copied().unwrap_or_default();
        if self.count > CELLS_MAX || self.bytes > TEXT_MAX_BYTES {
            return Err(FileError::TooMuchText);
        }
        Ok(())
    }
}

/// Lengths of the shared strings in characters, from the SST record and what continues it.
fn shared_lengths(records: &[Record], stream: &[u8]) -> Vec<usize> {
    let Some(first) = records.iter().position(|record| record.kind == 0x00fc) else {
        return Vec::new();
    };
    let more = records[first + 1..].iter().take_while(|record| record.kind == 0x003c);
    let chunks: Vec<&[u8]> =
        records[first..=first].iter().chain(more).map(|record| record.data(stream)).collect();
    let mut strings = Strings { chunks: &chunks, at: 8 };
    std::iter::from_fn(|| strings.next_length()).collect()
}

/// Goes through shared strings that may run over from one record into the next.
struct Strings<'a> {
    chunks: &'a [&'a [u8]],
    at: usize,
}

impl Strings<'_> {
    fn next_length(&mut self) -> Option<usize> {
        if self.left() == 0 {
            self.next_chunk()?;
        }
        let chunk = *self.chunks.first()?;
        let (length, flags) = (usize::from(u16_at(chunk, self.at)?), *chunk.get(self.at + 2)?);
        self.at += 3;
        let (mut runs, mut extra) = (0, 0);
        if flags & 8 != 0 {
            runs = 4 * usize::from(u16_at(chunk, self.at)?);
            self.at += 2;
        }
        if flags & 4 != 0 {
            extra = u32_at(chunk, self.at)? as usize;
            self.at += 4;
        }
        self.skip_characters(length, flags)?;
        self.skip(runs.saturating_add(extra));
        Some(length)
    }

    fn left(&self) -> usize {
        self.chunks.first().map_or(0, |chunk| chunk.len().saturating_sub(self.at))
    }

    fn next_chunk(&mut self) -> Option<()> {
        self.chunks = self.chunks.get(1..)?;
        self.at = 0;
        (!self.chunks.is_empty()).then_some(())
    }

    /// Characters that go on in the next record do so after a byte that says how wide they are there.
    fn skip_characters(&mut self, mut length: usize, mut flags: u8) -> Option<()> {
        loop {
            let width = 1 + usize::from(flags & 1);
            let here = length.min(self.left() / width);
            self.at += here * width;
            length -= here;
            if length == 0 {
                return Some(());
            }
            self.next_chunk()?;
            flags = *self.chunks.first()?.first()?;
            self.at = 1;
        }
    }

    fn skip(&mut self, mut bytes: usize) {
        while bytes > self.left() {
            bytes -= self.left();
            if self.next_chunk().is_none() {
                return;
            }
        }
        self.at += bytes;
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}
