//! `cargo xtask bench`: builds in release, starts a PostgreSQL cluster that really writes to the disk, and lets the
//! `bench` example of the testkit measure. The scenarios live in that example, because they need an HTTP client and
//! database drivers that this program must not wait for.

use clap::Args;

use crate::child;
use crate::cluster::{Cluster, Durability};
use crate::packages;
use crate::scratch::Scratch;
use crate::workspace::Workspace;

/// How much to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// How often each thing is done, after a tenth of it as warm-up.
    #[arg(long, default_value_t = 500)]
    rounds: u32,
    /// Measure this group alone: scoring, plan, worksheet, survey or evidence.
    #[arg(long)]
    only: Option<String>,
    /// Measure the debug build, for a first look: release takes long to build on small machines.
    #[arg(long)]
    debug: bool,
}

/// Measures and prints a table.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> anyhow::Result<()> {
    packages::install_missing(workspace)?;
    let profile = if options.debug { "debug" } else { "release" };
    let mut build =
        workspace.cargo(&["build", "--locked", "--workspace", "--bin", "bening", "--example", "bench"]);
    if !options.debug {
        build.arg("--release");
    }
    child::must_run(&mut build)?;
    let folder = Scratch::new("bench")?;
    let cluster = Cluster::start(Durability::Full)?;
    let mut bench = workspace.example(profile, "bench");
    bench.arg(workspace.built(profile, "bening")).arg(options.rounds.to_string()).args(&options.only);
    child::must_run(bench.env("BENING_TEST_POSTGRES", cluster.url()).env("TMPDIR", folder.path()))
}
