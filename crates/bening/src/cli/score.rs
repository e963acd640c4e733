//! `bening score`: a file of answers in, the exact score as JSON out.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use bening_core::instrument::Instrument;
use bening_core::scoring::{Detail, Score, Sheet, SheetProblem, UnitFile, to_json};

use super::edition;
use super::exit::Refused;

/// What `bening score` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct ScoreArgs {
    /// Id edisi, atau berkas .toml
    #[arg(long, value_name = "EDISI")]
    instrument: String,
    /// Jawaban (.json atau .csv)
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
    /// Sertakan perhitungan dan kutipan peraturan untuk tiap angka
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
        _ => {
            let name = file.display();
            return Err(Refused(format!("{name}: hanya .json dan .csv yang dapat dinilai dari sini")).into());
        }
    };
    if extension.as_deref() == Some("csv") {
        return Ok(Sheet::from_csv(edition, &text));
    }
    let missing = || vec![SheetProblem::new("berkas", "\"answers\" belum ada")];
    Ok(UnitFile::from_json(edition, &text).and_then(|file| file.sheet.ok_or_else(missing)))
}
