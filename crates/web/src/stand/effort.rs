//! The effort of every question: what the team reckons it takes from the lowest answer to the best. The cheapest
//! way is reckoned with it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::instrument::{Area, Question};
use bening_core::plan;
use bening_core::way::{Days, EffortError, Efforts, MAX_DAYS};
use bening_store::lke as store;
use serde_json::Value;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::lke::frame::{Head, page};
use crate::lke::reach::{LkePath, Opened, reach_lke};
use crate::lke::typed::Fields;
use crate::page::Page;
use crate::reach::{allows, demand};

/// A question with its effort.
struct Row {
    code: String,
    label: String,
    default: Days,
    value: String,
    error: String,
}

/// The questions of an area.
struct Section {
    code: String,
    name: String,
    /// Whether the caller may set them.
    edit: bool,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "stand/effort.html")]
struct EffortPage {
    page: Page,
    head: Head,
    sections: Vec<Section>,
    edit: bool,
    most: Days,
}

/// The efforts.
///
/// # Errors
/// When there is no worksheet to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<LkePath>) -> Result {
    let opened = reach_lke(&app, &caller, &path).await?;
    let efforts = store::efforts(app.store(), opened.lke.id).await?;
    let set = |code: &str| efforts.set_for(code).map(|days| days.to_string()).unwrap_or_default();
    render(&app, &caller, &opened, set, &BTreeMap::new()).await.map(IntoResponse::into_response)
}

async fn render(
    app: &App,
    caller: &Caller,
    opened: &Opened,
    value: impl Fn(&str) -> String + Send,
    errors: &BTreeMap<String, EffortError>,
) -> Result<Html<String>> {
    let row = |question: &Question| Row {
        code: question.code.clone(),
        label: question.label.clone(),
        default: Efforts::default_of(question),
        value: value(&question.code),
        error: errors
            .get(&question.code)
            .map(|error| caller.lang.t(&error.to_string()).into_owned())
            .unwrap_or_default(),
    };
    let section = |area: &Area| Section {
        code: area.code.clone(),
        name: area.name.clone(),
        edit: may_set(caller, opened, area),
        rows: area.subs.iter().flat_map(|sub| &sub.questions).map(row).collect(),
    };
    let sections: Vec<Section> = opened.edition.areas.iter().map(section).collect();
    let edit = sections.iter().any(|section| section.edit);
    let page = page(app, caller, &opened.at, caller.lang.t("Upaya perbaikan")).await?;
    let head = Head::of(app, caller, opened, super::position::PAGE);
    Ok(Html(EffortPage { page, head, sections, edit, most: MAX_DAYS }.render()?))
}

fn may_set(caller: &Caller, opened: &Opened, area: &Area) -> bool {
    let scope = opened.at.scope.clone().area(plan::Area::from_code(&area.code));
    allows(caller, Want::AnswerLke, &scope)
}

/// Sets the efforts that were changed.
///
/// # Errors
/// When one of them is not the caller's to set; what is no effort comes back with the page.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<LkePath>,
    Posted(form): Posted<Fields>,
) -> Result {
    let opened = reach_lke(&app, &caller, &path).await?;
    if !opened.edition.areas.iter().any(|area| may_set(&caller, &opened, area)) {
        return Err(AppError::Forbidden);
    }
    let before = store::efforts(app.store(), opened.lke.id).await?;
    let (changed, errors) = changed(&caller, &opened, &before, &form)?;
    if !errors.is_empty() {
        let page = render(&app, &caller, &opened, |code| form.get(code).to_owned(), &errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    keep(&app, &caller, &opened, &before, &changed).await?;
    let to = format!("{}/{}#jalan", opened.at.address(), super::position::PAGE);
    Ok(flash::done(see_other(&to), caller.lang.t("Upaya perbaikan disimpan.")))
}

type Changed = BTreeMap<String, Option<Days>>;

/// The efforts unlike those set before; fields that were not sent stay.
fn changed(
    caller: &Caller,
    opened: &Opened,
    before: &Efforts,
    form: &Fields,
) -> Result<(Changed, BTreeMap<String, EffortError>)> {
    let (mut changed, mut errors) = (Changed::new(), BTreeMap::new());
    for (area, _, question) in opened.edition.questions().filter(|(_, _, question)| form.has(&question.code))
    {
        match Efforts::parse(form.get(&question.code)) {
            Ok(days) if days == before.set_for(&question.code) => {}
            Ok(days) => {
                let scope = opened.at.scope.clone().area(plan::Area::from_code(&area.code));
                demand(caller, Want::AnswerLke, &scope)?;
                changed.insert(question.code.clone(), days);
            }
            Err(error) => drop(errors.insert(question.code.clone(), error)),
        }
    }
    Ok((changed, errors))
}

async fn keep(
    app: &App,
    caller: &Caller,
    opened: &Opened,
    before: &Efforts,
    changed: &Changed,
) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let tx = app.store().begin().await?;
    for (code, days) in changed {
        store::set_effort(&tx, opened.lke.id, code, *days, caller.id(), app.now()).await?;
    }
    let was: Value = changed.keys().map(|code| (code.clone(), Value::from(before.set_for(code)))).collect();
    let is: Value = changed.iter().map(|(code, days)| (code.clone(), Value::from(*days))).collect();
    let entry =
        Entry::new(caller.audit(), "lke.effort.set", opened.lke.id.0).of_unit(opened.at.reached.unit.id);
    tx.commit(entry.before(was).after(is), app.now()).await?;
    Ok(())
}
