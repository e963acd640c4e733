//! A role that somebody holds: changing its period and areas, ending it today, taking that back.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::audit::Entry;
use bening_core::id::AssignmentId;
use bening_core::person::{Assignment, Role, is_last_admin};
use bening_core::plan::Area;
use bening_store::person;
use chrono::NaiveDate;
use serde::Deserialize;

use super::grant::{Fields, entry};
use super::seat::Seat;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Errors, Nothing, Posted, see_other};
use crate::page::Page;
use crate::plan::frame;

/// `…/peran/{id}`
#[derive(Debug, Deserialize)]
pub struct RolePath {
    id: AssignmentId,
}

#[derive(Template)]
#[template(path = "people/role.html")]
struct RolePage {
    page: Page,
    base: String,
    id: AssignmentId,
    name: String,
    role: &'static str,
    with_areas: bool,
    areas: [Area; 6],
    fields: Fields,
    errors: Errors,
}

/// The form to change a role.
///
/// # Errors
/// When the caller may not change it.
pub async fn show(State(app): State<App>, caller: Caller, seat: Seat, Path(path): Path<RolePath>) -> Result {
    let held = seat.role(&app, &caller, path.id).await?;
    let fields = fields(&held);
    render(&app, &caller, &seat, &held, fields, Errors::default()).await.map(IntoResponse::into_response)
}

fn fields(held: &Assignment) -> Fields {
    Fields {
        areas: held.areas.iter().map(|area| area.code().to_owned()).collect(),
        from: held.from.to_string(),
        until: held.until.map(|day| day.to_string()).unwrap_or_default(),
        ..Fields::default()
    }
}

async fn render(
    app: &App,
    caller: &Caller,
    seat: &Seat,
    held: &Assignment,
    fields: Fields,
    errors: Errors,
) -> Result<Html<String>> {
    let account = person::by_id(app.store(), held.person).await?.ok_or(AppError::NotFound)?;
    let title = caller.lang.t("Ubah peran");
    let page = frame::plain(app, caller, title.as_ref(), seat.room()).await?;
    let content = RolePage {
        page: Page { crumbs: seat.crumbs(caller, &title), ..page },
        base: seat.base.clone(),
        id: held.id,
        name: account.person.name,
        role: held.role.title(),
        with_areas: held.role == Role::AreaMember,
        areas: Area::ALL,
        fields,
        errors,
    };
    Ok(Html(content.render()?))
}

/// Changes the period and the areas of a role.
///
/// # Errors
/// When the caller may not; what is wrong with the fields comes back with the page.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    seat: Seat,
    Path(path): Path<RolePath>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result {
    let before = seat.role(&app, &caller, path.id).await?;
    let fields = Fields::read(pairs);
    match changed(&app, &before, &fields).await? {
        Ok(after) => {
            keep(&app, &caller, &seat, "assignment.saved", &before, &after).await?;
            Ok(flash::done(see_other(&seat.base), caller.lang.t("Peran disimpan.")))
        }
        Err(errors) => {
            let page = render(&app, &caller, &seat, &before, fields, errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn changed(
    app: &App,
    before: &Assignment,
    fields: &Fields,
) -> Result<std::result::Result<Assignment, Errors>> {
    let mut errors = Errors::default();
    let Some(extent) = fields.extent(before.role, &mut errors).filter(|_| errors.is_empty()) else {
        return Ok(Err(errors));
    };
    let (areas, from, until) = (extent.areas, extent.from, extent.until);
    let after = Assignment { areas, from, until, ..before.clone() };
    let others = person::assignments_of(app.store(), before.person).await?;
    if others.iter().any(|other| after.repeats(other)) {
        return Ok(Err(Errors::one("mulai", "pada masa itu orang ini sudah memegang peran yang sama")));
    }
    let stays = after.until.is_none() && after.holds_on(app.today());
    if !stays && would_be_leaderless(app, before).await? {
        return Ok(Err(Errors::one("sampai", LAST_ADMIN)));
    }
    Ok(Ok(after))
}

const LAST_ADMIN: &str = "ini admin instansi terakhir; beri dulu peran admin kepada orang lain";

async fn would_be_leaderless(app: &App, held: &Assignment) -> Result<bool> {
    let roles = person::assignments_at(app.store(), held.place).await?;
    Ok(is_last_admin(&roles, held.id, app.today()))
}

async fn keep(
    app: &App,
    caller: &Caller,
    seat: &Seat,
    event: &'static str,
    before: &Assignment,
    after: &Assignment,
) -> Result<()> {
    let tx = app.store().begin().await?;
    person::change_assignment(&tx, after).await?;
    let entry = entry(seat, Entry::new(caller.audit(), event, after.id.0));
    Ok(tx.commit(entry.before(before).after(after), app.now()).await?)
}

/// Ends a role: today is its last day.
///
/// # Errors
/// When the caller may not, it is over already, or nobody would be left to manage the agency.
pub async fn end(
    State(app): State<App>,
    caller: Caller,
    seat: Seat,
    Path(path): Path<RolePath>,
    _: Posted<Nothing>,
) -> Result {
    let before = seat.role(&app, &caller, path.id).await?;
    if before.until.is_some_and(|until| until <= app.today()) {
        return Err(AppError::Refused("peran ini sudah berakhir".to_owned()));
    }
    if would_be_leaderless(&app, &before).await? {
        return Err(AppError::Refused(LAST_ADMIN.to_owned()));
    }
    let after = Assignment { until: Some(app.today()), ..before.clone() };
    keep(&app, &caller, &seat, "assignment.ended", &before, &after).await?;
    let back = before.until.map(|day| format!("?sampai={day}")).unwrap_or_default();
    let undo = format!("{}/peran/{}/pemulihan{back}", seat.base, before.id);
    let text =
        caller.lang.tf("Peran %{peran} berakhir hari ini.", &[("peran", caller.lang.t(before.role.title()))]);
    Ok(flash::undoable(see_other(&seat.base), text, undo))
}

/// Until when a role held before it was ended.
#[derive(Debug, Deserialize)]
pub struct Until {
    sampai: Option<NaiveDate>,
}

/// Takes the end of a role back.
///
/// # Errors
/// When the caller may not, or the person has been given the same role anew since.
pub async fn restore(
    State(app): State<App>,
    caller: Caller,
    seat: Seat,
    Path(path): Path<RolePath>,
    Query(until): Query<Until>,
    _: Posted<Nothing>,
) -> Result {
    let before = seat.role(&app, &caller, path.id).await?;
    let after = Assignment { until: until.sampai, ..before.clone() };
    let others = person::assignments_of(app.store(), before.person).await?;
    if others.iter().any(|other| after.repeats(other)) {
        return Err(AppError::Refused("orang ini sudah mendapat peran yang sama lagi".to_owned()));
    }
    keep(&app, &caller, &seat, "assignment.restored", &before, &after).await?;
    Ok(flash::done(see_other(&seat.base), caller.lang.t("Peran berlaku lagi.")))
}
