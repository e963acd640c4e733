//! `bening instrument load|labels`: an agency's own edition or wording, through the same checks as on the page.
//! A site that is running takes it up with the next request.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use bening_core::audit::{Actor, Entry};
use bening_core::instrument::{
    Instrument, OwnFile, OwnKind, Problem, admit_edition, admit_labels, in_force, to_labels, wordings,
};
use bening_store::instrument::{self as store, Loaded};
use bening_web::chance::{self, Clock, MachineClock};
use serde_json::json;

use super::edition;
use super::exit::{NotFound, Refused, unread};
use super::place::Place;
use super::print;

/// What can be loaded.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum OwnCommand {
    /// Muat edisi milik instansi (TOML); langsung berlaku, juga bagi situs yang sedang berjalan.
    #[command(after_help = "Contoh:\n  bening instrument load edisi-instansi.toml")]
    Load {
        /// Berkas edisi
        #[arg(value_name = "BERKAS")]
        file: PathBuf,
    },
    /// Muat label resmi dari TOML, atau dari XLSX/CSV dengan kolom kode, label, dan pilihan.
    #[command(after_help = "Contoh:\n  bening instrument labels label.toml\n  \
        bening instrument labels label.xlsx --for permenpanrb-90-2021")]
    Labels {
        /// Berkas label
        #[arg(value_name = "BERKAS")]
        file: PathBuf,
        /// Edisi yang diberi label; hanya perlu untuk XLSX dan CSV
        #[arg(long = "for", value_name = "EDISI")]
        edition: Option<String>,
    },
}

/// Runs the command.
pub(crate) async fn run(place: &Place, command: &OwnCommand) -> Result<ExitCode> {
    let db = place.open().await?;
    let own: Vec<OwnFile> = store::current(&db).await?.into_iter().map(|loaded| loaded.file).collect();
    let checked = match command {
        OwnCommand::Load { file } => admit_edition(&own, &name_of(file), &edition::read_text(file)?),
        OwnCommand::Labels { file, edition: Some(id) } if !is_toml(file) => table(&own, file, id)?,
        OwnCommand::Labels { file, .. } if is_toml(file) => {
            admit_labels(&own, &name_of(file), &edition::read_text(file)?)
        }
        OwnCommand::Labels { file, .. } => {
            let missing = format!("{}: sebutkan edisinya dengan --for", file.display());
            return Err(Refused(missing).into());
        }
    };
    let file = match checked {
        Ok(file) => file,
        Err(problems) => return Ok(edition::refuse(&problems)),
    };
    let (kind, edition) = (file.kind, file.edition.clone());
    let version = keep(&db, file).await?;
    let what = if kind == OwnKind::Edition { "edisi" } else { "label untuk" };
    print::text(&format!("{what} {edition} dimuat (versi {version}) dan berlaku\n"))
}

/// A table of words as wording for the edition with this id.
fn table(own: &[OwnFile], file: &Path, id: &str) -> Result<std::result::Result<OwnFile, Vec<Problem>>> {
    let editions = in_force(own).editions;
    let edition = editions.by_id(id).ok_or_else(|| NotFound(format!("edisi {id} tidak ada")))?;
    let bytes = std::fs::read(file).map_err(|error| unread(file, error))?;
    let rows =
        bening_intake::read_table(&bytes).map_err(|error| Refused(format!("{}: {error}", file.display())))?;
    Ok(worded(own, &name_of(file), &rows, edition))
}

fn worded(
    own: &[OwnFile],
    name: &str,
    rows: &[Vec<String>],
    edition: &Instrument,
) -> std::result::Result<OwnFile, Vec<Problem>> {
    admit_labels(own, name, &to_labels(name, &wordings(name, rows)?, edition, name)?)
}

async fn keep(db: &bening_store::Store, file: OwnFile) -> Result<i32> {
    let (id, at) = (chance::fresh(), MachineClock.now());
    let event = file.kind.event();
    let told = json!({ "edition": file.edition, "file": file.name, "bytes": file.text.len() });
    let tx = db.begin().await?;
    let version = store::load(&tx, Loaded { id, file, version: 0, loaded_by: None, loaded_at: at }).await?;
    tx.commit(Entry::new(Actor::Console, event, id).after(told), at).await?;
    Ok(version)
}

/// The file's own name: where it lies is nobody's business.
fn name_of(file: &Path) -> String {
    file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn is_toml(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}
