//! Uploads over bad lines: begun with a name and a size, sent in pieces with their offset, asked how far they came,
//! and handed in with a form when they are whole (`unggahan` of [`super::add`]). The offset is the truth: what was
//! answered with it is on the disk.

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use axum::{Json, RequestExt};
use bening_core::access::Action as Want;
use bening_core::evidence::Rules;
use bening_store::files::{FilesError, Upload};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::EvidencePath;
use super::add::{For, goal};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::form::Posted;
use crate::reach::reach_unit;

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// Largest piece, in bytes.
const PIECE_MAX_BYTES: usize = 16 * 1024 * 1024;

/// What is to come.
#[derive(Debug, Deserialize)]
pub struct Announced {
    nama: String,
    ukuran: u64,
}

/// Begins an upload.
///
/// # Errors
/// When the caller may not bring evidence here, or it is too large.
pub async fn begin(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Query(asked): Query<For>,
    Posted(announced): Posted<Announced>,
) -> Result {
    let goal = goal(&app, &caller, &unit, &asked).await?;
    let limit = Rules::shipped().limit_bytes;
    if announced.ukuran > limit {
        return Err(FilesError::TooLarge(limit).into());
    }
    let name = announced.nama.chars().take(1_000).collect();
    let (id, person) = (chance::fresh(), caller.id());
    let upload = Upload { id, person, unit: goal.reached.unit.id, name, size: announced.ukuran };
    app.store().files()?.begin(&upload).await?;
    Ok((StatusCode::CREATED, offset(0), Json(json!({ "id": id }))).into_response())
}

/// How far an upload came; a browser asks with `HEAD`.
///
/// # Errors
/// When there is none of the caller's.
pub async fn stand(State(app): State<App>, caller: Caller, Path(path): Path<EvidencePath>) -> Result {
    let (_, came) = own(&app, &caller, &path).await?;
    Ok((offset(came), Json(json!({ "offset": came }))).into_response())
}

/// Adds a piece.
///
/// # Errors
/// 409 with the offset when the upload stands elsewhere.
pub async fn append(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<EvidencePath>,
    headers: HeaderMap,
    mut request: Request,
) -> Result {
    let (upload, _) = own(&app, &caller, &path).await?;
    if text(&headers, "x-csrf-token") != caller.csrf {
        return Err(AppError::Foreign);
    }
    let at = text(&headers, OFFSET.as_str()).parse();
    let at = at.map_err(|_| AppError::Bad("kepala Upload-Offset tidak ada".to_owned()))?;
    DefaultBodyLimit::max(PIECE_MAX_BYTES).apply(&mut request);
    let body: Body = request.with_limited_body().into_body();
    match app.store().files()?.append(&upload, at, body.into_data_stream()).await {
        Ok(came) => Ok((StatusCode::NO_CONTENT, offset(came)).into_response()),
        Err(FilesError::Offset(came)) => Ok((StatusCode::CONFLICT, offset(came)).into_response()),
        Err(other) => Err(other.into()),
    }
}

async fn own(app: &App, caller: &Caller, path: &EvidencePath) -> Result<(Upload, u64)> {
    let reached = reach_unit(app, caller, &path.unit, Want::ReadUnit).await?;
    let id: Uuid = path.id.parse().map_err(|_| AppError::NotFound)?;
    let (upload, came) = match app.store().files()?.resume(id).await {
        Err(FilesError::Gone) => return Err(AppError::NotFound),
        other => other?,
    };
    let is_own = upload.person == caller.id() && upload.unit == reached.unit.id;
    if is_own { Ok((upload, came)) } else { Err(AppError::NotFound) }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn offset(came: u64) -> [(HeaderName, HeaderValue); 1] {
    [(OFFSET, HeaderValue::from(came))]
}
