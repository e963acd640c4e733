//! The bytes of evidence: kept once under their SHA-256 in an object store, brought there by way of a staging folder
//! on this machine. What a file is and who may open it is not known here.
//!
//! **Invariant**: a file is whole in the object store before a row names it; what fails between leaves an orphan for
//! the sweeper, never a row without its file.

mod bucket;
mod staging;

pub use bucket::Bucket;
pub use staging::{Staged, Upload};

use std::collections::HashSet;
use std::error::Error;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt, path::Path as Key};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// How much of a file is in memory at a time, in bytes.
const BLOCK_BYTES: usize = 256 * 1024;
/// Younger orphans may belong to an upload under way.
const SWEEP_AFTER_HOURS: i64 = 24;

/// Why a file could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// No place was named for files.
    #[error("tempat berkas belum ditentukan")]
    NoPlace,
    /// The place does not answer.
    #[error("tempat berkas tidak dapat dijangkau ({0}); tidak ada yang tersimpan, coba lagi sebentar lagi")]
    Unreachable(String),
    /// No room is left.
    #[error("penyimpanan berkas penuh; berkas ini tidak disimpan dan tidak ada yang rusak")]
    Full,
    /// More bytes than may be.
    #[error("berkas lebih besar dari batas {} MB", .0 / 1_048_576)]
    TooLarge(u64),
    /// Somebody goes on from another place than where the upload stands.
    #[error("unggahan ini sampai pada bita ke-{0}")]
    Offset(u64),
    /// No such upload, or no such file.
    #[error("berkas atau unggahan tidak ada lagi; unggah ulang")]
    Gone,
    /// The sender stopped in the middle.
    #[error("unggahan terputus sebelum selesai; yang sudah sampai dapat dilanjutkan")]
    Cut,
}

impl From<std::io::Error> for FilesError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            _ if is_full(&error) => Self::Full,
            ErrorKind::NotFound => Self::Gone,
            _ => Self::Unreachable(error.to_string()),
        }
    }
}

impl From<object_store::Error> for FilesError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Gone,
            other if is_full(&other) => Self::Full,
            other => Self::Unreachable(other.to_string()),
        }
    }
}

/// Whether no room is left, however deep the error says so: the object store wraps that of the disk, and its writer
/// wraps that once more.
fn is_full(error: &(dyn Error + 'static)) -> bool {
    let io = error.downcast_ref::<std::io::Error>();
    let says_so = io.is_some_and(|io| {
        matches!(io.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge)
    });
    let wrapped = io.and_then(|io| io.get_ref()).map(|wrapped| wrapped as &(dyn Error + 'static));
    says_so || wrapped.or_else(|| error.source()).is_some_and(is_full)
}

/// What reads and writes of files return.
pub type Result<T> = std::result::Result<T, FilesError>;

/// Where files are kept; cheap to clone.
#[derive(Debug, Clone)]
pub struct Files {
    objects: Arc<dyn ObjectStore>,
    staging: Arc<Path>,
}

/// A file in the object store that no row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    /// Where it lies.
    pub place: String,
    /// Bytes.
    pub size: u64,
}

impl Files {
    /// A local folder, made where it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn local(folder: &Path) -> Result<Self> {
        let (objects, staging) = (folder.join("isi"), folder.join("unggahan"));
        std::fs::create_dir_all(&objects).map_err(unreachable)?;
        let objects = LocalFileSystem::new_with_prefix(objects)?.with_fsync(true);
        Self::over(Arc::new(objects), staging)
    }

    /// A bucket, with a folder of this machine for what is on its way there.
    ///
    /// # Errors
    /// When the folder cannot be made, or the address is none.
    pub fn bucket(bucket: &Bucket, folder: &Path) -> Result<Self> {
        Self::over(bucket.open()?, folder.join("unggahan"))
    }

    /// Whether the place answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        self.objects.list_with_delimiter(None).await?;
        Ok(())
    }

    /// Any object store, with a folder of this machine for what is on its way there.
    ///
    /// # Errors
    /// When the folder cannot be made.
    fn over(objects: Arc<dyn ObjectStore>, staging: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&staging).map_err(unreachable)?;
        Ok(Self { objects, staging: staging.into() })
    }

    /// Keeps a staged file under its hash; gives hash and size. The staged file stays until it is let go.
    ///
    /// # Errors
    /// When the place does not answer or is full; then nothing was kept.
    pub async fn keep(&self, staged: &Staged, now: DateTime<Utc>) -> Result<(String, u64)> {
        let (sha256, size) = staged.digest().await?;
        let key = key(&sha256);
        let known = self.objects.head(&key).await.ok();
        let young = now - TimeDelta::hours(SWEEP_AFTER_HOURS / 2);
        if known.is_some_and(|known| known.size == size && known.last_modified > young) {
            return Ok((sha256, size));
        }
        let mut from = tokio::fs::File::open(staged.path()).await?;
        self.write(&key, &mut from).await?;
        Ok((sha256, size))
    }

    /// Keeps what a reader gives under its hash; for bringing back a copy.
    ///
    /// # Errors
    /// When the place does not answer or is full.
    pub async fn put(&self, sha256: &str, mut from: impl tokio::io::AsyncRead + Unpin) -> Result<()> {
        self.write(&key(sha256), &mut from).await
    }

    /// Writes under a temporary name; the file gets its own when it is whole.
    async fn write(&self, key: &Key, from: &mut (impl tokio::io::AsyncRead + Unpin)) -> Result<()> {
        let mut into = BufWriter::new(Arc::clone(&self.objects), key.clone());
        let mut block = vec![0; BLOCK_BYTES];
        loop {
            let outcome = match from.read(&mut block).await {
                Ok(0) => break,
                Ok(read) => into.write_all(block.get(..read).unwrap_or_default()).await,
                Err(error) => Err(error),
            };
            if let Err(error) = outcome {
                let _nothing_was_published = into.abort().await;
                return Err(unreachable(error));
            }
        }
        into.shutdown().await.map_err(unreachable)
    }

    /// The bytes of a file, a block at a time.
    ///
    /// # Errors
    /// [`FilesError::Gone`] when it is not there.
    pub async fn read(&self, sha256: &str) -> Result<BoxStream<'static, Result<Bytes>>> {
        let found = self.objects.get(&key(sha256)).await?;
        Ok(found.into_stream().map_err(FilesError::from).boxed())
    }

    /// Reads a file again: whether it still is what its name says.
    ///
    /// # Errors
    /// When it is not there or the place does not answer.
    pub async fn is_sound(&self, sha256: &str) -> Result<bool> {
        let mut bytes = self.read(sha256).await?;
        let mut hash = Sha256::new();
        while let Some(block) = bytes.try_next().await? {
            hash.update(&block);
        }
        Ok(hex::encode(hash.finalize()) == sha256)
    }

    /// Files that none of these hashes names and that are older than a day.
    ///
    /// # Errors
    /// When the place does not answer.
    pub async fn orphans(&self, named: &[String], now: DateTime<Utc>) -> Result<Vec<Orphan>> {
        let old = now - TimeDelta::hours(SWEEP_AFTER_HOURS);
        let named: HashSet<&str> = named.iter().map(String::as_str).collect();
        let mut listed = self.objects.list(None);
        let mut orphans = Vec::new();
        while let Some(found) = listed.try_next().await? {
            let name = found.location.filename().unwrap_or_default();
            if !named.contains(name) && found.last_modified < old {
                orphans.push(Orphan { place: found.location.to_string(), size: found.size });
            }
        }
        Ok(orphans)
    }

    /// Removes an orphan.
    ///
    /// # Errors
    /// When the place does not answer.
    pub async fn remove(&self, orphan: &Orphan) -> Result<()> {
        Ok(self.objects.delete(&Key::from(orphan.place.as_str())).await?)
    }
}

/// Fan out by the first two letters, so that no folder grows without end.
fn key(sha256: &str) -> Key {
    Key::from(format!("{}/{sha256}", sha256.get(..2).unwrap_or_default()))
}

/// A write that failed: the place is there or full, never "gone".
fn unreachable(error: std::io::Error) -> FilesError {
    match FilesError::from(error) {
        FilesError::Gone => FilesError::Unreachable("tidak ada lagi".to_owned()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_however_deep_it_is_wrapped() {
        let disk = || std::io::Error::from(ErrorKind::StorageFull);
        let store = || object_store::Error::Generic { store: "berkas", source: Box::new(disk()) };
        assert!(matches!(FilesError::from(disk()), FilesError::Full));
        assert!(matches!(FilesError::from(store()), FilesError::Full));
        assert!(
            matches!(unreachable(std::io::Error::other(store())), FilesError::Full),
            "as its writer says it"
        );
        assert!(matches!(unreachable(ErrorKind::NotFound.into()), FilesError::Unreachable(_)));
    }
}
