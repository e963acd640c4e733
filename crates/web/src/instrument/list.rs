//! The list of editions, and the form that loads another.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::instrument::{Instrument, OwnKind, shipped};
use bening_store::instrument::{self as store, Loaded};
use bening_store::person;

use super::BASE;
use super::load::Preview;
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::allows;

#[derive(Template)]
#[template(path = "instrument/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
    /// Files of the agency that cannot be used any more, and why.
    unusable: Vec<String>,
    may_load: bool,
    outcome: Outcome,
}

struct Row {
    id: String,
    title: String,
    validity: String,
    is_in_force: bool,
    is_own: bool,
    replaces: Option<String>,
    questions: usize,
    conditions: usize,
    citations: usize,
    /// "who, when" of the wording.
    wording: Option<String>,
    loaded: Option<String>,
}

/// What came of a file that was sent.
pub(super) enum Outcome {
    /// None was sent.
    Nothing,
    /// It cannot be used; nothing was kept.
    Problems(Vec<String>),
    /// It can be used; nothing was kept yet.
    Sound(Box<Preview>),
}

/// The editions, for everybody who is signed in.
///
/// # Errors
/// When the store fails.
pub async fn show(State(app): State<App>, caller: Caller) -> Result {
    render(&app, &caller, Outcome::Nothing).await
}

pub(super) async fn render(app: &App, caller: &Caller, outcome: Outcome) -> Result {
    let page = frame::plain(app, caller, caller.lang.t("Instrumen LKE"), Room::Settings).await?;
    let crumbs = vec![
        Crumb::link(caller.lang.t("Beranda"), "/"),
        Crumb::link(caller.lang.t("Instansi"), "/instansi"),
        Crumb::here(caller.lang.t("Instrumen LKE")),
    ];
    let in_force = app.in_force().await?;
    let loaded = store::current(app.store()).await?;
    let mut rows = Vec::new();
    for edition in in_force.editions.iter() {
        rows.push(row(app, caller, edition, &loaded).await?);
    }
    let unusable = in_force.problems.iter().map(ToString::to_string).collect();
    let may_load = allows(caller, Want::ManageAgency, &Scope::agency());
    let status = match outcome {
        Outcome::Problems(_) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let page = Page { crumbs, ..page };
    let list = ListPage { page, rows, unusable, may_load, outcome };
    Ok((status, Html(list.render()?)).into_response())
}

async fn row(app: &App, caller: &Caller, edition: &Arc<Instrument>, loaded: &[Loaded]) -> Result<Row> {
    let of = |kind| loaded.iter().find(|l| l.file.kind == kind && l.file.edition == edition.id);
    let in_force = app.editions().await?.for_day(app.today()).is_some_and(|now| now.id == edition.id);
    Ok(Row {
        id: edition.id.clone(),
        title: edition.title.clone(),
        validity: validity(caller, edition),
        is_in_force: in_force,
        is_own: shipped().by_id(&edition.id).is_none(),
        replaces: edition.replaces.clone(),
        questions: edition.questions().count(),
        conditions: edition.conditions.len(),
        citations: edition.citations().count(),
        wording: told(app, caller, of(OwnKind::Labels)).await?,
        loaded: told(app, caller, of(OwnKind::Edition)).await?,
    })
}

/// When and by whom a file was loaded.
async fn told(app: &App, caller: &Caller, loaded: Option<&Loaded>) -> Result<Option<String>> {
    let Some(loaded) = loaded else { return Ok(None) };
    let by = match loaded.loaded_by {
        Some(id) => person::by_id(app.store(), id).await?.map(|account| account.person.name),
        None => None,
    };
    let by = by.unwrap_or_else(|| caller.lang.t("baris perintah server").to_string());
    let (day, _) = app.local(loaded.loaded_at);
    let day = caller.lang.date(day);
    Ok(Some(format!("{} · v{} · {by}, {day}", loaded.file.name, loaded.version)))
}

/// The days an edition is for, in words.
pub(super) fn validity(caller: &Caller, edition: &Instrument) -> String {
    let from = caller.lang.date(edition.valid_from);
    let until = edition.valid_until.map(|day| caller.lang.date(day));
    format!("{from} – {}", until.unwrap_or_else(|| caller.lang.t("sekarang").to_string()))
}

/// Address of an edition.
pub(super) fn address(id: &str) -> String {
    format!("{BASE}/{id}")
}
