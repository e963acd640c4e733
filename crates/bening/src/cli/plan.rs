//! `bening plan import` and `bening plan export`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry};
use bening_core::document::{Format, Printer};
use bening_core::id::{PersonId, PlanId};
use bening_core::plan::Plan;
use bening_core::plan::edit::{Context as Editing, Member};
use bening_core::plan::export::PlanExport;
use bening_core::plan::rows::{self, Changes, Checked, Known, UnknownPics};
use bening_core::time::Year;
use bening_core::unit::{Unit, UnitCode};
use bening_reports::Press;
use bening_store::{Store, person, plan as store};
use bening_web::chance::{self, Clock, MachineClock};
use bening_web::reach::Reached;
use serde_json::json;
use uuid::Uuid;

use super::exit::{NotFound, Refused};
use super::place::{Place, unit_of};

/// Import and export of plans.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum PlanCommand {
    /// Take rows over from a file (XLSX, ODS, CSV, Markdown), all or nothing.
    ///
    /// Rows with the same area, component and action are updated, others added; nothing is removed, so the same
    /// file can be imported twice. Without a plan for the year, one is begun.
    ///
    /// Example: bening plan import rencana.xlsx --unit DBN --year 2020 --dry-run
    Import(ImportArgs),
    /// Write a plan as a file.
    ///
    /// Example: bening plan export --unit DBN --year 2020 --format pdf -o rencana.pdf
    Export(ExportArgs),
}

/// Arguments of the import.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// The file.
    file: PathBuf,
    /// Code of the unit.
    #[arg(long)]
    unit: UnitCode,
    /// Year of the plan.
    #[arg(long)]
    year: Year,
    /// Only show what would change.
    #[arg(long)]
    dry_run: bool,
    /// Keep PICs who have no account as names instead of refusing their rows.
    #[arg(long)]
    names_only: bool,
}

/// Arguments of the export.
#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    /// Code of the unit.
    #[arg(long)]
    unit: UnitCode,
    /// Year of the plan.
    #[arg(long)]
    year: Year,
    /// Format of the file.
    #[arg(long, value_parser = ["pdf", "docx", "xlsx", "csv", "json"])]
    format: String,
    /// Approved version to write instead of the plan as it is now.
    #[arg(long, value_name = "NUMBER")]
    version_number: Option<u32>,
    /// Where to write; standard output when absent.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub(crate) async fn run(place: &Place, command: PlanCommand) -> Result<ExitCode> {
    match command {
        PlanCommand::Import(args) => import(place, args).await,
        PlanCommand::Export(args) => export(place, args).await,
    }
}

async fn import(place: &Place, args: ImportArgs) -> Result<ExitCode> {
    let bytes =
        std::fs::read(&args.file).with_context(|| format!("berkas {} tidak terbaca", args.file.display()))?;
    let db = place.open().await?;
    let unit = unit_of(&db, &args.unit).await?;
    let roster = roster(&db, &unit, place).await?;
    let checked = check(&bytes, &args, &roster)?;
    let before = store::find(&db, unit.id, args.year).await?;
    let base = before.clone().unwrap_or_else(|| Plan::empty(PlanId(chance::fresh()), unit.id, args.year));
    let (after, changes) = merge(place, &base, &checked, &roster)?;
    for note in &checked.notes {
        eprintln!("catatan: {note}");
    }
    print_changes(&changes);
    if !args.dry_run {
        keep(&db, &unit, before.as_ref(), &after, &changes).await?;
    }
    println!("{}{changes}", if args.dry_run { "uji coba, tidak disimpan: " } else { "" });
    Ok(ExitCode::SUCCESS)
}

async fn roster(db: &Store, unit: &Unit, place: &Place) -> Result<Vec<Member>> {
    let people = person::members(db, unit.id, place.today()).await?;
    Ok(people.into_iter().map(|person| Member { id: person.id, name: person.name }).collect())
}

fn check(bytes: &[u8], args: &ImportArgs, roster: &[Member]) -> Result<Checked> {
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let file = bening_intake::read(bytes, name.as_deref()).map_err(|error| Refused(error.to_string()))?;
    let unknown = if args.names_only { UnknownPics::KeepAsNames } else { UnknownPics::Refuse };
    let subs = bening_web::plan::intake::subs(args.year);
    let checked = rows::check(&file, &Known { roster, unknown, subs: &subs });
    checked.map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
        Refused(format!("tidak ada yang diimpor; perbaiki dulu:\n{}", lines.join("\n"))).into()
    })
}

fn merge(place: &Place, base: &Plan, checked: &Checked, roster: &[Member]) -> Result<(Plan, Changes)> {
    let mut fresh = chance::fresh;
    let by = PersonId(Uuid::nil());
    let mut context = Editing { today: place.today(), by, roster, fresh: &mut fresh };
    rows::merge(base, checked, &mut context).map_err(|refusal| Refused(refusal.to_string()).into())
}

fn print_changes(changes: &Changes) {
    for row in &changes.rows {
        let area = row.area.map_or("--", |area| area.code());
        let sign = match row.change {
            rows::Change::New => '+',
            rows::Change::Updated(_) => '~',
            rows::Change::Unchanged | rows::Change::Withdrawn => '=',
        };
        println!("{sign} {area:<3} {} ({})", row.name, row.at);
    }
}

async fn keep(db: &Store, unit: &Unit, before: Option<&Plan>, after: &Plan, changes: &Changes) -> Result<()> {
    if before == Some(after) {
        return Ok(());
    }
    let tx = db.begin().await?;
    match before {
        Some(before) => store::save(&tx, before, after).await?,
        None => store::create(&tx, after).await?,
    }
    let entry = Entry::new(Actor::Console, "plan.imported", after.id.0).of_unit(unit.id);
    tx.commit(entry.after(json!({ "summary": changes.to_string() })), MachineClock.now()).await?;
    Ok(())
}

async fn export(place: &Place, args: ExportArgs) -> Result<ExitCode> {
    let db = place.open().await?;
    let unit = unit_of(&db, &args.unit).await?;
    let missing = || NotFound(format!("unit {} belum mempunyai rencana {}", args.unit, args.year));
    let plan = store::find(&db, unit.id, args.year).await?.ok_or_else(missing)?;
    let contents = match args.version_number {
        None => PlanExport::of(&plan, unit.code.as_str(), &unit.name),
        Some(number) => store::snapshot(&db, plan.id, number)
            .await?
            .ok_or_else(|| NotFound(format!("rencana ini tidak mempunyai versi {number}")))?,
    };
    let format = Format::parse(&args.format).context("format")?;
    let bytes = bytes_of(place, &db, unit, plan.id, &contents, format).await?;
    write(args.output.as_deref(), &bytes)?;
    Ok(ExitCode::SUCCESS)
}

async fn bytes_of(
    place: &Place,
    db: &Store,
    unit: Unit,
    id: PlanId,
    contents: &PlanExport,
    format: Format,
) -> Result<Vec<u8>> {
    let press = Press::new();
    Ok(match format {
        Format::Json => serde_json::to_vec_pretty(contents)?,
        Format::Xlsx => press.plan_xlsx(contents)?,
        Format::Csv => press.plan_csv(contents)?,
        Format::Pdf | Format::Docx => {
            let reached = Reached { unit, units: bening_store::unit::all(db).await? };
            let today = (place.zone, place.today());
            let document = bening_web::plan::paper::compose(db, &reached, id, contents, today).await?;
            if format == Format::Pdf { press.pdf(&document)? } else { press.docx(&document)? }
        }
    })
}

fn write(output: Option<&Path>, bytes: &[u8]) -> Result<()> {
    match output {
        Some(path) => {
            std::fs::write(path, bytes).with_context(|| format!("{} tidak dapat ditulis", path.display()))
        }
        None => Ok(std::io::stdout().lock().write_all(bytes)?),
    }
}
