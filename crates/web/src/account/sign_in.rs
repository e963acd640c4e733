//! Signing in, slower with every failure, and out.

use std::net::SocketAddr;

use askama::Template;
use axum::extract::{ConnectInfo, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::{Form, http};
use bening_core::audit::{Actor, Entry};
use bening_core::person::{Login, Standing};
use bening_store::WriteTx;
use bening_store::person::{self, Account};
use bening_store::session::{self, Failures, Session};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::password::verify;
use super::visitor_lang;
use crate::app::{App, DemoAccount, Purpose, Transport};
use crate::caller::{Caller, session_cookie};
use crate::chance;
use crate::client;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::page::Page;

/// How long a session lasts: a working day.
const SESSION_HOURS: i64 = 12;
/// Failures that cost nothing: typing errors.
const FREE_FAILURES: u32 = 3;
/// The longest wait after failures, in seconds.
const WAIT_MAX_S: i64 = 900;
/// A hash of nothing, so that unknown names take as long as known ones.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$YmVuaW5nYmVuaW5nYmVuaQ$UZ0RNjnr7c+q7Y0rIumLSyVwWDFEDnDn5fBGwJ2W3mU";

#[derive(Template)]
#[template(path = "account/sign_in.html")]
struct SignInPage {
    page: Page,
    login: String,
    next: String,
    error: String,
    demo: Vec<DemoAccount>,
    password: String,
}

/// The query of the page.
#[derive(Debug, Default, Deserialize)]
pub struct Back {
    #[serde(default)]
    ke: String,
}

/// The fields of the form.
#[derive(Debug, Deserialize)]
pub struct Credentials {
    nama: String,
    sandi: String,
    #[serde(default)]
    ke: String,
}

/// The page to sign in.
///
/// # Errors
/// When the page cannot be written.
pub async fn show(State(app): State<App>, headers: HeaderMap, Query(back): Query<Back>) -> Result {
    render(&app, &headers, "", &back.ke, String::new()).map(IntoResponse::into_response)
}

fn render(app: &App, headers: &HeaderMap, login: &str, next: &str, error: String) -> Result<Html<String>> {
    let lang = visitor_lang(headers);
    let page =
        Page { path: "/masuk".to_owned(), flash: flash::read(headers), ..Page::new(lang.t("Masuk"), lang) };
    let (demo, password) = match &app.settings().purpose {
        Purpose::Demo { accounts, password } => (accounts.clone(), password.clone()),
        Purpose::Work => (Vec::new(), String::new()),
    };
    let (login, next) = (login.to_owned(), own_path(next).to_owned());
    Ok(Html(SignInPage { page, login, next, error, demo, password }.render()?))
}

/// An address within this site; anything else leads home.
fn own_path(next: &str) -> &str {
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.contains(char::is_control);
    if own { next } else { "/" }
}

/// Signs somebody in.
///
/// # Errors
/// [`AppError::TooMany`] after repeated failures; when the store fails.
pub async fn sign_in(
    State(app): State<App>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(given): Form<Credentials>,
) -> Result {
    // PostgreSQL keeps no NUL, and failures are counted under whatever was typed.
    let name = given.nama.trim().to_lowercase();
    let name: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
    let key = format!("{name} {}", client::address(&app, from, &headers));
    refuse_haste(session::failures(app.store(), &key).await?, app.now())?;
    match check(&app, &name, given.sandi).await? {
        Some(account) => open_session(&app, &account, &key, own_path(&given.ke)).await,
        None => {
            count_failure(&app, &key).await?;
            let error = visitor_lang(&headers).t("Nama masuk atau kata sandi tidak cocok.").into_owned();
            let page = render(&app, &headers, &given.nama, &given.ke, error)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// Begins the write that ends an attempt. Attempts made at once all pass the first look at the failures, so it is
/// repeated here, one after the other: what comes too fast learns nothing, not even that the password was right.
async fn judge(app: &App, key: &str) -> Result<(WriteTx, Failures)> {
    let tx = app.store().begin().await?;
    let failed = session::lock_failures(&tx, key, app.now()).await?;
    refuse_haste(Some(failed), app.now())?;
    Ok((tx, failed))
}

/// Doubles the wait with every failure after the first few.
fn refuse_haste(failed: Option<Failures>, now: DateTime<Utc>) -> Result<()> {
    let Some(failed) = failed.filter(|failed| failed.count >= FREE_FAILURES) else { return Ok(()) };
    let wait_s = 2i64.saturating_pow(failed.count - FREE_FAILURES).min(WAIT_MAX_S);
    let left_ms = (failed.last_at + TimeDelta::seconds(wait_s) - now).num_milliseconds();
    let left_s = (left_ms + 999) / 1000;
    if left_ms <= 0 {
        return Ok(());
    }
    let message = format!("terlalu banyak percobaan kata sandi yang gagal; coba lagi dalam {left_s} detik");
    Err(AppError::TooMany { message, wait_s: left_s })
}

/// Whether it is the caller who acts, by their password once more; failures are counted and slowed down like those
/// at the door. A write that follows forgives them under [`confirmation_key`].
///
/// # Errors
/// [`AppError::TooMany`] after repeated failures; when the store fails.
pub async fn confirm(app: &App, caller: &Caller, password: String) -> Result<bool> {
    let key = confirmation_key(caller);
    refuse_haste(session::failures(app.store(), &key).await?, app.now())?;
    let matches = check(app, caller.person.login.as_str(), password).await?.is_some();
    if !matches {
        count_failure(app, &key).await?;
    }
    Ok(matches)
}

/// What failures of somebody who is signed in are counted under.
pub fn confirmation_key(caller: &Caller) -> String {
    format!("{} konfirmasi", caller.person.login)
}

async fn check(app: &App, name: &str, password: String) -> Result<Option<Account>> {
    let account = match name.parse::<Login>() {
        Ok(login) => person::by_login(app.store(), &login).await?,
        Err(_) => None,
    };
    let hashed = account.as_ref().map_or(NOBODY.to_owned(), |account| account.password_hash.clone());
    let matches = app.hash(move || verify(&password, &hashed)).await.ok_or(AppError::Interrupted)?;
    Ok(account.filter(|account| matches && account.person.standing != Standing::Disabled))
}

async fn open_session(app: &App, account: &Account, key: &str, next: &str) -> Result {
    let (secret, now) = (chance::secret(), app.now());
    let session = Session {
        id: chance::digest(&secret),
        person: account.person.id,
        csrf: chance::secret(),
        created_at: now,
        expires_at: now + TimeDelta::hours(SESSION_HOURS),
    };
    let (tx, _) = judge(app, key).await?;
    session::open(&tx, &session).await?;
    session::forgive(&tx, key).await?;
    let id = account.person.id;
    tx.commit(Entry::new(Actor::Person(id), "session.opened", id.0), now).await?;
    let mut response = see_other(next);
    flash::set(&mut response, &cookie_line(app, &secret, SESSION_HOURS * 3600));
    Ok(response)
}

fn cookie_line(app: &App, value: &str, max_age_s: i64) -> String {
    let secure = match app.settings().transport {
        Transport::Plain => "",
        Transport::Secure => "; Secure",
    };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_s}{secure}", session_cookie(app))
}

async fn count_failure(app: &App, key: &str) -> Result<()> {
    let (tx, failed) = judge(app, key).await?;
    let count = failed.count.saturating_add(1);
    session::fail(&tx, key, Failures { count, last_at: app.now() }).await?;
    let entry = Entry::new(Actor::Visitor, "session.refused", Uuid::nil())
        .after(serde_json::json!({ "count": count }));
    tx.commit(entry, app.now()).await?;
    Ok(())
}

/// Ends the session.
///
/// # Errors
/// When the store fails.
pub async fn sign_out(State(app): State<App>, caller: Caller, _: Posted<Nothing>) -> Result<Response> {
    let tx = app.store().begin().await?;
    session::close(&tx, &caller.session, app.now()).await?;
    tx.commit(Entry::new(caller.audit(), "session.closed", caller.id().0), app.now()).await?;
    let mut response = flash::done(see_other("/masuk"), caller.lang.t("Anda sudah keluar."));
    flash::set(&mut response, &cookie_line(&app, "", 0));
    response.headers_mut().insert("clear-site-data", http::HeaderValue::from_static("\"cache\""));
    Ok(response)
}
