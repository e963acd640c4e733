//! What a unit says for itself on the paper of one plan; the rest of the paper comes from templates and data.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Texts of one plan's paper.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PaperNotes {
    /// City before the date; the agency's when empty.
    pub place: String,
    /// Date of the paper; the day of approval when absent.
    pub signed_on: Option<NaiveDate>,
    /// Title of the signatory; the head of the unit's when empty.
    pub signatory_title: String,
    /// Name of the signatory; a line to write on when empty.
    pub signatory_name: String,
    /// Paragraphs added to the foreword, one a line.
    pub foreword: String,
    /// Paragraphs added to the background (I.1), one a line.
    pub background: String,
    /// Legal basis of the agency itself, after the national one.
    pub legal_basis: Vec<String>,
}
