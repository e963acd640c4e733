//! The list of those who sign the pact: added by file, by paste or from the accounts of the unit; left with their
//! last day.

use axum::extract::{Path, State};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::candidacy::pact::{Refusal, Staff};
use bening_core::id::{PersonId, StaffId, UnitId};
use bening_core::person::Person;
use bening_store::{pact as store, person};
use chrono::NaiveDate;
use serde::Deserialize;

use super::pact::Opened;
use super::step::day;
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, Upload, see_other};
use crate::reach::demand;

/// Adds people: a file, pasted lines, and on demand everybody with an account at the unit. Who is on the list
/// already, by number or account or else by name, is left as they are.
///
/// # Errors
/// When the caller may not, or a line cannot be understood; then nobody is added.
pub async fn add(
    State(app): State<App>,
    caller: Caller,
    Path((unit, tahun)): Path<(String, String)>,
    upload: Upload,
) -> Result {
    let opened = Opened::load(&app, &caller, &unit, &tahun).await?;
    demand(&caller, Want::ManagePacts, &opened.roads.scope)?;
    let id = opened.roads.reached.unit.id;
    let mut rows = rows(&upload)?;
    let people = person::all(app.store()).await?;
    if upload.field("akun") == "ya" {
        let members = person::members(app.store(), id, app.today()).await?;
        rows.extend(
            members
                .iter()
                .map(|one| [&*one.name, "", &*one.title, one.login.as_str()].map(str::to_owned).to_vec()),
        );
    }
    let from = if upload.field("sejak").is_empty() {
        app.today()
    } else {
        day(upload.field("sejak"), "tanggal mulai")?
    };
    let listed = listed(&rows, &people, id, from)?;
    let tx = app.store().begin().await?;
    let known = store::staff_now(&tx, id).await?;
    let mut new: Vec<Staff> = Vec::new();
    for one in listed {
        if !known.iter().chain(&new).any(|other| is_same(other, &one)) {
            new.push(one);
        }
    }
    if new.is_empty() {
        return Err(Refusal::Nobody.into());
    }
    store::add_staff(&tx, &new).await?;
    let entry = Entry::new(caller.audit(), "pact.staff.added", id.0).of_unit(id);
    tx.commit(entry.after(&new), app.now()).await?;
    let said = caller.lang.tn("%{n} pegawai ditambahkan ke daftar.", new.len());
    Ok(flash::done(see_other(&opened.address()), said))
}

fn rows(upload: &Upload) -> Result<Vec<Vec<String>>> {
    let mut rows = Vec::new();
    if let Some(file) = upload.file("berkas") {
        rows =
            bening_intake::read_table(&file.bytes).map_err(|error| AppError::Refused(error.to_string()))?;
    }
    let pasted = upload.field("tempel").lines().filter(|line| !line.trim().is_empty());
    let cells = |line: &str| line.split(['\t', ';']).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    rows.extend(pasted.map(cells));
    let is_heading =
        |row: &Vec<String>| row.first().is_some_and(|cell| cell.trim().eq_ignore_ascii_case("nama"));
    rows.retain(|row| !is_heading(row) && row.iter().any(|cell| !cell.trim().is_empty()));
    Ok(rows)
}

fn listed(rows: &[Vec<String>], people: &[Person], unit: UnitId, from: NaiveDate) -> Result<Vec<Staff>> {
    let line = |(number, row): (usize, &Vec<String>)| {
        let cell = |at: usize| row.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
        if cell(0).is_empty() {
            return Err(Refusal::Line(number + 1).into());
        }
        let person = account(people, &cell(3)).map_err(|login| Refusal::Account(number + 1, login))?;
        let id = StaffId(chance::fresh());
        Ok(Staff { id, unit, name: cell(0), number: cell(1), title: cell(2), person, from, until: None })
    };
    rows.iter().enumerate().map(line).collect()
}

fn account(people: &[Person], login: &str) -> std::result::Result<Option<PersonId>, String> {
    if login.is_empty() {
        return Ok(None);
    }
    let found = people.iter().find(|person| person.login.as_str().eq_ignore_ascii_case(login));
    found.map(|person| Some(person.id)).ok_or_else(|| login.to_owned())
}

fn is_same(known: &Staff, new: &Staff) -> bool {
    let is_there = known.until.is_none();
    let by_account = known.person.is_some() && known.person == new.person;
    let by_number = !known.number.is_empty() && known.number == new.number;
    let by_name =
        known.name.eq_ignore_ascii_case(&new.name) && (known.number.is_empty() || new.number.is_empty());
    is_there && (by_account || by_number || by_name)
}

/// The last day of somebody.
#[derive(Debug, Deserialize)]
pub struct Leaving {
    #[serde(default)]
    tanggal: String,
}

/// Notes that somebody left; their signatures stay.
///
/// # Errors
/// When the caller may not, or nobody has that line.
pub async fn leave(
    State(app): State<App>,
    caller: Caller,
    Path((unit, tahun, id)): Path<(String, String, String)>,
    Posted(form): Posted<Leaving>,
) -> Result {
    let opened = Opened::load(&app, &caller, &unit, &tahun).await?;
    demand(&caller, Want::ManagePacts, &opened.roads.scope)?;
    let before = opened.staff.iter().find(|one| one.id.to_string() == id).ok_or(AppError::NotFound)?;
    let until = day(&form.tanggal, "hari terakhir")?;
    if until < before.from {
        return Err(Refusal::Day.into());
    }
    let after = Staff { until: Some(until), ..before.clone() };
    let tx = app.store().begin().await?;
    store::save_staff(&tx, &after).await?;
    let entry = Entry::new(caller.audit(), "pact.staff.left", after.id.0).of_unit(after.unit);
    tx.commit(entry.before(before).after(&after), app.now()).await?;
    Ok(flash::done(
        see_other(&opened.address()),
        caller.lang.t("Pegawai dikeluarkan dari daftar; tanda tangannya tetap tersimpan."),
    ))
}
