//! The editions of the worksheet in force here: those that come with Bening and the agency's own, with its
//! wording. Reading them takes long, so they are kept until somebody loads another, here or at the command
//! line; what joins and what does not is decided in `core::instrument`.

use std::sync::Arc;

use bening_core::instrument::{Editions, InForce, OwnFile, in_force};
use bening_store::instrument;
use tokio::sync::Mutex;

use crate::app::App;
use crate::error::{AppError, Result};

/// What was read last, and at which revision of the store.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<Option<(u64, Arc<InForce>)>>);

impl App {
    /// The editions in force, with the agency's own and its wording.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn editions(&self) -> Result<Arc<Editions>> {
        Ok(Arc::clone(&self.in_force().await?.editions))
    }

    /// The same, and which of the agency's files cannot be used any more.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn in_force(&self) -> Result<Arc<InForce>> {
        let revision = instrument::revision(self.store()).await?;
        let mut kept = self.editions_cache().0.lock().await;
        if let Some((_, known)) = kept.as_ref().filter(|(known, _)| *known == revision) {
            return Ok(Arc::clone(known));
        }
        let files: Vec<OwnFile> =
            instrument::current(self.store()).await?.into_iter().map(|loaded| loaded.file).collect();
        let read = self.hash(move || in_force(&files)).await.ok_or(AppError::Interrupted)?;
        for problem in &read.problems {
            tracing::warn!(%problem, "a file of the agency cannot be used");
        }
        let read = Arc::new(read);
        *kept = Some((revision, Arc::clone(&read)));
        Ok(read)
    }
}
