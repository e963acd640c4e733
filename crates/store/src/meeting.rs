//! Meetings of a unit, and who was there.

use bening_core::id::{AttendanceId, MeetingId, PersonId, UnitId};
use bening_core::meeting::{Attendance, Capacity, Kind, Meeting, Minutes};
use bening_core::time::{Month, Year};
use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::meeting::{attendance, meeting};
use crate::{Result, Store, WriteTx, unreadable};

/// The meetings of a unit in a year, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(store: &Store, unit: UnitId, year: Year) -> Result<Vec<Meeting>> {
    let last = Month::all().next_back().map_or(NaiveDate::MAX, |month| month.last_day(year));
    let first = NaiveDate::from_ymd_opt(year.get(), 1, 1).unwrap_or(NaiveDate::MIN);
    let rows = meeting::Entity::find()
        .filter(meeting::Column::UnitId.eq(unit.0))
        .filter(meeting::Column::HeldOn.between(first, last))
        .order_by_desc(meeting::Column::HeldOn)
        .order_by_asc(meeting::Column::Id)
        .all(store.reads())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// A meeting.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_id(store: &Store, id: MeetingId) -> Result<Option<Meeting>> {
    meeting::Entity::find_by_id(id.0).one(store.reads()).await?.map(from_row).transpose()
}

/// The meeting whose attendance has this address.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_token(store: &Store, token: &str) -> Result<Option<Meeting>> {
    let found = meeting::Entity::find().filter(meeting::Column::Token.eq(token));
    found.one(store.reads()).await?.map(from_row).transpose()
}

/// A meeting, held until the write ends.
///
/// # Errors
/// When the database cannot be read.
pub async fn lock(tx: &WriteTx, id: MeetingId) -> Result<Option<Meeting>> {
    meeting::Entity::find_by_id(id.0).lock_exclusive().one(tx.conn()).await?.map(from_row).transpose()
}

/// Adds a meeting.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &WriteTx, new: &Meeting) -> Result<()> {
    let row = to_row(new)?.into_active_model().reset_all();
    meeting::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Keeps what changed of a meeting.
///
/// # Errors
/// When the database refuses.
pub async fn update(tx: &WriteTx, changed: &Meeting) -> Result<()> {
    to_row(changed)?.into_active_model().reset_all().update(tx.conn()).await?;
    Ok(())
}

/// Who was at these meetings, in the order in which they signed.
///
/// # Errors
/// When the database cannot be read.
pub async fn present(store: &Store, meetings: &[MeetingId]) -> Result<Vec<Attendance>> {
    read_present(store.reads(), meetings).await
}

/// The same, as the write sees it.
///
/// # Errors
/// When the database cannot be read.
pub async fn present_now(tx: &WriteTx, meetings: &[MeetingId]) -> Result<Vec<Attendance>> {
    read_present(tx.conn(), meetings).await
}

async fn read_present<C: ConnectionTrait>(conn: &C, meetings: &[MeetingId]) -> Result<Vec<Attendance>> {
    let rows = attendance::Entity::find()
        .filter(attendance::Column::MeetingId.is_in(meetings.iter().map(|id| id.0)))
        .order_by_asc(attendance::Column::At)
        .order_by_asc(attendance::Column::Id)
        .all(conn)
        .await?;
    let read = |row: attendance::Model| {
        Ok(Attendance {
            id: AttendanceId(row.id),
            meeting: MeetingId(row.meeting_id),
            person: row.person_id.map(PersonId),
            name: row.name,
            title: row.title,
            capacity: Capacity::parse(&row.capacity).ok_or_else(|| unreadable("attendance", "capacity"))?,
            at: row.at,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Puts somebody on an attendance list.
///
/// # Errors
/// When the database refuses.
pub async fn sign(tx: &WriteTx, new: &Attendance) -> Result<()> {
    let row = attendance::Model {
        id: new.id.0,
        meeting_id: new.meeting.0,
        person_id: new.person.map(|person| person.0),
        name: new.name.clone(),
        title: new.title.clone(),
        capacity: new.capacity.as_str().to_owned(),
        at: new.at,
    };
    let insert = attendance::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(())
}

fn to_row(meeting: &Meeting) -> Result<meeting::Model> {
    let minutes = meeting.minutes.as_ref();
    let invited = serde_json::to_value(&meeting.invited);
    Ok(meeting::Model {
        id: meeting.id.0,
        unit_id: meeting.unit.0,
        kind: meeting.kind.as_str().to_owned(),
        title: meeting.title.clone(),
        held_on: meeting.on,
        hours: meeting.hours.clone(),
        place: meeting.place.clone(),
        agenda: meeting.agenda.clone(),
        invited: invited.map_err(|error| unreadable("meeting", error.to_string()))?,
        guests: meeting.guests.clone(),
        token: meeting.token.clone(),
        minutes: minutes.map(|minutes| minutes.text.clone()),
        decisions: minutes.map(|minutes| minutes.decisions.clone()),
        minuted_by: minutes.map(|minutes| minutes.by.0),
        minuted_on: minutes.map(|minutes| minutes.on),
    })
}

fn from_row(row: meeting::Model) -> Result<Meeting> {
    let written = row.minutes.zip(row.minuted_by.zip(row.minuted_on));
    let decisions = row.decisions.unwrap_or_default();
    let minutes = written.map(|(text, (by, on))| Minutes { text, decisions, by: PersonId(by), on });
    let invited = serde_json::from_value(row.invited);
    Ok(Meeting {
        id: MeetingId(row.id),
        unit: UnitId(row.unit_id),
        kind: Kind::parse(&row.kind).ok_or_else(|| unreadable("meeting", "kind"))?,
        title: row.title,
        on: row.held_on,
        hours: row.hours,
        place: row.place,
        agenda: row.agenda,
        invited: invited.map_err(|error| unreadable("meeting", error.to_string()))?,
        guests: row.guests,
        token: row.token,
        minutes,
    })
}
