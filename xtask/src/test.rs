//! `cargo xtask test`: style, lints, documentation and all tests, with the services they need.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::{Args, ValueEnum};

use crate::browser::Chromedriver;
use crate::child;
use crate::clamd::Clamd;
use crate::cluster::{Cluster, Durability};
use crate::s3::{self, S3};
use crate::scratch::Scratch;
use crate::workspace::Workspace;
use crate::{front, fuzz, packages, snapshots};

/// What to run.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only this part; may be given several times.
    #[arg(long, value_enum, value_name = "PART")]
    only: Vec<Part>,

    /// Further arguments for cargo test, as in `cargo xtask test --only tests -- --test audit one_name`.
    #[arg(last = true)]
    cargo_test: Vec<String>,
}

/// In the order they run: the cheap ones first, and what installs itself meanwhile last.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// cargo fmt --check
    Format,
    /// cargo clippy, every warning an error
    Lints,
    /// cargo doc, every warning an error
    Docs,
    /// Spoilt files for a minute, always the same ones
    Fuzz,
    /// cargo test, on SQLite, on PostgreSQL and in Chromium
    Tests,
}

/// How one step went.
struct Step {
    name: &'static str,
    result: anyhow::Result<()>,
    took: Duration,
}

/// All steps so far; a failed one does not keep the others from running.
#[derive(Default)]
struct Steps(Vec<Step>);

/// Runs what was asked for and fails when any part of it did.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> anyhow::Result<()> {
    let mut steps = Steps::default();
    std::thread::scope(|scope| {
        let installing = options.wants(Part::Tests).then(|| scope.spawn(|| set_up(workspace)));
        check(workspace, options, &mut steps)?;
        match installing.map(|thread| thread.join()) {
            None => Ok(()),
            Some(Ok(fetched)) => test(workspace, options, fetched, &mut steps),
            Some(Err(_panic)) => anyhow::bail!("the thread that installs packages has panicked"),
        }
    })?;
    steps.summary()
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}

/// What the tests need from registries.
struct Fetched {
    axe: PathBuf,
    s3: PathBuf,
}

/// What can take its time while cargo builds.
fn set_up(workspace: &Workspace) -> anyhow::Result<Fetched> {
    packages::install_missing(workspace)?;
    Ok(Fetched { axe: front::axe(workspace)?, s3: s3::install(workspace)? })
}

/// Everything that needs no service, and the building of the tests.
fn check(workspace: &Workspace, options: &Options, steps: &mut Steps) -> anyhow::Result<()> {
    let cargo = |arguments: &[&str]| workspace.cargo(arguments);
    if options.wants(Part::Format) {
        steps.take("format", || child::must_run(&mut cargo(&["fmt", "--all", "--check"])))?;
    }
    if options.wants(Part::Lints) {
        let mut clippy = cargo(&[
            "clippy",
            "--locked",
            "--workspace",
            "--all-targets",
            "--keep-going",
            "--",
            "-D",
            "warnings",
        ]);
        steps.take("lints", || child::must_run(&mut clippy))?;
    }
    if options.wants(Part::Docs) {
        let mut doc = cargo(&["doc", "--locked", "--workspace", "--no-deps"]);
        steps.take("docs", || child::must_run(doc.env("RUSTDOCFLAGS", "-D warnings")))?;
    }
    if options.wants(Part::Fuzz) {
        steps.take("fuzz", || fuzz::run(workspace, &fuzz::Options::of_tests()))?;
    }
    if options.wants(Part::Tests) {
        let mut build = cargo(&["test", "--locked", "--workspace", "--no-run"]);
        steps.take("build", || child::must_run(build.args(&options.cargo_test)))?;
    }
    Ok(())
}

/// Starts the services, runs the tests and stops the services, whatever happens.
fn test(
    workspace: &Workspace,
    options: &Options,
    fetched: anyhow::Result<Fetched>,
    steps: &mut Steps,
) -> anyhow::Result<()> {
    child::ensure_not_interrupted()?;
    let references = workspace.own_folder("log")?.join("snapshots.txt");
    let _none_yet = std::fs::remove_file(&references);
    let passed = steps.take("tests", || {
        let Fetched { axe, s3 } = fetched?;
        let folder = Scratch::new("tests")?;
        let cluster = Cluster::start(Durability::None).context("starting PostgreSQL")?;
        let s3 = S3::start(s3).context("starting the S3 server")?;
        let clamd = Clamd::start().context("starting the virus scanner")?;
        let chromedriver = Chromedriver::start().context("starting chromedriver")?;
        let mut tests = cargo_test(workspace, options, &references);
        tests.env("BENING_TEST_POSTGRES", cluster.url()).env("BENING_TEST_WEBDRIVER", chromedriver.url());
        tests.env("BENING_TEST_S3", s3.url()).env("BENING_TEST_SCANNER", clamd.address());
        child::must_run(tests.env("BENING_TEST_AXE", axe).env("TMPDIR", folder.path()))
    })?;
    match passed && options.cargo_test.is_empty() {
        true => steps
            .take("snapshots", || snapshots::ensure_all_referenced(workspace.root(), &references))
            .map(drop),
        false => Ok(()),
    }
}

fn cargo_test(workspace: &Workspace, options: &Options, references: &Path) -> Command {
    let mut tests = workspace.cargo(&["test", "--locked", "--workspace", "--no-fail-fast"]);
    tests.args(&options.cargo_test).env(snapshots::REFERENCES, references);
    tests
}

impl Steps {
    /// Runs one step and tells whether it passed; fails only when the person wants to stop.
    fn take(
        &mut self,
        name: &'static str,
        step: impl FnOnce() -> anyhow::Result<()>,
    ) -> anyhow::Result<bool> {
        println!("xtask: {name} …");
        let began = Instant::now();
        let result = step();
        child::ensure_not_interrupted()?;
        let passed = result.is_ok();
        self.0.push(Step { name, result, took: began.elapsed() });
        Ok(passed)
    }

    fn summary(&self) -> anyhow::Result<()> {
        println!("\nxtask: summary");
        for Step { name, result, took } in &self.0 {
            match result {
                Ok(()) => println!("  passed  {name:<10}{:>6} s", took.as_secs()),
                Err(error) => println!("  FAILED  {name:<10}{:>6} s  {error:#}", took.as_secs()),
            }
        }
        let failed = self.0.iter().filter(|step| step.result.is_err()).count();
        anyhow::ensure!(failed == 0, "{failed} of {} steps failed", self.0.len());
        println!("xtask: all {} steps passed", self.0.len());
        Ok(())
    }
}
