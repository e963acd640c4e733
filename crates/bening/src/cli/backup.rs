//! `bening backup` and `bening restore`.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use bening_store::backup::{self, BackupError, Manifest};

use super::exit::{BrokenTrail, Refused};
use super::place::Place;

/// Save a copy of all data, consistent while people work. The same file restores into SQLite or PostgreSQL.
#[derive(Debug, clap::Args)]
pub(crate) struct BackupArgs {
    /// File to write; must not exist.
    file: PathBuf,
}

/// Bring a copy back into an empty place; refuses any other.
#[derive(Debug, clap::Args)]
pub(crate) struct RestoreArgs {
    /// File to read.
    file: PathBuf,
}

/// Runs `bening backup`. The file gets its name only when it is whole.
pub(crate) async fn backup(place: &Place, args: BackupArgs) -> Result<ExitCode> {
    if args.file.exists() {
        return Err(Refused(format!("{} sudah ada; pilih nama lain", args.file.display())).into());
    }
    let store = place.open().await?;
    let partial = args.file.with_extension("partial");
    let file =
        File::create_new(&partial).with_context(|| format!("{} tidak dapat dibuat", partial.display()))?;
    let outcome = backup::backup(&store, &file).await;
    let manifest = outcome.inspect_err(|_| drop(std::fs::remove_file(&partial)))?;
    file.sync_all()?;
    std::fs::rename(&partial, &args.file)?;
    print(&manifest);
    Ok(ExitCode::SUCCESS)
}

/// Runs `bening restore`.
pub(crate) async fn restore(place: &Place, args: RestoreArgs) -> Result<ExitCode> {
    let file = File::open(&args.file).with_context(|| format!("{} tidak terbaca", args.file.display()))?;
    let store = place.open().await?;
    let manifest = backup::restore(&store, BufReader::new(file)).await.map_err(refuse)?;
    print(&manifest);
    Ok(ExitCode::SUCCESS)
}

fn refuse(error: BackupError) -> anyhow::Error {
    match error {
        BackupError::Trail(_) => BrokenTrail(error.to_string()).into(),
        BackupError::Broken(_) | BackupError::NotEmpty(_) => Refused(error.to_string()).into(),
        other => other.into(),
    }
}

fn print(manifest: &Manifest) {
    let rows: u64 = manifest.tables.iter().map(|(_, rows)| rows).sum();
    println!("{rows} baris\tjejak audit {} baris\t{}", manifest.audit_rows, manifest.audit_head);
}
