//! Characters that no paper shows.

/// Marks that steer direction, joining or breaking and show nothing themselves: they could turn printed
/// text round or hide in it.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}
