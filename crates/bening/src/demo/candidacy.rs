//! Roads of the demonstration: the home unit is with the internal assessors and a part of its staff signed, another
//! unit holds a predicate from an earlier year.

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry};
use bening_core::candidacy::decide::{Asked, Facts, take};
use bening_core::candidacy::declaration::{Declaration, Witness};
use bening_core::candidacy::pact::{Pact, Prose, Signature, Staff, Way, seal};
use bening_core::candidacy::{Candidacy, Paper, rules};
use bening_core::id::{CandidacyId, PactId, PersonId, SignatureId, StaffId, UnitId};
use bening_core::person::Person;
use bening_core::unit::Unit;
use bening_store::{Store, candidacy, pact};
use bening_web::chance;
use chrono::{Datelike, NaiveDate};

use super::{day, morning};

/// Code of a step, sign-in name of who recorded it, date, number of the paper, its title.
type Told = (&'static str, &'static str, (i32, u32, u32), &'static str, &'static str);

pub(super) const RULES: &str = "permenpanrb-52-2014";

const HOME: [Told; 5] = [
    ("pencanangan", "bayu", (2020, 1, 14), "01.Pgm/DBN/2020", "Pencanangan pembangunan Zona Integritas"),
    ("penetapan-calon", "admin", (2020, 1, 20), "12.K/73/IJN/2020", "Penetapan unit kerja menuju WBK"),
    ("pembangunan", "bayu", (2020, 1, 21), "", ""),
    ("penilaian-mandiri", "direktur", (2020, 6, 8), "", ""),
    ("mulai-tpi", "tpi-ketua", (2020, 6, 9), "", ""),
];

const HOLDER: [Told; 14] = [
    ("pencanangan", "tetangga", (2018, 1, 15), "02.Pgm/DBT/2018", "Pencanangan pembangunan Zona Integritas"),
    ("penetapan-calon", "admin", (2018, 2, 1), "21.K/73/IJN/2018", "Penetapan unit kerja menuju WBK"),
    ("pembangunan", "tetangga", (2018, 2, 2), "", ""),
    ("penilaian-mandiri", "tetangga", (2019, 3, 4), "", ""),
    ("mulai-tpi", "tpi-ketua", (2019, 3, 5), "", ""),
    ("rekomendasi", "tpi-dalnis", (2019, 4, 12), "35/LHE/IJN/2019", "Laporan hasil evaluasi"),
    ("usulan", "menteri", (2019, 5, 20), "112/MEM/2019", "Usulan unit kerja berpredikat WBK"),
    ("seleksi-administrasi", "tpn", (2019, 6, 17), "", ""),
    ("analisis-dokumen", "tpn", (2019, 7, 15), "", ""),
    ("wawancara", "tpn", (2019, 8, 14), "", ""),
    ("observasi-lapangan", "tpn", (2019, 9, 10), "", ""),
    ("panel", "tpn", (2019, 10, 22), "BA-77/TPN/2019", "Berita acara panel"),
    (
        "penetapan-instansi",
        "menteri",
        (2019, 12, 9),
        "251.K/MEM/2019",
        "Penetapan unit kerja berpredikat WBK",
    ),
    ("pemantauan", "admin", (2020, 1, 2), "", ""),
];

pub(super) const PREDICATE: &str = "WBK";

/// Adds both roads and the pact of the home unit.
pub(super) async fn add(db: &Store, units: &[Unit], people: &[Person]) -> Result<()> {
    let unit = |code: &str| units.iter().find(|unit| unit.code.as_str() == code).context("unit");
    let (home, holder) = (unit("DBN")?, unit("DBT")?);
    walk(db, holder, people, &HOLDER, None).await?;
    walk(db, home, people, &HOME, Some(declaration())).await?;
    sign(db, home, people).await
}

fn declaration() -> Declaration {
    let witness = |name: &str, of: &str| Witness { name: name.to_owned(), institution: of.to_owned() };
    Declaration {
        event: "Pencanangan pembangunan Zona Integritas".to_owned(),
        place: "Jakarta".to_owned(),
        on: Some(day(1, 14)),
        declared_by: "Direktur DBN".to_owned(),
        witnesses: vec![
            witness("Wakil Inspektorat Jenderal", "Inspektorat Jenderal"),
            witness("Wakil Ombudsman", "Ombudsman Republik Indonesia"),
            witness("Wakil pengguna layanan", "Asosiasi pengusaha"),
        ],
    }
}

pub(super) fn person(people: &[Person], login: &str) -> Result<PersonId> {
    people.iter().find(|person| person.login.as_str() == login).map(|person| person.id).context("orang demo")
}

/// Nothing hinders a step of the demonstration.
pub(super) fn all_well() -> Facts {
    Facts {
        plan_approved: true,
        lke_submitted: true,
        tpi_submitted: true,
        lhe_issued: true,
        conditions_open: Some(Vec::new()),
        pacts: (1, 1),
        appraisal: None,
        taken_by_others: 0,
    }
}

async fn walk(
    db: &Store,
    unit: &Unit,
    people: &[Person],
    told: &[Told],
    declaration: Option<Declaration>,
) -> Result<()> {
    let rules = rules::by_id(RULES).context("aturan demo")?;
    let id = CandidacyId(chance::fresh());
    let mut road = Candidacy {
        id,
        unit: unit.id,
        rules: RULES.to_owned(),
        predicate: PREDICATE.to_owned(),
        taken: Vec::new(),
    };
    let facts = all_well();
    for (code, login, (year, month, date), number, title) in told {
        let on = NaiveDate::from_ymd_opt(*year, *month, *date).context("tanggal demo")?;
        let paper = Paper { number: (*number).to_owned(), dated: on, title: (*title).to_owned() };
        let paper = Some(paper).filter(|paper| !paper.number.is_empty());
        let asked = Asked { on, reason: String::new(), paper, seen: road.taken.len() };
        let moment = (person(people, login)?, morning(on), on);
        let taken = take(rules, &road, code, asked, &facts, moment)?;
        let tx = db.begin().await?;
        if road.taken.is_empty() {
            candidacy::begin(&tx, &road).await?;
            if let Some(declaration) = &declaration {
                candidacy::save_declaration(&tx, road.id, declaration).await?;
            }
        }
        candidacy::add(&tx, road.id, road.taken.len(), &taken).await?;
        let event = if road.taken.is_empty() { "candidacy.begun" } else { "candidacy.step.taken" };
        let entry = Entry::new(Actor::Person(taken.by), event, road.id.0).of_unit(unit.id).after(&taken);
        tx.commit(entry, morning(on)).await?;
        road.taken.push(taken);
    }
    Ok(())
}

/// Everybody at the unit is on the list; the first four signed.
async fn sign(db: &Store, unit: &Unit, people: &[Person]) -> Result<()> {
    let lead = person(people, "bayu")?;
    let (text, from) = (Prose::pact()?.suggestion, day(1, 2));
    let pact = Pact { id: PactId(chance::fresh()), unit: unit.id, year: from.year(), version: 1, text };
    let logins = ["direktur", "bayu", "nover", "panca", "beny", "cristian", "pegawai"];
    let staff: Vec<Staff> = logins.iter().filter_map(|login| listed(people, login, unit.id, from)).collect();
    let tx = db.begin().await?;
    pact::add_text(&tx, &pact, lead, morning(from)).await?;
    pact::add_staff(&tx, &staff).await?;
    let entry =
        Entry::new(Actor::Person(lead), "pact.written", pact.id.0).of_unit(unit.id).after(pact.hash());
    tx.commit(entry, morning(from)).await?;
    for one in staff.iter().take(4) {
        let (way, on) = (Way::Account, day(1, 14));
        let (at, by) = (morning(on), one.person.unwrap_or(lead));
        let (id, seal) = (SignatureId(chance::fresh()), seal(&pact, one.id, way, at));
        let signature = Signature { id, staff: one.id, pact: pact.id, way, on, at, by, seal };
        let tx = db.begin().await?;
        pact::sign(&tx, &signature).await?;
        let entry = Entry::new(Actor::Person(by), "pact.signed", id.0).of_unit(unit.id).after(&signature);
        tx.commit(entry, at).await?;
    }
    Ok(())
}

fn listed(people: &[Person], login: &str, unit: UnitId, from: NaiveDate) -> Option<Staff> {
    let person = people.iter().find(|person| person.login.as_str() == login)?;
    let (name, title) = (person.name.clone(), person.title.clone());
    let id = StaffId(chance::fresh());
    Some(Staff { id, unit, name, number: String::new(), title, person: Some(person.id), from, until: None })
}
