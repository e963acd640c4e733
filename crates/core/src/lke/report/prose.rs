//! The words of the report, read from `prints/lhe.toml`: order of the parts, sentences, headings of columns. No
//! sentence of the report is written in Rust.

use serde::Deserialize;

use crate::document::{Marker, PageNumbers};

/// The template of the report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prose {
    pub(super) title: String,
    pub(super) draft_title: String,
    pub(super) cover: Vec<String>,
    pub(super) words: Words,
    pub(super) part: Vec<Part>,
}

/// The template cannot be read; says where.
#[derive(Debug, thiserror::Error)]
#[error("naskah laporan hasil evaluasi tidak dapat dibaca: {0}")]
pub struct ProseError(#[from] toml::de::Error);

impl Prose {
    /// The template that comes with Bening.
    ///
    /// # Errors
    /// Never for the one that was shipped; a test reads it.
    pub fn builtin() -> Result<Self, ProseError> {
        Ok(toml::from_str(include_str!("../../../../../prints/lhe.toml"))?)
    }
}

/// A part of the report in the order of the template.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Part {
    Heading { level: u8, text: String },
    Paragraph { text: String },
    List { marker: Marker, items: Vec<String> },
    PageNumbers { style: PageNumbers },
    Orientation { landscape: bool },
    Slot { slot: Slot },
}

/// A place that is filled from data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Slot {
    Details,
    Addressee,
    LegalBasis,
    Team,
    Comparison,
    Results,
    Thresholds,
    Recommendation,
    Signature,
    Scores,
    Findings,
    Conditions,
}

/// Short texts that stand between data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) draft: String,
    pub(super) draft_number: String,
    pub(super) blank: String,
    pub(super) number: String,
    pub(super) details: [String; 4],
    pub(super) attachments_two: String,
    pub(super) attachments_three: String,
    pub(super) subject: String,
    pub(super) addressee: String,
    pub(super) team_caption: String,
    pub(super) team_columns: [String; 3],
    pub(super) seats: Vec<(String, String)>,
    pub(super) no_team: String,
    pub(super) result_caption: String,
    pub(super) result_columns: [String; 5],
    pub(super) total: String,
    pub(super) pengungkit: String,
    pub(super) hasil: String,
    pub(super) gaps: String,
    pub(super) higher: String,
    pub(super) lower: String,
    pub(super) equal: String,
    pub(super) comparison: String,
    pub(super) threshold_caption: String,
    pub(super) threshold_columns: [String; 5],
    pub(super) threshold_met: String,
    pub(super) threshold_not_met: String,
    pub(super) met: String,
    pub(super) not_met: String,
    pub(super) unknown: String,
    pub(super) not_applicable: String,
    pub(super) uncertain: String,
    pub(super) set_aside: String,
    pub(super) other_reading: String,
    pub(super) propose: String,
    pub(super) not_yet: String,
    pub(super) undecided: String,
    pub(super) advice_intro: String,
    pub(super) findings_none: String,
    pub(super) scores_caption: String,
    pub(super) scores_columns: [String; 8],
    pub(super) findings_caption: String,
    pub(super) findings_columns: [String; 7],
    pub(super) no_answer: String,
    pub(super) not_assessed: String,
    pub(super) no_evidence: String,
    pub(super) no_note: String,
    pub(super) conditions_heading: String,
    pub(super) conditions_intro: String,
    pub(super) conditions_caption: String,
    pub(super) conditions_columns: [String; 5],
}
