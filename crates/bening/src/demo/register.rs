//! Registers of the demonstration: rows as `register.toml` tells them, written through the same rules as by people.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry as Record};
use bening_core::complaint::Message;
use bening_core::id::{PersonId, RowId, StatisticId};
use bening_core::person::Person;
use bening_core::register::{CITIZEN, Draft, Register, Row, Told, by_id, listed};
use bening_core::statistic::{Subject, Told as Publishing};
use bening_core::time::Year;
use bening_core::unit::Unit;
use bening_store::{Store, complaint, register as store, statistic};
use bening_web::chance;
use bening_web::complaint::receipt_hash;
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use serde_json::json;

use super::{YEAR, day, morning};

/// Who writes without an account, in the file.
const PUBLIC: &str = "masyarakat";
/// How many procedures the unit reviews, as its plan says.
const PROCEDURES: u32 = 28;
/// Of these reviewed by the middle of June.
const REVIEWED: u32 = 19;

/// The file.
#[derive(Deserialize)]
struct Book {
    row: Vec<Line>,
    brief: Vec<Brief>,
}

#[derive(Deserialize)]
struct Line {
    register: String,
    by: String,
    on: NaiveDate,
    values: Draft,
    #[serde(default)]
    steps: Vec<Taken>,
    /// Digits by which whoever wrote it without an account comes back.
    #[serde(default)]
    receipt: String,
    #[serde(default)]
    said: Vec<Spoken>,
}

/// A complaint of another channel in a line: all of them go the same way.
#[derive(Deserialize)]
struct Brief {
    on: NaiveDate,
    kind: String,
    by: String,
    about: String,
    ends: String,
}

#[derive(Deserialize)]
struct Spoken {
    by: String,
    on: NaiveDate,
    text: String,
}

#[derive(Deserialize)]
struct Taken {
    code: String,
    by: String,
    on: NaiveDate,
    #[serde(default)]
    note: String,
    values: Draft,
}

/// Writes all rows.
pub(super) async fn add(db: &Store, home: &Unit, people: &[Person]) -> Result<()> {
    let file: Book = toml::from_str(include_str!("register.toml"))?;
    let procedures = (1..=PROCEDURES).map(procedure);
    let by = |login: &str| match login {
        PUBLIC => Some(CITIZEN),
        _ => people.iter().find(|person| person.login.as_str() == login).map(|p| p.id),
    };
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    for mut line in file.row.into_iter().chain(procedures).chain(file.brief.iter().map(Brief::line)) {
        line.name_people(people)?;
        let number = numbers.entry(line.register.clone()).or_default();
        *number += 1;
        let row = written(home, &line, *number, &by)?;
        keep(db, &row).await?;
        converse(db, &row, &line, &by).await?;
    }
    publish(db, home, people).await
}

/// The head lets the counts of complaints out.
async fn publish(db: &Store, home: &Unit, people: &[Person]) -> Result<()> {
    let head = people.iter().find(|person| person.login.as_str() == "direktur").context("direktur demo")?;
    let register = by_id("pengaduan").context("register demo")?;
    let (how, year) = (register.statistic.as_ref(), Year::new(YEAR).context("tahun demo")?);
    let subject = Subject { unit: home.id, register, how: how.context("statistik demo")?, year };
    let rows = store::list(db, home.id, &register.id, Some(year)).await?;
    let told = Publishing { id: StatisticId(chance::fresh()), by: head.id, today: day(6, 12) };
    let released = subject.publish(&rows, told, &[])?;
    let tx = db.begin().await?;
    statistic::add(&tx, &released).await?;
    let record = Record::new(Actor::Person(head.id), "statistic.published", released.id.0).of_unit(home.id);
    let after = json!({ "register": register.id, "year": YEAR });
    Ok(tx.commit(record.after(after), morning(day(6, 12))).await?)
}

fn written(home: &Unit, line: &Line, number: u32, by: &dyn Fn(&str) -> Option<PersonId>) -> Result<Row> {
    let register = by_id(&line.register).context("register demo")?;
    let author = by(&line.by).context("penulis demo")?;
    let row = Row {
        id: RowId(chance::fresh()),
        unit: home.id,
        register: register.id.clone(),
        year: Year::new(YEAR).context("tahun demo")?,
        number,
        values: BTreeMap::new(),
        state: String::new(),
        author,
        moments: Vec::new(),
        version: 0,
    };
    let row = row.write(register, &line.values, Told { by: author, today: line.on, note: "" })?;
    line.steps.iter().try_fold(row, |row, taken| stepped(register, row, taken, by))
}

fn stepped(
    register: &Register,
    row: Row,
    taken: &Taken,
    by: &dyn Fn(&str) -> Option<PersonId>,
) -> Result<Row> {
    let step = register.step(&taken.code).context("langkah demo")?;
    let told = Told { by: by(&taken.by).context("orang demo")?, today: taken.on, note: &taken.note };
    let seen = row.version;
    Ok(row.step(register, step, seen, &taken.values, told)?)
}

impl Line {
    fn of(register: &str, by: &str, on: NaiveDate, values: Draft) -> Self {
        let (register, by) = (register.to_owned(), by.to_owned());
        Self { register, by, on, values, steps: Vec::new(), receipt: String::new(), said: Vec::new() }
    }

    /// Accounts in columns of people, as these name them.
    fn name_people(&mut self, people: &[Person]) -> Result<()> {
        for login in self.steps.iter_mut().filter_map(|step| step.values.get_mut("petugas")) {
            let person = people.iter().find(|person| person.login.as_str() == login.as_str());
            *login = listed(person.context("petugas demo")?);
        }
        Ok(())
    }
}

impl Brief {
    fn line(&self) -> Line {
        let later = |days: u64| self.on.checked_add_days(Days::new(days)).unwrap_or(self.on);
        let step = |(code, days, note, values): (&str, u64, &str, &[(&str, String)])| {
            let (code, by, note) = (code.to_owned(), "bayu".to_owned(), note.to_owned());
            Taken { code, by, on: later(days), note, values: texts(values) }
        };
        let answer = "Jawaban dan petunjuknya sudah dikirim kepada pelapor.".to_owned();
        let begun = [
            step(("telaah", 1, "", &[("kadar", "biasa".to_owned()), ("lengkap", later(1).to_string())])),
            step(("penugasan", 1, "", &[("petugas", "cristian".to_owned())])),
        ];
        let ended = [
            step(("jawaban", 6, "", &[("jawaban", answer), ("dijawab", later(6).to_string())])),
            step(("penutupan", 12, "Pelapor menerima jawabannya", &[])),
        ];
        let all = if self.ends == "selesai" {
            Vec::from_iter(begun.into_iter().chain(ended))
        } else {
            begun.into()
        };
        let values = texts(&[
            ("perihal", self.about.clone()),
            ("jenis", self.kind.clone()),
            ("isi", format!("{}; rinciannya ada pada kanal asal.", self.about)),
            ("kanal", self.by.clone()),
            ("diterima", self.on.to_string()),
        ]);
        Line { steps: all, ..Line::of("pengaduan", "bayu", self.on, values) }
    }
}

fn texts(pairs: &[(&str, String)]) -> Draft {
    pairs.iter().map(|(code, value)| ((*code).to_owned(), value.clone())).collect()
}

/// The receipt of a complaint and what was said about it.
async fn converse(db: &Store, row: &Row, line: &Line, by: &dyn Fn(&str) -> Option<PersonId>) -> Result<()> {
    if line.receipt.is_empty() {
        return Ok(());
    }
    let tx = db.begin().await?;
    complaint::keep_receipt(&tx, chance::fresh(), row.id, receipt_hash(&line.receipt)?).await?;
    for spoken in &line.said {
        let author = by(&spoken.by).filter(|id| *id != CITIZEN);
        let said = Message { author, text: spoken.text.clone(), at: morning(spoken.on) };
        complaint::say(&tx, chance::fresh(), row.id, &said).await?;
    }
    let record = Record::new(Actor::Visitor, "complaint.arrived", row.id.0).of_unit(row.unit);
    Ok(tx.commit(record.after(json!({ "number": row.number })), morning(line.on)).await?)
}

async fn keep(db: &Store, row: &Row) -> Result<()> {
    let tx = db.begin().await?;
    store::add(&tx, row).await?;
    let actor = if row.author == CITIZEN { Actor::Visitor } else { Actor::Person(row.author) };
    let record = Record::new(actor, "register.written", row.id.0).of_unit(row.unit);
    let last = row.moments.last().map_or(day(1, 2), |moment| moment.on);
    let after = json!({ "register": row.register, "number": row.number });
    Ok(tx.commit(record.after(after), morning(last)).await?)
}

/// One of the procedures; the plan tells how many there are, not what they are called.
fn procedure(number: u32) -> Line {
    let kind = if number <= 18 { "utama" } else { "pendukung" };
    let values = texts(&[
        ("nomor", format!("SOP-{number:02}/DBN")),
        ("nama", format!("Prosedur contoh {number:02}")),
        ("utama", kind.to_owned()),
        ("ditetapkan", "2018-07-02".to_owned()),
        ("batas", "2020-06-30".to_owned()),
    ]);
    let on = day(2, 3).checked_add_days(Days::new(u64::from(number) * 6)).unwrap_or(day(6, 1));
    let result = if number.is_multiple_of(4) { "revisi" } else { "tetap" };
    let reviewed = texts(&[
        ("hasil", result.to_owned()),
        ("direviu", on.to_string()),
        ("batas", "2022-06-30".to_owned()),
    ]);
    let review =
        Taken { code: "reviu".to_owned(), by: "nover".to_owned(), on, note: String::new(), values: reviewed };
    let steps = if number <= REVIEWED { vec![review] } else { Vec::new() };
    Line { steps, ..Line::of("sop", "nover", day(2, 3), values) }
}
