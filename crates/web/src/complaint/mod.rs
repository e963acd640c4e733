//! Complaints of the public: the form without account and script, the conversation by receipt, and what the desk says
//! in it. Triage, assignment, answer, objection and recap are steps of the register `pengaduan` and live there.

pub mod desk;
pub mod public;
pub mod talk;

use axum::http::HeaderMap;
use bening_core::complaint::{Message, Refusal};
use bening_core::register::{Register, by_id};
use bening_core::unit::Unit;

use crate::account::visitor_lang;
use crate::app::App;
use crate::error::{AppError, Result};
use crate::open::receipt::{Exhausted, slow_hash};
use crate::page::Page;

/// The register in which complaints are lines.
pub const REGISTER: &str = "pengaduan";
const RECEIPT_KIND: &[u8] = b"bening complaint receipt 1";

/// A message as people read it.
pub(crate) struct Said {
    pub(crate) from_citizen: bool,
    pub(crate) who: String,
    pub(crate) at: String,
    pub(crate) text: String,
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

/// The register of complaints.
fn register() -> Result<&'static Register> {
    by_id(REGISTER).ok_or(AppError::NotFound)
}

/// Where the public writes to a unit.
fn address(unit: &Unit) -> String {
    format!("/adu/{}", unit.code)
}

/// The frame of a page without anybody signed in: who looks is not even looked up.
fn frame(headers: &HeaderMap, unit: &Unit) -> Page {
    let lang = visitor_lang(headers);
    Page { path: address(unit), ..Page::new(lang.t("Pengaduan masyarakat"), lang) }
}

/// By what a complaint is found: the slow hash of the digits, in hex.
///
/// # Errors
/// When there is no memory for it.
pub fn receipt_hash(digits: &str) -> std::result::Result<String, Exhausted> {
    Ok(hex::encode(&slow_hash(digits, RECEIPT_KIND)?[..32]))
}

async fn hash(app: &App, digits: String) -> Result<String> {
    let hashed = app.hash(move || receipt_hash(&digits)).await.ok_or(AppError::Interrupted)?;
    hashed.map_err(|error| AppError::Refused(error.to_string()))
}

/// A message as a page shows it.
fn said(app: &App, page: &Page, message: &Message, who: String) -> Said {
    let (day, time) = app.local(message.at);
    Said {
        from_citizen: message.author.is_none(),
        who,
        at: format!("{} {}", page.date_long(day), page.clock(time)),
        text: message.text.clone(),
    }
}
