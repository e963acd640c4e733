//! What those who keep meetings do: hold one, note who was there from the paper, write the minutes.

use axum::extract::{Path, State};
use bening_core::access::Action as Want;
use bening_core::audit::Entry as Record;
use bening_core::id::{AttendanceId, MeetingId, PersonId, UnitId};
use bening_core::meeting::{Attendance, Capacity, Kind, Meeting, Signing};
use bening_core::person::{Place, Role};
use bening_store::{WriteTx, meeting as store, person};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::json;

use super::list::{Fields, form};
use super::{MeetingPath, address, reach_meeting};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::reach::{Reached, reach_unit};

/// Letters of the address of an attendance list.
const TOKEN_LETTERS: usize = 20;

/// Holds a meeting.
///
/// # Errors
/// When the caller may not.
pub async fn hold(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Posted(typed): Posted<Vec<(String, String)>>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::OpenFollowUp).await?;
    let fields = fields(&typed);
    let meeting = match read(&app, &reached, &fields, &typed).await? {
        Ok(meeting) => meeting,
        Err(error) => return form(&app, &caller, &reached, fields, error).await,
    };
    let tx = app.store().begin().await?;
    store::add(&tx, &meeting).await?;
    let record = Record::new(caller.audit(), "meeting.held", meeting.id.0).of_unit(meeting.unit);
    tx.commit(record.after(json!({ "title": meeting.title, "on": meeting.on })), app.now()).await?;
    let to = format!("{}/{}", address(&reached), meeting.id);
    Ok(flash::done(see_other(&to), caller.lang.t("Rapat dibuat. Cetak undangan dan daftar hadirnya.")))
}

fn fields(typed: &[(String, String)]) -> Fields {
    let of = |name: &str| {
        typed.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    Fields {
        jenis: of("jenis"),
        judul: of("judul"),
        tanggal: of("tanggal"),
        pukul: of("pukul"),
        tempat: of("tempat"),
        agenda: of("agenda"),
        tamu: of("tamu"),
    }
}

async fn read(
    app: &App,
    reached: &Reached,
    fields: &Fields,
    typed: &[(String, String)],
) -> Result<std::result::Result<Meeting, String>> {
    let members = person::members(app.store(), reached.unit.id, app.today()).await?;
    let chosen = typed.iter().filter(|(key, _)| key == "undang").filter_map(|(_, id)| id.parse().ok());
    let is_member = |id: &PersonId| members.iter().any(|member| member.id == *id);
    let Some(kind) = Kind::parse(&fields.jenis) else { return Ok(Err("pilih jenis rapatnya".to_owned())) };
    let Ok(on) = NaiveDate::parse_from_str(fields.tanggal.trim(), "%Y-%m-%d") else {
        return Ok(Err("isi tanggalnya, misalnya 2020-06-15".to_owned()));
    };
    let meeting = Meeting {
        id: MeetingId(chance::fresh()),
        unit: reached.unit.id,
        kind,
        title: fields.judul.clone(),
        on,
        hours: fields.pukul.clone(),
        place: fields.tempat.clone(),
        agenda: fields.agenda.clone(),
        invited: chosen.filter(is_member).collect(),
        guests: fields.tamu.clone(),
        token: chance::letters(TOKEN_LETTERS),
        minutes: None,
    };
    Ok(meeting.checked().map_err(|refusal| refusal.to_string()))
}

/// Who signed on paper.
#[derive(Debug, Deserialize)]
pub struct OnPaper {
    #[serde(default)]
    orang: String,
    #[serde(default)]
    nama: String,
    #[serde(default)]
    jabatan: String,
}

/// Notes somebody who signed on the printed list.
///
/// # Errors
/// When the caller may not, or core refuses.
pub async fn note_present(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<MeetingPath>,
    Posted(told): Posted<OnPaper>,
) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::OpenFollowUp).await?;
    let meeting = reach_meeting(&app, &reached, &path.id).await?;
    let members = person::members(app.store(), reached.unit.id, meeting.on).await?;
    let member = members.into_iter().find(|member| member.id.to_string() == told.orang);
    let (person, name, title) = match member {
        Some(member) => (Some(member.id), member.name, member.title),
        None => (None, told.nama, told.jabatan),
    };
    let new = attendance(&app, &meeting, person, name, title).await?;
    let tx = app.store().begin().await?;
    let signed = enter(&app, &tx, &meeting, new, Signing::Paper).await?;
    let record = Record::new(caller.audit(), "meeting.present", meeting.id.0).of_unit(meeting.unit);
    tx.commit(record.after(json!({ "name": signed.name, "way": "paper" })), app.now()).await?;
    let to = format!("{}/{}#hadir", address(&reached), meeting.id);
    Ok(flash::done(see_other(&to), caller.lang.t("Kehadiran dicatat.")))
}

/// A line of the list for somebody.
pub(super) async fn attendance(
    app: &App,
    meeting: &Meeting,
    person: Option<PersonId>,
    name: String,
    title: String,
) -> Result<Attendance> {
    let capacity = match person {
        Some(person) if is_head(app, meeting.unit, person, meeting.on).await? => Capacity::Head,
        Some(_) => Capacity::Member,
        None => Capacity::Guest,
    };
    let id = AttendanceId(chance::fresh());
    Ok(Attendance { id, meeting: meeting.id, person, name, title, capacity, at: app.now() })
}

async fn is_head(app: &App, unit: UnitId, person: PersonId, day: NaiveDate) -> Result<bool> {
    let roles = person::assignments_of(app.store(), person).await?;
    let heads = |role: &bening_core::person::Assignment| {
        role.role == Role::UnitHead
            && role.place == Place::Unit(unit)
            && role.from <= day
            && role.until.is_none_or(|until| day <= until)
    };
    Ok(roles.iter().any(heads))
}

/// Enters a line under the lock of the meeting, so that nobody stands there twice.
pub(super) async fn enter(
    app: &App,
    tx: &WriteTx,
    meeting: &Meeting,
    new: Attendance,
    signing: Signing,
) -> Result<Attendance> {
    let held = store::lock(tx, meeting.id).await?.ok_or(AppError::NotFound)?;
    let present = store::present_now(tx, &[held.id]).await?;
    let signed = held.sign(&present, new, signing, app.today())?;
    store::sign(tx, &signed).await?;
    Ok(signed)
}

/// What was said and decided.
#[derive(Debug, Deserialize)]
pub struct Said {
    #[serde(default)]
    notula: String,
    #[serde(default)]
    keputusan: String,
}

/// Writes the minutes.
///
/// # Errors
/// When the caller may not, or core refuses.
pub async fn minute(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<MeetingPath>,
    Posted(said): Posted<Said>,
) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::OpenFollowUp).await?;
    let seen = reach_meeting(&app, &reached, &path.id).await?;
    let tx = app.store().begin().await?;
    let before = store::lock(&tx, seen.id).await?.ok_or(AppError::NotFound)?;
    let after = before.clone().minuted(&said.notula, &said.keputusan, caller.id(), app.today())?;
    store::update(&tx, &after).await?;
    let told = |meeting: &Meeting| {
        let minutes = meeting.minutes.as_ref();
        minutes.map(|minutes| json!({ "text": minutes.text, "decisions": minutes.decisions }))
    };
    let record = Record::new(caller.audit(), "meeting.minuted", after.id.0).of_unit(after.unit);
    tx.commit(record.before(told(&before)).after(told(&after)), app.now()).await?;
    let to = format!("{}/{}#notula", address(&reached), after.id);
    Ok(flash::done(see_other(&to), caller.lang.t("Notula disimpan.")))
}
