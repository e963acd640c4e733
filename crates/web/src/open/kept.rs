//! Pages for everybody that others may keep, but ask before every use: what is taken back is gone at once.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::chance;

/// Kept, but asked for before every use.
const CACHED: HeaderValue = HeaderValue::from_static("public, no-cache");

/// A page with the mark of its content; where the reader has this content already, only the mark.
pub(crate) fn cached(asked: &HeaderMap, content: String) -> Response {
    let vary = HeaderValue::from_static("accept-language, cookie, accept-encoding");
    let mark = mark(&chance::digest(&content));
    let mut response = match has(asked, &mark) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Html(content).into_response(),
    };
    response.headers_mut().insert(header::VARY, vary);
    marked(response, &mark)
}

/// Weak, because what travels may be compressed.
pub(crate) fn mark(digest: &str) -> String {
    format!("W/\"{}\"", digest.get(..32).unwrap_or(digest))
}

/// Whether the reader has what bears this mark.
pub(crate) fn has(asked: &HeaderMap, mark: &str) -> bool {
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known.split(',').any(|one| one.trim() == mark)
}

/// Marks an answer.
pub(crate) fn marked(mut response: Response, mark: &str) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, CACHED);
    if let Ok(mark) = HeaderValue::from_str(mark) {
        response.headers_mut().insert(header::ETAG, mark);
    }
    response
}
