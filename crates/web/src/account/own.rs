//! The own account: who am I here, which roles do I hold, language and colours.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{FromRequestParts, Request, State};
use axum::response::{Html, IntoResponse, Response};
use bening_core::audit::Entry;
use bening_core::person::Place;
use bening_store::person::{self, Taste};
use serde::Deserialize;

use super::LANG_COOKIE;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, parse, see_other};
use crate::page::{Crumb, Page, Room, Theme};
use crate::plan::frame;
use crate::words::Lang;

/// A role as the page lists it.
struct RoleRow {
    role: &'static str,
    place: String,
    areas: String,
    from: String,
    until: String,
}

#[derive(Template)]
#[template(path = "account/own.html")]
struct AccountPage {
    page: Page,
    login: String,
    title: String,
    roles: Vec<RoleRow>,
}

/// The page of one's own account.
///
/// # Errors
/// When the store fails.
pub async fn show(State(app): State<App>, caller: Caller) -> Result {
    let units = bening_store::unit::all(app.store()).await?;
    let rows = person::assignments_of(app.store(), caller.id()).await?.into_iter().map(|held| RoleRow {
        role: held.role.title(),
        place: match held.place {
            Place::Agency => caller.lang.t("Seluruh instansi").into_owned(),
            Place::Unit(id) => {
                units.iter().find(|unit| unit.id == id).map(|unit| unit.name.clone()).unwrap_or_default()
            }
        },
        areas: held.areas.iter().map(|area| caller.lang.t(area.name())).collect::<Vec<_>>().join(", "),
        from: caller.lang.date(held.from),
        until: held.until.map(|day| caller.lang.date(day)).unwrap_or_default(),
    });
    let page = frame::plain(&app, &caller, caller.lang.t("Akun saya"), Room::Home).await?;
    let crumbs = vec![Crumb::link(caller.lang.t("Beranda"), "/"), Crumb::here(caller.lang.t("Akun saya"))];
    let roles = rows.collect();
    let (login, title) = (caller.person.login.to_string(), caller.person.title.clone());
    Ok(Html(AccountPage { page: Page { crumbs, ..page }, login, title, roles }.render()?).into_response())
}

/// Choice of a language.
#[derive(Debug, Deserialize)]
pub(super) struct LanguageChoice {
    lang: String,
    #[serde(default)]
    back: String,
    #[serde(rename = "_csrf", default)]
    csrf: String,
}

/// Chooses a language: for an account where there is one, for the browser otherwise.
///
/// # Errors
/// When the store fails or the language is unknown.
pub async fn choose_language(State(app): State<App>, request: Request) -> Result {
    let (mut parts, body) = request.into_parts();
    let caller = Caller::from_request_parts(&mut parts, &app).await.ok();
    let body: Bytes = axum::body::to_bytes(body, 10_000).await.map_err(|_| AppError::TooLarge)?;
    let choice: LanguageChoice = parse(&body)?;
    let lang =
        Lang::from_code(&choice.lang).ok_or_else(|| AppError::Bad("bahasa tidak dikenal".to_owned()))?;
    if let Some(caller) = caller {
        if choice.csrf != caller.csrf {
            return Err(AppError::Foreign);
        }
        save_taste(
            &app,
            &caller,
            Taste { language: lang.code().to_owned(), theme: caller.theme.code().to_owned() },
        )
        .await?;
    }
    let mut response = see_other(back(&choice.back));
    remember_lang(&mut response, lang);
    Ok(response)
}

/// Lets the browser remember a language.
pub fn remember_lang(response: &mut Response, lang: Lang) {
    flash::set(response, &format!("{LANG_COOKIE}={}; Path=/; SameSite=Lax; Max-Age=31536000", lang.code()));
}

/// Choice of colours.
#[derive(Debug, Deserialize)]
pub struct ThemeChoice {
    theme: String,
    #[serde(default)]
    back: String,
}

/// Chooses light, dark or as the device says.
///
/// # Errors
/// When the store fails or the choice is unknown.
pub async fn choose_theme(
    State(app): State<App>,
    caller: Caller,
    Posted(choice): Posted<ThemeChoice>,
) -> Result {
    let theme =
        Theme::from_code(&choice.theme).ok_or_else(|| AppError::Bad("warna tidak dikenal".to_owned()))?;
    let taste = Taste { language: caller.lang.code().to_owned(), theme: theme.code().to_owned() };
    save_taste(&app, &caller, taste).await?;
    Ok(see_other(back(&choice.back)))
}

async fn save_taste(app: &App, caller: &Caller, taste: Taste) -> Result<()> {
    let tx = app.store().begin().await?;
    person::set_taste(&tx, caller.id(), &taste).await?;
    let after = serde_json::json!({ "language": taste.language, "theme": taste.theme });
    let entry = Entry::new(caller.audit(), "person.taste.changed", caller.id().0).after(after);
    Ok(tx.commit(entry, app.now()).await?)
}

fn back(path: &str) -> &str {
    if path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') { path } else { "/" }
}
