//! The secret address of one's own calendar: made anew, shown once, taken away.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse};
use bening_core::audit::Entry;
use bening_store::reminder as store;

use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::client;
use crate::error::Result;
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;

const BASE: &str = "/akun/kalender";

#[derive(Template)]
#[template(path = "reminder/calendar.html")]
struct CalendarPage {
    page: Page,
    /// Since when there is an address.
    since: Option<String>,
    /// The address, right after it was made and never again.
    address: String,
}

/// The page.
///
/// # Errors
/// When the store fails.
pub async fn show(State(app): State<App>, caller: Caller) -> Result {
    render(&app, &caller, String::new()).await
}

async fn render(app: &App, caller: &Caller, address: String) -> Result {
    let opened = store::opened_calendar(app.store(), caller.id()).await?;
    let since = opened.map(|at| caller.lang.date(app.local(at).0));
    let page = frame::plain(app, caller, caller.lang.t("Kalender"), Room::Home).await?;
    let crumbs =
        vec![Crumb::link(caller.lang.t("Akun saya"), "/akun"), Crumb::here(caller.lang.t("Kalender"))];
    Ok(Html(CalendarPage { page: Page { crumbs, ..page }, since, address }.render()?).into_response())
}

/// Makes an address and shows it; one that was made before leads nowhere from then on.
///
/// # Errors
/// When the store fails.
pub async fn open(State(app): State<App>, caller: Caller, headers: HeaderMap, _: Posted<Nothing>) -> Result {
    let secret = chance::secret();
    let tx = app.store().begin().await?;
    store::open_calendar(&tx, caller.id(), chance::digest(&secret), app.now()).await?;
    tx.commit(Entry::new(caller.audit(), "calendar.opened", caller.id().0), app.now()).await?;
    render(&app, &caller, format!("{}/kalender/{secret}", client::site(&app, &headers))).await
}

/// Takes the address away.
///
/// # Errors
/// When the store fails.
pub async fn close(State(app): State<App>, caller: Caller, _: Posted<Nothing>) -> Result {
    let tx = app.store().begin().await?;
    store::close_calendar(&tx, caller.id()).await?;
    tx.commit(Entry::new(caller.audit(), "calendar.closed", caller.id().0), app.now()).await?;
    Ok(flash::done(see_other(BASE), caller.lang.t("Alamat kalender dicabut.")))
}
