//! The meetings of a year, and the form of a new one.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::meeting::{Attendance, Capacity, Kind, Meeting};
use bening_core::person::Person;
use bening_store::{meeting as store, person};
use serde::Deserialize;

use super::{address, page};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::{Crumb, Page};
use crate::reach::{self, Reached, reach_unit};

struct Line {
    href: String,
    title: String,
    kind: &'static str,
    day: String,
    place: String,
    present: usize,
    with_head: bool,
    minuted: bool,
}

/// Which year is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Ask {
    #[serde(default)]
    tahun: String,
}

#[derive(Template)]
#[template(path = "meeting/list.html")]
struct ListPage {
    page: Page,
    base: String,
    unit: String,
    year: i32,
    lines: Vec<Line>,
    can_hold: bool,
}

/// The list.
///
/// # Errors
/// When the unit is not to be seen.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Query(ask): Query<Ask>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ReadUnit).await?;
    let year = if ask.tahun.is_empty() { app.this_year() } else { reach::year(&ask.tahun)? };
    let meetings = store::list(app.store(), reached.unit.id, year).await?;
    let ids: Vec<_> = meetings.iter().map(|meeting| meeting.id).collect();
    let present = store::present(app.store(), &ids).await?;
    let title = caller.lang.t("Rapat").into_owned();
    let page = page(&app, &caller, &reached, year, title, Vec::new()).await?;
    let base = address(&reached);
    let lines = meetings.iter().map(|meeting| line(&page, &base, meeting, &present)).collect();
    let can_hold = reached.allows(&caller, Want::OpenFollowUp);
    let (unit, year) = (reached.unit.code.to_string(), year.get());
    Ok(Html(ListPage { page, base, unit, year, lines, can_hold }.render()?).into_response())
}

fn line(page: &Page, base: &str, meeting: &Meeting, present: &[Attendance]) -> Line {
    let there = || present.iter().filter(|one| one.meeting == meeting.id);
    Line {
        href: format!("{base}/{}", meeting.id),
        title: meeting.title.clone(),
        kind: meeting.kind.name(),
        day: page.date(meeting.on),
        place: meeting.place.clone(),
        present: there().count(),
        with_head: there().any(|one| one.capacity == Capacity::Head),
        minuted: meeting.minutes.is_some(),
    }
}

/// The fields of a new meeting.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Fields {
    pub(super) jenis: String,
    pub(super) judul: String,
    pub(super) tanggal: String,
    pub(super) pukul: String,
    pub(super) tempat: String,
    pub(super) agenda: String,
    pub(super) tamu: String,
}

#[derive(Template)]
#[template(path = "meeting/new.html")]
struct NewPage {
    page: Page,
    base: String,
    fields: Fields,
    people: Vec<Person>,
    error: String,
}

impl NewPage {
    fn kinds(&self) -> [Kind; 3] {
        Kind::ALL
    }
}

/// The form.
///
/// # Errors
/// When the caller may not hold meetings.
pub async fn show_new(State(app): State<App>, caller: Caller, Path(unit): Path<String>) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::OpenFollowUp).await?;
    form(&app, &caller, &reached, Fields::default(), String::new()).await
}

/// The form with what was typed and what is wrong with it.
pub(super) async fn form(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    fields: Fields,
    error: String,
) -> Result {
    let title = caller.lang.t("Rapat baru").into_owned();
    let below = vec![Crumb::here(title.clone())];
    let page = page(app, caller, reached, app.this_year(), title, below).await?;
    let people = person::members(app.store(), reached.unit.id, app.today()).await?;
    let status = if error.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = NewPage { page, base: address(reached), fields, people, error };
    Ok((status, Html(form.render()?)).into_response())
}
