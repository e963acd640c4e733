//! `cargo xtask pictures`: builds the demo and lets the `pictures` example of the testkit photograph it. Which pages,
//! and as whom, is a table in that example.

use clap::Args;

use crate::browser::Chromedriver;
use crate::child;
use crate::packages;
use crate::scratch::Scratch;
use crate::workspace::Workspace;

/// Which pictures to take.
#[derive(Args)]
pub(crate) struct Options {
    /// Take only pictures whose name contains this word.
    #[arg(long)]
    only: Option<String>,
}

/// Takes the pictures into docs/pictures/.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> anyhow::Result<()> {
    packages::install_missing(workspace)?;
    child::must_run(&mut workspace.cargo(&[
        "build",
        "--locked",
        "--workspace",
        "--bin",
        "bening",
        "--example",
        "pictures",
    ]))?;
    let folder = Scratch::new("pictures")?;
    let chromedriver = Chromedriver::start()?;
    let mut photographer = workspace.example("debug", "pictures");
    photographer.arg(workspace.built("debug", "bening")).arg(workspace.root().join("docs/pictures"));
    photographer
        .args(&options.only)
        .env("BENING_TEST_WEBDRIVER", chromedriver.url())
        .env("TMPDIR", folder.path());
    child::must_run(&mut photographer)
}
