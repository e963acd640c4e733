//! The binary: reads the command line, opens what a command needs, and says how it ended.
//!
//! Results go to standard output, messages to standard error. The only place where all rooms meet.

mod cli;
mod demo;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use cli::place::Place;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Bening: membangun Zona Integritas, dari rencana kerja sampai predikat.
///
/// Kode keluar: 0 berhasil; 1 gangguan teknis; 2 perintah keliru; 3 masukan ditolak (berkas atau aturan);
/// 4 tidak ditemukan; 5 jejak audit tidak utuh.
#[derive(Debug, Parser)]
#[command(name = "bening", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Jalankan situs.
    Serve(cli::serve::ServeArgs),
    /// Impor dan ekspor rencana kerja.
    #[command(subcommand)]
    Plan(cli::plan::PlanCommand),
    /// Unit kerja.
    #[command(subcommand)]
    Unit(cli::unit::UnitCommand),
    /// Orang dan kata sandinya.
    #[command(subcommand)]
    User(cli::user::UserCommand),
    /// Jejak audit.
    #[command(subcommand)]
    Audit(cli::audit::AuditCommand),
    /// Simpan cadangan seluruh data; situs boleh tetap berjalan.
    Backup(cli::backup::BackupArgs),
    /// Pulihkan cadangan ke tempat yang kosong.
    Restore(cli::backup::RestoreArgs),
    /// Periksa apakah semua yang diperlukan tersedia.
    Doctor,
    /// Lembar kerja (LKE) sebagai data.
    Instrument(cli::instrument::InstrumentArgs),
    /// Nilai lembar kerja yang terisi, tepat tanpa pembulatan.
    Score(cli::score::ScoreArgs),
    /// Uji syarat predikat.
    Eligibility(cli::eligibility::EligibilityArgs),
    /// Survei: kuesioner, indeks, dan besar sampel.
    Survey(cli::survey::SurveyArgs),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    run(cli).unwrap_or_else(|error| {
        eprintln!("galat: {error:#}");
        cli::exit::code_of(&error)
    })
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Instrument(args) => cli::instrument::run(&args),
        Command::Score(args) => cli::score::run(&args),
        Command::Eligibility(args) => cli::eligibility::run(&args),
        Command::Survey(args) => cli::survey::run(&args),
        command => {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            runtime.block_on(with_store(cli.place, command))
        }
    }
}

async fn with_store(place: Place, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(args) => cli::serve::run(&place, args).await,
        Command::Plan(command) => cli::plan::run(&place, command).await,
        Command::Unit(command) => cli::unit::run(&place, command).await,
        Command::User(command) => cli::user::run(&place, command).await,
        Command::Audit(command) => cli::audit::run(&place, command).await,
        Command::Backup(args) => cli::backup::backup(&place, args).await,
        Command::Restore(args) => cli::backup::restore(&place, args).await,
        Command::Doctor => cli::doctor::run(&place).await,
        Command::Instrument(_) | Command::Score(_) | Command::Eligibility(_) | Command::Survey(_) => {
            Ok(ExitCode::SUCCESS)
        }
    }
}
