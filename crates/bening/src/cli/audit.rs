//! `bening audit verify`.

use std::process::ExitCode;

use anyhow::Result;
use bening_store::audit::{self, Verdict};

use super::exit::BrokenTrail;
use super::place::Place;

/// The audit trail.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum AuditCommand {
    /// Check every row of the trail; names the first that was changed, removed or moved (exit code 5).
    Verify(VerifyArgs),
}

/// Arguments of the check.
#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// Hash that the newest row had when you noted it, from an earlier run or a backup: proves that the trail
    /// was not cut off and rewritten since.
    #[arg(long, value_name = "HASH")]
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
            println!("utuh\t{rows} baris\t{head}");
            Ok(ExitCode::SUCCESS)
        }
    }
}
