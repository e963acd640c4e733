//! What people do with lines: write, change, take a step.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use bening_core::audit::Entry as Record;
use bening_core::id::RowId;
use bening_core::register::{Draft, Kind, Refusal, Row, Step, Told, ValueProblem};
use bening_store::register as store;
use serde_json::json;

use super::entry::{Attempt, again};
use super::fields::{draft, field};
use super::form::{Sheet, render};
use super::{Desk, RegisterPath, RowPath, people_of};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::reach;

type Fields = Vec<(String, String)>;

/// A line that nobody has written yet.
pub(super) fn blank(desk: &Desk, year: bening_core::time::Year) -> Row {
    Row {
        id: RowId(chance::fresh()),
        unit: desk.reached.unit.id,
        register: desk.register.id.clone(),
        year,
        number: 0,
        values: BTreeMap::new(),
        state: String::new(),
        author: desk.me,
        moments: Vec::new(),
        version: 0,
    }
}

/// Writes a new line.
///
/// # Errors
/// When the caller may not.
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RegisterPath>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit, &path.register).await?;
    desk.demand(desk.may_enter())?;
    let year = reach::year(field(&fields, "tahun")).unwrap_or(app.this_year());
    let draft = draft(&fields);
    let told = Told { by: caller.id(), today: app.today(), note: "" };
    let row = match blank(&desk, year).write(desk.register, &draft, told) {
        Ok(row) => row,
        Err(refusal) => {
            let sheet = Sheet { year, row: None, draft, refusal: Some(refusal) };
            return render(&app, &caller, &desk, sheet).await;
        }
    };
    let tx = app.store().begin().await?;
    let number = store::next_number(&tx, row.unit, &row.register, row.year).await?;
    let row = Row { number, ..row };
    store::add(&tx, &row).await?;
    let record = Record::new(caller.audit(), "register.written", row.id.0).of_unit(row.unit);
    tx.commit(record.after(json!({ "register": row.register, "number": row.number })), app.now()).await?;
    Ok(flash::done(see_other(&format!("{}/{}", desk.address(), row.id)), caller.lang.t("Baris disimpan.")))
}

/// Changes what the form asks for.
///
/// # Errors
/// When the caller may not.
pub async fn rewrite(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RowPath>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit, &path.register).await?;
    let seen = desk.row(&app, &path.id).await?;
    desk.demand(desk.may_change(&seen))?;
    let draft = draft(&fields);
    let told = Told { by: caller.id(), today: app.today(), note: field(&fields, "catatan") };
    let version = version(&fields);
    let outcome = change(&app, &caller, &seen, "register.changed", |row| {
        row.rewrite(desk.register, version, &draft, told)
    });
    match outcome.await? {
        Ok(row) => {
            let to = format!("{}/{}", desk.address(), row.id);
            Ok(flash::done(see_other(&to), caller.lang.t("Perubahan disimpan.")))
        }
        Err(refusal) => {
            let sheet = Sheet { year: seen.year, row: Some(&seen), draft, refusal: Some(refusal) };
            render(&app, &caller, &desk, sheet).await
        }
    }
}

/// `/unit/{unit}/pengawasan/{register}/{id}/langkah/{langkah}` as words.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct StepPath {
    unit: String,
    register: String,
    id: String,
    langkah: String,
}

/// Takes a step.
///
/// # Errors
/// When the step is not there or not the caller's.
pub async fn step(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<StepPath>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit, &path.register).await?;
    let seen = desk.row(&app, &path.id).await?;
    let step = desk.register.step(&path.langkah).ok_or(AppError::NotFound)?;
    desk.demand(desk.may_take(step, &seen))?;
    let draft: Draft = draft(&fields);
    let told = Told { by: caller.id(), today: app.today(), note: field(&fields, "catatan") };
    let version = version(&fields);
    let strangers = strangers(&app, &desk, step, &draft).await?;
    let outcome = change(&app, &caller, &seen, "register.step.taken", |row| {
        strangers?;
        row.step(desk.register, step, version, &draft, told)
    });
    match outcome.await? {
        Ok(row) => {
            let to = format!("{}/{}", desk.address(), row.id);
            Ok(flash::done(see_other(&to), format!("{}: {}.", caller.lang.t("Langkah dicatat"), step.title)))
        }
        Err(refusal) => {
            let (step, note) = (step.code.clone(), told.note.to_owned());
            again(&app, &caller, &desk, &seen, Attempt { step, draft, note, refusal }).await
        }
    }
}

/// Refuses people in a step who are not of the unit.
async fn strangers(
    app: &App,
    desk: &Desk,
    step: &Step,
    draft: &Draft,
) -> Result<std::result::Result<(), Refusal>> {
    let named = step.needs.iter().filter_map(|code| desk.register.column(code));
    let named: Vec<_> = named.filter(|column| matches!(column.kind, Kind::Person)).collect();
    if named.is_empty() {
        return Ok(Ok(()));
    }
    let people = people_of(app, desk.reached.unit.id).await?;
    let is_known = |code: &String| draft.get(code).is_none_or(|who| who.is_empty() || people.contains(who));
    let strange = named.iter().filter(|column| !is_known(&column.code));
    let problems: Vec<_> =
        strange.map(|column| (column.code.clone(), ValueProblem::NotListed(people.join(", ")))).collect();
    Ok(if problems.is_empty() { Ok(()) } else { Err(Refusal::Fields(problems)) })
}

fn version(fields: &Fields) -> u32 {
    field(fields, "versi").parse().unwrap_or_default()
}

async fn change(
    app: &App,
    caller: &Caller,
    seen: &Row,
    event: &'static str,
    work: impl FnOnce(Row) -> std::result::Result<Row, Refusal>,
) -> Result<std::result::Result<Row, Refusal>> {
    let tx = app.store().begin().await?;
    let before = store::lock(&tx, seen.id).await?.ok_or(AppError::NotFound)?;
    let after = match work(before.clone()) {
        Ok(after) => after,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store::update(&tx, &after).await?;
    let record = Record::new(caller.audit(), event, after.id.0).of_unit(after.unit);
    let record = record.before(changed(&before, &after)).after(changed(&after, &before));
    tx.commit(record, app.now()).await?;
    Ok(Ok(after))
}

/// What stands in one and not in the other, with register, number and state. Private columns are named, not told:
/// the trail is read by more people than the register.
fn changed(one: &Row, other: &Row) -> serde_json::Value {
    let register = bening_core::register::by_id(&one.register);
    let is_private = |code: &str| register.and_then(|it| it.column(code)).is_none_or(|column| column.private);
    let differs = one.values.iter().filter(|(code, value)| other.value(code) != value.as_str());
    let told: BTreeMap<&str, &str> = differs
        .map(|(code, value)| (code.as_str(), if is_private(code) { "…" } else { value.as_str() }))
        .collect();
    json!({ "register": one.register, "number": one.number, "state": one.state, "values": told })
}
