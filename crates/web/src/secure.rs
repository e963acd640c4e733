//! What surrounds every request: foreign requests turned away, headers that keep browsers careful, initial
//! passwords changed before anything else, errors turned into pages.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bening_core::person::Standing;

use crate::account::visitor_lang;
use crate::app::{App, Purpose, Transport};
use crate::assets::CONTENT_SECURITY_POLICY;
use crate::caller::{Caller, PASSWORD_PAGE};
use crate::error::{self, AppError};
use crate::flash;
use crate::form::see_other;

const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("geolocation=(), microphone=(), payment=()"),
    ),
];

const A_YEAR: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The layer around all routes.
pub async fn surround(State(app): State<App>, request: Request, next: Next) -> Response {
    let (path, headers) = (path_of(&request), request.headers().clone());
    let (response, lang) = match guard(&app, request).await {
        Ok((request, lang)) => (next.run(request).await, lang),
        Err(stop) => (stop, visitor_lang(&headers)),
    };
    let mut response = match response.extensions().get::<Arc<AppError>>() {
        Some(error) => error::show(&Arc::clone(error), &path, &headers, lang),
        None => response,
    };
    if flash::is_waiting(&headers) && is_whole_page(&response, &headers) {
        flash::clear(&mut response);
    }
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(value);
    }
    if app.settings().transport == Transport::Secure {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, A_YEAR);
    }
    let fresh = response.headers_mut().entry(header::CACHE_CONTROL);
    fresh.or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A page that showed the message left for it; not a redirect on the way there, a file or a fragment.
fn is_whole_page(response: &Response, asked: &HeaderMap) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html")) && !asked.contains_key("hx-request")
}

fn path_of(request: &Request) -> String {
    request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned()
}

/// Lets a request through, with who calls noted on it, or answers in its stead.
async fn guard(app: &App, request: Request) -> Result<(Request, crate::words::Lang), Response> {
    if !request.method().is_safe() && is_foreign(request.headers()) {
        return Err(AppError::Foreign.into_response());
    }
    let (mut parts, body) = request.into_parts();
    let is_asset = parts.uri.path().starts_with("/aset/");
    let caller = if is_asset { None } else { Caller::of(&mut parts, app).await.ok() };
    let lang = caller.as_ref().map_or_else(|| visitor_lang(&parts.headers), |caller| caller.lang);
    if caller.is_some_and(|caller| must_change_password(app, &caller, &parts.method, parts.uri.path())) {
        return Err(see_other(PASSWORD_PAGE));
    }
    Ok((Request::from_parts(parts, body), lang))
}

/// Browsers say where a request comes from; one that changes something must come from our own pages. Programs
/// that are no browsers send neither header and are held by the token alone.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site != "same-origin";
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, from)| from != host),
        _ => false,
    }
}

fn must_change_password(app: &App, caller: &Caller, method: &Method, path: &str) -> bool {
    let initial = caller.person.standing == Standing::MustChangePassword;
    let allowed = path == PASSWORD_PAGE || path == "/keluar" || path == "/bahasa" || path == "/tema";
    let demo = matches!(app.settings().purpose, Purpose::Demo { .. });
    initial && !demo && !allowed && method != Method::HEAD
}
