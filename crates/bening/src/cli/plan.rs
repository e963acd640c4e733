//! `bening plan import` and `bening plan export`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry};
use bening_core::document::{Format, Printer};
use bening_core::id::{PersonId, PlanId};
use bening_core::instrument::Editions;
use bening_core::plan::Plan;
use bening_core::plan::edit::{Context as Editing, Member};
use bening_core::plan::export::PlanExport;
use bening_core::plan::rows::{self, Changes, Checked, Known, UnknownPics};
use bening_core::time::Year;
use bening_core::unit::{Unit, UnitCode};
use bening_reports::Press;
use bening_store::{Store, WriteTx, person, plan as store};
use bening_web::chance::{self, Clock, MachineClock};
use bening_web::reach::Reached;
use serde_json::json;
use uuid::Uuid;

use super::edition;
use super::exit::{NotFound, Refused, unread};
use super::place::{Place, unit_of};
use super::print;

/// The way out for a unit whose people have no accounts yet.
const NAMES_ONLY: &str = "\nPIC yang belum punya akun dapat disimpan sebagai nama saja dengan --names-only";

/// What can be done with plans.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum PlanCommand {
    /// Ambil alih baris rencana dari berkas (XLSX, ODS, CSV, Markdown): semua atau tidak sama sekali.
    ///
    /// Baris dengan area, komponen, dan aksi yang sama diperbarui, yang lain ditambahkan; tidak ada yang dihapus,
    /// sehingga berkas yang sama boleh diimpor dua kali. Bila rencana tahun itu belum ada, rencana baru dimulai.
    /// Tanda di depan baris: + baru, ~ diperbarui, = tetap.
    #[command(after_help = "Contoh:\n  bening plan import rencana.xlsx --unit DBN --year 2020 --dry-run\n  \
        bening plan import rencana.xlsx --unit DBN --year 2020")]
    Import(ImportArgs),
    /// Tulis rencana sebagai dokumen cetak (PDF, DOCX), lembar kerja (XLSX, CSV), atau data (JSON).
    #[command(
        after_help = "Contoh:\n  bening plan export --unit DBN --year 2020 --format pdf -o rencana.pdf\n  \
        bening plan export --unit DBN --year 2020 --format json | jq .areas"
    )]
    Export(ExportArgs),
}

/// Arguments of the import.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// Berkas rencana
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
    /// Kode unit
    #[arg(long, value_name = "KODE")]
    unit: UnitCode,
    /// Tahun rencana
    #[arg(long, value_name = "TAHUN")]
    year: Year,
    /// Hanya tunjukkan apa yang akan berubah
    #[arg(long)]
    dry_run: bool,
    /// Simpan PIC yang belum punya akun sebagai nama saja; tanpa ini barisnya ditolak
    #[arg(long)]
    names_only: bool,
}

/// Arguments of the export.
#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    /// Kode unit
    #[arg(long, value_name = "KODE")]
    unit: UnitCode,
    /// Tahun rencana
    #[arg(long, value_name = "TAHUN")]
    year: Year,
    /// Bentuk berkas
    #[arg(long, value_name = "BENTUK", value_parser = ["pdf", "docx", "xlsx", "csv", "json"])]
    format: String,
    /// Versi yang telah disetujui, sebagai ganti rencana seperti sekarang
    #[arg(long, value_name = "NOMOR")]
    version_number: Option<u32>,
    /// Berkas tujuan; bila tidak disebut, ditulis ke keluaran baku
    #[arg(short, long, value_name = "BERKAS")]
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
    let bytes = std::fs::read(&args.file).map_err(|error| unread(&args.file, error))?;
    let db = place.open().await?;
    let unit = unit_of(&db, &args.unit).await?;
    let roster = roster(&db, &unit, place).await?;
    let checked = check(&bytes, &args, &roster, &*edition::known(place).await?)?;
    let tx = db.begin().await?;
    let before = store::lock(&tx, unit.id, args.year).await?;
    let base = before.clone().unwrap_or_else(|| Plan::empty(PlanId(chance::fresh()), unit.id, args.year));
    let (after, changes) = merge(place, &base, &checked, &roster)?;
    for note in &checked.notes {
        eprintln!("catatan: {note}");
    }
    if !args.dry_run {
        keep(tx, &unit, before.as_ref(), &after, &changes).await?;
    }
    let trial = if args.dry_run { "uji coba, tidak disimpan: " } else { "" };
    print::text(&format!("{}{trial}{changes}\n", lines(&changes)))
}

async fn roster(db: &Store, unit: &Unit, place: &Place) -> Result<Vec<Member>> {
    let people = person::members(db, unit.id, place.today()).await?;
    Ok(people.into_iter().map(|person| Member { id: person.id, name: person.name }).collect())
}

fn check(bytes: &[u8], args: &ImportArgs, roster: &[Member], editions: &Editions) -> Result<Checked> {
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let file = bening_intake::read(bytes, name.as_deref()).map_err(|error| Refused(error.to_string()))?;
    let unknown = if args.names_only { UnknownPics::KeepAsNames } else { UnknownPics::Refuse };
    let subs = bening_web::plan::intake::subs(editions, args.year);
    let checked = rows::check(&file, &Known { roster, unknown, subs: &subs });
    checked.map_err(|problems| {
        let lines: String = problems.iter().map(|problem| format!("\n  {problem}")).collect();
        let unknown_pic = problems.iter().any(|problem| problem.at.column == Some(rows::column::PIC));
        let way_out = if unknown_pic && !args.names_only { NAMES_ONLY } else { "" };
        Refused(format!("tidak ada yang diimpor; perbaiki dulu:{lines}{way_out}")).into()
    })
}

fn merge(place: &Place, base: &Plan, checked: &Checked, roster: &[Member]) -> Result<(Plan, Changes)> {
    let mut fresh = chance::fresh;
    let by = PersonId(Uuid::nil());
    let mut context = Editing { today: place.today(), by, roster, fresh: &mut fresh };
    rows::merge(base, checked, &mut context).map_err(|refusal| Refused(refusal.to_string()).into())
}

fn lines(changes: &Changes) -> String {
    let line = |row: &rows::RowChange| {
        let area = row.area.map_or("--", |area| area.code());
        let sign = match row.change {
            rows::Change::New => '+',
            rows::Change::Updated(_) => '~',
            rows::Change::Unchanged | rows::Change::Withdrawn => '=',
        };
        format!("{sign} {area:<3} {} ({})\n", row.name, row.at)
    };
    changes.rows.iter().map(line).collect()
}

async fn keep(
    tx: WriteTx,
    unit: &Unit,
    before: Option<&Plan>,
    after: &Plan,
    changes: &Changes,
) -> Result<()> {
    if before == Some(after) {
        return Ok(());
    }
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
    print::to_file(args.output.as_deref(), &bytes)
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
            let editions = edition::known(place).await?;
            let document =
                bening_web::plan::paper::compose(db, &editions, &reached, id, contents, today).await?;
            if format == Format::Pdf { press.pdf(&document)? } else { press.docx(&document)? }
        }
    })
}
