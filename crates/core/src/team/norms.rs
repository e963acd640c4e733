//! How much is usual, as data: units a team, share of the second reading. The figures stand in
//! `instruments/assessment.toml`, each with where it comes from.

use serde::Deserialize;

use crate::instrument::Exact;

/// What is usual for internal assessors.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norms {
    /// Load of a team.
    pub load: Load,
    /// The blind second reading.
    pub second_reading: Share,
}

/// Load of a team.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Load {
    /// Units that are usual for one team.
    pub units_per_team: usize,
    /// Where it comes from.
    pub citation: String,
    /// Doubts and chosen readings.
    pub notes: String,
}

/// The blind second reading.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Share of the answered questions, above 0 and at most 1.
    pub share: Exact,
    /// Where it comes from.
    pub citation: String,
    /// Doubts and chosen readings.
    pub notes: String,
}

/// The file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NormsError {
    /// Not such a file.
    #[error("berkas kelaziman penilaian: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// A figure or a source is missing.
    #[error(
        "berkas kelaziman penilaian: beban dan bagian harus di atas nol, bagian paling besar 1, dan masing-masing menyebut asalnya"
    )]
    OutOfRange,
}

impl Norms {
    /// The norms that come with Bening.
    ///
    /// # Errors
    /// When the file cannot be used; a test proves that it can.
    pub fn shipped() -> Result<Self, NormsError> {
        Self::parse(include_str!("../../../../instruments/assessment.toml"))
    }

    /// Reads and checks norms.
    ///
    /// # Errors
    /// [`NormsError`].
    pub fn parse(text: &str) -> Result<Self, NormsError> {
        let norms: Self = toml::from_str(text)?;
        let share = norms.second_reading.share;
        let is_share = !share.is_zero() && share.clipped() == share;
        let has_sources = !norms.load.citation.is_empty() && !norms.second_reading.citation.is_empty();
        let is_sound = is_share && has_sources && norms.load.units_per_team > 0;
        if is_sound { Ok(norms) } else { Err(NormsError::OutOfRange) }
    }
}
