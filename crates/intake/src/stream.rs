//! A CSV of any size, row by row, without ever holding the file: bytes are pushed in as they come. Text in UTF-8 only;
//! smaller files of other encodings go through `grid`.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::error::FileError;

/// Most bytes of one row.
const ROW_MAX_BYTES: usize = 1 << 20;
/// Most cells of one row; what stands behind is left out.
const CELLS_MAX: usize = 1_000;
/// Separators that are looked for in the first line.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Rows on their way out of bytes.
pub struct RowStream {
    reader: Option<Reader>,
    start: Vec<u8>,
    cells: Vec<u8>,
    cells_used: usize,
    ends: Vec<usize>,
    ends_used: usize,
}

impl Default for RowStream {
    fn default() -> Self {
        Self {
            reader: None,
            start: Vec::new(),
            cells: vec![0; ROW_MAX_BYTES],
            cells_used: 0,
            ends: vec![0; CELLS_MAX],
            ends_used: 0,
        }
    }
}

impl RowStream {
    /// For rows that [`write_row`] wrote.
    #[must_use]
    pub fn plain() -> Self {
        Self { reader: Some(Reader::new()), ..Self::default() }
    }

    /// Takes in the next piece, and hands out every row that is whole by now.
    ///
    /// # Errors
    /// When the bytes are no text in UTF-8 or a row is longer than any row of a table; what `each` refuses is passed on.
    pub fn push<E: From<FileError>>(
        &mut self,
        bytes: &[u8],
        mut each: impl FnMut(Vec<String>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.reader.is_some() {
            return self.feed(bytes, &mut each);
        }
        self.start.extend_from_slice(bytes);
        if self.start.contains(&b'\n') || self.start.len() > ROW_MAX_BYTES {
            self.begin(&mut each)
        } else {
            Ok(())
        }
    }

    /// Hands out the last row, which needs no end of line.
    ///
    /// # Errors
    /// As [`RowStream::push`].
    pub fn finish<E: From<FileError>>(
        mut self,
        mut each: impl FnMut(Vec<String>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.reader.is_none() {
            self.begin(&mut each)?;
        }
        self.step(&[], &mut each).map(|_| ())
    }

    /// The first line is here: the sign that stands most often in it separates.
    fn begin<E: From<FileError>>(
        &mut self,
        each: &mut impl FnMut(Vec<String>) -> Result<(), E>,
    ) -> Result<(), E> {
        let start = std::mem::take(&mut self.start);
        let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start);
        let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count = |sign: &u8| first.iter().filter(|byte| *byte == sign).count();
        let separator = SEPARATORS.into_iter().rev().max_by_key(count).unwrap_or(b',');
        self.reader = Some(ReaderBuilder::new().delimiter(separator).build());
        self.feed(text, each)
    }

    fn feed<E: From<FileError>>(
        &mut self,
        mut bytes: &[u8],
        each: &mut impl FnMut(Vec<String>) -> Result<(), E>,
    ) -> Result<(), E> {
        while !bytes.is_empty() {
            let read = self.step(bytes, each)?;
            bytes = bytes.get(read..).unwrap_or_default();
        }
        Ok(())
    }

    /// One step of the reader: how much of the input it took.
    fn step<E: From<FileError>>(
        &mut self,
        input: &[u8],
        each: &mut impl FnMut(Vec<String>) -> Result<(), E>,
    ) -> Result<usize, E> {
        let Some(reader) = self.reader.as_mut() else { return Ok(input.len()) };
        let (result, read, written, ended) =
            reader.read_record(input, &mut self.cells[self.cells_used..], &mut self.ends[self.ends_used..]);
        self.cells_used += written;
        self.ends_used += ended;
        match result {
            ReadRecordResult::Record => {
                let row = self.row()?;
                each(row)?;
                (self.cells_used, self.ends_used) = (0, 0);
            }
            ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                return Err(FileError::TooMuchText.into());
            }
            ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
        }
        Ok(read)
    }

    fn row(&self) -> Result<Vec<String>, FileError> {
        let mut from = 0;
        let cell = |to: &usize| {
            let bytes = self.cells.get(from..*to).unwrap_or_default();
            from = *to;
            match std::str::from_utf8(bytes) {
                Ok(text) if !text.contains('\0') => Ok(text.to_owned()),
                _ => Err(FileError::NotText),
            }
        };
        self.ends[..self.ends_used].iter().map(cell).collect()
    }
}

/// A row as it goes into a file that [`RowStream`] reads again: cells in quotes, separated by commas.
pub fn write_row(row: &[String], into: &mut Vec<u8>) {
    for (place, cell) in row.iter().enumerate() {
        if place > 0 {
            into.push(b',');
        }
        into.push(b'"');
        into.extend(cell.replace('"', "\"\"").bytes());
        into.push(b'"');
    }
    into.push(b'\n');
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn rows(text: &[u8], piece: usize) -> Result<Vec<Vec<String>>, FileError> {
        let (mut stream, mut rows) = (RowStream::default(), Vec::new());
        for part in text.chunks(piece) {
            stream.push(part, |row| -> Result<(), FileError> {
                rows.push(row);
                Ok(())
            })?;
        }
        stream.finish(|row| -> Result<(), FileError> {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    #[test]
    fn rows_are_the_same_wherever_the_pieces_end() {
        let text = "\u{feff}a;\"b;\"\"x\"\"\n2\";é\r\n1;2;3".as_bytes();
        let whole = rows(text, text.len()).unwrap();
        assert_eq!(whole, [["a", "b;\"x\"\n2", "é"], ["1", "2", "3"]]);
        assert!((1..text.len()).all(|piece| rows(text, piece).unwrap() == whole));
        let mut again = Vec::new();
        whole.iter().for_each(|row| write_row(row, &mut again));
        assert_eq!(rows(&again, 3).unwrap(), whole);
        let mut odd = Vec::new();
        write_row(&["a;;;b".to_owned(), "c".to_owned()], &mut odd);
        let mut stream = RowStream::plain();
        let read = stream.push(&odd, |row| -> Result<(), FileError> {
            assert_eq!(row, ["a;;;b", "c"]);
            Ok(())
        });
        read.unwrap();
    }

    #[test]
    fn what_is_no_text_and_rows_without_an_end_are_refused() {
        assert_eq!(rows(b"a,b\n\xff\xfe,1\n", 100), Err(FileError::NotText));
        let endless = [b"a,b\n\"".as_slice(), &vec![b'x'; ROW_MAX_BYTES + 10]].concat();
        assert_eq!(rows(&endless, 4096), Err(FileError::TooMuchText));
    }
}
