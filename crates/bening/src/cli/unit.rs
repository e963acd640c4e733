//! `bening unit add` and `bening unit list`.

use std::process::ExitCode;

use anyhow::Result;
use bening_core::audit::{Actor, Entry};
use bening_core::id::UnitId;
use bening_core::unit::{Echelon, Unit, UnitCode};
use bening_store::{StoreError, unit};
use bening_web::chance::{self, Clock, MachineClock};

use super::exit::{Refused, told};
use super::place::{Place, unit_of};
use super::print;

/// What can be done with units.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum UnitCommand {
    /// Tambahkan unit kerja.
    #[command(
        after_help = "Contoh:\n  bening unit add DJB \"Direktorat Jenderal Mineral dan Batubara\" --eselon I\n  \
        bening unit add DBN \"Direktorat Penerimaan Mineral dan Batubara\" --parent DJB"
    )]
    Add(AddArgs),
    /// Daftar semua unit: kode, eselon, kode unit di atasnya, nama; dipisah tab.
    #[command(after_help = "Contoh:\n  bening unit list")]
    List,
}

/// Arguments of a new unit.
#[derive(Debug, clap::Args)]
pub(crate) struct AddArgs {
    /// Kode singkat, satu-satunya di instansi, misalnya DBN
    #[arg(value_name = "KODE")]
    code: UnitCode,
    /// Nama resmi
    #[arg(value_name = "NAMA")]
    name: String,
    /// Kode unit di atasnya
    #[arg(long, value_name = "KODE")]
    parent: Option<UnitCode>,
    /// Eselon pimpinannya
    #[arg(long, value_name = "ESELON", default_value = "II", value_parser = ["I", "II", "III"])]
    eselon: String,
    /// Jabatan pimpinannya seperti tertulis di bawah surat; bila tidak disebut: Pimpinan NAMA
    #[arg(long, value_name = "JABATAN")]
    head_title: Option<String>,
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
    let name = told("nama unit", &args.name)?;
    let given = args.head_title.as_deref().map(|title| told("jabatan", title)).transpose()?;
    let head_title = given.unwrap_or_else(|| format!("Pimpinan {name}"));
    let unit = Unit { id: UnitId(chance::fresh()), code: args.code, name, parent, echelon, head_title };
    let tx = db.begin().await?;
    unit::add(&tx, &unit).await.map_err(|error| taken(error, &unit.code))?;
    let entry = Entry::new(Actor::Console, "unit.added", unit.id.0).of_unit(unit.id).after(&unit);
    tx.commit(entry, MachineClock.now()).await?;
    print::text(&format!("{}\t{}\n", unit.code, unit.name))
}

fn taken(error: StoreError, code: &UnitCode) -> anyhow::Error {
    match error {
        StoreError::Duplicate => Refused(format!("kode {code} sudah dipakai unit lain")).into(),
        other => other.into(),
    }
}

async fn list(place: &Place) -> Result<ExitCode> {
    let units = unit::all(&place.open().await?).await?;
    let lines = units.iter().map(|unit| {
        let parent = units.iter().find(|above| Some(above.id) == unit.parent);
        let parent = parent.map_or("-", |above| above.code.as_str());
        format!("{}\t{}\t{parent}\t{}\n", unit.code, unit.echelon.as_str(), unit.name)
    });
    print::text(&lines.collect::<String>())
}
