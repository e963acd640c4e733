//! Bytes of a text file as text: UTF-8, UTF-16 or Windows-1252, and which of them it was.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::FileError;

/// A text and the encoding it came in.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: &'static str,
}

/// Decodes a text; bytes that are no text in any of the encodings are refused.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, FileError> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (guess(bytes), 0));
    let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if had_errors || is_binary(&text) {
        return Err(FileError::NotText);
    }
    Ok(Decoded { text: text.into_owned(), encoding: name(encoding) })
}

/// Without a mark: UTF-16 shows in zero bytes at every second place, UTF-8 in being valid.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(4_096)];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let many = sample.len() / 5;
    match () {
        () if zeros(1) > many => UTF_16LE,
        () if zeros(0) > many => UTF_16BE,
        () if std::str::from_utf8(bytes).is_ok() => UTF_8,
        () => WINDOWS_1252,
    }
}

fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == WINDOWS_1252 { "Windows-1252" } else { encoding.name() }
}

/// Text has next to no control characters.
fn is_binary(text: &str) -> bool {
    let odd = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    let found = text.chars().filter(odd).count();
    text.contains('\0') || found * 50 > text.chars().count()
}
