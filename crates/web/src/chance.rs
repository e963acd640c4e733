//! The edges where time and chance come in: the clock, fresh identifiers, secret tokens. Everything else
//! takes them as parameters.

use chrono::{DateTime, Utc};
use rand::{Rng, RngExt};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// This moment.
    fn now(&self) -> DateTime<Utc>;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy)]
pub struct MachineClock;

impl Clock for MachineClock {
    #[expect(clippy::disallowed_methods, reason = "this is the edge where the clock is read")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// An identifier nobody has used; newer ones sort later.
#[expect(clippy::disallowed_methods, reason = "this is the edge where identifiers are made")]
pub fn fresh() -> Uuid {
    Uuid::now_v7()
}

/// An identifier drawn by lot: unlike [`fresh`] it tells neither order nor moment.
#[expect(clippy::disallowed_methods, reason = "this is the edge where identifiers are made")]
pub fn drawn() -> Uuid {
    let mut bytes = [0u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// 256 bits that nobody can guess, in hex.
#[expect(clippy::disallowed_methods, reason = "this is the edge where secrets are drawn")]
pub fn secret() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    hex::encode(bytes)
}

/// An initial password: twenty letters and digits in groups of five, near 100 bits; readable over the telephone.
pub fn initial_password() -> String {
    [letters(5), letters(5), letters(5), letters(5)].join("-")
}

/// A code on paper that lets somebody answer a survey once: near 50 bits.
pub fn paper_code() -> String {
    [letters(5), letters(5)].join("-")
}

/// So many letters and digits that nobody can guess, without those that are mistaken for one another.
#[expect(clippy::disallowed_methods, reason = "this is the edge where secrets are drawn")]
pub fn letters(count: usize) -> String {
    const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut source = rand::rng();
    (0..count).map(|_| char::from(LETTERS[source.random_range(0..LETTERS.len())])).collect()
}

/// So many digits that nobody can guess.
#[expect(clippy::disallowed_methods, reason = "this is the edge where secrets are drawn")]
pub fn digits(count: usize) -> String {
    let mut source = rand::rng();
    (0..count).map(|_| char::from(b'0' + source.random_range(0..10_u8))).collect()
}

/// What is kept of a secret.
pub fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}
