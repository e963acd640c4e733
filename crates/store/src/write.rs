//! The write transaction. It can only be kept by saying what was done.

use bening_core::audit::Entry;
use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use crate::{Result, audit};

/// A write under way. Dropped without [`commit`](Self::commit), it leaves no trace.
#[must_use = "a write that is not committed is rolled back"]
#[derive(Debug)]
pub struct WriteTx {
    tx: DatabaseTransaction,
}

impl WriteTx {
    pub(crate) fn new(tx: DatabaseTransaction) -> Self {
        Self { tx }
    }

    pub(crate) fn conn(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Adds the entry to the audit chain and keeps everything, durably, before it returns.
    ///
    /// # Errors
    /// When the database refuses; then nothing was kept.
    pub async fn commit(self, entry: Entry, at: DateTime<Utc>) -> Result<()> {
        audit::append(&self.tx, entry, at).await?;
        Ok(self.tx.commit().await?)
    }

    /// Keeps answers of citizens, durably, before it returns. The trail must not know their moment, so there
    /// is no entry; that the campaign was opened, closed and frozen is recorded.
    pub(crate) async fn commit_answers(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }

    /// Keeps what workers say of their jobs: taken, under way, failed. Nothing that people wrote is touched.
    pub(crate) async fn commit_bookkeeping(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }

    /// Keeps restored rows, whose audit chain came with them.
    pub(crate) async fn commit_restored(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}
