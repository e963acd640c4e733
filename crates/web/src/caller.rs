//! Who is calling: the person behind the session cookie, with the roles that hold today.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use bening_core::access::Actor;
use bening_core::audit;
use bening_core::id::PersonId;
use bening_core::person::{Person, Standing};
use bening_store::{person, session};

use crate::app::{App, Transport};
use crate::chance;
use crate::error::{AppError, Result};
use crate::page::{Flash, Theme};
use crate::words::Lang;

/// Where people choose their own password.
pub const PASSWORD_PAGE: &str = "/akun/sandi";

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The person.
    pub person: Person,
    /// Their roles of today, for decisions.
    pub actor: Actor,
    /// Token that their forms carry.
    pub csrf: String,
    /// Hash of their session cookie.
    pub session: String,
    /// Their language.
    pub lang: Lang,
    /// Their colours.
    pub theme: Theme,
    /// Path and query of this request.
    pub path: String,
    /// Message left by the request before.
    pub flash: Option<Flash>,
}

impl Caller {
    /// Identity of the person.
    pub fn id(&self) -> PersonId {
        self.person.id
    }

    /// As the audit trail names them.
    pub fn audit(&self) -> audit::Actor {
        audit::Actor::Person(self.id())
    }

    /// Finds out who is calling, once a request.
    ///
    /// # Errors
    /// [`AppError::SignIn`] without a session; [`AppError::Refused`] never.
    pub async fn of(parts: &mut Parts, app: &App) -> Result<Self> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let caller = identify(parts, app).await?;
        parts.extensions.insert(caller.clone());
        Ok(caller)
    }
}

async fn identify(parts: &Parts, app: &App) -> Result<Caller> {
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let sign_in = || AppError::SignIn(path.clone());
    let secret = cookie(&parts.headers, session_cookie(app)).ok_or_else(sign_in)?;
    let session =
        session::find(app.store(), &chance::digest(secret), app.now()).await?.ok_or_else(sign_in)?;
    let account = person::by_id(app.store(), session.person).await?.ok_or_else(sign_in)?;
    if account.person.standing == Standing::Disabled {
        return Err(sign_in());
    }
    let roles = person::assignments_of(app.store(), session.person).await?;
    Ok(Caller {
        actor: Actor::on(app.today(), session.person, roles),
        csrf: session.csrf,
        session: session.id,
        lang: Lang::from_code(&account.taste.language).unwrap_or_default(),
        theme: Theme::from_code(&account.taste.theme).unwrap_or_default(),
        person: account.person,
        flash: crate::flash::read(&parts.headers),
        path,
    })
}

impl FromRequestParts<App> for Caller {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        Self::of(parts, app).await
    }
}

/// Name of the session cookie; over HTTPS its prefix keeps other hosts from setting it.
pub fn session_cookie(app: &App) -> &'static str {
    match app.settings().transport {
        Transport::Plain => "bening_session",
        Transport::Secure => "__Host-bening_session",
    }
}

/// The cookie of a name, as sent.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let sent = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let pairs = sent.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(key, value)| *key == name && !value.is_empty()).map(|(_, value)| value).next()
}
