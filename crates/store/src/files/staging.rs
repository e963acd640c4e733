//! Files on their way: a folder on this machine where an upload grows, is resumed after a cut, and waits until it
//! was kept. An upload is two files, `ID.json` that says whose it is and `ID.part` with what has come so far.

use std::io::SeekFrom;
use std::path::PathBuf;
use std::time::Duration;

use bening_core::id::{PersonId, UnitId};
use bytes::Bytes;
use futures::{Stream, StreamExt};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::fs;
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use uuid::Uuid;

use super::{BLOCK_BYTES, Files, FilesError, Result};

/// Uploads that nobody touched for so long are given up.
const ABANDONED_AFTER: Duration = Duration::from_secs(7 * 24 * 3600);

/// An upload under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Identity.
    pub id: Uuid,
    /// Who sends it; nobody else may go on with it.
    pub person: PersonId,
    /// Where it goes.
    pub unit: UnitId,
    /// Name as sent; never trusted.
    pub name: String,
    /// Bytes it will have.
    pub size: u64,
}

/// A file that has arrived and waits to be kept.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
}

impl Staged {
    /// Where it lies.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Hash and size of what arrived.
    pub(super) async fn digest(&self) -> Result<(String, u64)> {
        let mut file = fs::File::open(&self.path).await?;
        let (mut hash, mut size, mut block) = (Sha256::new(), 0_u64, vec![0; BLOCK_BYTES]);
        loop {
            let read = file.read(&mut block).await?;
            if read == 0 {
                return Ok((hex::encode(hash.finalize()), size));
            }
            hash.update(block.get(..read).unwrap_or_default());
            size = size.saturating_add(read as u64);
        }
    }

    /// Leaves it for another try, when it is an upload that can be handed in again; else lets go of it.
    pub async fn leave(self) {
        if !fs::try_exists(self.path.with_extension("json")).await.unwrap_or(false) {
            self.discard().await;
        }
    }

    /// Lets go of it, kept or not.
    pub async fn discard(self) {
        let _whatever_is_left_is_swept = fs::remove_file(self.path.with_extension("json")).await;
        let _whatever_is_left_is_swept = fs::remove_file(&self.path).await;
    }
}

impl Files {
    fn part(&self, id: Uuid) -> PathBuf {
        self.staging.join(format!("{id}.part"))
    }

    /// Takes in a whole file at once, up to a limit.
    ///
    /// # Errors
    /// When the sender stops or the limit is passed; then nothing is left of it.
    pub async fn take<E>(
        &self,
        id: Uuid,
        limit: u64,
        bytes: impl Stream<Item = std::result::Result<Bytes, E>> + Unpin,
    ) -> Result<Staged> {
        let staged = Staged { path: self.part(id) };
        let outcome = match fs::File::create_new(&staged.path).await {
            Ok(mut file) => pour(&mut file, limit, limit, bytes).await,
            Err(error) => Err(super::unreachable(error)),
        };
        match outcome {
            Ok(()) => Ok(staged),
            Err(error) => {
                staged.discard().await;
                Err(error)
            }
        }
    }

    /// Begins an upload that may be resumed.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub async fn begin(&self, upload: &Upload) -> Result<()> {
        fs::File::create_new(self.part(upload.id)).await.map_err(super::unreachable)?;
        let said = serde_json::to_vec(upload).unwrap_or_default();
        Ok(fs::write(self.part(upload.id).with_extension("json"), said).await?)
    }

    /// An upload and how many bytes have come.
    ///
    /// # Errors
    /// [`FilesError::Gone`] when there is none.
    pub async fn resume(&self, id: Uuid) -> Result<(Upload, u64)> {
        let said = fs::read(self.part(id).with_extension("json")).await?;
        let upload = serde_json::from_slice(&said).map_err(|_| FilesError::Gone)?;
        Ok((upload, fs::metadata(self.part(id)).await?.len()))
    }

    /// Adds bytes where the upload stands; gives where it stands then. What came before a cut stays.
    ///
    /// # Errors
    /// [`FilesError::Offset`] when it stands elsewhere, [`FilesError::Cut`] when the sender stopped.
    pub async fn append<E>(
        &self,
        upload: &Upload,
        offset: u64,
        bytes: impl Stream<Item = std::result::Result<Bytes, E>> + Unpin,
    ) -> Result<u64> {
        let path = self.part(upload.id);
        let file = fs::OpenOptions::new().write(true).open(&path).await?.into_std().await;
        if file.try_lock().is_err() {
            return Err(FilesError::Offset(fs::metadata(&path).await?.len()));
        }
        let mut file = fs::File::from_std(file);
        let stands = file.seek(SeekFrom::End(0)).await?;
        if stands != offset {
            return Err(FilesError::Offset(stands));
        }
        let left = upload.size.saturating_sub(offset);
        pour(&mut file, left, upload.size, bytes).await?;
        Ok(fs::metadata(&path).await?.len())
    }

    /// An upload that has wholly arrived.
    ///
    /// # Errors
    /// [`FilesError::Offset`] while bytes are missing.
    pub async fn arrived(&self, id: Uuid) -> Result<(Upload, Staged)> {
        let (upload, offset) = self.resume(id).await?;
        if offset != upload.size {
            return Err(FilesError::Offset(offset));
        }
        Ok((upload, Staged { path: self.part(id) }))
    }

    /// Uploads that nobody has touched for a week.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn abandoned(&self) -> Result<Vec<PathBuf>> {
        let (mut listed, mut found) = (fs::read_dir(&self.staging).await?, Vec::new());
        while let Some(entry) = listed.next_entry().await? {
            let age = entry.metadata().await?.modified()?.elapsed().unwrap_or_default();
            if age > ABANDONED_AFTER {
                found.push(entry.path());
            }
        }
        Ok(found)
    }
}

/// Writes a stream to a file, durably, however it ends.
async fn pour<E>(
    file: &mut fs::File,
    most: u64,
    limit: u64,
    mut bytes: impl Stream<Item = std::result::Result<Bytes, E>> + Unpin,
) -> Result<()> {
    let mut left = most;
    let outcome = loop {
        match bytes.next().await {
            None => break Ok(()),
            Some(Err(_)) => break Err(FilesError::Cut),
            Some(Ok(block)) => match left.checked_sub(block.len() as u64) {
                None => break Err(FilesError::TooLarge(limit)),
                Some(less) => {
                    left = less;
                    if let Err(error) = file.write_all(&block).await {
                        break Err(super::unreachable(error));
                    }
                }
            },
        }
    };
    file.flush().await.map_err(super::unreachable)?;
    file.sync_data().await.map_err(super::unreachable)?;
    outcome
}
