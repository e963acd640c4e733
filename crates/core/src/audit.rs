//! The audit trail: what every write must say of itself, and the chain of hashes that gives away any row
//! changed, removed or moved. Keeping the rows is `store`'s work.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::id::{PersonId, UnitId};

/// What a write says of itself: who, what, to what, before and after. When is added on commit.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "an entry is only written by committing it"]
pub struct Entry {
    /// Who did it.
    pub actor: Actor,
    /// What was done, as noun and verb ("plan.cell.saved").
    pub event: &'static str,
    /// What it was done to.
    pub subject: Uuid,
    /// The unit concerned, if one is.
    pub unit: Option<UnitId>,
    /// As it was; null when there was nothing.
    pub before: Value,
    /// As it is now; null when nothing is left.
    pub after: Value,
}

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A person signed in.
    Person(PersonId),
    /// Somebody at the command line of the server.
    Console,
    /// Nobody: a visitor, such as one who failed to sign in.
    Visitor,
    /// The program itself, in the background.
    System,
}

impl Entry {
    /// An entry without before, after or unit yet.
    pub fn new(actor: Actor, event: &'static str, subject: Uuid) -> Self {
        Self { actor, event, subject, unit: None, before: Value::Null, after: Value::Null }
    }

    /// Concerning a unit.
    pub fn of_unit(self, unit: UnitId) -> Self {
        Self { unit: Some(unit), ..self }
    }

    /// With what it was before.
    pub fn before(self, before: impl Serialize) -> Self {
        Self { before: as_value(before), ..self }
    }

    /// With what it is after.
    pub fn after(self, after: impl Serialize) -> Self {
        Self { after: as_value(after), ..self }
    }
}

/// Only maps with keys that are not text fail to serialise; such a value is recorded as what it is, unreadable.
fn as_value(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_else(|error| Value::String(error.to_string()))
}

/// A kept row of the trail, with texts exactly as they went into the hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Place in the chain, from 1 without gaps.
    pub seq: i64,
    /// When, to the microsecond.
    pub at: DateTime<Utc>,
    /// Person, if one was signed in.
    pub person: Option<Uuid>,
    /// "person", "console", "visitor" or "system".
    pub actor: String,
    /// What was done.
    pub event: String,
    /// To what.
    pub subject: Uuid,
    /// Unit concerned.
    pub unit: Option<Uuid>,
    /// JSON text, or "null".
    pub before: String,
    /// JSON text, or "null".
    pub after: String,
    /// Hash of the row before; 64 zeros for the first.
    pub previous: String,
    /// Hash of this row.
    pub hash: String,
}

/// What the first row has as hash of the row before it.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

impl Link {
    /// Makes the next row of the chain from an entry.
    pub fn forge(entry: Entry, seq: i64, at: DateTime<Utc>, previous: String) -> Self {
        let (actor, person) = match entry.actor {
            Actor::Person(id) => ("person", Some(id.0)),
            Actor::Console => ("console", None),
            Actor::Visitor => ("visitor", None),
            Actor::System => ("system", None),
        };
        let mut link = Self {
            seq,
            at,
            person,
            actor: actor.to_owned(),
            event: entry.event.to_owned(),
            subject: entry.subject,
            unit: entry.unit.map(|unit| unit.0),
            before: entry.before.to_string(),
            after: entry.after.to_string(),
            previous,
            hash: String::new(),
        };
        link.hash = link.digest();
        link
    }

    /// SHA-256 over every other field, each led by its length so that no two rows can spell the same text.
    pub fn digest(&self) -> String {
        let optional = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let fields = [
            self.seq.to_string(),
            self.at.timestamp_micros().to_string(),
            optional(self.person),
            self.actor.clone(),
            self.event.clone(),
            self.subject.to_string(),
            optional(self.unit),
            self.before.clone(),
            self.after.clone(),
            self.previous.clone(),
        ];
        let mut hasher = Sha256::new();
        for field in fields {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field.as_bytes());
        }
        hex::encode(hasher.finalize())
    }
}

/// The first fault found in a chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A row's contents no longer match its hash.
    #[error("baris {0} telah diubah: isinya tidak cocok dengan sidiknya")]
    Changed(i64),
    /// A row is not there.
    #[error("baris {0} hilang")]
    Missing(i64),
    /// A row does not follow the one before it.
    #[error("baris {0} tidak bersambung dengan baris sebelumnya: urutan telah diubah")]
    Moved(i64),
    /// The newest rows are not there.
    #[error("baris setelah {last} hilang: seharusnya sampai baris {expected}")]
    Truncated {
        /// Last row found.
        last: i64,
        /// Row that should be last.
        expected: i64,
    },
}

/// Walks a chain row by row, in order of their place.
#[derive(Debug)]
pub struct Walk {
    seq: i64,
    hash: String,
}

impl Default for Walk {
    fn default() -> Self {
        Self { seq: 0, hash: GENESIS.to_owned() }
    }
}

impl Walk {
    /// Takes the next row, or says what is wrong with it.
    pub fn step(&mut self, link: &Link) -> Result<(), Fault> {
        let expected = self.seq + 1;
        if link.seq != expected {
            return Err(Fault::Missing(expected));
        }
        if link.digest() != link.hash {
            return Err(Fault::Changed(link.seq));
        }
        if link.previous != self.hash {
            return Err(Fault::Moved(link.seq));
        }
        (self.seq, self.hash) = (link.seq, link.hash.clone());
        Ok(())
    }

    /// Ends the walk: the head kept beside the chain must be its last row.
    pub fn finish(self, head_seq: i64, head_hash: &str) -> Result<(i64, String), Fault> {
        match () {
            () if self.seq < head_seq => Err(Fault::Truncated { last: self.seq, expected: head_seq }),
            () if self.seq > head_seq => Err(Fault::Moved(self.seq)),
            () if self.hash != head_hash => Err(Fault::Changed(self.seq)),
            () => Ok((self.seq, self.hash)),
        }
    }
}
