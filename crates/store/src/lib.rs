//! All that is kept: the files of evidence, and all SQL of Bening: tables, migrations, reads, and the one way to write.
//!
//! A write happens in a [`WriteTx`], and the only way to keep what it did is [`WriteTx::commit`], which takes
//! an [`audit entry`](bening_core::audit::Entry): a change that nobody recorded cannot be kept. Only the answers
//! of citizens come without one ([`survey::Inbox`]): the trail would tell their hour. Decisions are
//! made in `bening-core`; nothing here knows who may do what.

pub mod agency;
pub mod appraisal;
pub mod audit;
pub mod backup;
pub mod candidacy;
mod change;
pub mod complaint;
mod connect;
mod entity;
pub mod evidence;
pub mod fact;
pub mod files;
pub mod followup;
pub mod instrument;
pub mod job;
pub mod letter;
pub mod lke;
pub mod lke_mapping;
pub mod meeting;
mod migration;
pub mod monev;
pub mod number_series;
pub mod pact;
pub mod paper;
pub mod person;
pub mod plan;
pub mod reading;
pub mod register;
pub mod reminder;
pub mod search;
pub mod session;
pub mod statistic;
pub mod survey;
pub mod team;
pub mod unit;
pub mod wbs;
mod write;

pub use connect::{Health, Options, Store};
pub use write::WriteTx;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{DbErr, SqlErr};

/// A database could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Something that must be unique is there already.
    #[error("data yang sama sudah ada")]
    Duplicate,
    /// No room is left on disk.
    #[error("penyimpanan penuh; perubahan terakhir tidak disimpan dan tidak ada yang rusak")]
    Full,
    /// A row cannot be understood; somebody else wrote it.
    #[error("baris {table} tidak dapat dibaca: {what}")]
    Unreadable {
        /// Table.
        table: &'static str,
        /// What is wrong.
        what: String,
    },
    /// The files of evidence.
    #[error(transparent)]
    Files(#[from] files::FilesError),
    /// Anything else the database says.
    #[error("basis data: {0}")]
    Database(DbErr),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) {
            return Self::Duplicate;
        }
        let text = error.to_string();
        // SQLite says "database or disk is full"; PostgreSQL reports SQLSTATE 53100 as "No space left on device".
        let full = text.contains("disk is full") || text.contains("No space left");
        if full { Self::Full } else { Self::Database(error) }
    }
}

/// What reads and writes of this crate return.
pub type Result<T> = std::result::Result<T, StoreError>;

/// An instant as both databases keep it: PostgreSQL to the microsecond, so SQLite as well, or a copy that moves
/// between them would not be the same.
fn kept(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

fn unreadable(table: &'static str, what: impl Into<String>) -> StoreError {
    StoreError::Unreadable { table, what: what.into() }
}
