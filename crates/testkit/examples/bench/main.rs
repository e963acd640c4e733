//! How long the main things take, over HTTP on the built binary, on both databases, each beside a bare durable
//! insert into the same kind of database in the same run. Started by `cargo xtask bench`, which builds in release
//! and starts a PostgreSQL that really writes to the disk; both databases lie in the temporary folder, which must not
//! be in memory. Arguments: the binary, the number of rounds and, if only one is wanted, the name of a group.

mod bare;
mod evidence;
mod scoring;
mod site;
mod statistics;
mod survey;
mod worksheet;

use std::path::{Path, PathBuf};

use anyhow::Context;
use bening_testkit::{Backend, TestDatabase};

use crate::site::Site;
use crate::statistics::{Durations, measure};
use crate::survey::Surveys;
use crate::worksheet::Worksheet;

/// Printing takes a second where the others take milliseconds.
const ROUNDS_A_DOCUMENT: u32 = 50;
/// Reading a million rows takes seconds.
const ROUNDS_OF_A_MILLION: u32 = 3;
const MEGABYTE: f64 = 1_048_576.0;
/// How many people save answers at once.
const CLIENTS: usize = 32;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // The client wants one although nothing here is encrypted.
    let _somebody_was_first = rustls::crypto::ring::default_provider().install_default();
    let mut arguments = std::env::args().skip(1);
    let binary = PathBuf::from(arguments.next().context("which binary?")?);
    let rounds: u32 = arguments.next().context("how many rounds?")?.parse()?;
    let asked = Asked(arguments.next());
    if asked.has("scoring") {
        println!("scoring, in memory\n{}", scoring::report()?);
    }
    println!("{:<12}{:<38}{:>10}{:>10}{:>14}", "database", "what", "p50 ms", "p95 ms", "× bare (p50)");
    for backend in [Backend::Sqlite, Backend::Postgres] {
        run(&binary, backend, rounds, &asked).await?;
    }
    Ok(())
}

/// The group that is wanted; all of them when none is named.
struct Asked(Option<String>);

impl Asked {
    fn has(&self, group: &str) -> bool {
        self.0.as_ref().is_none_or(|only| only == group)
    }
}

async fn run(binary: &Path, backend: Backend, rounds: u32, asked: &Asked) -> anyhow::Result<()> {
    let bare = bare::durable_inserts(&TestDatabase::on(backend).await, rounds).await?;
    print_line(backend, "a bare durable insert", &bare, &bare);
    if asked.has("plan") {
        plans(&Site::open(binary, backend).await?, backend, rounds, &bare).await?;
    }
    if asked.has("worksheet") {
        worksheets(&Site::open(binary, backend).await?, backend, rounds, &bare).await?;
    }
    if asked.has("survey") {
        surveys(backend, rounds, &bare).await?;
    }
    if asked.has("evidence") {
        proofs(&Site::open(binary, backend).await?, backend, rounds, &bare).await?;
    }
    Ok(())
}

/// Evidence: a gigabyte brought and packed, a word found among 20,000 documents; and the month of 200 actions.
async fn proofs(site: &Site, backend: Backend, rounds: u32, bare: &Durations) -> anyhow::Result<()> {
    let name = format!("{backend:?}");
    let (brought, copied) = evidence::bring_a_gigabyte(site).await?;
    let peak = site.served.peak_memory().map_or(f64::NAN, |bytes| bytes as f64 / MEGABYTE);
    println!(
        "{name:<12}a gigabyte in files of 5 MB: {brought:.1} s, {:.1} × cp and sha256sum ({copied:.1} s), peak memory {peak:.0} MB",
        brought / copied
    );
    evidence::fill(site).await?;
    let found = measure(rounds.div_ceil(10), async |_| evidence::search(site).await).await?;
    print_line(backend, "a word among 20,000 documents", &found, bare);
    let shown = measure(rounds.div_ceil(10), async |_| evidence::month(site).await).await?;
    print_line(backend, "the month of 200 actions", &shown, bare);
    let (packed, tar) = evidence::pack(site).await?;
    println!(
        "{name:<12}a ZIP of 2,000 files: {packed:.1} s, {:.1} × tar of the same bytes ({tar:.2} s)",
        packed / tar
    );
    Ok(())
}

/// The plan: a cell, the page, the paper.
async fn plans(site: &Site, backend: Backend, rounds: u32, bare: &Durations) -> anyhow::Result<()> {
    let mut cell = site.first_cell().await?;
    let saved = measure(rounds, async |round| site.save(&mut cell, round).await).await?;
    print_line(backend, "saving one cell over HTTP", &saved, bare);
    let shown = measure(rounds, async |_| site.show_plan().await).await?;
    print_line(backend, "rendering the plan page", &shown, bare);
    let printed = measure(rounds.div_ceil(ROUNDS_A_DOCUMENT), async |_| site.print().await).await?;
    print_line(backend, "printing the document (PDF)", &printed, bare);
    Ok(())
}

/// Surveys: answers from many at once, and a campaign with a million of them.
async fn surveys(backend: Backend, rounds: u32, bare: &Durations) -> anyhow::Result<()> {
    let database = TestDatabase::on(backend).await;
    let surveys = Surveys::prepare(&database).await?;
    let (sent, per_second) = surveys.submit().await?;
    print_line(backend, "taking a survey answer, 64 at once", &sent, bare);
    let (p99, rate) = (sent.percentile_ms(99), per_second * bare.percentile_ms(50) / 1000.0);
    println!(
        "{:<12}{per_second:.0} answers a second ({rate:.1} × bare), p99 {p99:.1} ms",
        format!("{backend:?}")
    );
    let few = rounds.div_ceil(ROUNDS_A_DOCUMENT).min(ROUNDS_OF_A_MILLION);
    print_line(backend, "figures of a million answers", &surveys.dashboard(rounds).await?, bare);
    print_line(backend, "index of a million from raw rows", &surveys.recompute(few).await?, bare);
    print_line(backend, "export of a million answers", &surveys.export(few).await?, bare);
    Ok(())
}

/// The worksheet: one answer saved by one person and by many at once, and the page that shows all of them.
async fn worksheets(site: &Site, backend: Backend, rounds: u32, bare: &Durations) -> anyhow::Result<()> {
    let sheet = Worksheet::begin(site).await?;
    for clients in [1, CLIENTS] {
        let saved = sheet.save_answers(clients, rounds).await?;
        print_line(backend, &format!("saving one answer, {clients} at once"), &saved, bare);
    }
    let shown = measure(rounds.div_ceil(10), async |_| sheet.show().await.map(drop)).await?;
    print_line(backend, "rendering the worksheet page", &shown, bare);
    println!("{:<12}the worksheet page weighs {} bytes in gzip", format!("{backend:?}"), sheet.show().await?);
    Ok(())
}

fn print_line(backend: Backend, what: &str, taken: &Durations, bare: &Durations) {
    let (p50, p95) = (taken.percentile_ms(50), taken.percentile_ms(95));
    let ratio = p50 / bare.percentile_ms(50);
    println!("{:<12}{what:<38}{p50:>10.3}{p95:>10.3}{ratio:>14.1}", format!("{backend:?}"));
}
