//! Rules for passwords after NIST SP 800-63B-4 (section 3.1.1.2): length counts, composition does not, known
//! and guessable ones are refused, nothing expires. Hashing and the strength estimate are the edges' work.

/// Shortest password, in characters, where it is the only factor.
pub const MIN_CHARS: usize = 15;
/// Longest password taken, in characters; hashing must not be made to work on megabytes.
pub const MAX_CHARS: usize = 200;

/// Why a password was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Too short.
    #[error(
        "kata sandi paling sedikit {MIN_CHARS} huruf; rangkai beberapa kata, misalnya empat kata yang tidak berhubungan"
    )]
    TooShort,
    /// Too long.
    #[error("kata sandi paling banyak {MAX_CHARS} huruf")]
    TooLong,
    /// Built from what everybody knows of the person or the site.
    #[error("kata sandi memuat nama Anda, nama unit, atau nama aplikasi; pilih kata lain")]
    Telling,
    /// Easily guessed.
    #[error(
        "kata sandi ini mudah ditebak (kata umum, urutan, atau pengulangan); pilih kata yang tidak berhubungan"
    )]
    Guessable,
    /// The same as before.
    #[error("kata sandi baru harus berbeda dari yang lama")]
    Unchanged,
}

/// How many guesses an attacker would need, as an estimator sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Found quickly.
    Guessable,
    /// Out of reach.
    Sound,
}

/// Checks a new password. `known` are words tied to the person: sign-in name, name, unit.
pub fn check(password: &str, known: &[&str], strength: Strength) -> Result<(), Refusal> {
    let length = password.chars().count();
    match () {
        () if length < MIN_CHARS => Err(Refusal::TooShort),
        () if length > MAX_CHARS => Err(Refusal::TooLong),
        () if is_telling(password, known) => Err(Refusal::Telling),
        () if strength == Strength::Guessable => Err(Refusal::Guessable),
        () => Ok(()),
    }
}

/// A known word makes up half the password or more.
fn is_telling(password: &str, known: &[&str]) -> bool {
    let lower = password.to_lowercase();
    known.iter().chain(&["bening"]).map(|word| word.to_lowercase()).any(|word| {
        word.chars().count() >= 3
            && lower.matches(&word).map(|m| m.chars().count()).sum::<usize>() * 2 >= lower.chars().count()
    })
}
