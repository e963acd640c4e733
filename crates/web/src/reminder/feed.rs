//! A person's deadlines as iCalendar (RFC 5545), for programs that know its secret address. What it holds is decided when
//! it is fetched: who lost a role no longer sees what it gave them.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use bening_core::access::{self, Action, Actor, Decision};
use bening_core::person::Standing;
use bening_core::reminder::Due;
use bening_core::unit::Unit;
use bening_store::{person, reminder as store};
use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component, Event, EventLike};

use crate::app::App;
use crate::chance;
use crate::error::{AppError, Result};
use crate::reach::scope_of;

/// The calendar behind an address.
///
/// # Errors
/// [`AppError::NotFound`] when the address was never given or taken away, or its owner's account is closed.
pub async fn show(State(app): State<App>, Path(secret): Path<String>) -> Result {
    let owner = store::owner_of_calendar(app.store(), &chance::digest(&secret)).await?;
    let account = person::by_id(app.store(), owner.ok_or(AppError::NotFound)?).await?;
    let account = account.filter(|account| account.person.standing != Standing::Disabled);
    let owner = account.ok_or(AppError::NotFound)?.person.id;
    let actor = Actor::on(app.today(), owner, person::assignments_of(app.store(), owner).await?);
    let mut calendar = Calendar::new();
    calendar.name("Bening");
    let units = bening_store::unit::all(app.store()).await?;
    for unit in &units {
        let scope = scope_of(&units, unit.id);
        if access::may(&actor, Action::ReadUnit, &scope) != Decision::Yes {
            continue;
        }
        let due = store::due_at(app.store(), unit.id, app.today()).await?;
        for due in due.iter().filter(|due| due.concerns(&actor, &scope)) {
            calendar.push(event(due, unit, app.now()));
        }
    }
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
    Ok((kind, calendar.done().to_string()).into_response())
}

fn event(due: &Due, unit: &Unit, now: DateTime<Utc>) -> Event {
    Event::new()
        .uid(&format!("{}-{}-{}", due.kind.as_str(), due.subject, due.due_on))
        .timestamp(now)
        .summary(&due.title)
        .description(&format!("{}, {}", due.kind.name(), unit.name))
        .all_day(due.due_on)
        .add_property("TRANSP", "TRANSPARENT")
        .done()
}
