//! The account of a person as the admin of the agency sees it: name, roles everywhere, password, standing.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::audit::Entry;
use bening_core::person::{Login, Person, Place, Standing};
use bening_core::text;
use bening_store::{person, session, unit};
use serde::Deserialize;

use super::grant::{PasswordPage, initial};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Errors, Nothing, Posted, see_other};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::demand;

struct RoleLine {
    role: &'static str,
    place: String,
    href: String,
    from: String,
    until: String,
}

#[derive(Template)]
#[template(path = "people/account.html")]
struct AccountPage {
    page: Page,
    person: Person,
    is_disabled: bool,
    is_new: bool,
    is_own: bool,
    fields: Fields,
    errors: Errors,
    roles: Vec<RoleLine>,
}

/// The fields of the form.
#[derive(Debug, Clone, Deserialize)]
pub struct Fields {
    nama: String,
    #[serde(default)]
    jabatan: String,
}

/// The person of an address, for those who manage accounts.
async fn reach(app: &App, caller: &Caller, login: &str) -> Result<Person> {
    demand(caller, Want::ManageAgency, &Scope::agency())?;
    let login: Login = login.parse().map_err(|_| AppError::NotFound)?;
    Ok(person::by_login(app.store(), &login).await?.ok_or(AppError::NotFound)?.person)
}

/// The same, but not the caller: nobody locks themselves out.
async fn reach_other(app: &App, caller: &Caller, login: &str) -> Result<Person> {
    let person = reach(app, caller, login).await?;
    if person.id == caller.id() {
        return Err(AppError::Refused(
            "ini akun Anda sendiri; kata sandi diganti di halaman Akun saya".to_owned(),
        ));
    }
    Ok(person)
}

/// The page of an account.
///
/// # Errors
/// When the caller may not manage accounts.
pub async fn show(State(app): State<App>, caller: Caller, Path(login): Path<String>) -> Result {
    let person = reach(&app, &caller, &login).await?;
    let fields = Fields { nama: person.name.clone(), jabatan: person.title.clone() };
    render(&app, &caller, person, fields, Errors::default()).await.map(IntoResponse::into_response)
}

async fn render(
    app: &App,
    caller: &Caller,
    person: Person,
    fields: Fields,
    errors: Errors,
) -> Result<Html<String>> {
    let page = frame::plain(app, caller, person.name.as_str(), Room::Units).await?;
    let content = AccountPage {
        page: Page { crumbs: crumbs(caller, &person), ..page },
        is_disabled: person.standing == Standing::Disabled,
        is_new: person.standing == Standing::MustChangePassword,
        is_own: person.id == caller.id(),
        roles: roles(app, caller, &person).await?,
        person,
        fields,
        errors,
    };
    Ok(Html(content.render()?))
}

fn crumbs(caller: &Caller, person: &Person) -> Vec<Crumb> {
    vec![Crumb::link(caller.lang.t("Unit kerja"), "/unit"), Crumb::here(person.name.as_str())]
}

async fn roles(app: &App, caller: &Caller, person: &Person) -> Result<Vec<RoleLine>> {
    let units = unit::all(app.store()).await?;
    let line = |held: bening_core::person::Assignment| {
        let unit = units.iter().find(|unit| held.place == Place::Unit(unit.id));
        RoleLine {
            role: held.role.title(),
            place: unit
                .map_or_else(|| caller.lang.t("Seluruh instansi").into_owned(), |unit| unit.name.clone()),
            href: unit.map_or("/instansi".to_owned(), |unit| format!("/unit/{}", unit.code)),
            from: caller.lang.date(held.from),
            until: held.until.map(|day| caller.lang.date(day)).unwrap_or_default(),
        }
    };
    Ok(person::assignments_of(app.store(), person.id).await?.into_iter().rev().map(line).collect())
}

/// Saves name and job title.
///
/// # Errors
/// When the caller may not; what is wrong with the fields comes back with the page.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(login): Path<String>,
    Posted(typed): Posted<Fields>,
) -> Result {
    let before = reach(&app, &caller, &login).await?;
    let mut errors = Errors::default();
    let name = errors.take("nama", text::line(&typed.nama)).unwrap_or_default();
    let title = errors.take("jabatan", text::line(&typed.jabatan)).unwrap_or_default();
    if errors.is_empty() && name.is_empty() {
        errors.add("nama", "nama belum diisi");
    }
    if !errors.is_empty() {
        let page = render(&app, &caller, before, typed, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let after = Person { name, title, ..before.clone() };
    change(&app, &caller, &before, &after).await?;
    Ok(flash::done(see_other(&address(&after)), caller.lang.t("Data orang disimpan.")))
}

fn address(person: &Person) -> String {
    format!("/orang/{}", person.login)
}

async fn change(app: &App, caller: &Caller, before: &Person, after: &Person) -> Result<()> {
    let tx = app.store().begin().await?;
    person::update(&tx, after).await?;
    if after.standing == Standing::Disabled {
        session::close_others(&tx, after.id, None).await?;
    }
    let entry = Entry::new(caller.audit(), "person.saved", after.id.0).before(before).after(after);
    Ok(tx.commit(entry, app.now()).await?)
}

/// Keeps somebody out and ends their sessions.
///
/// # Errors
/// When the caller may not, or it is their own account.
pub async fn disable(
    State(app): State<App>,
    caller: Caller,
    Path(login): Path<String>,
    _: Posted<Nothing>,
) -> Result {
    let before = reach_other(&app, &caller, &login).await?;
    let after = Person { standing: Standing::Disabled, ..before.clone() };
    change(&app, &caller, &before, &after).await?;
    let text = caller.lang.tf("Akun %{nama} dinonaktifkan dan sesinya diakhiri.", &[("nama", &after.name)]);
    let kept = if before.standing == Standing::Active { "?sandi=tetap" } else { "" };
    let undo = format!("{}/pengaktifan{kept}", address(&after));
    Ok(flash::undoable(see_other(&address(&after)), text, undo))
}

/// What becomes of the password when an account is let in again.
#[derive(Debug, Deserialize)]
pub struct Letting {
    #[serde(default)]
    sandi: String,
}

/// Lets somebody in again. They choose a new password first, unless this only takes back what was done a moment
/// ago: an account may have been disabled before its initial password was changed.
///
/// # Errors
/// When the caller may not, or it is their own account.
pub async fn enable(
    State(app): State<App>,
    caller: Caller,
    Path(login): Path<String>,
    Query(letting): Query<Letting>,
    _: Posted<Nothing>,
) -> Result {
    let before = reach_other(&app, &caller, &login).await?;
    if before.standing == Standing::Disabled {
        let standing = if letting.sandi == "tetap" { Standing::Active } else { Standing::MustChangePassword };
        let after = Person { standing, ..before.clone() };
        change(&app, &caller, &before, &after).await?;
    }
    let text = caller.lang.tf("Akun %{nama} aktif lagi.", &[("nama", &before.name)]);
    Ok(flash::done(see_other(&address(&before)), text))
}

/// Sets a new initial password, shows it once and ends the person's sessions.
///
/// # Errors
/// When the caller may not, it is their own account, or it is disabled.
pub async fn reset(
    State(app): State<App>,
    caller: Caller,
    Path(login): Path<String>,
    _: Posted<Nothing>,
) -> Result {
    let before = reach_other(&app, &caller, &login).await?;
    if before.standing == Standing::Disabled {
        return Err(AppError::Refused("akun ini dinonaktifkan; aktifkan dulu".to_owned()));
    }
    let (password, hashed) = initial(&app).await?;
    let tx = app.store().begin().await?;
    person::set_password(&tx, before.id, hashed, Standing::MustChangePassword).await?;
    session::close_others(&tx, before.id, None).await?;
    session::forgive_everywhere(&tx, before.login.as_str()).await?;
    tx.commit(Entry::new(caller.audit(), "person.password.reset", before.id.0), app.now()).await?;
    let page = frame::plain(&app, &caller, caller.lang.t("Kata sandi diatur ulang"), Room::Units).await?;
    let back = address(&before);
    let page = Page { crumbs: crumbs(&caller, &before), path: back.clone(), ..page };
    let content = PasswordPage { page, person: before, password, notes: Vec::new(), back };
    Ok(Html(content.render()?).into_response())
}
