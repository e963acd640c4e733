//! The message that one request leaves for the next: a cookie that is read once.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde::{Deserialize, Serialize};

use crate::caller::cookie;
use crate::page::{Flash, Tone};

const NAME: &str = "bening_flash";

/// What is put in the cookie; only its reader wrote it, and it is shown escaped.
#[derive(Serialize, Deserialize)]
struct Note {
    tone: String,
    text: String,
    undo: Option<String>,
}

/// Leaves a message on a response.
pub fn leave(mut response: Response, flash: Flash) -> Response {
    let note = Note { tone: flash.tone.to_string(), text: flash.text, undo: flash.undo };
    let value = serde_json::to_vec(&note).map(hex::encode).unwrap_or_default();
    set(&mut response, &format!("{NAME}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60"));
    response
}

/// A message that all went well.
pub fn done(response: Response, text: impl Into<String>) -> Response {
    leave(response, Flash { tone: Tone::Ok, text: text.into(), undo: None })
}

/// A message that all went well, with the address that takes it back.
pub fn undoable(response: Response, text: impl Into<String>, undo: impl Into<String>) -> Response {
    leave(response, Flash { tone: Tone::Ok, text: text.into(), undo: Some(undo.into()) })
}

/// The message left by the request before.
pub fn read(headers: &HeaderMap) -> Option<Flash> {
    let bytes = hex::decode(cookie(headers, NAME)?).ok()?;
    let note: Note = serde_json::from_slice(&bytes).ok()?;
    let undo = note.undo.filter(|undo| undo.starts_with('/') && !undo.starts_with("//"));
    Some(Flash { tone: tone(&note.tone), text: note.text, undo })
}

/// Whether a message was left for this request.
pub fn is_waiting(headers: &HeaderMap) -> bool {
    cookie(headers, NAME).is_some_and(|value| !value.is_empty())
}

fn tone(name: &str) -> Tone {
    [Tone::Ok, Tone::Warn, Tone::Bad, Tone::Info]
        .into_iter()
        .find(|tone| tone.to_string() == name)
        .unwrap_or(Tone::Mute)
}

/// Takes the message off once a page has shown it.
pub fn clear(response: &mut Response) {
    set(response, &format!("{NAME}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"));
}

/// Adds a cookie to a response.
pub fn set(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
