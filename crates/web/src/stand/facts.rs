//! Facts stated about a unit or the agency for a year, each with the document it was read from, and the
//! affirmation of a unit. A form says what it last saw; what somebody else changed meanwhile is not overwritten.

mod keep;
mod registers;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use bening_core::access::{Action as Want, Scope};
use bening_core::eligibility::{AFFIRMATION, Stated, Statement, stated};
use bening_core::instrument::{FactKind, Instrument, Subject};
use bening_core::time::{Month, Year};
use bening_store::fact::{self, About};
use bening_store::person;
use serde_json::json;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::lke::frame::{Head, page};
use crate::lke::reach::{LkePath, Opened, reach_lke};
use crate::lke::typed::Fields;
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::{allows, demand, year};

use self::registers::Read;

/// What the fields of a fact begin with: its value, its document, both as last seen.
const VALUE: &str = "nilai.";
const SOURCE: &str = "sumber.";
const WAS: &str = "was.";
/// Field of the conditions set aside for an affirmed unit, once for each.
const SET_ASIDE: &str = "dikesampingkan";

/// One fact of the form.
struct Row {
    name: String,
    label: String,
    document: String,
    options: Vec<String>,
    value: String,
    source: String,
    was: String,
    /// Who stated it and when; empty while it is unknown.
    stated: String,
    error: String,
    /// What registers of the unit say about it.
    read: Vec<Read>,
}

/// A condition that may be set aside.
struct Tick {
    code: String,
    text: String,
    on: bool,
}

/// The affirmation of a unit.
struct AffirmationView {
    row: Row,
    /// Codes and names.
    groups: Vec<(String, String)>,
    ticks: Vec<Tick>,
}

/// The form of one subject.
struct FactForm {
    action: String,
    rows: Vec<Row>,
    affirmation: Option<AffirmationView>,
    edit: bool,
}

#[derive(Template)]
#[template(path = "stand/facts.html")]
struct FactsPage {
    page: Page,
    head: Head,
    form: FactForm,
}

#[derive(Template)]
#[template(path = "stand/agency_facts.html")]
struct AgencyFactsPage {
    page: Page,
    form: FactForm,
    regulation: String,
    before: String,
    after: String,
}

/// Whom the facts of a page are about, and under which edition.
struct Desk<'a> {
    about: About,
    subject: Subject,
    year: Year,
    edition: &'a Instrument,
    action: String,
    edit: bool,
}

type Errors = BTreeMap<String, String>;

/// The facts of a unit.
///
/// # Errors
/// When there is no worksheet to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<LkePath>) -> Result {
    let opened = reach_lke(&app, &caller, &path).await?;
    show_unit(&app, &caller, &opened, None, &Errors::new()).await.map(IntoResponse::into_response)
}

async fn show_unit(
    app: &App,
    caller: &Caller,
    opened: &Opened,
    typed: Option<&Fields>,
    errors: &Errors,
) -> Result<Html<String>> {
    let form = form(app, caller, &unit_desk(caller, opened), typed, errors).await?;
    let page = page(app, caller, &opened.at, caller.lang.t("Fakta unit")).await?;
    Ok(Html(FactsPage { page, head: Head::of(app, caller, opened, "kelayakan"), form }.render()?))
}

fn unit_desk<'a>(caller: &Caller, opened: &'a Opened) -> Desk<'a> {
    Desk {
        about: About::Unit(opened.at.reached.unit.id),
        subject: Subject::Unit,
        year: opened.at.year,
        edition: &opened.edition,
        action: format!("{}/fakta", opened.at.address()),
        edit: allows(caller, Want::StateUnitFacts, &opened.at.scope),
    }
}

/// States facts of a unit.
///
/// # Errors
/// When the caller may not; what is wrong with the fields comes back with the page.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<LkePath>,
    Posted(typed): Posted<Fields>,
) -> Result {
    let opened = reach_lke(&app, &caller, &path).await?;
    demand(&caller, Want::StateUnitFacts, &opened.at.scope)?;
    let errors = keep::keep(&app, &caller, &unit_desk(&caller, &opened), &typed).await?;
    if errors.is_empty() {
        return Ok(saved(&caller, &format!("{}/kelayakan", opened.at.address())));
    }
    let page = show_unit(&app, &caller, &opened, Some(&typed), &errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn saved(caller: &Caller, to: &str) -> Response {
    flash::done(see_other(to), caller.lang.t("Fakta disimpan."))
}

/// The facts of the agency.
///
/// # Errors
/// When the caller may not state them, or no edition covers the year.
pub async fn show_agency(State(app): State<App>, caller: Caller, Path(tahun): Path<String>) -> Result {
    demand(&caller, Want::StateAgencyFacts, &Scope::agency())?;
    agency_page(&app, &caller, year(&tahun)?, None, &Errors::new()).await.map(IntoResponse::into_response)
}

async fn agency_page(
    app: &App,
    caller: &Caller,
    year: Year,
    typed: Option<&Fields>,
    errors: &Errors,
) -> Result<Html<String>> {
    let editions = app.editions().await?;
    let edition = editions.for_day(Month::LAST.last_day(year)).ok_or(AppError::NotFound)?;
    let form = form(app, caller, &agency_desk(year, edition), typed, errors).await?;
    let title = caller.lang.tf("Fakta instansi %{tahun}", &[("tahun", year)]);
    let page = frame::plain(app, caller, title.clone(), Room::Settings).await?;
    let crumbs = vec![Crumb::link(caller.lang.t("Instansi"), "/instansi"), Crumb::here(title)];
    let beside = |other: Option<Year>| {
        let covered = other.filter(|other| editions.for_day(Month::LAST.last_day(*other)).is_some());
        covered.map(|other| other.to_string()).unwrap_or_default()
    };
    let (before, after, regulation) =
        (beside(year.previous()), beside(year.next()), edition.regulation.clone());
    let page = Page { crumbs, ..page };
    Ok(Html(AgencyFactsPage { page, form, regulation, before, after }.render()?))
}

fn agency_desk(year: Year, edition: &Instrument) -> Desk<'_> {
    let action = format!("/instansi/fakta/{year}");
    Desk { about: About::Agency, subject: Subject::Agency, year, edition, action, edit: true }
}

/// States facts of the agency.
///
/// # Errors
/// When the caller may not; what is wrong with the fields comes back with the page.
pub async fn save_agency(
    State(app): State<App>,
    caller: Caller,
    Path(tahun): Path<String>,
    Posted(typed): Posted<Fields>,
) -> Result {
    demand(&caller, Want::StateAgencyFacts, &Scope::agency())?;
    let year = year(&tahun)?;
    let editions = app.editions().await?;
    let edition = editions.for_day(Month::LAST.last_day(year)).ok_or(AppError::NotFound)?;
    let errors = keep::keep(&app, &caller, &agency_desk(year, edition), &typed).await?;
    if errors.is_empty() {
        return Ok(saved(&caller, &format!("/instansi/fakta/{year}")));
    }
    let page = agency_page(&app, &caller, year, Some(&typed), &errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn form(
    app: &App,
    caller: &Caller,
    desk: &Desk<'_>,
    typed: Option<&Fields>,
    errors: &Errors,
) -> Result<FactForm> {
    let known = fact::stated(app.store(), desk.about, desk.year).await?;
    let names = person::names(app.store(), known.values().map(|statement| statement.by)).await?;
    let told = |statement: &Statement| {
        let who = names.get(&statement.by).cloned().unwrap_or_default();
        let day = caller.lang.date(app.local(statement.at).0);
        caller.lang.tf("dinyatakan %{nama}, %{hari}", &[("nama", who), ("hari", day)])
    };
    let row = |name: &str, label: &str, document: &str, options: Vec<String>| Row {
        stated: known.get(name).map(told).unwrap_or_default(),
        error: errors.get(name).cloned().unwrap_or_default(),
        ..typed_row(name, label, document, options, known.get(name), typed)
    };
    let facts = desk.edition.facts.iter().filter(|fact| fact.subject == desk.subject);
    let rows = facts
        .map(|fact| row(&fact.name, &fact.label, &fact.source_document, options(desk.edition, &fact.kind)));
    let mut rows: Vec<Row> = rows.collect();
    if let About::Unit(unit) = desk.about {
        registers::read(app, unit, desk.year, &mut rows).await?;
    }
    let affirms = desk.subject == Subject::Unit && !desk.edition.affirmations.is_empty();
    let affirmation =
        affirms.then(|| affirmation(desk.edition, row(AFFIRMATION, "", "", Vec::new()), &known, typed));
    Ok(FactForm { action: desk.action.clone(), rows, affirmation, edit: desk.edit })
}

/// A row with what was typed, else with what is known.
fn typed_row(
    name: &str,
    label: &str,
    document: &str,
    options: Vec<String>,
    known: Option<&Statement>,
    typed: Option<&Fields>,
) -> Row {
    let now = |of: fn(&Statement) -> &str| known.map(of).unwrap_or_default().to_owned();
    let field = |prefix: &str, now: String| {
        typed.map_or(now, |typed| typed.get(&format!("{prefix}{name}")).to_owned())
    };
    Row {
        name: name.to_owned(),
        label: label.to_owned(),
        document: document.to_owned(),
        options,
        value: field(VALUE, now(|statement| &statement.value)),
        source: field(SOURCE, now(|statement| &statement.source)),
        was: field(WAS, fingerprint(known)),
        stated: String::new(),
        error: String::new(),
        read: Vec::new(),
    }
}

/// What travels to the page and back, so that a change by somebody else is noticed.
fn fingerprint(known: Option<&Statement>) -> String {
    known.map(|statement| json!([statement.value, statement.source]).to_string()).unwrap_or_default()
}

fn options(edition: &Instrument, kind: &FactKind) -> Vec<String> {
    match kind {
        FactKind::Number | FactKind::Percent => Vec::new(),
        FactKind::YesNo => vec!["ya".to_owned(), "tidak".to_owned()],
        FactKind::Choice(values) => values.clone(),
        FactKind::Scale(code) => {
            edition.scale(code).map(|scale| scale.order.iter().rev().cloned().collect()).unwrap_or_default()
        }
    }
}

fn affirmation(edition: &Instrument, row: Row, known: &Stated, typed: Option<&Fields>) -> AffirmationView {
    let stated = stated::facts(edition, &Stated::new(), known).affirmation;
    let group = stated.as_ref().map(|stated| stated.group.clone()).unwrap_or_default();
    let is_on = |code: &str| match typed {
        Some(typed) => typed.all(SET_ASIDE).any(|known| known == code),
        None => stated.as_ref().is_some_and(|stated| stated.set_aside.iter().any(|known| known == code)),
    };
    let ticks = stated::affirmable(edition).into_iter().map(|(code, text)| Tick {
        code: code.to_owned(),
        text: text.to_owned(),
        on: is_on(code),
    });
    AffirmationView {
        ticks: ticks.collect(),
        groups: edition.affirmations.iter().map(|group| (group.code.clone(), group.name.clone())).collect(),
        row: Row { value: if typed.is_some() { row.value } else { group }, ..row },
    }
}
