//! Files that reporters send along: cleaned of what clings to them, sealed like the words they come with, handed out
//! to recipients with their passphrase. They never lie on the disk unsealed, so no scanner sees them.

use std::io::Cursor;

use age::x25519::Identity;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use bening_core::id::ReportId;
use bening_core::wbs::{Duty, FILES_MAX, Plain, Refusal};
use bening_store::wbs as store;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use serde::Deserialize;

use super::desk::{Desk, ReportPath, unlock};
use super::seal;
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::form::{Posted, UploadedFile, encode};
use crate::open::{Fields, discreet, field};

/// Largest side of a picture that is cleaned, in pixels.
const SIDE_MAX_PX: u32 = 12_000;
/// Most memory for a picture that is cleaned, in bytes.
const PICTURE_MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The files of a message as they may be sealed.
///
/// # Errors
/// When there are too many, one is too large or of another kind, or cannot be cleaned as was asked.
pub(super) fn plain(files: &[UploadedFile], fields: &Fields) -> std::result::Result<Vec<Plain>, Refusal> {
    if files.len() > FILES_MAX {
        return Err(Refusal::TooManyFiles);
    }
    let is_clean = !field(fields, "bersih").is_empty();
    let one = |file: &UploadedFile| {
        let plain = Plain::of(&file.name, &file.bytes)?;
        if is_clean { clean(plain) } else { Ok(plain) }
    };
    files.iter().map(one).collect()
}

/// A picture drawn anew from its pixels: nothing else of the file is left, its name neither.
fn clean(plain: Plain) -> std::result::Result<Plain, Refusal> {
    if !plain.can_be_cleaned() {
        return Err(Refusal::Uncleanable);
    }
    let (format, name) = match plain.media {
        "image/jpeg" => (ImageFormat::Jpeg, "foto.jpg"),
        _ => (ImageFormat::Png, "gambar.png"),
    };
    let mut bytes = Vec::new();
    redraw(&plain.bytes, format, &mut bytes).map_err(|_| Refusal::Unreadable)?;
    Plain::of(name, &bytes)
}

fn redraw(from: &[u8], format: ImageFormat, to: &mut Vec<u8>) -> image::ImageResult<()> {
    let mut reader = ImageReader::with_format(Cursor::new(from), format);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(SIDE_MAX_PX), Some(SIDE_MAX_PX));
    limits.max_alloc = Some(PICTURE_MAX_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let turned = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(turned);
    picture.write_to(&mut Cursor::new(to), format)
}

/// Files sealed for those who may read the report.
///
/// # Errors
/// When they cannot be sealed.
pub(super) fn sealed<'a>(
    files: &[Plain],
    keys: impl Iterator<Item = &'a str> + Clone,
) -> Result<Vec<store::SealedFile>> {
    let one = |file: &Plain| Ok((chance::drawn(), seal::seal_bytes(&file.packed(), keys.clone())?));
    files.iter().map(one).collect()
}

/// A file as it is listed to somebody with a key.
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kib: usize,
}

/// The files of a report; what was not sealed for the key is left out.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn list(app: &App, report: ReportId, key: &Identity) -> Result<Vec<Listed>> {
    let sealed = store::attachments(app.store(), report).await?;
    let open = |(id, sealed): (uuid::Uuid, Vec<u8>)| {
        let plain = Plain::unpacked(&seal::open_bytes(&sealed, key)?)?;
        Some(Listed { id: id.to_string(), name: plain.name, kib: plain.bytes.len().div_ceil(1024) })
    };
    Ok(sealed.into_iter().filter_map(open).collect())
}

/// Which file, and what opens it.
#[derive(Debug, Deserialize)]
pub struct Asking {
    #[serde(default)]
    frasa: String,
    #[serde(default)]
    lampiran: String,
}

/// A file of a report, as a download.
///
/// # Errors
/// When the caller was not given the report, or the passphrase is wrong.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<ReportPath>,
    Posted(asking): Posted<Asking>,
) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit).await?;
    let (report, mine) = desk.report(&app, &path.laporan, Duty::reads).await?;
    let key = unlock(&app, &mine, &asking.frasa).await?;
    let sealed = store::attachments(app.store(), report.id).await?;
    let found = sealed.into_iter().find(|(id, _)| id.to_string() == asking.lampiran);
    let (_, sealed) = found.ok_or(AppError::NotFound)?;
    let piece = seal::open_bytes(&sealed, &key).ok_or(AppError::NotFound)?;
    let plain = Plain::unpacked(&piece).ok_or(AppError::NotFound)?;
    let name = format!("attachment; filename*=UTF-8''{}", encode(&plain.name).replace('+', "%20"));
    let head = [
        (header::CONTENT_TYPE, plain.media.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok(discreet((head, plain.bytes).into_response()))
}
