//! The binary: the command line.

mod cli;

use std::process::ExitCode;

use clap::Parser;

/// Zona Integritas, from a work plan to the predicate.
#[derive(Debug, Parser)]
#[command(name = "bening", version)]
enum Command {
    Instrument(cli::instrument::InstrumentArgs),
    Score(cli::score::ScoreArgs),
    Eligibility(cli::eligibility::EligibilityArgs),
}

fn main() -> ExitCode {
    let result = match &Command::parse() {
        Command::Instrument(args) => cli::instrument::run(args),
        Command::Score(args) => cli::score::run(args),
        Command::Eligibility(args) => cli::eligibility::run(args),
    };
    result.unwrap_or_else(|error| {
        eprintln!("galat: {error:#}");
        ExitCode::FAILURE
    })
}
