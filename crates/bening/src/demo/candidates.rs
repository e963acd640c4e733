//! Other units of the demonstration, each at another place of its road: with what the national team found on the way,
//! one that objects, one that was sent back to build, one that lost its predicate. Names and words are invented.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry};
use bening_core::candidacy::appraisal::{self, Form, Remark, Said, Sitting};
use bening_core::candidacy::decide::{Asked, take};
use bening_core::candidacy::declaration::Witness;
use bening_core::candidacy::rules::{self, Demand, Desk, Step};
use bening_core::candidacy::{Candidacy, Paper, Stage};
use bening_core::id::{CandidacyId, LkeId, PersonId};
use bening_core::instrument::shipped;
use bening_core::lke::{Entry as Written, Filled, Layer, LayerState, Lke};
use bening_core::person::Person;
use bening_core::scoring::{Answer, Json};
use bening_core::time::Year;
use bening_core::unit::{Echelon, Unit};
use bening_store::{Store, WriteTx, appraisal as store, candidacy, lke};
use bening_web::chance;
use chrono::{Days, NaiveDate};
use serde_json::Value;

use super::candidacy::{PREDICATE, RULES, all_well, person};
use super::morning;

/// Sign-in name of who leads the teams of these units.
pub(super) const LEAD: &str = "balai";

/// Code, name, and the steps of its road after the common ones: how many of those, then its own.
type Told = (&'static str, &'static str, usize, &'static [&'static str]);

/// The steps of a road that goes well.
const ROAD: [&str; 14] = [
    "pencanangan",
    "penetapan-calon",
    "pembangunan",
    "penilaian-mandiri",
    "mulai-tpi",
    "rekomendasi",
    "usulan",
    "seleksi-administrasi",
    "analisis-dokumen",
    "wawancara",
    "observasi-lapangan",
    "panel",
    "penetapan-instansi",
    "pemantauan",
];

const CANDIDATES: [Told; 10] = [
    ("BL1", "Balai Layanan Pertambangan Wilayah I", 1, &[]),
    ("BL2", "Balai Layanan Pertambangan Wilayah II", 3, &[]),
    ("BL3", "Balai Layanan Pertambangan Wilayah III", 9, &["pembinaan-kembali"]),
    ("BL4", "Balai Layanan Pertambangan Wilayah IV", 5, &["pengembalian"]),
    ("BL5", "Balai Layanan Pertambangan Wilayah V", 7, &[]),
    ("BL6", "Balai Layanan Pertambangan Wilayah VI", 8, &[]),
    ("BL7", "Balai Layanan Pertambangan Wilayah VII", 8, &["sanggahan"]),
    ("BL8", "Balai Layanan Pertambangan Wilayah VIII", 10, &[]),
    ("BL9", "Balai Layanan Pertambangan Wilayah IX", 12, &[]),
    ("BLX", "Balai Layanan Pertambangan Wilayah X", 14, &["pencabutan"]),
];

/// The stage whose first item is not in order, by unit.
const FAILING: [(&str, Stage); 3] =
    [("BL3", Stage::Analysis), ("BL7", Stage::AdminSelection), ("BL6", Stage::AdminSelection)];

/// The unit that was sent back, whose points were lost in this worksheet.
const GUIDED: &str = "BL3";
const GUIDED_SHEET: &str = include_str!("../../../../instruments/examples/52-2014-lembar-1.json");
const SHEET_YEAR: i64 = 2019;

/// The units, as they are added.
pub(super) fn units() -> impl Iterator<Item = (&'static str, &'static str, Echelon)> {
    CANDIDATES.iter().map(|(code, name, _, _)| (*code, *name, Echelon::III))
}

/// Adds the road of every candidate.
pub(super) async fn add(db: &Store, units: &[Unit], people: &[Person]) -> Result<()> {
    for (code, _, common, own) in CANDIDATES {
        let unit = units.iter().find(|unit| unit.code.as_str() == code).context("unit")?;
        let steps = ROAD.iter().take(common).chain(own).copied();
        Walk { db, unit, people }.go(steps.collect()).await?;
        if code == GUIDED {
            sheet(db, unit, person(people, LEAD)?).await?;
        }
    }
    Ok(())
}

struct Walk<'a> {
    db: &'a Store,
    unit: &'a Unit,
    people: &'a [Person],
}

impl Walk<'_> {
    /// Takes the steps, so that the last of them lies a week before the day of the demonstration.
    async fn go(&self, steps: Vec<&str>) -> Result<()> {
        let rules = rules::by_id(RULES).context("aturan demo")?;
        let mut road = Candidacy {
            id: CandidacyId(chance::fresh()),
            unit: self.unit.id,
            rules: RULES.to_owned(),
            predicate: PREDICATE.to_owned(),
            taken: Vec::new(),
        };
        let begin = steps.len() as u64 * 16 + 7;
        let mut on = super::day(6, 15).checked_sub_days(Days::new(begin)).context("hari demo")?;
        for code in steps {
            on = on.checked_add_days(Days::new(16)).context("hari demo")?;
            let step = rules.step(code).context("langkah demo")?;
            self.take(&mut road, step, on).await?;
        }
        Ok(())
    }

    async fn take(&self, road: &mut Candidacy, step: &Step, on: NaiveDate) -> Result<()> {
        let rules = rules::by_id(&road.rules).context("aturan demo")?;
        let number = format!("{}/{}/{}", road.taken.len() + 11, self.unit.code, on.format("%Y"));
        let paper = Paper { number, dated: on, title: step.name.clone() };
        let paper = (step.paper == Demand::Required).then_some(paper);
        let reason = match step.reason {
            Demand::Required => "Rincian ada pada naskah dasar langkah ini.".to_owned(),
            Demand::Optional => String::new(),
        };
        let asked = Asked { on, reason, paper, seen: road.taken.len() };
        let by = person(self.people, who(step.by))?;
        let taken = take(rules, road, &step.code, asked, &all_well(), (by, morning(on), on))?;
        let tx = self.db.begin().await?;
        if road.taken.is_empty() {
            candidacy::begin(&tx, road).await?;
        }
        candidacy::add(&tx, road.id, road.taken.len(), &taken).await?;
        let event = if road.taken.is_empty() { "candidacy.begun" } else { "candidacy.step.taken" };
        let entry = Entry::new(Actor::Person(by), event, road.id.0).of_unit(self.unit.id).after(&taken);
        road.taken.push(taken);
        self.appraise(&tx, road, on).await?;
        Ok(tx.commit(entry, morning(on)).await?)
    }

    /// What the national team found in the stage a road just came to.
    async fn appraise(&self, tx: &WriteTx, road: &Candidacy, on: NaiveDate) -> Result<()> {
        let catalogue = appraisal::shipped().context("formulir demo")?;
        let Some(form) = catalogue.form(road.stage()) else { return Ok(()) };
        if form.contested_in == Some(road.stage()) {
            let said = "Tanda tangan pimpinan ada pada halaman kedua surat, terlampir salinannya.".to_owned();
            return self.say(tx, road, (form, 0, 2), (Said::Objection, said, "admin"), on).await;
        }
        let fails = FAILING.contains(&(self.unit.code.as_str(), form.stage));
        for (index, item) in form.items.iter().enumerate() {
            let (code, note) = match index {
                0 if fails => ("tidak-memenuhi", format!("{} belum sesuai: {}", item.name, item.ask)),
                _ => ("memenuhi", format!("Diperiksa pada berkas usulan: {}", item.ask)),
            };
            let said = (Said::Verdict(code.to_owned()), note, "tpn");
            self.say(tx, road, (form, index, 1), said, on).await?;
        }
        if form.sitting == Demand::Required {
            self.sit(tx, road, on).await?;
        }
        Ok(())
    }

    async fn say(
        &self,
        tx: &WriteTx,
        road: &Candidacy,
        (form, index, number): (&Form, usize, u32),
        (said, note, login): (Said, String, &str),
        on: NaiveDate,
    ) -> Result<()> {
        let round = form.round(road).context("tahap demo")?;
        let item = form.items.get(index).context("pokok demo")?.code.clone();
        let by = person(self.people, login)?;
        let remark = Remark { round, item, number, said, note, by, at: morning(on) };
        Ok(store::say(tx, road.id, &remark).await?)
    }

    async fn sit(&self, tx: &WriteTx, road: &Candidacy, on: NaiveDate) -> Result<()> {
        let witness = |name: &str, of: &str| Witness { name: name.to_owned(), institution: of.to_owned() };
        let sitting = Sitting {
            on,
            place: "Jakarta".to_owned(),
            present: vec![
                witness("Penilai Nasional", "KemenPANRB"),
                witness("Wakil KPK", "KPK"),
                witness("Wakil Ombudsman", "Ombudsman"),
                witness("Ketua Tim Balai", &self.unit.name),
            ],
            outcome: "Setiap pokok dibahas; putusan dan catatannya ada pada tabel.".to_owned(),
        };
        let moment = (person(self.people, "tpn")?, morning(on));
        Ok(store::sit(tx, (road.id, road.taken.len() - 1, 0), &sitting, moment).await?)
    }
}

/// Who records the steps of a desk.
fn who(desk: Desk) -> &'static str {
    match desk {
        Desk::Unit => LEAD,
        Desk::Agency => "admin",
        Desk::Head => "menteri",
        Desk::Assessor => "tpi-ketua",
        Desk::National => "tpn",
    }
}

/// The worksheet of the unit that was sent back, as the internal team left it.
async fn sheet(db: &Store, unit: &Unit, by: PersonId) -> Result<()> {
    let year = Year::new(SHEET_YEAR).context("tahun demo")?;
    let edition = shipped().by_id(RULES).context("edisi demo")?;
    let example: Value = serde_json::from_str(GUIDED_SHEET)?;
    let at = morning(super::day(3, 2));
    let mut entries = BTreeMap::new();
    for (code, answer) in example["answers"].as_object().context("jawaban demo")? {
        let answer = Answer::read(edition, code, &Json::parse(&answer.to_string())?)?;
        entries.insert(code.clone(), Written { answer, note: String::new(), by, at });
    }
    let mut sheet = Lke::empty(LkeId(chance::fresh()), unit.id, year, edition.id.clone());
    for layer in [Layer::Unit, Layer::TpiMember, Layer::TpiLead, Layer::TpiController] {
        let state = LayerState::Submitted { by, at };
        sheet.layers.insert(layer, Filled { state, round: 1, entries: entries.clone() });
    }
    let tx = db.begin().await?;
    lke::create(&tx, &sheet).await?;
    let entry = Entry::new(Actor::Person(by), "lke.begun", sheet.id.0).of_unit(unit.id);
    Ok(tx.commit(entry.after(year), at).await?)
}
