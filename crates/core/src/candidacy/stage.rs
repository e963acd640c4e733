//! The stages of the road to a predicate, and what they are called.

use serde::{Deserialize, Serialize};

/// Where a unit is on its road.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nothing was done yet.
    Start,
    /// The unit declared in public that it builds an integrity zone.
    Declared,
    /// The agency chose it by decree.
    Selected,
    /// It builds.
    Building,
    /// It assessed itself.
    SelfAssessed,
    /// The internal team assesses.
    Review,
    /// The internal team gave it back.
    Returned,
    /// The internal team recommends it.
    Recommended,
    /// The agency proposed it.
    Proposed,
    /// The national team looks at its papers.
    AdminSelection,
    /// The agency objected to the outcome.
    Objection,
    /// The national team analyses its documents.
    Analysis,
    /// The national team interviews.
    Interview,
    /// The national team visits.
    Field,
    /// The panel decides.
    Panel,
    /// The predicate was given by decree.
    Determined,
    /// Not this time: guided once more.
    Guided,
    /// It holds the predicate and is watched.
    Monitored,
    /// The predicate was taken away.
    Revoked,
    /// It ended without being taken away.
    Expired,
}

impl Stage {
    /// All, in the order of the road.
    pub const ALL: [Self; 20] = [
        Self::Start,
        Self::Declared,
        Self::Selected,
        Self::Building,
        Self::SelfAssessed,
        Self::Review,
        Self::Returned,
        Self::Recommended,
        Self::Proposed,
        Self::AdminSelection,
        Self::Objection,
        Self::Analysis,
        Self::Interview,
        Self::Field,
        Self::Panel,
        Self::Determined,
        Self::Guided,
        Self::Monitored,
        Self::Revoked,
        Self::Expired,
    ];

    /// The stages of a road that goes well, in order.
    pub const ROAD: [Self; 14] = [
        Self::Declared,
        Self::Selected,
        Self::Building,
        Self::SelfAssessed,
        Self::Review,
        Self::Recommended,
        Self::Proposed,
        Self::AdminSelection,
        Self::Analysis,
        Self::Interview,
        Self::Field,
        Self::Panel,
        Self::Determined,
        Self::Monitored,
    ];

    /// Name in files, tables and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Declared => "declared",
            Self::Selected => "selected",
            Self::Building => "building",
            Self::SelfAssessed => "self_assessed",
            Self::Review => "review",
            Self::Returned => "returned",
            Self::Recommended => "recommended",
            Self::Proposed => "proposed",
            Self::AdminSelection => "admin_selection",
            Self::Objection => "objection",
            Self::Analysis => "analysis",
            Self::Interview => "interview",
            Self::Field => "field",
            Self::Panel => "panel",
            Self::Determined => "determined",
            Self::Guided => "guided",
            Self::Monitored => "monitored",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
        }
    }

    /// From its name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text)
    }

    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Start => "Belum dicanangkan",
            Self::Declared => "Dicanangkan",
            Self::Selected => "Ditetapkan sebagai calon",
            Self::Building => "Pembangunan",
            Self::SelfAssessed => "Penilaian mandiri selesai",
            Self::Review => "Evaluasi TPI",
            Self::Returned => "Dikembalikan TPI",
            Self::Recommended => "Direkomendasikan",
            Self::Proposed => "Diusulkan",
            Self::AdminSelection => "Seleksi administrasi",
            Self::Objection => "Sanggahan",
            Self::Analysis => "Analisis dokumen",
            Self::Interview => "Wawancara",
            Self::Field => "Observasi lapangan",
            Self::Panel => "Panel",
            Self::Determined => "Predikat ditetapkan",
            Self::Guided => "Dibina kembali",
            Self::Monitored => "Berpredikat, dipantau",
            Self::Revoked => "Predikat dicabut",
            Self::Expired => "Berakhir",
        }
    }

    /// Whether the predicate holds here.
    pub fn is_holding(self) -> bool {
        matches!(self, Self::Determined | Self::Monitored)
    }

    /// Whether this road is over, so that another may begin.
    pub fn is_over(self) -> bool {
        self.is_holding() || matches!(self, Self::Revoked | Self::Expired)
    }
}
