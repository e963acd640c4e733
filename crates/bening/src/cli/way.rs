//! `bening way`: answers in, the cheapest improvements that reach a predicate's scores as JSON out.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use bening_core::eligibility::Facts;
use bening_core::instrument::Instrument;
use bening_core::scoring::{Json, SheetProblem, UnitFile};
use bening_core::way::{Days, Efforts, Surveys, cheapest, to_json};

use super::edition;
use super::place::Place;

/// What `bening way` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct WayArgs {
    /// Id edisi, atau berkas .toml
    #[arg(long, value_name = "EDISI")]
    instrument: String,
    /// WBK atau WBBM
    #[arg(long, value_name = "PREDIKAT")]
    predicate: String,
    /// Perhitungkan juga kenaikan indeks survei
    #[arg(long)]
    surveys: bool,
    /// Upaya satu pertanyaan dalam hari kerja, dari jawaban terendah sampai terbaik; boleh diulang
    #[arg(long, value_name = "KODE=HARI", value_parser = effort)]
    effort: Vec<(String, Days)>,
    /// Berkas .json berisi "answers"
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
}

fn effort(text: &str) -> Result<(String, Days), String> {
    let (code, days) = text.split_once('=').ok_or("tulis KODE=HARI")?;
    let days = Efforts::parse(days).map_err(|error| error.to_string())?;
    Ok((code.to_owned(), days.ok_or("tulis KODE=HARI")?))
}

/// Runs the command.
pub(crate) async fn run(place: &Place, args: &WayArgs) -> Result<ExitCode> {
    let edition = edition::find(place, &args.instrument).await?;
    let (file, facts) = match read(&edition, &edition::read_text(&args.file)?) {
        Ok(both) => both,
        Err(problems) => return Ok(edition::refuse(&problems)),
    };
    let efforts = Efforts::new(args.effort.iter().cloned().collect::<BTreeMap<_, _>>());
    for code in efforts.strangers(&edition) {
        eprintln!("peringatan: pertanyaan \"{code}\" tidak ada pada edisi ini; upayanya tidak dipakai");
    }
    let surveys = if args.surveys { Surveys::MayRise } else { Surveys::Stay };
    let sheet = file.sheet.unwrap_or_default();
    let way = cheapest(&edition, &sheet, &args.predicate, &facts, &efforts, surveys)?;
    edition::print(&to_json(&way))
}

fn read(edition: &Instrument, text: &str) -> Result<(UnitFile, Facts), Vec<SheetProblem>> {
    let file = UnitFile::from_json(edition, text)?;
    let facts = Facts::read(edition, file.facts.as_ref().unwrap_or(&Json::Null))?;
    Ok((file, facts))
}
