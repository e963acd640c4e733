//! What a unit writes on the report of a frozen survey, and its publication. Words are changed until citizens can
//! read them; who changes them afterwards takes the publication back first.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::campaign::{Campaign, CampaignState};
use crate::id::PersonId;
use crate::text::{self, TooLong};

/// Longest text, in characters.
const TEXT_MAX_CHARS: usize = 6_000;

/// What a unit says to the figures.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SurveyReport {
    /// What was found, a paragraph a line.
    pub findings: String,
    /// What the unit did or will do about it, one a line; citizens read this.
    pub follow_up: String,
    /// By whom and when it was published.
    pub published: Option<(PersonId, DateTime<Utc>)>,
}

/// Why a report cannot be changed or published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublishRefusal {
    /// The figures may still change.
    #[error("bekukan dulu hasil survei ini; laporan dan publikasi dibuat dari hasil yang dibekukan")]
    NotFrozen,
    /// Citizens read it.
    #[error("hasil survei ini sudah dipublikasikan; tarik publikasinya dulu bila tulisannya harus diubah")]
    Published,
    /// Citizens do not read it.
    #[error("hasil survei ini belum dipublikasikan")]
    NotPublished,
    /// Citizens shall read what is done.
    #[error("tulis dulu tindak lanjutnya; warga akan membacanya pada halaman publikasi")]
    NoFollowUp,
    /// Too many words.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

impl SurveyReport {
    /// The report with other words.
    ///
    /// # Errors
    /// When the campaign is not frozen, the report is published, or a text is too long.
    pub fn reworded(
        self,
        campaign: &Campaign,
        findings: &str,
        follow_up: &str,
    ) -> Result<Self, PublishRefusal> {
        demand_frozen(campaign)?;
        if self.published.is_some() {
            return Err(PublishRefusal::Published);
        }
        let tidy = |words: &str| text::block(words, TEXT_MAX_CHARS);
        Ok(Self { findings: tidy(findings)?, follow_up: tidy(follow_up)?, ..self })
    }

    /// The report as citizens may read it.
    ///
    /// # Errors
    /// When the campaign is not frozen, nothing is said of what is done, or it is published already.
    pub fn publish(
        self,
        campaign: &Campaign,
        by: PersonId,
        at: DateTime<Utc>,
    ) -> Result<Self, PublishRefusal> {
        demand_frozen(campaign)?;
        match (&self.published, self.follow_up.is_empty()) {
            (Some(_), _) => Err(PublishRefusal::Published),
            (None, true) => Err(PublishRefusal::NoFollowUp),
            (None, false) => Ok(Self { published: Some((by, at)), ..self }),
        }
    }

    /// The report as citizens may no longer read it.
    ///
    /// # Errors
    /// When it is not published.
    pub fn withdraw(self) -> Result<Self, PublishRefusal> {
        match self.published {
            Some(_) => Ok(Self { published: None, ..self }),
            None => Err(PublishRefusal::NotPublished),
        }
    }

    /// Findings, a paragraph each.
    #[must_use]
    pub fn findings(&self) -> Vec<String> {
        lines(&self.findings)
    }

    /// What is done, one each.
    #[must_use]
    pub fn follow_up(&self) -> Vec<String> {
        lines(&self.follow_up)
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn demand_frozen(campaign: &Campaign) -> Result<(), PublishRefusal> {
    let is_frozen = campaign.state == CampaignState::Frozen;
    if is_frozen { Ok(()) } else { Err(PublishRefusal::NotFrozen) }
}
