//! Receipts: digits that somebody without an account is shown once, and by which they find what they wrote again.
//! What is kept of them is decided outside; the digits themselves never are.

/// Digits of a receipt: near 80 bits, too many to try even with the database in hand.
pub const DIGITS: usize = 24;

/// The digits of a receipt as somebody typed it, with blanks and dashes between; nothing when it is none.
pub fn read(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let is_one = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_one.then_some(digits)
}

/// Digits in groups that can be copied by hand.
pub fn spaced(digits: &str) -> String {
    let groups = digits.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_read_with_its_gaps_and_nothing_else_is_one() {
        let digits = "123456789012345678901234";
        assert_eq!(read(" 123456 789012-345678 901234 ").as_deref(), Some(digits));
        assert_eq!(read(&spaced(digits)).as_deref(), Some(digits));
        for wrong in ["", "12345678901234567890123", "12345678901234567890123a", "1234567890123456789012345"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
