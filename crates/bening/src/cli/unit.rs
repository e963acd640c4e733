//! `bening unit add` and `bening unit list`.

use std::process::ExitCode;

use anyhow::Result;
use bening_core::audit::{Actor, Entry};
use bening_core::id::UnitId;
use bening_core::unit::{Echelon, Unit, UnitCode};
use bening_store::{StoreError, unit};
use bening_web::chance::{self, Clock, MachineClock};

use super::exit::Refused;
use super::place::{Place, unit_of};

/// Units.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum UnitCommand {
    /// Add a unit.
    ///
    /// Example: bening unit add DBN "Direktorat Penerimaan Mineral dan Batubara" --eselon II
    Add(AddArgs),
    /// List all units: code, eselon, code of the unit above, name; separated by tabs.
    List,
}

/// Arguments of a new unit.
#[derive(Debug, clap::Args)]
pub(crate) struct AddArgs {
    /// Short code, unique in the agency.
    code: UnitCode,
    /// Official name.
    name: String,
    /// Code of the unit above.
    #[arg(long, value_name = "CODE")]
    parent: Option<UnitCode>,
    /// Rank of its head.
    #[arg(long, default_value = "II", value_parser = ["I", "II", "III"])]
    eselon: String,
    /// Title of its head, as it stands under letters.
    #[arg(long, default_value = "")]
    head_title: String,
}

/// Runs the command.
pub(crate) async fn run(place: &Place, command: UnitCommand) -> Result<ExitCode> {
    match command {
        UnitCommand::Add(args) => add(place, args).await,
        UnitCommand::List => list(place).await,
    }
}

async fn add(place: &Place, args: AddArgs) -> Result<ExitCode> {
    let db = place.open().await?;
    let parent = match &args.parent {
        Some(code) => Some(unit_of(&db, code).await?.id),
        None => None,
    };
    let echelon = Echelon::parse(&args.eselon).unwrap_or(Echelon::II);
    let name = bening_core::text::line(&args.name)?;
    let head_title = if args.head_title.is_empty() { format!("Pimpinan {name}") } else { args.head_title };
    let unit = Unit { id: UnitId(chance::fresh()), code: args.code, name, parent, echelon, head_title };
    let tx = db.begin().await?;
    unit::add(&tx, &unit).await.map_err(|error| taken(error, &unit.code))?;
    let entry = Entry::new(Actor::Console, "unit.added", unit.id.0).of_unit(unit.id).after(&unit);
    tx.commit(entry, MachineClock.now()).await?;
    println!("{}\t{}", unit.code, unit.name);
    Ok(ExitCode::SUCCESS)
}

fn taken(error: StoreError, code: &UnitCode) -> anyhow::Error {
    match error {
        StoreError::Duplicate => Refused(format!("kode {code} sudah dipakai unit lain")).into(),
        other => other.into(),
    }
}

async fn list(place: &Place) -> Result<ExitCode> {
    let units = unit::all(&place.open().await?).await?;
    for unit in &units {
        let parent = units.iter().find(|above| Some(above.id) == unit.parent);
        let parent = parent.map_or("-", |above| above.code.as_str());
        println!("{}\t{}\t{parent}\t{}", unit.code, unit.echelon.as_str(), unit.name);
    }
    Ok(ExitCode::SUCCESS)
}
