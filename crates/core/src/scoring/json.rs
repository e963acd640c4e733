//! JSON with its numbers exactly as written: `3.60` stays `3.60` and never becomes floating point.
//! Keys keep their order, and a key that stands twice is refused instead of silently winning.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

/// Largest text that is read, in bytes.
pub const MAX_JSON_BYTES: usize = 4_000_000;

/// A JSON value; a number is the text it was written as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Switch(bool),
    /// A string, or a number as written.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, in the order of the file.
    Object(Vec<(String, Json)>),
}

/// Why a text is not JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// Too large.
    #[error("berkas terlalu besar untuk sebuah lembar kerja (batasnya 4 MB)")]
    TooLarge,
    /// Not JSON.
    #[error("bukan JSON yang benar pada baris {line}: {reason}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// What the parser says.
        reason: String,
    },
}

impl Json {
    /// Reads a JSON text.
    ///
    /// # Errors
    /// [`JsonError`] when it is too large, not JSON, or has a key twice.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        if text.len() > MAX_JSON_BYTES {
            return Err(JsonError::TooLarge);
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        serde_json::from_str(&numbers_as_text(text))
            .map_err(|error| JsonError::Syntax { line: error.line(), reason: error.to_string() })
    }

    /// The value under a key of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a string or number.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Nothing filled in: `null` or an empty text.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// Puts quotation marks around every number that stands outside a string.
fn numbers_as_text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
        let (before, token) = rest.split_at(at);
        let is_string = token.starts_with('"');
        let (token, after) = token.split_at(if is_string { string_end(token) } else { number_end(token) });
        let mark = if is_string { "" } else { "\"" };
        quoted.extend([before, mark, token, mark]);
        rest = after;
    }
    quoted.push_str(rest);
    quoted
}

fn string_end(token: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in token.bytes().enumerate().skip(1) {
        match byte {
            b'"' if !escaped => return at + 1,
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    token.len()
}

fn number_end(token: &str) -> usize {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
    token.find(|c| !is_part(c)).unwrap_or(token.len())
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Switch(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut entries: Vec<(String, Json)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while let Some((key, value)) = access.next_entry::<String, Json>()? {
            if !seen.insert(key.clone()) {
                return Err(A::Error::custom(format!("\"{key}\" ada dua kali")));
            }
            entries.push((key, value));
        }
        Ok(Json::Object(entries))
    }
}
