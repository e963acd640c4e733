//! `bening backup` and `bening restore`.

use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use bening_store::backup::{self, BackupError, Manifest};

use super::exit::{BrokenTrail, Refused, unread};
use super::place::Place;
use super::print;

/// What `bening backup` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct BackupArgs {
    /// Berkas yang ditulis; belum boleh ada
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
}

/// What `bening restore` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct RestoreArgs {
    /// Berkas cadangan yang dibaca
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
}

/// Runs `bening backup`. The file gets its name only when it is whole.
pub(crate) async fn backup(place: &Place, args: BackupArgs) -> Result<ExitCode> {
    if args.file.exists() {
        return Err(Refused(format!("{} sudah ada; pilih nama lain", args.file.display())).into());
    }
    let store = place.open().await?;
    let partial = args.file.with_extension("partial");
    let file = File::create_new(&partial).map_err(|error| unmade(&partial, error))?;
    let outcome = backup::backup(&store, &file).await;
    let manifest = outcome.inspect_err(|_| drop(std::fs::remove_file(&partial)))?;
    file.sync_all()?;
    std::fs::rename(&partial, &args.file)?;
    print(&manifest)
}

/// Runs `bening restore`.
pub(crate) async fn restore(place: &Place, args: RestoreArgs) -> Result<ExitCode> {
    let file = File::open(&args.file).map_err(|error| unread(&args.file, error))?;
    let store = place.open().await?;
    let manifest = backup::restore(&store, BufReader::new(file)).await.map_err(refuse)?;
    print(&manifest)
}

fn refuse(error: BackupError) -> anyhow::Error {
    match error {
        BackupError::Trail(_) => BrokenTrail(error.to_string()).into(),
        BackupError::Broken(_) | BackupError::NotEmpty(_) => Refused(error.to_string()).into(),
        other => other.into(),
    }
}

/// A copy under its working name is one that was interrupted, or is being made right now.
fn unmade(partial: &Path, error: std::io::Error) -> anyhow::Error {
    let name = partial.display();
    match error.kind() {
        ErrorKind::AlreadyExists => Refused(format!(
            "{name} sudah ada: cadangan lain sedang dibuat, atau terputus; hapus dulu bila terputus"
        ))
        .into(),
        _ => anyhow::Error::new(error).context(format!("{name} tidak dapat dibuat")),
    }
}

fn print(manifest: &Manifest) -> Result<ExitCode> {
    let rows: u64 = manifest.tables.iter().map(|(_, rows)| rows).sum();
    let (trail, head) = (manifest.audit_rows, &manifest.audit_head);
    print::text(&format!("{rows} baris\tjejak audit {trail} baris\t{head}\n"))
}
