//! The conversation about a complaint: what both sides write. The complaint itself is a line of a register; the
//! receipt by which its writer comes back is in `receipt`.

use chrono::{DateTime, Utc};

use crate::id::PersonId;
use crate::text;

/// Longest message, in characters.
const MESSAGE_MAX_CHARS: usize = 5_000;

/// Something that was said about a complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who wrote it; nobody when it was the complainant.
    pub author: Option<PersonId>,
    /// What.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why something is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing was written.
    #[error("tulis pesannya dulu")]
    Empty,
    /// Too much was written.
    #[error(transparent)]
    TooLong(#[from] text::TooLong),
    /// It came to an end.
    #[error("pengaduan ini sudah selesai; buat pengaduan baru bila ada hal baru")]
    Ended,
}

/// A message as it is kept.
///
/// # Errors
/// When it is empty or too long.
pub fn message(written: &str) -> Result<String, Refusal> {
    let text = text::block(written, MESSAGE_MAX_CHARS)?;
    if text.is_empty() { Err(Refusal::Empty) } else { Ok(text) }
}
