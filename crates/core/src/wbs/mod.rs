//! The zone of whistleblowers: who may be given a report, what becomes of it. Sealing and
//! keeping live outside; nothing here ever holds what a report says.

mod attachment;
mod keeper;
mod outcome;

pub use attachment::{FILE_MAX_BYTES, FILES_MAX, Plain};
pub use keeper::{Duty, Keeper, Routed, end, may_keep, route};
pub use outcome::{Erased, Outcome, Recap, recaps};

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use crate::id::{ReportId, UnitId};

/// Longest text of a report or message, in characters.
pub const TEXT_MAX_CHARS: usize = 20_000;
/// Shortest passphrase of a keeper, in characters.
pub const PASSPHRASE_MIN_CHARS: usize = 16;
/// Shortest reason for opening an identity, in characters.
const REASON_MIN_CHARS: usize = 10;

/// How long what was reported is kept (`prints/wbs.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Days after which a closed report is deleted.
    pub keep_closed_days: u64,
}

impl Retention {
    /// The file that comes with Bening.
    ///
    /// # Errors
    /// Never for the one that was shipped; a test reads it.
    pub fn shipped() -> Result<Self, toml::de::Error> {
        toml::from_str(include_str!("../../../../prints/wbs.toml"))
    }

    /// What was closed on this day or before is due to be deleted today; nothing before the calendar began.
    #[must_use]
    pub fn closed_until(&self, today: NaiveDate) -> Option<NaiveDate> {
        today.checked_sub_days(Days::new(self.keep_closed_days))
    }
}

/// How far a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It came.
    Received,
    /// Somebody judged what it is.
    Assessed,
    /// It is looked into.
    Investigated,
    /// It came to an end.
    Closed,
}

impl State {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Received, Self::Assessed, Self::Investigated, Self::Closed];

    /// As it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Assessed => "assessed",
            Self::Investigated => "investigated",
            Self::Closed => "closed",
        }
    }

    /// Its Indonesian name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Received => "Diterima",
            Self::Assessed => "Ditelaah",
            Self::Investigated => "Diselidiki",
            Self::Closed => "Selesai",
        }
    }

    /// From how it is kept.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The next; none after the end.
    pub fn next(self) -> Option<Self> {
        let here = Self::ALL.iter().position(|state| *state == self)?;
        Self::ALL.get(here + 1).copied()
    }
}

/// What is known of a report without a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Identity, drawn by lot.
    pub id: ReportId,
    /// Whose keepers have it.
    pub unit: UnitId,
    /// Slow hash of the receipt, in hex.
    pub receipt_hash: String,
    /// Public key of the reporter, in age's words.
    pub public_key: String,
    /// Private key of the reporter, sealed with what follows from the receipt.
    pub sealed_key: Vec<u8>,
    /// Who reports, sealed for custodians; empty when nobody was named.
    pub sealed_identity: Vec<u8>,
    /// How far it is.
    pub state: State,
    /// The day it came.
    pub arrived_on: NaiveDate,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// What it came to.
    pub outcome: Option<Outcome>,
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// Whoever has the receipt.
    Reporter,
    /// A recipient.
    Desk,
}

impl Author {
    /// As it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Desk => "desk",
        }
    }
}

/// A sealed part of the conversation; the first is the report itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who wrote it.
    pub author: Author,
    /// What was written, sealed for its readers and the reporter.
    pub sealed: Vec<u8>,
    /// The day.
    pub on_day: NaiveDate,
}

/// Why something is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody is left who may read it.
    #[error(
        "tidak ada penerima yang tidak terkait; gunakan saluran lain, misalnya APIP di atas unit ini atau KPK"
    )]
    NobodyLeft,
    /// Nobody is left who may keep the identity.
    #[error("tidak ada penjaga identitas yang tidak terkait; kosongkan identitas untuk melapor tanpa nama")]
    NoCustodian,
    /// Nothing was written.
    #[error("tulis apa yang terjadi")]
    Empty,
    /// Too much was written.
    #[error("tulisan terlalu panjang; ringkas sampai 20.000 huruf")]
    TooLong,
    /// Closed without saying what came of it.
    #[error("pilih hasil laporan sebelum menyelesaikannya")]
    NoOutcome,
    /// Too many files.
    #[error("paling banyak {FILES_MAX} lampiran; kirim sisanya sebagai balasan dengan kode Anda")]
    TooManyFiles,
    /// A file that is too large.
    #[error("lampiran paling besar 5 MB; perkecil fotonya atau kirim sebagian")]
    FileTooLarge,
    /// A file of another kind.
    #[error("lampiran berupa foto JPEG, PNG, atau PDF; foto dokumen lain lalu kirim fotonya")]
    FileKind,
    /// Nothing can be taken off this one.
    #[error(
        "jejak hanya dapat dibuang dari foto JPEG dan PNG; kirim foto halamannya, atau hilangkan centang untuk mengirim PDF apa adanya"
    )]
    Uncleanable,
    /// A picture that cannot be read.
    #[error("foto tidak dapat dibaca atau terlalu besar; ambil tangkapan layarnya lalu kirim")]
    Unreadable,
    /// It came to an end.
    #[error("laporan ini sudah selesai; buat laporan baru bila ada hal baru")]
    Closed,
    /// The one reason for opening an identity.
    #[error("tulis alasan membuka identitas, sedikitnya sepuluh huruf, tanpa menyebut isi laporan")]
    NoReason,
    /// A passphrase that can be guessed.
    #[error("frasa sandi terlalu mudah ditebak; pakai beberapa kata, sedikitnya 16 huruf")]
    WeakPassphrase,
    /// The two did not match.
    #[error("kedua frasa sandi tidak sama; ketik ulang")]
    Mismatch,
    /// Somebody who must not be able to read reports.
    #[error("admin, pimpinan instansi, dan kepala unit tidak boleh menjadi penerima; pilih orang lain")]
    Powerful,
    /// Nobody would be left to receive reports.
    #[error("tetapkan penerima lain dan tunggu kuncinya dibuat, baru akhiri tugas orang ini")]
    LastRecipient,
    /// Reports that nobody else could read.
    #[error(
        "masih ada laporan berjalan yang hanya dapat dibaca orang ini; minta ia menyelesaikannya, atau tunggu"
    )]
    OnlyReader,
    /// They ended before.
    #[error("tugas orang ini sudah diakhiri")]
    Ended,
    /// A key made twice would leave old reports unreadable.
    #[error("kunci sudah dibuat; kunci lama tetap diperlukan untuk laporan lama")]
    KeyExists,
}

/// A text as it may be sealed.
///
/// # Errors
/// When it is empty or too long.
pub fn text(written: &str) -> Result<&str, Refusal> {
    let written = written.trim();
    match written.chars().count() {
        0 => Err(Refusal::Empty),
        n if n > TEXT_MAX_CHARS => Err(Refusal::TooLong),
        _ => Ok(written),
    }
}

/// The next state of a report, with what it came to when that is the last.
///
/// # Errors
/// When it came to an end, or ends without an outcome.
pub fn advance(report: Report, outcome: Option<Outcome>, today: NaiveDate) -> Result<Report, Refusal> {
    let state = report.state.next().ok_or(Refusal::Closed)?;
    match state {
        State::Closed => {
            let outcome = Some(outcome.ok_or(Refusal::NoOutcome)?);
            Ok(Report { state, outcome, closed_on: Some(today), ..report })
        }
        _ => Ok(Report { state, ..report }),
    }
}

/// A reason as it is recorded.
///
/// # Errors
/// When there is none to speak of.
pub fn reason(written: &str) -> Result<&str, Refusal> {
    let written = written.trim();
    if written.chars().count() >= REASON_MIN_CHARS { Ok(written) } else { Err(Refusal::NoReason) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_closed_is_kept_for_as_many_days_as_the_file_says() {
        let rules = Retention { keep_closed_days: 30 };
        let day = |month, day| NaiveDate::from_ymd_opt(2020, month, day).unwrap();
        assert_eq!(rules.closed_until(day(3, 31)), Some(day(3, 1)));
        assert!(Retention::shipped().unwrap().keep_closed_days > 0);
    }

    #[test]
    fn a_report_ends_after_its_last_state() {
        assert_eq!(State::Received.next(), Some(State::Assessed));
        assert_eq!(State::Closed.next(), None);
    }
}
