//! What people do with the register: open an entry, say that it is done, verify it, open it again.

use axum::extract::{Path, State as Shared};
use bening_core::access::Action as Want;
use bening_core::audit::Entry as Record;
use bening_core::followup::{FollowUp, Hand, Refusal, Source, State};
use bening_core::id::FollowUpId;
use bening_store::{followup as store, person};
use chrono::NaiveDate;
use serde::Deserialize;

use super::list::{Fields, form};
use super::{EntryPath, address, reach_entry};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Errors, Nothing, Posted, see_other};
use crate::reach::{self, Reached, demand, reach_unit};

/// Opens an entry.
///
/// # Errors
/// When the caller may not.
pub async fn open(
    Shared(app): Shared<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::OpenFollowUp).await?;
    let entry = match read(&app, &caller, &reached, &fields).await? {
        Ok(entry) => entry,
        Err(errors) => return form(&app, &caller, &reached, fields, errors).await,
    };
    let tx = app.store().begin().await?;
    let entry = FollowUp { number: store::next_number(&tx, entry.unit, entry.year).await?, ..entry };
    store::add(&tx, &entry).await?;
    let record = Record::new(caller.audit(), "followup.opened", entry.id.0).of_unit(entry.unit);
    tx.commit(record.after(&entry.what), app.now()).await?;
    let to = format!("{}/{}", address(&reached), entry.id);
    Ok(flash::done(see_other(&to), caller.lang.t("Tindak lanjut dicatat.")))
}

async fn read(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    fields: &Fields,
) -> Result<std::result::Result<FollowUp, Errors>> {
    let mut errors = Errors::default();
    let source = Source::parse(&fields.sumber);
    if source.is_none() {
        errors.add("sumber", "pilih sumbernya dari daftar");
    }
    let people = person::members(app.store(), reached.unit.id, app.today()).await?;
    let person = people.iter().find(|person| person.id.to_string() == fields.orang).map(|person| person.id);
    if person.is_none() {
        errors.add("orang", "pilih orang di unit ini yang mengerjakannya");
    }
    let due = NaiveDate::parse_from_str(fields.batas.trim(), "%Y-%m-%d");
    let due = errors.take("batas", due.map_err(|_| "isi tanggalnya, misalnya 2020-06-15"));
    let (Some(source), Some(person), Some(due_on)) = (source, person, due) else { return Ok(Err(errors)) };
    let entry = FollowUp {
        id: FollowUpId(chance::fresh()),
        unit: reached.unit.id,
        year: reach::year(&fields.tahun)?,
        number: 0,
        what: fields.temuan.clone(),
        source,
        origin: fields.asal.clone(),
        cause: fields.sebab.clone(),
        action: fields.tindakan.clone(),
        person,
        due_on,
        state: State::Open,
        steps: Vec::new(),
    };
    Ok(entry.open(hand(app, caller)).map_err(|refusal| match refusal {
        Refusal::NoAction => Errors::one("tindakan", refusal),
        _ => Errors::one("temuan", refusal),
    }))
}

fn hand(app: &App, caller: &Caller) -> Hand {
    Hand { by: caller.id(), today: app.today() }
}

/// Where it can be seen that it was done.
#[derive(Debug, Deserialize)]
pub struct Evidence {
    #[serde(default)]
    bukti: String,
}

/// Why it is opened again.
#[derive(Debug, Deserialize)]
pub struct Reason {
    #[serde(default)]
    alasan: String,
}

/// Says that it was done.
///
/// # Errors
/// What core refuses.
pub async fn finish(
    Shared(app): Shared<App>,
    caller: Caller,
    Path(path): Path<EntryPath>,
    Posted(told): Posted<Evidence>,
) -> Result {
    let step = |entry: FollowUp| entry.finish(&told.bukti, hand(&app, &caller));
    let to = change(&app, &caller, &path, Want::CarryOutFollowUp, "followup.done", step).await?;
    Ok(flash::done(see_other(&to), caller.lang.t("Dilaporkan selesai; menunggu verifikasi orang lain.")))
}

/// Verifies that it was done.
///
/// # Errors
/// What core refuses.
pub async fn verify(
    Shared(app): Shared<App>,
    caller: Caller,
    Path(path): Path<EntryPath>,
    _: Posted<Nothing>,
) -> Result {
    let step = |entry: FollowUp| entry.verify(hand(&app, &caller));
    let to = change(&app, &caller, &path, Want::VerifyFollowUp, "followup.verified", step).await?;
    Ok(flash::done(see_other(&to), caller.lang.t("Tindak lanjut diverifikasi.")))
}

/// Opens it again.
///
/// # Errors
/// What core refuses.
pub async fn reopen(
    Shared(app): Shared<App>,
    caller: Caller,
    Path(path): Path<EntryPath>,
    Posted(why): Posted<Reason>,
) -> Result {
    let step = |entry: FollowUp| entry.reopen(&why.alasan, hand(&app, &caller));
    let to = change(&app, &caller, &path, Want::VerifyFollowUp, "followup.reopened", step).await?;
    Ok(flash::done(see_other(&to), caller.lang.t("Tindak lanjut dibuka kembali.")))
}

async fn change(
    app: &App,
    caller: &Caller,
    path: &EntryPath,
    want: Want,
    event: &'static str,
    step: impl FnOnce(FollowUp) -> std::result::Result<FollowUp, Refusal>,
) -> Result<String> {
    let reached = reach_unit(app, caller, &path.unit, Want::ReadUnit).await?;
    let seen = reach_entry(app, &reached, &path.id).await?;
    demand(caller, want, &reached.scope().pics(vec![seen.person]))?;
    let tx = app.store().begin().await?;
    let before = store::lock(&tx, seen.id).await?.ok_or(AppError::NotFound)?;
    let after = step(before.clone())?;
    store::update(&tx, &after).await?;
    let record = Record::new(caller.audit(), event, after.id.0).of_unit(after.unit);
    let record = record.before(before.state).after(after.steps.last());
    tx.commit(record, app.now()).await?;
    Ok(format!("{}/{}", address(&reached), after.id))
}
