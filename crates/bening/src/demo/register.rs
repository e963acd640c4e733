//! Registers of the demonstration: rows as `register.toml` tells them, written through the same rules as by people.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry as Record};
use bening_core::complaint::Message;
use bening_core::id::{PersonId, RowId};
use bening_core::person::Person;
use bening_core::register::{CITIZEN, Draft, Register, Row, Told, by_id, listed};
use bening_core::time::Year;
use bening_core::unit::Unit;
use bening_store::{Store, complaint, register as store};
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
    for mut line in file.row.into_iter().chain(procedures) {
        line.name_people(people)?;
        let number = numbers.entry(line.register.clone()).or_default();
        *number += 1;
        let row = written(home, &line, *number, &by)?;
        keep(db, &row).await?;
        converse(db, &row, &line, &by).await?;
    }
    Ok(())
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
    /// Accounts in columns of people, as these name them.
    fn name_people(&mut self, people: &[Person]) -> Result<()> {
        for login in self.steps.iter_mut().filter_map(|step| step.values.get_mut("petugas")) {
            let person = people.iter().find(|person| person.login.as_str() == login.as_str());
            *login = listed(person.context("petugas demo")?);
        }
        Ok(())
    }
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
    let text = |pairs: &[(&str, String)]| -> Draft {
        pairs.iter().map(|(code, value)| ((*code).to_owned(), value.clone())).collect()
    };
    let kind = if number <= 18 { "utama" } else { "pendukung" };
    let values = text(&[
        ("nomor", format!("SOP-{number:02}/DBN")),
        ("nama", format!("Prosedur contoh {number:02}")),
        ("utama", kind.to_owned()),
        ("ditetapkan", "2018-07-02".to_owned()),
        ("batas", "2020-06-30".to_owned()),
    ]);
    let on = day(2, 3).checked_add_days(Days::new(u64::from(number) * 6)).unwrap_or(day(6, 1));
    let result = if number.is_multiple_of(4) { "revisi" } else { "tetap" };
    let reviewed = text(&[
        ("hasil", result.to_owned()),
        ("direviu", on.to_string()),
        ("batas", "2022-06-30".to_owned()),
    ]);
    let review =
        Taken { code: "reviu".to_owned(), by: "nover".to_owned(), on, note: String::new(), values: reviewed };
    let steps = if number <= REVIEWED { vec![review] } else { Vec::new() };
    Line {
        register: "sop".to_owned(),
        by: "nover".to_owned(),
        on: day(2, 3),
        values,
        steps,
        receipt: String::new(),
        said: Vec::new(),
    }
}
