//! Forms as they are posted: read with a limit, checked for the token of the session, then parsed into types.

use std::borrow::Borrow;
use std::fmt::Display;

use axum::body::Bytes;
use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::response::Response;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::words::Lang;

/// Largest uploaded file, in bytes.
pub const UPLOAD_MAX_BYTES: usize = 10 * 1024 * 1024;

/// Fields and boundaries around an uploaded file, in bytes.
const AROUND_UPLOAD_MAX_BYTES: usize = 64 * 1024;

/// An upload that is too large is heard out up to this size and thrown away: a browser that is cut off while it
/// still sends shows a broken connection in place of our answer.
const HEARD_OUT_MAX_BYTES: usize = 64 * 1024 * 1024;

/// A posted form whose token belongs to the caller's session.
#[derive(Debug)]
pub struct Posted<T>(pub T);

/// The fields of a form that only acts.
#[derive(Debug, serde::Deserialize)]
pub struct Nothing {}

#[derive(serde::Deserialize)]
struct Token {
    #[serde(rename = "_csrf", default)]
    csrf: String,
}

impl<T: DeserializeOwned> FromRequest<App> for Posted<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::of(&mut parts, app).await?;
        let bytes = Bytes::from_request(Request::from_parts(parts, body), app)
            .await
            .map_err(|_| AppError::TooLarge)?;
        check_token(&bytes, &caller)?;
        parse(&bytes).map(Self)
    }
}

fn check_token(body: &[u8], caller: &Caller) -> Result<()> {
    let token: Token = parse(body)?;
    if token.csrf == caller.csrf { Ok(()) } else { Err(AppError::Foreign) }
}

/// Parses a form body into a type; what does not fit is told in Indonesian.
///
/// # Errors
/// When a field is missing or of the wrong kind.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    serde_urlencoded::from_bytes(body)
        .map_err(|error| AppError::Bad(format!("isian formulir tidak lengkap atau keliru ({error})")))
}

/// What is wrong with the fields of a form, by name of the field, as core says it.
#[derive(Debug, Clone, Default)]
pub struct Errors(Vec<(&'static str, String)>);

impl Errors {
    /// One field is wrong.
    pub fn one(field: &'static str, text: impl Display) -> Self {
        Self(vec![(field, text.to_string())])
    }

    /// Another field is wrong.
    pub fn add(&mut self, field: &'static str, text: impl Display) {
        self.0.push((field, text.to_string()));
    }

    /// The value, or nothing and a note of what is wrong with it.
    pub fn take<T, E: Display>(
        &mut self,
        field: &'static str,
        outcome: std::result::Result<T, E>,
    ) -> Option<T> {
        outcome.map_err(|error| self.add(field, error)).ok()
    }

    /// Whether all is well.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What to say below a field; nothing when it is well.
    pub fn of(&self, field: &str, lang: impl Borrow<Lang>) -> String {
        let first = self.0.iter().find(|(name, _)| *name == field);
        first.map(|(_, text)| crate::error::sentence(&lang.borrow().t(text))).unwrap_or_default()
    }
}

/// Text as it stands in a query.
pub fn encode(text: &str) -> String {
    serde_urlencoded::to_string([("", text)]).unwrap_or_default().trim_start_matches('=').to_owned()
}

/// A form with files: its fields by name, and its files.
#[derive(Debug, Default)]
pub struct Upload {
    /// Plain fields.
    pub fields: Vec<(String, String)>,
    /// Files that are not empty.
    pub files: Vec<UploadedFile>,
}

/// An uploaded file.
#[derive(Debug)]
pub struct UploadedFile {
    /// Name of the form's field.
    pub field: String,
    /// Name the sender gave it; never trusted, only shown.
    pub name: String,
    /// Contents.
    pub bytes: Bytes,
}

impl Upload {
    /// A field's value, or nothing.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// The file of a field.
    pub fn file(&self, name: &str) -> Option<&UploadedFile> {
        self.files.iter().find(|file| file.field == name)
    }
}

impl FromRequest<App> for Upload {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::of(&mut parts, app).await?;
        let mut request = Request::from_parts(parts, body);
        DefaultBodyLimit::max(HEARD_OUT_MAX_BYTES).apply(&mut request);
        let mut form = Multipart::from_request(request, app).await.map_err(|_| not_a_form())?;
        let upload = read_parts(&mut form).await?;
        if upload.field("_csrf") == caller.csrf { Ok(upload) } else { Err(AppError::Foreign) }
    }
}

pub(crate) async fn read_parts(form: &mut Multipart) -> Result<Upload> {
    let (mut upload, mut room) = (Upload::default(), Some(UPLOAD_MAX_BYTES + AROUND_UPLOAD_MAX_BYTES));
    while let Some(mut part) = form.next_field().await.map_err(too_large_or_cut)? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(|name| name.chars().take(200).collect::<String>());
        let bytes = read_part(&mut part, &mut room).await?;
        match name {
            Some(name) if !bytes.is_empty() => upload.files.push(UploadedFile { field, name, bytes }),
            Some(_) => {}
            None => upload.fields.push((field, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    if room.is_some() { Ok(upload) } else { Err(AppError::TooLarge) }
}

/// Keeps a part while there is room for it; when there is no more, it is read but not kept.
async fn read_part(part: &mut Field<'_>, room: &mut Option<usize>) -> Result<Bytes> {
    let mut kept = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(too_large_or_cut)? {
        *room = room.and_then(|room| room.checked_sub(chunk.len()));
        match room {
            Some(_) => kept.extend_from_slice(&chunk),
            None => kept = Vec::new(),
        }
    }
    Ok(kept.into())
}

fn too_large_or_cut(error: axum::extract::multipart::MultipartError) -> AppError {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        return AppError::TooLarge;
    }
    AppError::Bad(
        "unggahan terputus sebelum selesai; tidak ada yang disimpan, unggah ulang berkasnya".to_owned(),
    )
}

fn not_a_form() -> AppError {
    AppError::Bad("unggahan tidak berbentuk formulir".to_owned())
}

/// Sends somebody on after a POST.
pub fn see_other(path: &str) -> Response {
    axum::response::IntoResponse::into_response(axum::response::Redirect::to(path))
}
