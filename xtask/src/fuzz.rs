//! `cargo xtask fuzz`: builds the `fuzz` example of intake, with the overflow checks of the dev profile, and lets it
//! run. What is fuzzed and how lives in that example.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use clap::Args;

use crate::child;
use crate::workspace::Workspace;

/// How long and from where.
#[derive(Args)]
pub(crate) struct Options {
    /// How long in all, shared between the targets.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Where chance begins; by default elsewhere every time. The seeds that were run are printed.
    #[arg(long)]
    seed: Option<u64>,
    /// Only this target.
    #[arg(long, value_name = "TARGET")]
    target: Option<String>,
    /// Run just the one input of --seed and --target again.
    #[arg(long, requires = "seed", requires = "target")]
    again: bool,
}

impl Options {
    /// The same inputs in every run, so that a change is only blamed for what it changed.
    pub(crate) fn of_tests() -> Self {
        Self { seconds: 60, seed: Some(1), target: None, again: false }
    }
}

/// Fuzzes; fails when anything was found.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> anyhow::Result<()> {
    // The same words as for the tests, or cargo would build the libraries a second time.
    let mut build = workspace.cargo(&["build", "--locked", "--workspace", "--example", "fuzz"]);
    child::must_run(&mut build)?;
    let folder = workspace.own_folder("fuzz")?;
    let seed = options.seed.unwrap_or_else(seed_of_now);
    let seconds = if options.again { 0 } else { options.seconds };
    let mut fuzz = workspace.example("debug", "fuzz");
    fuzz.args([seconds.to_string(), seed.to_string()]).arg(&folder).args(&options.target);
    child::must_run(&mut fuzz).with_context(|| {
        let last = std::fs::read_to_string(folder.join("now.txt")).unwrap_or_default();
        format!(
            "finds are in {}; the last input was \"{last}\" (--target, --seed, --again)",
            folder.display()
        )
    })
}

#[expect(clippy::disallowed_methods, reason = "where chance begins is drawn from the clock and printed")]
fn seed_of_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |time| time.as_secs() << 20)
}
