//! A folder in the system's temporary folder that is removed with the value that owns it.

use std::fs::{DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// A temporary folder of this run.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// Others may pass through it but not look into it: PostgreSQL runs as another user when this is root.
    pub(crate) fn new(purpose: &str) -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("bening-{purpose}-{}", std::process::id()));
        let made = DirBuilder::new().mode(0o700).create(&path);
        made.with_context(|| format!("making {}", path.display()))?;
        let scratch = Self(path);
        std::fs::set_permissions(scratch.path(), Permissions::from_mode(0o711))?;
        Ok(scratch)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("xtask: {} could not be removed: {error}", self.0.display());
        }
    }
}
