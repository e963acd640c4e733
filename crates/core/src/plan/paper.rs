//! The *Dokumen Rencana dan Aksi* as a document: what is printed, not how it looks.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Texts that only this plan's paper carries; the rest comes from templates and data.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PaperTexts {
    /// City before the date; the agency's when empty.
    pub place: String,
    /// Date of the paper; the day of approval when absent.
    pub signed_on: Option<NaiveDate>,
    /// Title of the signatory; the head of the unit's when empty.
    pub signatory_title: String,
    /// Name of the signatory; a line to write on when empty.
    pub signatory_name: String,
    /// Paragraphs added to the foreword.
    pub foreword: String,
    /// Paragraphs added to the background (I.1).
    pub background: String,
    /// Legal basis of the agency itself, after the national one.
    pub legal_basis: Vec<String>,
}
