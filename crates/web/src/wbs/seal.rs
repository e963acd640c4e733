//! Sealing and opening with age. A private key exists only while a request lasts; what is kept of it is sealed with a
//! passphrase, or with what follows from a receipt.

use std::io::Write;

use age::secrecy::{ExposeSecret, SecretString};
use age::x25519::{Identity, Recipient};
use age::{Encryptor, scrypt};

use crate::open::receipt::slow_hash;

/// Work to open a keeper's key: 2^15 rounds, 32 MiB, as people choose passphrases.
const PASSPHRASE_WORK_LOG2: u8 = 15;
/// Work to open a reporter's key: little, because Argon2id over 80 bits by lot came before.
const DERIVED_WORK_LOG2: u8 = 2;
const RECEIPT_KIND: &[u8] = b"bening wbs receipt 1";

/// Something could not be sealed: a key that is none, or no memory.
#[derive(Debug, thiserror::Error)]
#[error("laporan tidak dapat disegel; tidak ada yang disimpan, coba lagi")]
pub struct SealError;

/// A key pair; the private half sealed.
#[derive(Debug)]
pub struct Pair {
    /// Public key, in age's words.
    pub public_key: String,
    /// Private key, sealed.
    pub sealed_key: Vec<u8>,
}

/// What follows from a receipt.
#[derive(Debug)]
pub struct Receipt {
    /// By which its report is found, in hex.
    pub hash: String,
    secret: SecretString,
}

/// A slow hash of the digits: one half finds the report, the other opens the key of the reporter.
///
/// # Errors
/// When there is no memory for it.
pub fn receipt(digits: &str) -> Result<Receipt, SealError> {
    let out = slow_hash(digits, RECEIPT_KIND).map_err(|_| SealError)?;
    let (hash, secret) = out.split_at(32);
    Ok(Receipt { hash: hex::encode(hash), secret: SecretString::from(hex::encode(secret)) })
}

/// A fresh pair under a passphrase that somebody chose.
///
/// # Errors
/// When it cannot be sealed.
pub fn pair(passphrase: &str) -> Result<Pair, SealError> {
    fresh(SecretString::from(passphrase.to_owned()), PASSPHRASE_WORK_LOG2)
}

/// A fresh pair under a receipt.
///
/// # Errors
/// When it cannot be sealed.
pub fn pair_of(receipt: &Receipt) -> Result<Pair, SealError> {
    fresh(receipt.secret.clone(), DERIVED_WORK_LOG2)
}

fn fresh(secret: SecretString, work_log2: u8) -> Result<Pair, SealError> {
    let key = Identity::generate();
    let mut lock = scrypt::Recipient::new(secret);
    lock.set_work_factor(work_log2);
    let sealed_key =
        age::encrypt(&lock, key.to_string().expose_secret().as_bytes()).map_err(|_| SealError)?;
    Ok(Pair { public_key: key.to_public().to_string(), sealed_key })
}

/// The private key under a passphrase; nothing when it is the wrong one.
pub fn unlock(sealed_key: &[u8], passphrase: &str) -> Option<Identity> {
    open_key(sealed_key, SecretString::from(passphrase.to_owned()))
}

/// The private key under a receipt.
pub fn unlock_by(sealed_key: &[u8], receipt: &Receipt) -> Option<Identity> {
    open_key(sealed_key, receipt.secret.clone())
}

fn open_key(sealed_key: &[u8], secret: SecretString) -> Option<Identity> {
    let mut lock = scrypt::Identity::new(secret);
    lock.set_max_work_factor(PASSPHRASE_WORK_LOG2);
    let words = age::decrypt(&lock, sealed_key).ok()?;
    String::from_utf8(words).ok()?.parse().ok()
}

/// Seals a text for the holders of these keys.
///
/// # Errors
/// When one of the keys is none.
pub fn seal<'a>(text: &str, keys: impl IntoIterator<Item = &'a str>) -> Result<Vec<u8>, SealError> {
    seal_bytes(text.as_bytes(), keys)
}

/// Seals a file for the holders of these keys.
///
/// # Errors
/// When one of the keys is none.
pub fn seal_bytes<'a>(bytes: &[u8], keys: impl IntoIterator<Item = &'a str>) -> Result<Vec<u8>, SealError> {
    let keys: Vec<Recipient> =
        keys.into_iter().map(str::parse).collect::<Result<_, _>>().map_err(|_| SealError)?;
    let sealing = Encryptor::with_recipients(keys.iter().map(|key| key as &dyn age::Recipient));
    let mut sealed = Vec::new();
    let mut writer = sealing.map_err(|_| SealError)?.wrap_output(&mut sealed).map_err(|_| SealError)?;
    writer.write_all(bytes).map_err(|_| SealError)?;
    writer.finish().map_err(|_| SealError)?;
    Ok(sealed)
}

/// What was sealed; nothing when it was not for this key.
pub fn open(sealed: &[u8], key: &Identity) -> Option<String> {
    String::from_utf8(open_bytes(sealed, key)?).ok()
}

/// The same of a file.
pub fn open_bytes(sealed: &[u8], key: &Identity) -> Option<Vec<u8>> {
    age::decrypt(key, sealed).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_those_it_was_sealed_for_open_it() {
        let (reader, other) =
            (pair("empat kata yang panjang").unwrap(), pair("frasa lain sama sekali").unwrap());
        let slip = receipt("123456789012345678901234").unwrap();
        let reporter = pair_of(&slip).unwrap();
        let sealed = seal("Suap di loket", [reader.public_key.as_str(), &reporter.public_key]).unwrap();
        let key = |pair: &Pair, phrase| unlock(&pair.sealed_key, phrase);
        assert_eq!(
            open(&sealed, &key(&reader, "empat kata yang panjang").unwrap()).unwrap(),
            "Suap di loket"
        );
        assert_eq!(open(&sealed, &unlock_by(&reporter.sealed_key, &slip).unwrap()).unwrap(), "Suap di loket");
        assert!(open(&sealed, &key(&other, "frasa lain sama sekali").unwrap()).is_none());
        assert!(key(&reader, "frasa lain sama sekali").is_none());
        let wrong = receipt("123456789012345678901235").unwrap();
        assert!(wrong.hash != slip.hash && unlock_by(&reporter.sealed_key, &wrong).is_none());
    }
}
