//! `bening doctor`: is everything there that the site needs, and does it hold?

use std::process::ExitCode;

use anyhow::Result;
use bening_core::document::Printer;
use bening_core::instrument::shipped;
use bening_reports::Press;
use bening_store::audit::{self, Verdict};
use bening_store::{Store, person, unit};

use super::place::Place;
use super::print;

/// How a check ended.
enum Finding {
    Fine(String),
    Advice(String),
    Fault(String),
}

/// Runs the command: one line a check; exit code 1 when one fails.
pub(crate) async fn run(place: &Place) -> Result<ExitCode> {
    let mut findings = vec![folder(place)];
    match place.open().await {
        Err(error) => findings.push(Finding::Fault(format!("basis data: {error:#}"))),
        Ok(store) => findings.extend(database(&store).await),
    }
    findings.extend([law(), printing()]);
    let lines = findings.iter().map(|finding| match finding {
        Finding::Fine(text) => format!("baik   {text}\n"),
        Finding::Advice(text) => format!("saran  {text}\n"),
        Finding::Fault(text) => format!("GAGAL  {text}\n"),
    });
    print::text(&lines.collect::<String>())?;
    let failed = findings.iter().any(|finding| matches!(finding, Finding::Fault(_)));
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn folder(place: &Place) -> Finding {
    if place.database.is_some() {
        return Finding::Fine("basis data di luar folder data (--database)".to_owned());
    }
    let probe = place.data.join(".bening-doctor");
    let written = std::fs::create_dir_all(&place.data).and_then(|()| std::fs::write(&probe, b"ok"));
    let written = written.and_then(|()| std::fs::remove_file(&probe));
    match written {
        Ok(()) => Finding::Fine(format!("folder data {} dapat ditulis", place.data.display())),
        Err(error) => Finding::Fault(format!("folder data {}: {error}", place.data.display())),
    }
}

async fn database(store: &Store) -> Vec<Finding> {
    let health = match store.health().await {
        Ok(health) => Finding::Fine(format!("{}, {} langkah migrasi", health.engine, health.migrations)),
        Err(error) => Finding::Fault(format!("basis data: {error}")),
    };
    let trail = match audit::verify(store).await {
        Ok(Verdict::Sound { rows, .. }) => Finding::Fine(format!("jejak audit utuh, {rows} baris")),
        Ok(Verdict::Broken(fault)) => Finding::Fault(format!("jejak audit: {fault}")),
        Err(error) => Finding::Fault(format!("jejak audit: {error}")),
    };
    vec![health, trail, contents(store).await, files(store).await]
}

async fn files(store: &Store) -> Finding {
    let answered = match store.files() {
        Ok(files) => files.ping().await.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    match answered {
        Ok(()) => Finding::Fine("penyimpanan bukti menjawab".to_owned()),
        Err(error) => Finding::Fault(format!("penyimpanan bukti: {error}")),
    }
}

async fn contents(store: &Store) -> Finding {
    match (unit::all(store).await, person::all(store).await) {
        (Ok(units), _) if units.is_empty() => {
            Finding::Advice("belum ada unit; mulai dengan: bening unit add KODE \"Nama unit\"".to_owned())
        }
        (_, Ok(people)) if people.is_empty() => Finding::Advice(
            "belum ada orang; mulai dengan: bening user add NAMA --name Nama --role admin-instansi"
                .to_owned(),
        ),
        (Ok(units), Ok(people)) => Finding::Fine(format!("{} unit, {} orang", units.len(), people.len())),
        (Err(error), _) | (_, Err(error)) => Finding::Fault(error.to_string()),
    }
}

fn law() -> Finding {
    let editions: Vec<&str> = shipped().iter().map(|edition| edition.id.as_str()).collect();
    Finding::Fine(format!("lembar kerja: {}", editions.join(", ")))
}

fn printing() -> Finding {
    match Press::new().plan_template() {
        Ok(bytes) => Finding::Fine(format!("pencetakan: templat {} KB", bytes.len() / 1024)),
        Err(error) => Finding::Fault(error.to_string()),
    }
}
