//! The binary: reads the command line, opens what a command needs, and says how it ended.
//!
//! Results go to standard output, messages to standard error. The only place where all rooms meet.

mod cli;
mod demo;
mod work;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use cli::place::Place;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Examples and exit codes, under the list of commands.
const ENDING: &str = "\
Contoh:
  bening serve --demo                                     coba dengan data contoh
  bening unit add DBN \"Direktorat Penerimaan\"            mulai sungguhan: unit, orang, rencana
  bening user add bayu --name Bayu --role ketua-tim --unit DBN
  bening plan import rencana.xlsx --unit DBN --year 2020
  bening serve --listen 127.0.0.1:8080

Kode keluar:
  0 berhasil
  1 gangguan teknis
  2 perintah keliru
  3 masukan ditolak (berkas atau aturan)
  4 tidak ditemukan
  5 jejak audit tidak utuh";

/// Bening: membangun Zona Integritas, dari rencana kerja sampai predikat.
///
/// Hasil ditulis ke keluaran baku, pesan ke galat baku. Data ada di folder --data, atau di basis data --database;
/// keduanya berlaku untuk semua perintah.
#[derive(Debug, Parser)]
#[command(name = "bening", version, disable_help_subcommand = true, after_help = ENDING)]
struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Jalankan situs sampai dihentikan (Ctrl+C atau SIGTERM); yang sudah dinyatakan tersimpan tetap tersimpan.
    #[command(after_help = "Contoh:\n  bening serve --demo\n  \
        bening serve --data /srv/bening --listen 127.0.0.1:8080 --https\n  \
        bening serve --database postgres://bening@localhost/bening\n\n\
        /healthz menjawab bila program hidup, /readyz bila basis datanya juga siap.")]
    Serve(cli::serve::ServeArgs),
    /// Impor dan ekspor rencana kerja.
    #[command(subcommand, after_help = "Contoh:\n  bening plan import rencana.xlsx --unit DBN --year 2020")]
    Plan(cli::plan::PlanCommand),
    /// Tambah dan daftar unit kerja.
    #[command(subcommand, after_help = "Contoh:\n  bening unit list")]
    Unit(cli::unit::UnitCommand),
    /// Tambah dan daftar orang; beri kata sandi baru.
    #[command(subcommand, after_help = "Contoh:\n  bening user list")]
    User(cli::user::UserCommand),
    /// Periksa jejak audit.
    #[command(subcommand, after_help = "Contoh:\n  bening audit verify")]
    Audit(cli::audit::AuditCommand),
    /// Periksa dan bersihkan berkas bukti.
    #[command(subcommand, after_help = "Contoh:\n  bening evidence verify")]
    Evidence(cli::evidence::EvidenceCommand),
    /// Simpan cadangan seluruh data; situs boleh tetap berjalan.
    ///
    /// Cadangan memuat keadaan pada satu saat dan dapat dipulihkan ke SQLite maupun PostgreSQL. Sidik yang tercetak
    /// adalah sidik baris terbaru jejak audit: catat untuk bening audit verify --head.
    #[command(after_help = "Contoh:\n  bening backup cadangan-2020-06-15.zip")]
    Backup(cli::backup::BackupArgs),
    /// Pulihkan cadangan ke tempat yang kosong; tempat lain ditolak.
    #[command(after_help = "Contoh:\n  bening restore cadangan-2020-06-15.zip --data data-baru")]
    Restore(cli::backup::RestoreArgs),
    /// Periksa apakah semua yang diperlukan tersedia; kode keluar 1 bila ada yang gagal.
    #[command(after_help = "Contoh:\n  bening doctor")]
    Doctor,
    /// Lembar kerja evaluasi (LKE) sebagai data: daftar, isi, pemeriksaan, buku kerja Excel.
    #[command(after_help = "Contoh:\n  bening instrument list")]
    Instrument(cli::instrument::InstrumentArgs),
    /// Nilai lembar kerja yang terisi, tepat tanpa pembulatan; hasilnya JSON.
    #[command(after_help = "Contoh:\n  \
        bening score --instrument permenpanrb-90-2021 jawaban.json --explain\n  \
        bening score --instrument permenpanrb-90-2021 lke.xlsx --layer tpi\n  \
        bening score --instrument permenpanrb-90-2021 lke-lama.xlsx --mapping pemetaan.json --preview")]
    Score(cli::score::ScoreArgs),
    /// Uji setiap syarat suatu predikat; hasilnya JSON.
    #[command(after_help = "Contoh:\n  \
        bening eligibility --instrument permenpanrb-90-2021 --predicate WBK unit.json")]
    Eligibility(cli::eligibility::EligibilityArgs),
    /// Cari perbaikan dengan upaya paling sedikit yang mencapai semua ambang nilai; hasilnya JSON.
    #[command(
        after_help = "Contoh:\n  bening way --instrument permenpanrb-90-2021 --predicate WBK jawaban.json"
    )]
    Way(cli::way::WayArgs),
    /// Survei: kuesioner, indeks, dan besar sampel.
    Survey(cli::survey::SurveyArgs),
}

fn main() -> ExitCode {
    let given = cli::manual::in_indonesian(Cli::command()).get_matches();
    let read = Cli::from_arg_matches(&given).unwrap_or_else(|error| error.exit());
    run(read).unwrap_or_else(|error| {
        eprintln!("galat: {error:#}");
        cli::exit::code_of(&error)
    })
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let mut runtime = match &cli.command {
        // A reader of hostile files has no room for the stacks of many threads.
        Command::Evidence(command) if command.is_alone() => tokio::runtime::Builder::new_current_thread(),
        _ => tokio::runtime::Builder::new_multi_thread(),
    };
    runtime.enable_all().build()?.block_on(within(cli.place, cli.command))
}

async fn within(place: Place, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(args) => cli::serve::run(&place, args).await,
        Command::Score(args) => cli::score::run(&place, &args).await,
        Command::Eligibility(args) => cli::eligibility::run(&place, &args).await,
        Command::Way(args) => cli::way::run(&place, &args).await,
        Command::Plan(command) => cli::plan::run(&place, command).await,
        Command::Unit(command) => cli::unit::run(&place, command).await,
        Command::User(command) => cli::user::run(&place, command).await,
        Command::Audit(command) => cli::audit::run(&place, command).await,
        Command::Evidence(command) => cli::evidence::run(&place, command).await,
        Command::Backup(args) => cli::backup::backup(&place, args).await,
        Command::Restore(args) => cli::backup::restore(&place, args).await,
        Command::Doctor => cli::doctor::run(&place).await,
        Command::Instrument(args) => cli::instrument::run(&place, &args).await,
        Command::Survey(args) => cli::survey::run(&args),
    }
}
