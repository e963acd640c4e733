//! Changing what is known of a unit.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::unit::Unit;
use bening_store::{StoreError, unit as store};

use super::fields::{Choice, Fields, choices};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::flash;
use crate::form::{Errors, Posted, see_other};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::{Reached, reach_unit};

/// What is said when another unit has the code.
pub(super) const TAKEN: &str = "kode ini sudah dipakai unit lain";

#[derive(Template)]
#[template(path = "units/edit.html")]
struct EditPage {
    page: Page,
    base: String,
    fields: Fields,
    choices: Vec<Choice>,
    errors: Errors,
}

/// The form with what is known of a unit.
///
/// # Errors
/// When the caller may not change it.
pub async fn show(State(app): State<App>, caller: Caller, Path(code): Path<String>) -> Result {
    let reached = reach_unit(&app, &caller, &code, Want::ManageAgency).await?;
    let fields = Fields::of(&reached.unit, &reached.units);
    render(&app, &caller, &reached, fields, Errors::default()).await.map(IntoResponse::into_response)
}

async fn render(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    fields: Fields,
    errors: Errors,
) -> Result<Html<String>> {
    let page = frame::plain(app, caller, caller.lang.t("Ubah unit"), Room::Units).await?;
    let base = format!("/unit/{}", reached.unit.code);
    let crumbs = vec![
        Crumb::link(caller.lang.t("Unit kerja"), "/unit"),
        Crumb::link(reached.unit.name.as_str(), &base),
        Crumb::here(caller.lang.t("Ubah unit")),
    ];
    let choices = choices(&reached.units, Some(reached.unit.id));
    Ok(Html(EditPage { page: Page { crumbs, ..page }, base, fields, choices, errors }.render()?))
}

/// Saves what is known of a unit.
///
/// # Errors
/// When the caller may not; what is wrong with the fields comes back with the page.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
    Posted(typed): Posted<Fields>,
) -> Result {
    let reached = reach_unit(&app, &caller, &code, Want::ManageAgency).await?;
    let outcome = match typed.unit(reached.unit.id, &reached.units) {
        Ok(unit) => keep(&app, &caller, &reached.unit, &unit).await?.map(|()| unit),
        Err(errors) => Err(errors),
    };
    match outcome {
        Ok(unit) => {
            Ok(flash::done(see_other(&format!("/unit/{}", unit.code)), caller.lang.t("Data unit disimpan.")))
        }
        Err(errors) => {
            let page = render(&app, &caller, &reached, typed, errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn keep(
    app: &App,
    caller: &Caller,
    before: &Unit,
    after: &Unit,
) -> Result<std::result::Result<(), Errors>> {
    let tx = app.store().begin().await?;
    match store::update(&tx, after).await {
        Err(StoreError::Duplicate) => return Ok(Err(Errors::one("kode", TAKEN))),
        outcome => outcome?,
    }
    let entry = Entry::new(caller.audit(), "unit.saved", after.id.0).of_unit(after.id);
    tx.commit(entry.before(before).after(after), app.now()).await?;
    Ok(Ok(()))
}
