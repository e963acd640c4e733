//! `bening evidence`: whether every file still is what its hash says, and what lies around that nothing names.

use std::io::Read;
use std::process::ExitCode;

use anyhow::{Context, Result};
use bening_core::evidence::{Rules, TextReader};
use bening_intake::text::words;
use bening_store::evidence;
use bening_store::files::FilesError;
use bening_web::chance::{Clock, MachineClock};

use super::exit::Refused;
use super::place::Place;
use super::print;
use crate::work::text::UNREADABLE;

/// What can be done with the files of evidence.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum EvidenceCommand {
    /// Baca ulang setiap berkas bukti dan cocokkan dengan sidiknya; yang hilang atau berubah disebutkan (kode keluar 3).
    #[command(after_help = "Contoh:\n  bening evidence verify")]
    Verify,
    /// Hapus berkas yang tidak lagi disebut bukti mana pun dan lebih tua dari sehari, dan unggahan yang ditinggalkan.
    #[command(after_help = "Contoh:\n  bening evidence sweep --dry-run")]
    Sweep(SweepArgs),
    /// Sebutkan berapa berkas bukti yang teksnya terbaca, kosong (pindaian), atau gagal dibaca.
    #[command(after_help = "Contoh:\n  bening evidence texts --again")]
    Texts(TextsArgs),
    /// Baca teks satu berkas dari masukan baku; dijalankan Bening sendiri.
    #[command(hide = true)]
    ReadText {
        /// Cara membacanya: pdf, office, atau plain
        reader: String,
    },
}

/// Arguments of the texts.
#[derive(Debug, clap::Args)]
pub(crate) struct TextsArgs {
    /// Baca ulang yang gagal; dikerjakan peladen yang berjalan, paling lambat esok hari
    #[arg(long)]
    again: bool,
}

impl EvidenceCommand {
    /// Whether it works in one thread.
    pub(crate) fn is_alone(&self) -> bool {
        matches!(self, Self::ReadText { .. })
    }
}

/// Arguments of the sweep.
#[derive(Debug, clap::Args)]
pub(crate) struct SweepArgs {
    /// Sebutkan saja, jangan hapus
    #[arg(long)]
    dry_run: bool,
}

/// Runs the command.
pub(crate) async fn run(place: &Place, command: EvidenceCommand) -> Result<ExitCode> {
    match command {
        EvidenceCommand::Verify => verify(place).await,
        EvidenceCommand::Sweep(args) => sweep(place, &args).await,
        EvidenceCommand::Texts(args) => texts(place, &args).await,
        EvidenceCommand::ReadText { reader } => read_text(&reader),
    }
}

async fn texts(place: &Place, args: &TextsArgs) -> Result<ExitCode> {
    let (store, rules) = (place.open().await?, Rules::shipped());
    if args.again {
        let count = evidence::forget_failed(&store).await?;
        print::text(&format!("dibaca ulang\t{count}\n"))?;
    }
    for (state, count) in evidence::text_counts(&store).await? {
        print::text(&format!("{}\t{count}\n", state.name()))?;
    }
    let waiting = evidence::to_read(&store, &rules.readable(), rules.text).await?.len();
    print::text(&format!("menunggu\t{waiting}\n"))
}

/// Whatever the file does, it happens in this process alone, which has little memory.
fn read_text(reader: &str) -> Result<ExitCode> {
    let rules = Rules::shipped().text;
    rlimit::setrlimit(rlimit::Resource::DATA, rules.memory_most, rules.memory_most)?;
    let reader = TextReader::parse(reader).context("cara membaca: pdf, office, atau plain")?;
    let mut bytes = Vec::new();
    std::io::stdin().take(rules.bytes_most).read_to_end(&mut bytes)?;
    match words(&bytes, reader, rules) {
        Ok(words) => print::text(&words),
        Err(error) => {
            print::text(&error.to_string())?;
            Ok(ExitCode::from(UNREADABLE as u8))
        }
    }
}

async fn verify(place: &Place) -> Result<ExitCode> {
    let store = place.open().await?;
    let hashes = evidence::hashes(&store).await?;
    let mut wrong = Vec::new();
    for sha256 in &hashes {
        match store.files()?.is_sound(sha256).await {
            Ok(true) => {}
            Ok(false) => wrong.push(format!("berubah\t{sha256}")),
            Err(FilesError::Gone) => wrong.push(format!("hilang\t{sha256}")),
            Err(other) => return Err(other.into()),
        }
    }
    if wrong.is_empty() {
        return print::text(&format!("utuh\t{} berkas\n", hashes.len()));
    }
    print::text(&(wrong.join("\n") + "\n"))?;
    Err(Refused(format!("{} dari {} berkas bukti tidak utuh", wrong.len(), hashes.len())).into())
}

async fn sweep(place: &Place, args: &SweepArgs) -> Result<ExitCode> {
    let store = place.open().await?;
    let named = evidence::hashes(&store).await?;
    let files = store.files()?;
    let (orphans, abandoned) = (files.orphans(&named, MachineClock.now()).await?, files.abandoned().await?);
    for orphan in &orphans {
        print::text(&format!("yatim\t{}\t{} bita\n", orphan.place, orphan.size))?;
        if !args.dry_run {
            files.remove(orphan).await?;
        }
    }
    for path in &abandoned {
        print::text(&format!("ditinggalkan\t{}\n", path.display()))?;
        if !args.dry_run {
            std::fs::remove_file(path)?;
        }
    }
    let verb = if args.dry_run { "akan dihapus" } else { "dihapus" };
    print::text(&format!("{} berkas {verb}\n", orphans.len() + abandoned.len()))
}
