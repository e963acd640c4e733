//! `bening score`: a file of answers in, the exact score as JSON out.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use bening_core::instrument::Instrument;
use bening_core::scoring::{Detail, Score, Sheet, SheetProblem, UnitFile, to_json};

use super::edition;

/// Score a filled worksheet (.json or .csv) exactly.
#[derive(Debug, clap::Args)]
pub(crate) struct ScoreArgs {
    /// Id of an edition, or a .toml file.
    #[arg(long)]
    instrument: String,
    /// The answers.
    file: PathBuf,
    /// Give the calculation and citation of every figure.
    #[arg(long)]
    explain: bool,
}

/// Runs the command.
pub(crate) fn run(args: &ScoreArgs) -> Result<ExitCode> {
    let edition = edition::find(&args.instrument)?;
    let sheet = match read(&edition, &args.file)? {
        Ok(sheet) => sheet,
        Err(problems) => return Ok(edition::refuse(&problems)),
    };
    let score = Score::of(&edition, &sheet)?;
    for warning in &score.warnings {
        eprintln!("peringatan: {}: {}", warning.code, warning.message);
    }
    let detail = if args.explain { Detail::Explained } else { Detail::Figures };
    edition::print(&to_json(&edition, &sheet, &score, detail))
}

fn read(edition: &Instrument, file: &Path) -> Result<Result<Sheet, Vec<SheetProblem>>> {
    let extension = file.extension().and_then(|extension| extension.to_str()).map(str::to_lowercase);
    let text = match extension.as_deref() {
        Some("json" | "csv") => edition::read_text(file)?,
        _ => anyhow::bail!("{}: hanya .json dan .csv yang dapat dinilai dari sini", file.display()),
    };
    if extension.as_deref() == Some("csv") {
        return Ok(Sheet::from_csv(edition, &text));
    }
    let missing = || vec![SheetProblem::new("berkas", "\"answers\" belum ada")];
    Ok(UnitFile::from_json(edition, &text).and_then(|file| file.sheet.ok_or_else(missing)))
}
