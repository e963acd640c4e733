//! A table of answers on its way: streamed from the browser to the staging folder, written again as plain rows, kept in
//! parts, and read part by part. Whatever its size, only a part and a sample of its rows are ever in memory.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use axum::RequestExt;
use axum::extract::{DefaultBodyLimit, Multipart, Request};
use bening_core::id::CampaignId;
use bening_core::survey::{ImportSample, MAX_ROWS};
use bening_intake::{
    FILE_MAX_BYTES, FileError, GridError, RowStream, TableLimits, read_table_within, write_row,
};
use bening_store::WriteTx;
use bening_store::survey::{self as store, SurveyUpload};
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;

use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};

/// Largest CSV, in bytes: more than a million answers with their words.
const CSV_MAX_BYTES: u64 = 512 * 1024 * 1024;
/// The largest workbook, and what is read whole.
const WHOLE: TableLimits = TableLimits { rows: 200_000, columns: 200, text_bytes: 64 * 1024 * 1024 };
/// About how large a part is, in bytes.
const PART_BYTES: usize = 1 << 20;
/// How much of a file is read at once, in bytes.
const PIECE_BYTES: usize = 1 << 16;
/// How every workbook begins.
const WORKBOOK: &[u8] = b"PK";

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
enum TableError {
    #[error("pilih berkas XLSX atau CSV berisi jawaban")]
    Nothing,
    #[error("buku kerja paling besar 10 MB; simpan lembarnya sebagai CSV UTF-8, lalu unggah berkas itu")]
    WorkbookTooLarge,
    #[error("tabel lebih dari {MAX_ROWS} baris; bagi menjadi beberapa survei")]
    TooManyRows,
    #[error("baris tabel terlalu panjang; periksa tanda kutip dan pemisah kolomnya")]
    LongRow,
    #[error("berkas lebih dari 10 MB harus berupa CSV UTF-8; simpan ulang dengan pengodean itu")]
    NotText,
    #[error(transparent)]
    Grid(#[from] GridError),
    #[error("berkas tidak dapat dibaca di server ini; coba unggah lagi")]
    Disk(#[from] std::io::Error),
}

impl From<FileError> for TableError {
    fn from(error: FileError) -> Self {
        if error == FileError::NotText { Self::NotText } else { Self::LongRow }
    }
}

type Reading<T> = std::result::Result<T, TableError>;

/// A table that lies in the staging folder as plain rows.
pub(super) struct Arrived {
    pub(super) table: SurveyUpload,
    path: PathBuf,
    /// Length of each part, in bytes.
    parts: Vec<usize>,
}

/// Takes the file of a form in; in words why it is no table.
///
/// # Errors
/// When the form is foreign, the upload broke off, or the file is larger than any.
pub(super) async fn arrive(
    app: &App,
    caller: &Caller,
    mut request: Request,
) -> Result<std::result::Result<Arrived, String>> {
    DefaultBodyLimit::max(usize::try_from(CSV_MAX_BYTES).unwrap_or(usize::MAX)).apply(&mut request);
    let cut = || {
        let text = "unggahan terputus sebelum selesai; tidak ada yang disimpan, unggah ulang berkasnya";
        AppError::Bad(text.to_owned())
    };
    let form = request.extract::<Multipart, _>().await;
    let mut form = form.map_err(|_| AppError::Bad("unggahan tidak berbentuk formulir".to_owned()))?;
    let mut is_ours = false;
    while let Some(part) = form.next_field().await.map_err(|_| cut())? {
        let (field, name) = (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
        match (field.as_str(), name) {
            ("_csrf", None) => is_ours = part.text().await.map_err(|_| cut())? == caller.csrf,
            (_, Some(_)) if !is_ours => return Err(AppError::Foreign),
            ("berkas", Some(name)) if !name.is_empty() => {
                let staged = app.store().files()?.take(chance::fresh(), CSV_MAX_BYTES, part).await?;
                let (from, name) = (staged.path().to_owned(), name.chars().take(200).collect());
                let read = tokio::task::spawn_blocking(move || table(&from, name)).await;
                staged.discard().await;
                return Ok(read.map_err(|_| AppError::Interrupted)?.map_err(|error| error.to_string()));
            }
            _ => {}
        }
    }
    if is_ours { Ok(Err(TableError::Nothing.to_string())) } else { Err(AppError::Foreign) }
}

/// Writes a file again as plain rows beside it.
fn table(from: &Path, name: String) -> Reading<Arrived> {
    let path = from.with_extension("rows");
    let outcome = Rows::write(from, &path);
    let (sha256, rows) = outcome.inspect_err(|_| drop(std::fs::remove_file(&path)))?;
    let count = rows.sample.seen();
    let table = SurveyUpload { name, sha256, rows: rows.sample.into_rows(), count };
    Ok(Arrived { table, path, parts: rows.parts })
}

/// Plain rows being written.
struct Rows {
    file: BufWriter<File>,
    sample: ImportSample,
    line: Vec<u8>,
    part: usize,
    parts: Vec<usize>,
}

impl Rows {
    fn write(from: &Path, to: &Path) -> Reading<(String, Self)> {
        let file = BufWriter::new(File::create(to)?);
        let mut rows =
            Self { file, sample: ImportSample::default(), line: Vec::new(), part: 0, parts: Vec::new() };
        let is_small = std::fs::metadata(from)?.len() <= FILE_MAX_BYTES as u64;
        let sha256 = if is_small { rows.take_whole(from)? } else { rows.take_pieces(from)? };
        rows.parts.push(rows.part);
        rows.file.flush()?;
        Ok((sha256, rows))
    }

    fn take_whole(&mut self, from: &Path) -> Reading<String> {
        let bytes = std::fs::read(from)?;
        for row in read_table_within(&bytes, WHOLE)? {
            self.push(&row)?;
        }
        Ok(hex::encode(Sha256::digest(&bytes)))
    }

    fn take_pieces(&mut self, from: &Path) -> Reading<String> {
        let mut file = BufReader::new(File::open(from)?);
        let (mut hash, mut stream, mut piece) = (Sha256::new(), RowStream::default(), vec![0; PIECE_BYTES]);
        let mut is_first = true;
        loop {
            let read = file.read(&mut piece)?;
            let bytes = piece.get(..read).unwrap_or_default();
            if is_first && bytes.starts_with(WORKBOOK) {
                return Err(TableError::WorkbookTooLarge);
            }
            if bytes.is_empty() {
                break;
            }
            is_first = false;
            hash.update(bytes);
            stream.push(bytes, |row| self.push(&row))?;
        }
        stream.finish(|row| self.push(&row))?;
        Ok(hex::encode(hash.finalize()))
    }

    fn push(&mut self, row: &[String]) -> Reading<()> {
        if self.sample.seen() > MAX_ROWS {
            return Err(TableError::TooManyRows);
        }
        self.sample.push(row);
        self.line.clear();
        write_row(row, &mut self.line);
        self.file.write_all(&self.line)?;
        self.part += self.line.len();
        if self.part >= PART_BYTES {
            self.parts.push(std::mem::take(&mut self.part));
        }
        Ok(())
    }
}

impl Arrived {
    /// Keeps the rows, a part at a time.
    ///
    /// # Errors
    /// When the database refuses or the folder cannot be read.
    pub(super) async fn keep_parts(&self, tx: &WriteTx, id: CampaignId) -> Result<()> {
        let mut file = tokio::fs::File::open(&self.path).await.map_err(|_| AppError::Interrupted)?;
        for (number, length) in (0..).zip(&self.parts) {
            let mut bytes = vec![0; *length];
            file.read_exact(&mut bytes).await.map_err(|_| AppError::Interrupted)?;
            let text = String::from_utf8(bytes).map_err(|_| AppError::Interrupted)?;
            store::keep_part(tx, id, (number, text)).await?;
        }
        Ok(())
    }

    /// Removes what lies in the staging folder.
    pub(super) async fn discard(self) {
        let _whatever_is_left_is_swept = tokio::fs::remove_file(self.path).await;
    }
}

/// The rows of a kept table, a part at a time, with their numbers; the headings are left out.
pub(super) struct Parts {
    id: CampaignId,
    part: u32,
    row: usize,
}

impl Parts {
    pub(super) fn of(id: CampaignId) -> Self {
        Self { id, part: 0, row: 0 }
    }

    /// The rows of the next part; `None` behind the last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn next(&mut self, app: &App) -> Result<Option<Vec<(usize, Vec<String>)>>> {
        let Some(text) = store::upload_part(app.store(), self.id, self.part).await? else { return Ok(None) };
        self.part += 1;
        let (mut rows, mut stream) = (Vec::new(), RowStream::plain());
        let mut push = |row: Vec<String>| -> std::result::Result<(), FileError> {
            self.row += 1;
            if self.row > 1 {
                rows.push((self.row, row));
            }
            Ok(())
        };
        let read = stream.push(text.as_bytes(), &mut push).and_then(|()| stream.finish(&mut push));
        read.map_err(|_| AppError::Interrupted)?;
        Ok(Some(rows))
    }
}
