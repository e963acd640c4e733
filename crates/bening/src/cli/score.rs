//! `bening score`: a file of answers in, the exact score as JSON out.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use bening_core::instrument::Instrument;
use bening_core::lke::Side;
use bening_core::scoring::{Detail, Score, Sheet, SheetProblem, UnitFile, to_json};

use super::edition;
use super::exit::Refused;
use super::place::Place;
use super::workbook::{self, Workbook};

/// What `bening score` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct ScoreArgs {
    /// Id edisi, atau berkas .toml
    #[arg(long, value_name = "EDISI")]
    instrument: String,
    /// Jawaban (.json, .csv, atau .xlsx dari bening instrument template)
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
    /// Sertakan perhitungan dan kutipan peraturan untuk tiap angka
    #[arg(long)]
    explain: bool,
    /// Lapisan yang dinilai dari .xlsx
    #[arg(long, value_name = "LAPISAN", default_value = "unit", value_parser = ["unit", "tpi", "tpn"])]
    layer: String,
    /// Pemetaan kolom (.json) untuk .xlsx yang disusun lain
    #[arg(long, value_name = "PEMETAAN")]
    mapping: Option<PathBuf>,
    /// Tampilkan apa yang dikenali pemetaan, tanpa menilai
    #[arg(long, requires = "mapping")]
    preview: bool,
}

/// Runs the command.
pub(crate) async fn run(place: &Place, args: &ScoreArgs) -> Result<ExitCode> {
    let edition = edition::find(place, &args.instrument).await?;
    if let Some(mapping) = args.mapping.as_ref().filter(|_| args.preview) {
        return edition::print(&workbook::preview(&Workbook::open(&edition, &args.file)?.mapped(mapping)?));
    }
    let sheet = match read(&edition, args)? {
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

fn read(edition: &Instrument, args: &ScoreArgs) -> Result<Result<Sheet, Vec<SheetProblem>>> {
    let file = args.file.as_path();
    let extension = file.extension().and_then(|extension| extension.to_str()).map(str::to_lowercase);
    match extension.as_deref() {
        Some("json") => from_json(edition, file),
        Some("csv") => Ok(Sheet::from_csv(edition, &edition::read_text(file)?)),
        Some("xlsx") => from_workbook(edition, args),
        _ => {
            let name = file.display();
            Err(Refused(format!("{name}: hanya .json, .csv, dan .xlsx yang dapat dinilai dari sini")).into())
        }
    }
}

fn from_json(edition: &Instrument, file: &Path) -> Result<Result<Sheet, Vec<SheetProblem>>> {
    let missing = || vec![SheetProblem::new("berkas", "\"answers\" belum ada")];
    let read = UnitFile::from_json(edition, &edition::read_text(file)?);
    Ok(read.and_then(|file| file.sheet.ok_or_else(missing)))
}

fn from_workbook(edition: &Instrument, args: &ScoreArgs) -> Result<Result<Sheet, Vec<SheetProblem>>> {
    let workbook = Workbook::open(edition, &args.file)?;
    let raw = match &args.mapping {
        Some(mapping) => workbook.mapped(mapping)?.book,
        None => workbook.own()?,
    };
    Ok(workbook.sheet(&raw, Side::parse(&args.layer).unwrap_or(Side::Unit)))
}
