//! `bening eligibility`: facts and answers in, every condition of a predicate as JSON out.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use bening_core::eligibility::{Facts, Verdict, to_json};
use bening_core::instrument::Instrument;
use bening_core::scoring::{Json, Score, SheetProblem, UnitFile};

use super::edition;
use super::place::Place;

/// What `bening eligibility` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct EligibilityArgs {
    /// Id edisi, atau berkas .toml
    #[arg(long, value_name = "EDISI")]
    instrument: String,
    /// WBK atau WBBM
    #[arg(long, value_name = "PREDIKAT")]
    predicate: String,
    /// Berkas .json berisi "answers" dan "facts"
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
}

/// Runs the command.
pub(crate) async fn run(place: &Place, args: &EligibilityArgs) -> Result<ExitCode> {
    let edition = edition::find(place, &args.instrument).await?;
    let read = read(&edition, &edition::read_text(&args.file)?);
    let (file, facts) = match read {
        Ok(both) => both,
        Err(problems) => return Ok(edition::refuse(&problems)),
    };
    for name in &facts.unused {
        eprintln!("peringatan: fakta \"{name}\" tidak dipakai edisi ini");
    }
    let score = file.sheet.as_ref().map(|sheet| Score::of(&edition, sheet)).transpose()?;
    let verdict = Verdict::of(&edition, &args.predicate, &facts, score.as_ref())?;
    edition::print(&to_json(&facts, score.as_ref(), &verdict))
}

fn read(edition: &Instrument, text: &str) -> Result<(UnitFile, Facts), Vec<SheetProblem>> {
    let file = UnitFile::from_json(edition, text)?;
    let facts = Facts::read(edition, file.facts.as_ref().unwrap_or(&Json::Null))?;
    Ok((file, facts))
}
