//! Where the repository and its target folder are, whatever the current folder and `CARGO_TARGET_DIR` say.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

/// The repository this was started in.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    pub(crate) fn find() -> anyhow::Result<Self> {
        let mut asked = Command::new(cargo());
        asked.args(["metadata", "--no-deps", "--format-version", "1"]);
        let answer = asked.output().context("running cargo metadata")?;
        anyhow::ensure!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr).trim());
        let facts: serde_json::Value = serde_json::from_slice(&answer.stdout)?;
        let folder = |key: &str| facts[key].as_str().map(PathBuf::from).with_context(|| format!("no {key}"));
        Ok(Self { root: folder("workspace_root")?, target: folder("target_directory")? })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A folder in the target folder that belongs to one chore.
    pub(crate) fn own_folder(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.target.join("xtask").join(name);
        std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        Ok(folder)
    }

    /// A program that cargo has built.
    pub(crate) fn built(&self, profile: &str, name: &str) -> PathBuf {
        self.target.join(profile).join(name)
    }

    /// An example that cargo has built, to be run at the root.
    pub(crate) fn example(&self, profile: &str, name: &str) -> Command {
        let mut command = Command::new(self.built(profile, "examples").join(name));
        command.current_dir(&self.root);
        command
    }

    /// Cargo, to be run at the root.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo());
        command.args(arguments).current_dir(&self.root);
        for name in std::env::vars_os().map(|(name, _)| name).filter(|name| left_by_cargo_run(name)) {
            command.env_remove(name);
        }
        command
    }
}

/// What `cargo run` tells this program about itself. Handed on, it would look changed to the build scripts that
/// watch it (ring's does) and rebuild half the tree after every plain cargo command.
fn left_by_cargo_run(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let about_xtask = ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.starts_with(start));
    about_xtask || name == "LD_LIBRARY_PATH"
}

/// The cargo that started this program, so that a chosen toolchain stays chosen.
fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
