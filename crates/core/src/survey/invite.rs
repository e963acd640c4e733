//! Invitations by mail: addresses as people paste them, and the file a mail program merges. Addresses are not kept
//! anywhere, so nobody can be joined to an answer.

use std::collections::BTreeSet;

/// Most people invited at once.
pub const INVITED_MAX: usize = 1_000;
/// Longest address, in characters (RFC 5321).
const ADDRESS_MAX_CHARS: usize = 254;
/// Wrong addresses that are named.
const NAMED_MAX: usize = 5;

/// Why nobody is invited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InviteError {
    /// No address.
    #[error("tempel alamat surel, satu tiap baris")]
    Empty,
    /// Too many.
    #[error("paling banyak {INVITED_MAX} alamat sekali jalan; bagi daftarnya")]
    TooMany,
    /// Some are none.
    #[error("bukan alamat surel: {}; perbaiki, lalu kirim lagi", .0.join(", "))]
    NotAddresses(Vec<String>),
}

/// The addresses in a text, each once: lines, or parted by commas and semicolons; "Name <a@b.id>" counts as a@b.id.
///
/// # Errors
/// [`InviteError`]; then no address is taken.
pub fn recipients(text: &str) -> Result<Vec<String>, InviteError> {
    let (mut seen, mut taken, mut wrong) = (BTreeSet::new(), Vec::new(), Vec::new());
    for entry in text.split(['\n', ',', ';']).map(str::trim).filter(|entry| !entry.is_empty()) {
        let inner = entry.rsplit_once('<').map_or(entry, |(_, rest)| rest.trim_end_matches('>'));
        match inner.trim() {
            address if !is_address(address) => wrong.push(entry.chars().take(60).collect()),
            address if seen.insert(address.to_lowercase()) => taken.push(address.to_owned()),
            _ => {}
        }
    }
    match () {
        () if !wrong.is_empty() => {
            wrong.truncate(NAMED_MAX);
            Err(InviteError::NotAddresses(wrong))
        }
        () if taken.is_empty() => Err(InviteError::Empty),
        () if taken.len() > INVITED_MAX => Err(InviteError::TooMany),
        () => Ok(taken),
    }
}

/// Plain addresses only: letters and digits first, so that no spreadsheet takes one for a formula.
fn is_address(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let Some((local, domain)) = text.split_once('@') else { return false };
    let first = local.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
    let labels = domain.split('.').collect::<Vec<_>>();
    let is_label =
        |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    text.chars().count() <= ADDRESS_MAX_CHARS
        && first
        && local.chars().all(is_plain)
        && labels.len() > 1
        && labels.iter().all(is_label)
}

/// The form with a code filled in, as it stands in a letter.
#[must_use]
pub fn letter_link(form: &str, code: &str) -> String {
    format!("{form}?lewat=mail&kode={code}")
}

/// The file of a mail merge: address, link with its code, code.
#[must_use]
pub fn merge_csv(form: &str, invited: &[(String, String)]) -> String {
    let line = |(address, code): &(String, String)| format!("{address},{},{code}\n", letter_link(form, code));
    format!("surel,tautan,kode\n{}", invited.iter().map(line).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_once_however_they_are_pasted() {
        let pasted = "Budi <budi@contoh.id>; siti@contoh.co.id,\n\n  BUDI@contoh.id\na.b+c@contoh.id";
        assert_eq!(
            recipients(pasted),
            Ok(["budi@contoh.id", "siti@contoh.co.id", "a.b+c@contoh.id"].map(str::to_owned).to_vec())
        );
    }

    #[test]
    fn one_that_is_none_keeps_all_of_them_back() {
        for wrong in
            ["=cmd@contoh.id", "budi", "budi@contoh", "a b@contoh.id", "a@b@contoh.id", "+1@contoh.id"]
        {
            let refused = recipients(&format!("siti@contoh.id\n{wrong}"));
            assert_eq!(refused, Err(InviteError::NotAddresses(vec![wrong.to_owned()])));
        }
        assert_eq!(recipients(" \n;"), Err(InviteError::Empty));
        let many: String = (0..=INVITED_MAX).map(|n| format!("a{n}@contoh.id\n")).collect();
        assert_eq!(recipients(&many), Err(InviteError::TooMany));
    }
}
