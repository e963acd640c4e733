//! Monev of the demonstration: January to May filled in, verified and closed, June under way, and a register of
//! follow-up with an entry in every state.

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry as Record};
use bening_core::followup::{FollowUp, Hand, Source, State};
use bening_core::id::{FollowUpId, PersonId};
use bening_core::monev::edit::{Closed, Desk, Told};
use bening_core::monev::report::Prose;
use bening_core::monev::{Entry, Rules, Table, WHOLE};
use bening_core::person::Person;
use bening_core::plan::Plan;
use bening_core::time::{Month, Year};
use bening_core::unit::Unit;
use bening_store::{Store, followup, monev as store, plan};
use bening_web::chance;
use serde_json::json;

use super::{YEAR, day, morning};

/// Months that are closed.
const CLOSED: usize = 5;

/// What stood in the way of what was neglected.
const OBSTACLE: &str = "Anggaran kegiatan dialihkan, jadwal narasumber belum pasti";

/// Who works in the demonstration.
struct Cast {
    lead: PersonId,
    head: PersonId,
}

/// A finding, where it comes from, its cause, what is done, who, until when, and how far it goes.
type Finding =
    (&'static str, Source, &'static str, &'static str, &'static str, &'static str, (u32, u32), State);

const FINDINGS: [Finding; 5] = [
    (
        "Sosialisasi rencana kerja belum menjangkau seluruh pegawai",
        Source::Monev,
        "Monev Maret 2020",
        "Sosialisasi tatap muka tertunda",
        "Sosialisasi daring untuk semua seksi dan unggah rekamannya",
        "bayu",
        (5, 29),
        State::Open,
    ),
    (
        "Risk register belum disusun",
        Source::Monev,
        "Monev April 2020",
        "Belum ada pelatihan manajemen risiko",
        "Minta pendampingan Inspektorat dan susun risk register",
        "beny",
        (6, 30),
        State::Reopened,
    ),
    (
        "SOP pelayanan belum mencantumkan batas waktu",
        Source::Lhe,
        "Catatan TPI 2019, area tatalaksana",
        "SOP lama belum direviu",
        "Reviu SOP dan tetapkan batas waktu tiap layanan",
        "nover",
        (5, 15),
        State::Done,
    ),
    (
        "Pengguna layanan meminta informasi tarif di laman",
        Source::Survey,
        "Survei kepuasan Triwulan I 2020",
        "Laman belum diperbarui",
        "Tayangkan tabel tarif PNBP di laman direktorat",
        "cristian",
        (4, 30),
        State::Verified,
    ),
    (
        "Daftar hadir rapat tim belum lengkap",
        Source::Other,
        "",
        "",
        "Lengkapi daftar hadir rapat Januari sampai Mei",
        "panca",
        (6, 26),
        State::Open,
    ),
];

/// Fills in and closes the months, then opens the register.
pub(super) async fn add(db: &Store, home: &Unit, people: &[Person]) -> Result<()> {
    let by = |login: &str| people.iter().find(|person| person.login.as_str() == login).map(|p| p.id);
    let cast = Cast { lead: by("bayu").context("bayu")?, head: by("direktur").context("direktur")? };
    let year = Year::new(YEAR).context("tahun demo")?;
    let plan = plan::find(db, home.id, year).await?.context("rencana demo")?;
    let rules = Prose::builtin()?.rules;
    let mut entries = Vec::new();
    for month in Month::all().take(CLOSED) {
        add_month(db, &plan, month, &rules, &cast, &mut entries).await?;
    }
    begin_month(db, &plan, &rules, &cast, &entries).await?;
    for (number, finding) in (1..).zip(FINDINGS) {
        let person = by(finding.5).context("penanggung jawab")?;
        add_finding(db, home, year, number, finding, person, &cast).await?;
    }
    Ok(())
}

async fn add_month(
    db: &Store,
    plan: &Plan,
    month: Month,
    rules: &Rules,
    cast: &Cast,
    entries: &mut Vec<Entry>,
) -> Result<()> {
    let today = month.last_day(plan.year);
    let tx = db.begin().await?;
    for entry in filled(plan, month, today, rules, cast, entries)? {
        entries.push(entry.clone());
        let other = if entry.by == cast.lead { cast.head } else { cast.lead };
        let desk = Desk { month, is_closed: Closed::No, rules, by: other, today };
        let verified = desk.verify(plan, entries, entry.action)?;
        store::save_entry(&tx, plan.id, &verified).await?;
        entries.pop();
        entries.push(verified);
    }
    let desk = Desk { month, is_closed: Closed::No, rules, by: cast.lead, today };
    let said = "Sebagian besar tindakan berjalan sesuai rencana; yang terlambat ditindaklanjuti pada bulan \
        berikutnya.";
    let closing = desk.close(plan, entries, None, said)?;
    store::close(&tx, plan.id, &closing).await?;
    let record = Record::new(Actor::Person(cast.lead), "monev.month.closed", plan.id.0).of_unit(plan.unit);
    let record = record.after(json!({ "month": month.number(), "figures": closing.figures }));
    Ok(tx.commit(record, morning(today)).await?)
}

/// What the PICs say of each action of a month.
fn filled(
    plan: &Plan,
    month: Month,
    today: chrono::NaiveDate,
    rules: &Rules,
    cast: &Cast,
    entries: &[Entry],
) -> Result<Vec<Entry>> {
    let table = Table::of(plan, entries, month, today, rules);
    let mut said = Vec::new();
    for row in &table.rows {
        let placed = plan.action(row.action).context("tindakan")?;
        let by = placed.action.pics.iter().find_map(|pic| pic.person).unwrap_or(cast.lead);
        let desk = Desk { month, is_closed: Closed::No, rules, by, today };
        let is_neglected = super::NEGLECTED.iter().any(|name| row.name.contains(name));
        let percent = match () {
            () if row.percent == WHOLE => i64::from(WHOLE),
            () if is_neglected => 30,
            () => bening_core::monev::figures::planned(placed.action, month).min(950) / 10,
        };
        let (note, obstacle) = match () {
            () if row.percent == WHOLE => ("Dilaksanakan sesuai rencana.", ""),
            () if is_neglected => ("Bahan sudah disiapkan.", OBSTACLE),
            () => ("Berjalan menurut tahapannya.", ""),
        };
        let percent = percent.to_string();
        let told = Told { percent: &percent, note, obstacle };
        said.push(desk.fill(&mut plan.clone(), entries, row.action, told)?);
    }
    Ok(said)
}

/// In June half of the rows are filled in and a few verified.
async fn begin_month(db: &Store, plan: &Plan, rules: &Rules, cast: &Cast, entries: &[Entry]) -> Result<()> {
    let (today, month) = (day(6, 12), Month::of(day(6, 12)));
    let tx = db.begin().await?;
    for entry in filled(plan, month, today, rules, cast, entries)?.into_iter().step_by(2) {
        store::save_entry(&tx, plan.id, &entry).await?;
    }
    let record = Record::new(Actor::Person(cast.lead), "monev.filled", plan.id.0).of_unit(plan.unit);
    Ok(tx.commit(record.after(json!({ "month": month.number() })), morning(today)).await?)
}

async fn add_finding(
    db: &Store,
    home: &Unit,
    year: Year,
    number: u32,
    finding: Finding,
    person: PersonId,
    cast: &Cast,
) -> Result<()> {
    let (what, source, origin, cause, action, _, due, state) = finding;
    let entry = FollowUp {
        id: FollowUpId(chance::fresh()),
        unit: home.id,
        year,
        number,
        what: what.to_owned(),
        source,
        origin: origin.to_owned(),
        cause: cause.to_owned(),
        action: action.to_owned(),
        person,
        due_on: day(due.0, due.1),
        state: State::Open,
        steps: Vec::new(),
    };
    let hand = |by: PersonId, month: u32, on: u32| Hand { by, today: day(month, on) };
    let opened = entry.open(hand(cast.lead, 4, 6))?;
    let done = "Notula dan dokumentasi, nomor 12/DBN/2020 tanggal 4 Mei 2020";
    let entry = match state {
        State::Open => opened,
        State::Done => opened.finish(done, hand(person, 5, 11))?,
        State::Verified => opened.finish(done, hand(person, 5, 4))?.verify(hand(cast.head, 5, 8))?,
        State::Reopened => opened
            .finish(done, hand(person, 5, 18))?
            .reopen("Risk register belum memuat risiko penerimaan negara", hand(cast.head, 5, 22))?,
    };
    let tx = db.begin().await?;
    followup::add(&tx, &entry).await?;
    let record = Record::new(Actor::Person(cast.lead), "followup.opened", entry.id.0).of_unit(home.id);
    Ok(tx.commit(record.after(&entry.what), morning(day(4, 6))).await?)
}
