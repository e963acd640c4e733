//! Text that people type or paste, made fit to keep: one kind of line end, no control characters, no
//! stray space, a limit on its length.

/// Longest text of one cell, in characters.
pub const CELL_MAX_CHARS: usize = 2_000;

/// The text is longer than a cell may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("teks terlalu panjang: {found} huruf, paling banyak {max}")]
pub struct TooLong {
    /// Characters found.
    pub found: usize,
    /// Characters allowed.
    pub max: usize,
}

/// One line: white space folded, control and direction marks dropped.
pub fn line(text: &str) -> Result<String, TooLong> {
    limited(clean(text).split_whitespace().collect::<Vec<_>>().join(" "), CELL_MAX_CHARS)
}

/// Several lines, each folded; empty ones dropped.
pub fn lines(text: &str) -> Result<Vec<String>, TooLong> {
    limited(clean(text), CELL_MAX_CHARS)?.lines().map(line).filter(|l| l.as_deref() != Ok("")).collect()
}

/// Several lines as typed, trimmed at both ends, hidden characters dropped.
pub fn block(text: &str, max: usize) -> Result<String, TooLong> {
    limited(clean(text).trim().to_owned(), max)
}

fn limited(text: String, max: usize) -> Result<String, TooLong> {
    let found = text.chars().count();
    if found > max { Err(TooLong { found, max }) } else { Ok(text) }
}

/// Drops what could hide or turn text round: control characters but line ends, and bidirectional marks.
fn clean(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    unified.chars().filter(|c| !is_hidden(*c)).map(|c| if c == '\t' { ' ' } else { c }).collect()
}

fn is_hidden(c: char) -> bool {
    let bidi =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    bidi || (c.is_control() && c != '\n' && c != '\t')
}
