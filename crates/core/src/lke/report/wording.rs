//! What the assessors say for themselves on a report, and what is still missing before it can be issued.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Inputs, TPI};
use crate::instrument::Instrument;
use crate::time::{Month, Year};
use crate::unit::Unit;

/// What people write on a report; everything may be empty until it is issued.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wording {
    /// Date of the letter.
    pub dated: Option<NaiveDate>,
    /// City before the date; the agency's when empty.
    pub place: String,
    /// Whom it is addressed to.
    pub addressee: String,
    /// Number of the letter of assignment.
    pub assignment: String,
    /// Its date.
    pub assigned_on: Option<NaiveDate>,
    /// The period that was assessed.
    pub period: String,
    /// Regulations of the agency, after the general ones.
    pub legal_basis: Vec<String>,
    /// What is recommended.
    pub recommendation: Option<Recommendation>,
    /// What the unit should do, one an entry.
    pub advice: Vec<String>,
    /// Title of who signs.
    pub signatory_title: String,
    /// Name of who signs.
    pub signatory: String,
}

impl Wording {
    /// The same with what can be suggested where nothing stands: whom to, which period, which letter of assignment.
    #[must_use]
    pub fn suggested(self, unit: &Unit, year: Year, letter: &str, letter_on: Option<NaiveDate>) -> Self {
        let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
        let whole_year = Month::all().next().zip(Month::all().next_back());
        let whole_year =
            whole_year.map(|(first, last)| format!("{} s.d. {} {year}", first.name(), last.name()));
        Self {
            addressee: or(self.addressee, &unit.head_title),
            assignment: or(self.assignment, letter),
            assigned_on: self.assigned_on.or(letter_on),
            period: or(self.period, &whole_year.unwrap_or_default()),
            ..self
        }
    }
}

/// What is recommended to the head of the agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recommendation {
    /// To propose the unit for the predicate with this code.
    Propose(String),
    /// To propose it later.
    NotYet,
}

/// Why a wording cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordingError {
    /// No such predicate.
    #[error("predikat \"{0}\" tidak ada pada edisi lembar kerja ini; pilih salah satu yang tersedia")]
    UnknownPredicate(String),
}

impl Recommendation {
    /// Name in forms: the code of the predicate, or `belum`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Propose(code) => code,
            Self::NotYet => "belum",
        }
    }

    /// From its name in forms; blank is undecided.
    ///
    /// # Errors
    /// [`WordingError`] for a predicate that the edition does not know.
    pub fn parse(edition: &Instrument, text: &str) -> Result<Option<Self>, WordingError> {
        match text.trim() {
            "" => Ok(None),
            "belum" => Ok(Some(Self::NotYet)),
            code if edition.predicate(code).is_some() => Ok(Some(Self::Propose(code.to_owned()))),
            code => Err(WordingError::UnknownPredicate(code.to_owned())),
        }
    }
}

/// Something without which a report is not issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The assessment is not done.
    #[error("penilaian TPI belum diajukan sampai pengendali teknis")]
    Assessment,
    /// No date.
    #[error("tanggal laporan belum diisi")]
    Date,
    /// Nobody to send it to.
    #[error("tujuan laporan belum diisi")]
    Addressee,
    /// No letter of assignment.
    #[error("nomor dan tanggal surat tugas belum diisi")]
    Assignment,
    /// Nobody assessed.
    #[error("susunan tim penilai belum ditetapkan")]
    Team,
    /// No period.
    #[error("periode yang dievaluasi belum diisi")]
    Period,
    /// No recommendation.
    #[error("rekomendasi belum dipilih")]
    Recommendation,
    /// Nobody signs.
    #[error("jabatan dan nama penanda tangan belum diisi")]
    Signatory,
}

impl Inputs<'_> {
    /// What must be there before the report can be issued.
    pub fn missing(&self) -> Vec<Missing> {
        let wording = self.wording;
        let all = [
            (Missing::Assessment, !self.lke.is_submitted(TPI)),
            (Missing::Team, self.team.is_empty()),
            (Missing::Assignment, wording.assignment.is_empty() || wording.assigned_on.is_none()),
            (Missing::Date, wording.dated.is_none()),
            (Missing::Addressee, wording.addressee.is_empty()),
            (Missing::Period, wording.period.is_empty()),
            (Missing::Recommendation, wording.recommendation.is_none()),
            (Missing::Signatory, wording.signatory_title.is_empty() || wording.signatory.is_empty()),
        ];
        all.into_iter().filter(|(_, is_missing)| *is_missing).map(|(missing, _)| missing).collect()
    }
}
