//! Whistleblowers of the demonstration: a recipient, a custodian and a reserve, each with a key under the password of
//! the demonstration, and a few reports that only they can read. The words are invented.

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry};
use bening_core::id::{KeeperId, ReportId};
use bening_core::person::Person;
use bening_core::unit::Unit;
use bening_core::wbs::{Author, Duty, Keeper, Message, Outcome, Report, State};
use bening_store::{Store, wbs};
use bening_web::chance;
use bening_web::wbs::seal;
use chrono::NaiveDate;

use super::candidacy::person;
use super::{PASSWORD, day, morning};

const KEEPERS: [(&str, Duty); 3] =
    [("panca", Duty::Recipient), ("cristian", Duty::Custodian), ("nover", Duty::Escrow)];

/// Receipt, day, state and outcome, what is reported, what was answered, who reports.
type Told = (&'static str, (u32, u32), State, Option<Outcome>, &'static str, &'static str, &'static str);

const REPORTS: [Told; 4] = [
    (
        "111122223333444455556666",
        (2, 11),
        State::Closed,
        Some(Outcome::NotProven),
        "Seorang petugas disebut menerima makan siang dari penyedia jasa setiap Jumat.",
        "Buku tamu dan keterangan tiga orang diperiksa; tidak ada yang menguatkan. Terima kasih.",
        "",
    ),
    (
        "222233334444555566667777",
        (3, 20),
        State::Closed,
        Some(Outcome::Proven),
        "Antrean konsultasi dapat dipercepat bila membayar kepada penjaga loket.",
        "Terbukti; petugas dipindahkan dan diproses menurut aturan disiplin.",
        "Pelapor Contoh, 0800-0000-000",
    ),
    (
        "333344445555666677778888",
        (5, 18),
        State::Investigated,
        None,
        "Kendaraan dinas dipakai berdagang pada akhir pekan.",
        "Kami sedang mencocokkan buku pemakaian kendaraan. Adakah nomor pelatnya?",
        "",
    ),
    (
        "444455556666777788889999",
        (6, 10),
        State::Received,
        None,
        "Surat undangan rapat menyebut hotel yang bukan tempat rapatnya.",
        "",
        "",
    ),
];

/// Adds keepers and reports.
pub(super) async fn add(db: &Store, unit: &Unit, people: &[Person]) -> Result<()> {
    let mut keepers = Vec::new();
    for (login, duty) in KEEPERS {
        keepers.push(keeper(db, unit, people, (login, duty)).await?);
    }
    for told in REPORTS {
        report(db, unit, &keepers, told).await?;
    }
    Ok(())
}

async fn keeper(db: &Store, unit: &Unit, people: &[Person], (login, duty): (&str, Duty)) -> Result<Keeper> {
    let pair = seal::pair(PASSWORD)?;
    let keeper = Keeper {
        id: KeeperId(chance::fresh()),
        unit: unit.id,
        person: person(people, login)?,
        duty,
        public_key: pair.public_key,
        sealed_key: pair.sealed_key,
        ended_on: None,
    };
    let tx = db.begin().await?;
    wbs::add_keeper(&tx, &keeper).await?;
    let by = Actor::Person(person(people, "admin")?);
    let entry = Entry::new(by, "wbs.keeper.named", keeper.id.0).of_unit(unit.id).after(duty.as_str());
    tx.commit(entry, morning(day(1, 21))).await?;
    Ok(keeper)
}

async fn report(db: &Store, unit: &Unit, keepers: &[Keeper], told: Told) -> Result<()> {
    let (digits, (month, date), state, outcome, what, answer, who) = told;
    let receipt = seal::receipt(digits)?;
    let pair = seal::pair_of(&receipt)?;
    let keys = |reads: fn(&Keeper) -> bool| keepers.iter().filter(move |keeper| reads(keeper));
    let readers = || keys(|keeper| keeper.duty.reads()).map(|keeper| keeper.public_key.as_str());
    let custodians = keys(|keeper| !keeper.duty.reads()).map(|keeper| keeper.public_key.as_str());
    let arrived_on = day(month, date);
    let report = Report {
        id: ReportId(chance::drawn()),
        unit: unit.id,
        receipt_hash: receipt.hash,
        sealed_key: pair.sealed_key,
        sealed_identity: if who.is_empty() { Vec::new() } else { seal::seal(who, custodians)? },
        state,
        arrived_on,
        closed_on: (state == State::Closed).then(|| week_after(arrived_on)),
        outcome,
        public_key: pair.public_key,
    };
    let said = |text: &str| seal::seal(text, readers().chain([report.public_key.as_str()]));
    let first = Message { author: Author::Reporter, sealed: said(what)?, on_day: arrived_on };
    let given: Vec<_> = keepers.iter().map(|keeper| (chance::drawn(), keeper.id)).collect();
    wbs::take(db, &report, (chance::drawn(), &first), &given, &[]).await?;
    if answer.is_empty() {
        return Ok(());
    }
    let message = Message { author: Author::Desk, sealed: said(answer)?, on_day: week_after(arrived_on) };
    let by = keepers.first().context("penerima demo")?.person;
    let tx = db.begin().await?;
    wbs::answer(&tx, &report, (chance::drawn(), &message)).await?;
    let entry = Entry::new(Actor::Person(by), "wbs.report.answered", report.id.0);
    Ok(tx.commit(entry, morning(week_after(arrived_on))).await?)
}

fn week_after(day: NaiveDate) -> NaiveDate {
    day + chrono::Days::new(7)
}
