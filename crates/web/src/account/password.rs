//! Hashing passwords with Argon2id, judging new ones, and the page to change one's own.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use bening_core::audit::Entry;
use bening_core::password::{self, Refusal, Strength};
use bening_core::person::Standing;
use bening_store::{person, session};
use serde::Deserialize;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::Page;

/// A password as it is kept: Argon2id in PHC form, parameters of OWASP's first choice (19 MiB, 2 passes).
#[derive(Debug, Clone)]
pub struct Hashed(pub String);

/// Hashes a password; takes tens of milliseconds and 19 MiB.
///
/// # Errors
/// When the library refuses, which it does for no password within the limits.
pub fn hash(password: &str) -> std::result::Result<Hashed, argon2::password_hash::Error> {
    Ok(Hashed(Argon2::default().hash_password(password.as_bytes())?.to_string()))
}

/// Whether a password belongs to a hash.
pub(crate) fn verify(password: &str, hashed: &str) -> bool {
    PasswordHash::new(hashed)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// How hard a password is to guess.
pub fn strength(password: &str, known: &[&str]) -> Strength {
    // Estimating is quadratic in the length; what is longer is judged by its beginning.
    let head: String = password.chars().take(72).collect();
    let sound = zxcvbn::zxcvbn(&head, known).score() >= zxcvbn::Score::Three;
    if sound { Strength::Sound } else { Strength::Guessable }
}

#[derive(Template)]
#[template(path = "account/password.html")]
struct PasswordPage {
    page: Page,
    first: bool,
    error: String,
}

/// The fields of the form.
#[derive(Debug, Deserialize)]
pub struct Change {
    lama: String,
    baru: String,
    ulang: String,
}

/// The page to change one's password.
///
/// # Errors
/// When the page cannot be written.
pub async fn show(caller: Caller) -> Result {
    render(&caller, String::new()).map(IntoResponse::into_response)
}

fn render(caller: &Caller, error: String) -> Result<Html<String>> {
    let first = caller.person.standing == Standing::MustChangePassword;
    let page = Page::new(caller.lang.t("Ganti kata sandi"), caller.lang);
    let page = Page { csrf: caller.csrf.clone(), theme: caller.theme, path: caller.path.clone(), ..page };
    Ok(Html(PasswordPage { page, first, error }.render()?))
}

/// Changes one's password and ends one's other sessions.
///
/// # Errors
/// When the store fails.
pub async fn change(State(app): State<App>, caller: Caller, Posted(form): Posted<Change>) -> Result {
    match try_change(&app, &caller, form).await? {
        Ok(()) => {
            Ok(flash::done(see_other("/"), caller.lang.t("Kata sandi diganti. Sesi lain telah diakhiri.")))
        }
        Err(why) => {
            let page = render(&caller, caller.lang.t(&why).into_owned())?;
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn try_change(app: &App, caller: &Caller, form: Change) -> Result<std::result::Result<(), String>> {
    let account = person::by_id(app.store(), caller.id()).await?.ok_or(AppError::NotFound)?;
    if form.baru != form.ulang {
        return Ok(Err("Kedua isian kata sandi baru tidak sama.".to_owned()));
    }
    let (login, name) = (account.person.login.to_string(), account.person.name.clone());
    let outcome = app.hash(move || judge_and_hash(&form, &account.password_hash, &[&login, &name])).await;
    let hashed = match outcome.ok_or(AppError::Interrupted)? {
        Ok(hashed) => hashed,
        Err(why) => return Ok(Err(why)),
    };
    let tx = app.store().begin().await?;
    person::set_password(&tx, caller.id(), hashed.0, Standing::Active).await?;
    session::close_others(&tx, caller.id(), Some(&caller.session)).await?;
    tx.commit(Entry::new(caller.audit(), "person.password.changed", caller.id().0), app.now()).await?;
    Ok(Ok(()))
}

fn judge_and_hash(form: &Change, current: &str, known: &[&str]) -> std::result::Result<Hashed, String> {
    if !verify(&form.lama, current) {
        return Err("Kata sandi lama tidak cocok.".to_owned());
    }
    if form.lama == form.baru {
        return Err(Refusal::Unchanged.to_string());
    }
    password::check(&form.baru, known, strength(&form.baru, known)).map_err(|refusal| refusal.to_string())?;
    hash(&form.baru).map_err(|error| error.to_string())
}
