//! The chores of Bening: `cargo xtask test | fuzz | pictures | bench`. It knows how to set things up and tear them down;
//! what is tested, shown or measured lives in the crates. It builds in seconds, because a bare machine waits for it:
//! no async runtime, no database driver, no HTTP client.

mod bench;
mod browser;
mod child;
mod clamd;
mod cluster;
mod front;
mod fuzz;
mod packages;
mod pictures;
mod s3;
mod scratch;
mod snapshots;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

/// The chores of Bening.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Sets up what the tests need and runs all of them.
    ///
    /// On Debian it installs PostgreSQL, Chromium, poppler and LibreOffice when they are missing. It starts a private
    /// PostgreSQL cluster and a chromedriver on free ports and stops both at the end.
    Test(test::Options),
    /// Hands spoilt files to every reader of files from outside, for a minute unless told otherwise.
    Fuzz(fuzz::Options),
    /// Takes the pictures of the README from the demo, into docs/pictures/.
    Pictures(pictures::Options),
    /// Measures a saved cell, the plan page and the printed document, in release, on both databases.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let chore = Cli::parse().chore;
    child::watch_for_interrupts()?;
    let workspace = Workspace::find()?;
    match chore {
        Chore::Test(options) => test::run(&workspace, &options),
        Chore::Fuzz(options) => fuzz::run(&workspace, &options),
        Chore::Pictures(options) => pictures::run(&workspace, &options),
        Chore::Bench(options) => bench::run(&workspace, &options),
    }
}
