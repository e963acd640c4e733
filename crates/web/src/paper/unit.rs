//! The papers about a unit: the list, and a paper as a file.

use askama::Template as _;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::id::PaperId;
use bening_core::paper::{Template, shipped, template};
use bening_store::{paper as store, person, team};

use crate::app::App;
use crate::caller::Caller;
use crate::candidacy::charter::print;
use crate::candidacy::reach::action;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::{Reached, allows, reach_unit};

struct Line {
    id: String,
    name: String,
    number: String,
    day: String,
    who: String,
}

#[derive(askama::Template)]
#[template(path = "paper/unit.html")]
struct UnitPage {
    page: Page,
    base: String,
    lines: Vec<Line>,
    can_make: Vec<&'static Template>,
}

/// The list.
///
/// # Errors
/// When the unit is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(unit): Path<String>) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ReadUnit).await?;
    let scope = scope(&app, &reached).await?;
    let papers = store::of_unit(app.store(), reached.unit.id).await?;
    let names = person::names(app.store(), papers.iter().map(|paper| paper.by)).await?;
    let page = page(&app, &caller, &reached, caller.lang.t("Naskah").into_owned(), Vec::new()).await?;
    let line = |paper: store::Line| Line {
        id: paper.id.to_string(),
        name: template(&paper.template).map_or(paper.template.clone(), |template| template.name.clone()),
        number: paper.number,
        day: page.date(paper.dated),
        who: names.get(&paper.by).cloned().unwrap_or_default(),
    };
    let may = |template: &&Template| allows(&caller, action(template.by), &scope);
    let shown = UnitPage {
        base: address(&reached),
        lines: papers.into_iter().map(line).collect(),
        can_make: shipped().iter().filter(may).collect(),
        page,
    };
    Ok(Html(shown.render()?).into_response())
}

pub(super) fn address(reached: &Reached) -> String {
    format!("/unit/{}/naskah", reached.unit.code)
}

/// The scope of the unit with those who assess it.
pub(super) async fn scope(app: &App, reached: &Reached) -> Result<Scope> {
    let assessors = team::assessors(app.store(), reached.unit.id, app.this_year()).await?;
    Ok(reached.scope().assessors(assessors))
}

/// The frame of a page about papers; `below` is where it lies under the list.
pub(super) async fn page(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    title: String,
    below: Vec<Crumb>,
) -> Result<Page> {
    let page = frame::at(app, caller, reached, app.this_year(), title, Room::Predicate).await?;
    let road = format!("/unit/{}/predikat", reached.unit.code);
    let mut crumbs = vec![
        Crumb::link(reached.unit.name.clone(), format!("/unit/{}", reached.unit.code)),
        Crumb::link(caller.lang.t("Predikat"), road),
    ];
    crumbs.push(match below.is_empty() {
        true => Crumb::here(caller.lang.t("Naskah")),
        false => Crumb::link(caller.lang.t("Naskah"), address(reached)),
    });
    crumbs.extend(below);
    Ok(Page { crumbs, ..page })
}

/// A paper as it was issued.
///
/// # Errors
/// When there is none, or it is in no such format.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path((unit, id, format)): Path<(String, String, String)>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ReadUnit).await?;
    let id: PaperId = id.parse().map_err(|_| AppError::NotFound)?;
    let paper = store::by_id(app.store(), id).await?;
    let paper = paper.filter(|paper| paper.unit == reached.unit.id).ok_or(AppError::NotFound)?;
    let stem = format!("{}-{}-{}", paper.template, reached.unit.code.as_str().to_lowercase(), paper.dated);
    print(&app, paper.document, &format, &stem).await
}
