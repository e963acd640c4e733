//! The inbox: what somebody was told, with the way to it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::audit::Entry;
use bening_core::id::ReminderId;
use bening_core::reminder::Reminder;
use bening_core::unit::Unit;
use bening_store::reminder as store;
use serde_json::json;

use super::address;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::page::{Crumb, Page, Room, Tone};
use crate::plan::frame;
use crate::reach::readable_units;

const BASE: &str = "/kotak";
/// How much of it the page lists.
const LISTED_MAX: u64 = 100;

struct Line {
    id: ReminderId,
    title: String,
    kind: &'static str,
    unit: String,
    href: String,
    due: String,
    told: String,
    tone: Tone,
    state: &'static str,
    is_unread: bool,
}

#[derive(Template)]
#[template(path = "reminder/inbox.html")]
struct InboxPage {
    page: Page,
    lines: Vec<Line>,
}

/// The page. What lies at a unit that one may not read any more is left out.
///
/// # Errors
/// When the store fails.
pub async fn show(State(app): State<App>, caller: Caller) -> Result {
    let units = readable_units(&app, &caller).await?;
    let told = store::inbox(app.store(), caller.id(), LISTED_MAX).await?;
    let lines = told.iter().filter_map(|told| line(&app, &caller, &units, told)).collect();
    let page = frame::plain(&app, &caller, caller.lang.t("Kotak masuk"), Room::Home).await?;
    let crumbs = vec![Crumb::link(caller.lang.t("Beranda"), "/"), Crumb::here(caller.lang.t("Kotak masuk"))];
    Ok(Html(InboxPage { page: Page { crumbs, ..page }, lines }.render()?).into_response())
}

fn line(app: &App, caller: &Caller, units: &[Unit], told: &Reminder) -> Option<Line> {
    let unit = units.iter().find(|unit| unit.id == told.unit)?;
    let is_late = told.due_on < app.today();
    Some(Line {
        id: told.id,
        title: told.title.clone(),
        kind: told.kind.name(),
        unit: unit.name.clone(),
        href: address(unit, told.kind, told.subject, told.due_on),
        due: caller.lang.date(told.due_on),
        told: caller.lang.date(told.told_on),
        tone: if is_late { Tone::Bad } else { Tone::Warn },
        state: if is_late { "lewat batas waktu" } else { "segera" },
        is_unread: told.read_at.is_none(),
    })
}

/// Marks one line as read.
///
/// # Errors
/// [`AppError::NotFound`] when it is nobody's or somebody else's.
pub async fn read(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Result {
    let id: ReminderId = id.parse().map_err(|_| AppError::NotFound)?;
    match mark(&app, &caller, Some(id)).await? {
        0 => Err(AppError::NotFound),
        _ => Ok(see_other(BASE)),
    }
}

/// Marks all lines as read.
///
/// # Errors
/// When the store fails.
pub async fn read_all(State(app): State<App>, caller: Caller, _: Posted<Nothing>) -> Result {
    mark(&app, &caller, None).await?;
    Ok(flash::done(see_other(BASE), caller.lang.t("Semua pengingat ditandai sudah dibaca.")))
}

async fn mark(app: &App, caller: &Caller, which: Option<ReminderId>) -> Result<u64> {
    let tx = app.store().begin().await?;
    let count = store::read(&tx, caller.id(), which, app.now()).await?;
    if count > 0 {
        let entry = Entry::new(caller.audit(), "reminder.read", caller.id().0);
        tx.commit(entry.after(json!({ "count": count })), app.now()).await?;
    }
    Ok(count)
}
