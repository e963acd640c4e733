//! Finds snapshots that no test looks at any more: a renamed test would leave its old ones lying about.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// insta appends the path of every snapshot it compares to the file this variable names.
pub(crate) const REFERENCES: &str = "INSTA_SNAPSHOT_REFERENCES_FILE";

/// Fails with the list of snapshots in `crates/` that are not among those `references` names.
pub(crate) fn ensure_all_referenced(root: &Path, references: &Path) -> anyhow::Result<()> {
    let named = std::fs::read_to_string(references).unwrap_or_default();
    let used: BTreeSet<PathBuf> =
        named.lines().filter_map(|line| Path::new(line).canonicalize().ok()).collect();
    let mut orphans = Vec::new();
    walk(&root.join("crates"), &mut |file| {
        let is_snapshot = file.extension().is_some_and(|ending| ending == "snap");
        if is_snapshot && file.canonicalize().is_ok_and(|file| !used.contains(&file)) {
            orphans.push(file.display().to_string());
        }
    })?;
    anyhow::ensure!(
        orphans.is_empty(),
        "no test looks at these snapshots, remove them:\n{}",
        orphans.join("\n")
    );
    Ok(())
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, visit)?;
        } else {
            visit(&path);
        }
    }
    Ok(())
}
