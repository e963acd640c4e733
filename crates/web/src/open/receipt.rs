//! The slow hash of a receipt. A receipt has to find what it belongs to by itself, so the salt is one for all of a
//! kind; 80 bits by lot need none of their own.

use argon2::Argon2;

/// There was no memory for the hash.
#[derive(Debug, thiserror::Error)]
#[error("kode tidak dapat diperiksa sekarang; coba lagi")]
pub struct Exhausted;

/// What follows from the digits of a receipt of a kind: 64 bytes that nobody guesses.
///
/// # Errors
/// When there is no memory for it.
pub fn slow_hash(digits: &str, kind: &[u8]) -> Result<[u8; 64], Exhausted> {
    let mut out = [0u8; 64];
    Argon2::default().hash_password_into(digits.as_bytes(), kind, &mut out).map_err(|_| Exhausted)?;
    Ok(out)
}
