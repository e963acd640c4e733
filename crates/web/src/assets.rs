//! Styles, script, font and pictures, embedded at build time and served under names that carry the
//! hash of their content. How they are made is in `build.rs` and `frontend/`; documents and evidence
//! that people upload are not here.

use axum::Router;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The route of every asset, for the URL table.
pub const ASSET_ROUTE: &str = "/aset/{name}";

/// Where the pages may load from: this host, files only. Nothing inline, nothing evaluated; frames
/// show evidence only.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; frame-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";

/// The name carries the hash: what was fetched once is never asked for again.
const FOREVER: &str = "public, max-age=31536000, immutable";

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// One embedded file.
struct Asset {
    /// The name templates use, `app.css`.
    name: &'static str,
    /// The name browsers see, `app-1A2B3C4D.css`.
    file: &'static str,
    kind: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// The address of an asset by its plain name: `app.css` → `/aset/app-1A2B3C4D.css`.
/// A name that does not exist gives an address that is not found; a test reads the templates for those.
#[must_use]
pub fn asset(name: &str) -> String {
    let file = ASSETS.iter().find(|asset| asset.name == name);
    format!("/aset/{}", file.map_or(name, |asset| asset.file))
}

/// Whether there is an asset of this plain name.
#[must_use]
pub fn is_asset(name: &str) -> bool {
    ASSETS.iter().any(|asset| asset.name == name)
}

/// The routes of this module, to be merged into the site.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route(ASSET_ROUTE, get(serve))
}

/// `GET /aset/{name}`: the smallest form that the browser understands.
pub async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match ASSETS.iter().find(|asset| asset.file == name) {
        Some(asset) => asset.answer(&headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Asset {
    fn answer(&self, asked: &HeaderMap) -> Response {
        let (encoding, body) = self.form_for(asked);
        let etag = format!("\"{}{}\"", self.file, encoding.unwrap_or_default());
        let lasting =
            [(ETAG, etag.clone()), (CACHE_CONTROL, FOREVER.to_owned()), (VARY, ACCEPT_ENCODING.to_string())];
        if text(asked, &IF_NONE_MATCH).contains(&etag) {
            return (StatusCode::NOT_MODIFIED, lasting).into_response();
        }
        let mut response = (lasting, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }

    fn form_for(&self, asked: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
        let accepted = text(asked, &ACCEPT_ENCODING);
        match (self.brotli, self.gzip) {
            (Some(brotli), _) if accepts(accepted, "br") => (Some("br"), brotli),
            (_, Some(gzip)) if accepts(accepted, "gzip") => (Some("gzip"), gzip),
            _ => (None, self.plain),
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Whether `Accept-Encoding` names `encoding` without refusing it (`br;q=0`).
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|part| {
        let mut fields = part.split(';').map(str::trim);
        fields.next() == Some(encoding) && !fields.any(is_zero_quality)
    })
}

fn is_zero_quality(field: &str) -> bool {
    let quality = field.strip_prefix("q=").and_then(|number| number.parse::<f32>().ok());
    quality.is_some_and(|quality| quality <= 0.0)
}
