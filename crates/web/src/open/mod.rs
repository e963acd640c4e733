//! What pages for people without an account share: the unit of an address, fields as they were posted, the gate
//! against floods, receipts. What is asked there lives with each noun.

pub(crate) mod kept;
pub mod receipt;

use std::net::SocketAddr;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Multipart, Path, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use bening_core::unit::{Unit, UnitCode};
use bening_store::unit;

use crate::app::App;
use crate::client;
use crate::error::{AppError, Result};
use crate::form::{Upload, UploadedFile, parse, read_parts};
use crate::survey::puzzle::Effort;

/// Fields as they were posted.
pub(crate) type Fields = Vec<(String, String)>;

/// A field as it was posted; empty when it was not.
pub(crate) fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// The unit of an address, for anybody.
pub(crate) async fn unit_of(app: &App, code: &str) -> Result<Unit> {
    let code: UnitCode = code.parse().map_err(|_| AppError::NotFound)?;
    let units = unit::all(app.store()).await?;
    units.into_iter().find(|unit| unit.code == code).ok_or(AppError::NotFound)
}

/// Turns floods away; the address is only held in memory, under a salt that is thrown away.
fn pass(app: &App, peer: SocketAddr, headers: &HeaderMap) -> Result<()> {
    let from = client::address(app, peer, headers);
    app.gate().pass(from, Effort::Plain, app.now()).map_err(|wait_s| AppError::TooMany {
        message: "terlalu banyak kiriman dari tempat ini; tunggu sebentar lalu kirim lagi".to_owned(),
        wait_s,
    })
}

/// What somebody without an account sent to a unit, past the gate.
pub struct Sent {
    /// The unit of the address.
    pub(crate) unit: Unit,
    /// What was posted.
    pub(crate) fields: Fields,
    /// Files that came along.
    pub(crate) files: Vec<UploadedFile>,
    /// In which language pages answer, and the like.
    pub(crate) headers: HeaderMap,
}

impl FromRequest<App> for Sent {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (mut parts, body) = request.into_parts();
        let code = Path::<String>::from_request_parts(&mut parts, app).await;
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(&mut parts, app).await;
        let unit = unit_of(app, &code.map_err(|_| AppError::NotFound)?).await?;
        pass(app, peer.map_err(|_| AppError::Interrupted)?.0, &parts.headers)?;
        let headers = parts.headers.clone();
        let request = Request::from_parts(parts, body);
        let (fields, files) = read(request, app).await?;
        Ok(Self { unit, fields, files, headers })
    }
}

/// Fields and files of a form, sent either way.
async fn read(request: Request, app: &App) -> Result<(Fields, Vec<UploadedFile>)> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        let form = Multipart::from_request(request, app).await;
        let mut form = form.map_err(|_| AppError::Bad("unggahan tidak berbentuk formulir".to_owned()))?;
        let Upload { fields, files } = read_parts(&mut form).await?;
        return Ok((fields, files));
    }
    let body = Bytes::from_request(request, app).await.map_err(|_| AppError::TooLarge)?;
    Ok((parse(&body)?, Vec::new()))
}

/// Tells browsers to say nowhere that they came from here.
pub(crate) fn discreet(mut response: Response) -> Response {
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
