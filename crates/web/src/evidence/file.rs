//! The bytes of evidence, to those who may open it. Only PDF and pictures are shown; all else is handed out to save.
//! Nothing that was uploaded can run: the type is what the content is, guessing is forbidden, and the page of the file
//! may load nothing.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse;
use bening_core::evidence::{Rules, Show, StoredFile};
use serde::Deserialize;

use super::{EvidencePath, reach_evidence};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};

/// Pictures: nothing loads, nothing runs, no origin.
const PICTURE_POLICY: &str = "default-src 'none'; sandbox";
/// PDF: the same but for the sandbox, in which browsers do not start their reader. The reader is apart from the site.
const FRAME_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

/// `…/berkas/{versi}`
#[derive(Debug, Deserialize)]
pub struct FilePath {
    unit: String,
    id: String,
    versi: u32,
}

/// Whether it is to be saved instead of shown.
#[derive(Debug, Default, Deserialize)]
pub struct How {
    #[serde(default)]
    unduh: String,
}

/// A version.
///
/// # Errors
/// When the caller may not open it.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<FilePath>,
    Query(how): Query<How>,
) -> Result {
    let number = path.versi;
    let opened = reach_evidence(&app, &caller, &EvidencePath { unit: path.unit, id: path.id }).await?;
    let version = opened.kept.versions.into_iter().find(|version| version.number == number);
    let file = version.ok_or(AppError::NotFound)?.file;
    let bytes = app.store().files()?.read(&file.sha256).await?;
    let show = Rules::shipped().media(&file.media).map_or(Show::None, |media| media.show);
    let show = if how.unduh.is_empty() { show } else { Show::None };
    Ok((headers(&file, show), Body::from_stream(bytes)).into_response())
}

fn headers(file: &StoredFile, show: Show) -> [(HeaderName, HeaderValue); 5] {
    let policy = if show == Show::Frame { FRAME_POLICY } else { PICTURE_POLICY };
    let way = if show == Show::None { "attachment" } else { "inline" };
    let plain: String = file.name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let whole = crate::form::encode(&file.name).replace('+', "%20");
    let name = format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{whole}");
    let value = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("attachment"));
    [
        (header::CONTENT_TYPE, value(&file.media)),
        (header::CONTENT_LENGTH, HeaderValue::from(file.size)),
        (header::CONTENT_DISPOSITION, value(&name)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (header::ETAG, value(&format!("\"{}\"", file.sha256))),
    ]
}
