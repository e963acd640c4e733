//! `bening audit verify`.

use std::process::ExitCode;

use anyhow::Result;
use bening_store::audit::{self, Verdict};

use super::exit::BrokenTrail;
use super::place::Place;
use super::print;

/// What can be done with the audit trail.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum AuditCommand {
    /// Periksa seluruh jejak audit; baris pertama yang diubah, hilang, atau dipindah disebutkan (kode keluar 5).
    ///
    /// Yang tercetak bila utuh: jumlah baris dan sidik (hash) baris terbaru. Catat sidik itu di tempat lain; kelak
    /// --head membuktikan bahwa jejak tidak dipotong lalu ditutup-tutupi.
    #[command(after_help = "Contoh:\n  bening audit verify\n  bening audit verify --head SIDIK_YANG_DICATAT")]
    Verify(VerifyArgs),
}

/// Arguments of the check.
#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// Sidik baris terbaru yang dahulu dicatat, dari pemeriksaan atau cadangan: harus masih ada di jejak
    #[arg(long, value_name = "SIDIK")]
    head: Option<String>,
}

/// Runs the command.
pub(crate) async fn run(place: &Place, command: AuditCommand) -> Result<ExitCode> {
    let AuditCommand::Verify(args) = command;
    let store = place.open().await?;
    match audit::verify(&store).await? {
        Verdict::Broken(fault) => Err(BrokenTrail(format!("jejak audit tidak utuh: {fault}")).into()),
        Verdict::Sound { rows, head } => {
            if let Some(noted) = args.head
                && !audit::holds(&store, &noted).await?
            {
                return Err(
                    BrokenTrail(format!("jejak audit tidak memuat sidik {noted}: ekornya diganti")).into()
                );
            }
            print::text(&format!("utuh\t{rows} baris\t{head}\n"))
        }
    }
}
