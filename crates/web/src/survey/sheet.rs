//! The sealed token that every form carries: it was served by us, not long ago, and is handed in once. It says
//! nothing of who it was served to, and only a hash of it becomes the identity of the answer.

use bening_core::id::CampaignId;
use bening_store::survey::Kept;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::chance;

/// How long a form may lie before it is handed in, in seconds.
const VALID_S: i64 = 24 * 3600;

/// A fresh token for a form of this campaign.
pub(super) fn fresh(kept: &Kept, now: DateTime<Utc>) -> String {
    let said = format!("{}-{}", chance::secret(), now.timestamp());
    format!("{said}-{}", mac(&kept.seal, &said))
}

/// A form that came back.
pub(super) struct Form {
    /// Identity of the answer written on it.
    pub(super) id: Uuid,
    /// How long it was out, in seconds. Looked at and forgotten.
    pub(super) spent_s: u64,
}

/// The form of this token; `None` when we did not serve it or it lay too long.
pub(super) fn form(kept: &Kept, token: &str, now: DateTime<Utc>) -> Option<Form> {
    let (said, sealed) = token.rsplit_once('-')?;
    let served_s: i64 = said.rsplit_once('-')?.1.parse().ok()?;
    let age_s = now.timestamp() - served_s;
    let holds = mac(&kept.seal, said) == sealed && (0..=VALID_S).contains(&age_s);
    let form = || Form { id: identity(kept.campaign.id, said), spent_s: age_s.unsigned_abs() };
    holds.then(form)
}

fn mac(seal: &str, said: &str) -> String {
    chance::digest(&format!("{seal}{}", chance::digest(&format!("{seal}{said}"))))
}

fn identity(campaign: CampaignId, said: &str) -> Uuid {
    let hash = Sha256::digest(format!("{campaign}:{said}").as_bytes());
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash).for_each(|(byte, drawn)| *byte = drawn);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// What is kept of a code on paper; capital letters, spaces and hyphens make no difference.
pub(super) fn code_hash(campaign: CampaignId, code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    chance::digest(&format!("{campaign}:{}", plain.to_ascii_lowercase()))
}
