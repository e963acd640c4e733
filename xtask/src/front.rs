//! axe-core from the front end's lock file, for the accessibility tests. Building the site's assets is the business
//! of the web crate's build script.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::child;
use crate::workspace::Workspace;

const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// Path of `axe.min.js`, fetched when the lock file has changed since the last time.
pub(crate) fn axe(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let (source, folder) = (workspace.root().join("frontend"), workspace.own_folder("frontend")?);
    let axe = folder.join("node_modules/axe-core/axe.min.js");
    let read = |file: PathBuf| std::fs::read(file).ok();
    let unchanged = FILES.iter().all(|name| read(source.join(name)) == read(folder.join(name)));
    if !(unchanged && axe.is_file()) {
        fetch(&source, &folder)?;
    }
    anyhow::ensure!(axe.is_file(), "frontend/package.json names no axe-core among its devDependencies");
    Ok(axe)
}

/// A fetch that broke off takes its lock file with it, so that the next run tries again.
fn fetch(source: &Path, folder: &Path) -> anyhow::Result<()> {
    for name in FILES {
        let from = source.join(name);
        std::fs::copy(&from, folder.join(name)).with_context(|| format!("reading {}", from.display()))?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    let fetched = child::must_run(&mut npm);
    if fetched.is_err() {
        std::fs::remove_file(folder.join(FILES[1]))?;
    }
    fetched.context("fetching axe-core with npm; Node 20 or newer has to be installed")
}
