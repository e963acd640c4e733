//! The register as a list, and the form of a new entry.

use askama::Template;
use axum::extract::{Path, Query, State as Shared};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::followup::{FollowUp, Progress, Source, State};
use bening_core::monev::figures::percent;
use bening_core::person::Person;
use bening_store::{followup as store, person};
use serde::Deserialize;

use super::{Ask, address, chip, page};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::form::Errors;
use crate::page::{Crumb, Page};
use crate::plan::status::Chip;
use crate::reach::{Reached, reach_unit};

struct Line {
    href: String,
    number: u32,
    what: String,
    origin: String,
    action: String,
    person: String,
    due: String,
    age: String,
    status: Chip,
}

#[derive(Template)]
#[template(path = "followup/list.html")]
struct ListPage {
    page: Page,
    base: String,
    unit: String,
    year: i32,
    ask: Ask,
    progress: Progress,
    followed_up: String,
    lines: Vec<Line>,
    can_open: bool,
}

impl ListPage {
    /// The tone of a count that should be none.
    fn tone(&self, count: &usize, tone: &'static str) -> &'static str {
        crate::monev::tone(*count, tone)
    }

    fn states(&self) -> [State; 4] {
        State::ALL
    }

    fn sources(&self) -> [Source; 5] {
        Source::ALL
    }
}

/// The list.
///
/// # Errors
/// When the unit is not to be seen.
pub async fn show(
    Shared(app): Shared<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Query(ask): Query<Ask>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ReadUnit).await?;
    let year = ask.year(&app)?;
    let entries = store::list(app.store(), reached.unit.id, year).await?;
    let names = person::names(app.store(), entries.iter().map(|entry| entry.person)).await?;
    let title = caller.lang.t("Tindak lanjut").into_owned();
    let page = page(&app, &caller, &reached, year, title, Vec::new()).await?;
    let (base, today) = (address(&reached), app.today());
    let line = |entry: &FollowUp| Line {
        href: format!("{base}/{}", entry.id),
        number: entry.number,
        what: entry.what.clone(),
        origin: if entry.origin.is_empty() {
            page.t(entry.source.name()).into_owned()
        } else {
            entry.origin.clone()
        },
        action: entry.action.clone(),
        person: names.get(&entry.person).cloned().unwrap_or_default(),
        due: page.date(entry.due_on),
        age: entry.age_days(today).map(|days| page.tn("%{n} hari", days)).unwrap_or_default(),
        status: chip(&caller, entry, today),
    };
    let lines = entries.iter().filter(|entry| ask.wants(entry, today)).map(line).collect();
    let progress = Progress::of(&entries, today);
    let followed_up = progress.followed_up().map_or_else(|| "–".to_owned(), percent);
    let can_open = reached.allows(&caller, Want::OpenFollowUp);
    let (unit, year) = (reached.unit.code.to_string(), year.get());
    let list = ListPage { page, base, unit, year, ask, progress, followed_up, lines, can_open };
    Ok(Html(list.render()?).into_response())
}

/// The fields of a new entry.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Fields {
    pub(super) tahun: String,
    pub(super) sumber: String,
    pub(super) asal: String,
    pub(super) temuan: String,
    pub(super) sebab: String,
    pub(super) tindakan: String,
    pub(super) orang: String,
    pub(super) batas: String,
}

#[derive(Template)]
#[template(path = "followup/new.html")]
struct NewPage {
    page: Page,
    base: String,
    fields: Fields,
    people: Vec<Person>,
    errors: Errors,
}

impl NewPage {
    fn sources(&self) -> [Source; 5] {
        Source::ALL
    }
}

/// The form, with what the link to it already knows.
///
/// # Errors
/// When the caller may not enter anything.
pub async fn show_new(
    Shared(app): Shared<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Query(fields): Query<Fields>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::OpenFollowUp).await?;
    form(&app, &caller, &reached, fields, Errors::default()).await
}

/// The form with what was typed and what is wrong with it.
pub(super) async fn form(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    fields: Fields,
    errors: Errors,
) -> Result {
    let asked = Ask { tahun: fields.tahun.clone(), ..Ask::default() };
    let year = asked.year(app)?;
    let title = caller.lang.t("Tindak lanjut baru").into_owned();
    let below = vec![Crumb::here(title.clone())];
    let page = page(app, caller, reached, year, title, below).await?;
    let people = person::members(app.store(), reached.unit.id, app.today()).await?;
    let fields = Fields { tahun: year.to_string(), ..fields };
    let form = NewPage { page, base: address(reached), fields, people, errors };
    let status = if form.errors.is_empty() { 200 } else { 422 };
    let status = axum::http::StatusCode::from_u16(status).unwrap_or_default();
    Ok((status, Html(form.render()?)).into_response())
}
