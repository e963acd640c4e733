//! Copies of everything, consistent while people work, and bringing them back into an empty place.
//!
//! A copy is a ZIP: `bening.json` says what it is, `tables/NAME.jsonl` holds one row a line, `files/SHA256` the
//! bytes of evidence. The same copy
//! fits SQLite and PostgreSQL, so it is also the way to move from one to the other.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::TryStreamExt;
use sea_orm::{
    AccessMode, ActiveModelTrait, ConnectionTrait, EntityName, EntityTrait, IntoActiveModel, IsolationLevel,
    PaginatorTrait, StreamTrait, TransactionTrait,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::io::{AsyncRead, ReadBuf};
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::entity::unit::unit;
use crate::entity::with_every_table;
use crate::files::Files;
use crate::{Store, StoreError, audit, evidence};

const FORMAT: &str = "bening.backup/1";
const MANIFEST: &str = "bening.json";
const BATCH: usize = 200;

/// What a copy says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name and version of the format.
    pub format: String,
    /// Rows of each table.
    pub tables: Vec<(String, u64)>,
    /// Rows of the audit trail.
    pub audit_rows: i64,
    /// Hash of the newest audit row.
    pub audit_head: String,
}

/// A copy could not be made or brought back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Writing the file.
    #[error("berkas cadangan: {0}")]
    Io(#[from] std::io::Error),
    /// Not a copy, or a broken one.
    #[error("berkas ini bukan cadangan Bening yang utuh: {0}")]
    Broken(String),
    /// The place holds data.
    #[error("tempat tujuan sudah berisi data ({0}); pulihkan hanya ke tempat yang kosong")]
    NotEmpty(String),
    /// The audit trail does not hold.
    #[error("jejak audit tidak utuh: {0}")]
    Trail(bening_core::audit::Fault),
}

impl From<sea_orm::DbErr> for BackupError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl From<zip::result::ZipError> for BackupError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<serde_json::Error> for BackupError {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

type Result<T> = std::result::Result<T, BackupError>;

/// Writes a copy of everything as it is at one moment; people can go on working.
///
/// # Errors
/// When the database or the file fails; the file is then not a copy.
pub async fn backup<W: Write + Seek>(store: &Store, file: W) -> Result<Manifest> {
    let snapshot = store
        .reads()
        .begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly))
        .await?;
    let mut zip = ZipWriter::new(file);
    let mut tables = Vec::new();
    macro_rules! dump {
        ($entity:path) => {{
            use $entity as table;
            tables.push(dump_table::<table::Entity, _, _>(&snapshot, &mut zip).await?);
        }};
    }
    with_every_table!(dump);
    for sha256 in evidence::hashes_as(&snapshot).await? {
        dump_file(store.files()?, &mut zip, &sha256).await?;
    }
    let head = crate::entity::audit::audit_head::Entity::find().one(&snapshot).await?;
    let (audit_rows, audit_head) = head.map(|head| (head.seq, head.hash)).unwrap_or_default();
    let manifest = Manifest { format: FORMAT.to_owned(), tables, audit_rows, audit_head };
    zip.start_file(MANIFEST, SimpleFileOptions::default())?;
    zip.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
    zip.finish()?.flush()?;
    Ok(manifest)
}

async fn dump_table<E, C, W>(conn: &C, zip: &mut ZipWriter<W>) -> Result<(String, u64)>
where
    E: EntityTrait + EntityName,
    E::Model: Serialize + Send + Sync,
    C: ConnectionTrait + StreamTrait,
    W: Write + Seek,
{
    let name = E::default().table_name().to_owned();
    zip.start_file(entry(&name), SimpleFileOptions::default().large_file(true))?;
    let mut rows = E::find().stream(conn).await?;
    let mut count = 0;
    while let Some(row) = rows.try_next().await? {
        serde_json::to_writer(&mut *zip, &row)?;
        zip.write_all(b"\n")?;
        count += 1;
    }
    Ok((name, count))
}

/// A file of evidence, a block at a time. They hardly shrink any more, so they are only stored.
async fn dump_file<W: Write + Seek>(files: &Files, zip: &mut ZipWriter<W>, sha256: &str) -> Result<()> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
    zip.start_file(file_entry(sha256), stored)?;
    let mut bytes = files.read(sha256).await.map_err(StoreError::from)?;
    while let Some(block) = bytes.try_next().await.map_err(StoreError::from)? {
        zip.write_all(&block)?;
    }
    Ok(())
}

fn file_entry(sha256: &str) -> String {
    format!("files/{sha256}")
}

/// Brings back the files that the restored rows name; each has to be what its hash says.
async fn load_files<R: Read + Seek>(store: &Store, hashes: &[String], zip: &mut ZipArchive<R>) -> Result<()> {
    for sha256 in hashes {
        let files = store.files()?;
        let file = zip.by_name(&file_entry(sha256))?;
        files.put(sha256, Blocking(file)).await.map_err(StoreError::from)?;
        if !files.is_sound(sha256).await.map_err(StoreError::from)? {
            return Err(BackupError::Broken(format!("berkas bukti {sha256} berubah")));
        }
    }
    Ok(())
}

/// A reader that is never waited for: the copy lies on a disk of this machine.
struct Blocking<R>(R);

impl<R: Read + Unpin> AsyncRead for Blocking<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let read = self.0.read(into.initialize_unfilled());
        Poll::Ready(read.map(|read| into.advance(read)))
    }
}

fn entry(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

/// Brings a copy back into an empty place, all or nothing, and checks its audit trail.
///
/// # Errors
/// When the place is not empty, the file is no whole copy, or the trail is broken; then nothing was kept.
pub async fn restore<R: Read + Seek>(store: &Store, file: R) -> Result<Manifest> {
    let mut zip = ZipArchive::new(file)?;
    let manifest: Manifest = serde_json::from_reader(zip.by_name(MANIFEST)?)?;
    if manifest.format != FORMAT {
        return Err(BackupError::Broken(format!("format {}", manifest.format)));
    }
    let tx = store.begin().await?;
    macro_rules! load {
        ($entity:path) => {{
            use $entity as table;
            refuse_rows::<table::Entity, _>(tx.conn()).await?;
            let found = load_table::<table::Entity, _, _>(tx.conn(), &mut zip).await?;
            expect_count(&manifest, table::Entity.table_name(), found)?;
        }};
    }
    with_every_table!(load);
    audit::check(tx.conn()).await?.map_err(BackupError::Trail)?;
    load_files(store, &evidence::hashes_as(tx.conn()).await?, &mut zip).await?;
    tx.commit_restored().await?;
    Ok(manifest)
}

async fn refuse_rows<E, C>(conn: &C) -> Result<()>
where
    E: EntityTrait + EntityName,
    E::Model: Send + Sync,
    C: ConnectionTrait,
{
    let rows = E::find().count(conn).await?;
    if rows == 0 { Ok(()) } else { Err(BackupError::NotEmpty(E::default().table_name().to_owned())) }
}

async fn load_table<E, C, R>(conn: &C, zip: &mut ZipArchive<R>) -> Result<u64>
where
    E: EntityTrait + EntityName,
    E::Model: DeserializeOwned + IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
    C: ConnectionTrait,
    R: Read + Seek,
{
    let table = E::default().table_name().to_owned();
    let file = zip.by_name(&entry(&table))?;
    // What cannot be read here is a damaged copy: the ZIP compares checksums.
    let damaged = |error| BackupError::Broken(format!("tabel {table}: {error}"));
    let mut lines = BufReader::new(file).lines().map(|line| line.map_err(damaged));
    let mut sorted = Vec::new().into_iter();
    if table == unit::Entity.table_name() {
        sorted = parents_first(lines.by_ref().collect::<Result<_>>()?)?.into_iter();
    }
    let mut lines = sorted.map(Ok).chain(lines);
    let mut count = 0;
    loop {
        let batch = next_rows::<E>(&mut lines)?;
        if batch.is_empty() {
            return Ok(count);
        }
        count += batch.len() as u64;
        E::insert_many(batch).exec_without_returning(conn).await?;
    }
}

/// A batch at a time, so that memory stays flat however large the table.
fn next_rows<E>(lines: &mut dyn Iterator<Item = Result<String>>) -> Result<Vec<E::ActiveModel>>
where
    E: EntityTrait,
    E::Model: DeserializeOwned + IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    let row = |line: Result<String>| {
        let row: E::Model = serde_json::from_str(&line?)?;
        Ok(row.into_active_model().reset_all())
    };
    lines.take(BATCH).map(row).collect()
}

/// Units point at units: one can only arrive after the one above it. Rows that point in a circle or nowhere come
/// last, and the database refuses them.
fn parents_first(lines: Vec<String>) -> Result<Vec<String>> {
    let read = |line: String| -> Result<_> {
        let row: unit::Model = serde_json::from_str(&line)?;
        Ok((row.id, row.parent_id, line))
    };
    let mut waiting: Vec<_> = lines.into_iter().map(read).collect::<Result<_>>()?;
    let (mut arrived, mut ordered) = (HashSet::new(), Vec::with_capacity(waiting.len()));
    loop {
        let ready = |parent: &Option<Uuid>| parent.is_none_or(|parent| arrived.contains(&parent));
        let (now, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, parent, _)| ready(parent));
        if now.is_empty() {
            ordered.extend(later.into_iter().map(|(_, _, line)| line));
            return Ok(ordered);
        }
        for (id, _, line) in now {
            arrived.insert(id);
            ordered.push(line);
        }
        waiting = later;
    }
}

fn expect_count(manifest: &Manifest, table: &str, found: u64) -> Result<()> {
    let told = manifest.tables.iter().find(|(name, _)| name == table).map(|(_, rows)| *rows);
    if told == Some(found) {
        return Ok(());
    }
    Err(BackupError::Broken(format!("tabel {table}: {found} baris, seharusnya {}", told.unwrap_or_default())))
}
