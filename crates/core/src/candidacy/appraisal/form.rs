//! The forms of the national team as they stand in `candidacy/evaluasi.toml`: reading and checking only.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::candidacy::rules::Demand;
use crate::candidacy::{Candidacy, Stage};

/// The file as it lies in `candidacy/`.
pub const SHIPPED_FILE: &str = include_str!("../../../../../candidacy/evaluasi.toml");

static SHIPPED: LazyLock<Option<Catalogue>> = LazyLock::new(|| Catalogue::parse(SHIPPED_FILE).ok());

/// The forms that come with Bening; a test proves that the file can be read.
pub fn shipped() -> Option<&'static Catalogue> {
    SHIPPED.as_ref()
}

/// All forms and the verdicts that can be given.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// Verdicts, best first.
    #[serde(rename = "verdict")]
    pub verdicts: Vec<Verdict>,
    /// One form a stage.
    #[serde(rename = "form")]
    pub forms: Vec<Form>,
}

/// A verdict.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// Code, also in forms.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// What it means for the road.
    pub standing: Standing,
}

/// What a verdict means for the road.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The item is in order.
    Clears,
    /// It is not.
    Fails,
}

/// What is looked at in a stage.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The stage.
    pub stage: Stage,
    /// The stage in which the agency objects to its verdicts, if it may.
    pub contested_in: Option<Stage>,
    /// Name for people.
    pub name: String,
    /// How it is filled in.
    pub hint: String,
    /// Whether it has to be written down who sat together, when and where.
    pub sitting: Demand,
    /// Source.
    pub citation: String,
    /// What is looked at, in order.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// Something that is looked at.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Code, unique in its form.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// What is to be found out.
    pub ask: String,
    /// Whose part it is.
    pub by: Vec<Institution>,
}

/// The institutions of the national team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Institution {
    /// Ministry (*KemenPANRB*): keeps the secretariat and may note every item.
    Ministry,
    /// *Komisi Pemberantasan Korupsi*.
    Kpk,
    /// *Ombudsman Republik Indonesia*.
    Ombudsman,
}

impl Institution {
    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Ministry => "KemenPANRB",
            Self::Kpk => "KPK",
            Self::Ombudsman => "Ombudsman",
        }
    }
}

impl Catalogue {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, CatalogueError> {
        let read: Self = toml::from_str(text)?;
        let mut codes = BTreeSet::new();
        let items = read.forms.iter().flat_map(|form| form.items.iter().map(move |item| (form.stage, item)));
        for (stage, item) in items {
            if !codes.insert((stage, &item.code)) || item.by.is_empty() {
                return Err(CatalogueError::Item(item.code.clone()));
            }
        }
        Ok(read)
    }

    /// The form of a stage, or the one whose verdicts are contested there.
    pub fn form(&self, stage: Stage) -> Option<&Form> {
        self.forms.iter().find(|form| form.is_open_in(stage))
    }

    /// A verdict by its code.
    pub fn verdict(&self, code: &str) -> Option<&Verdict> {
        self.verdicts.iter().find(|verdict| verdict.code == code)
    }
}

/// Why a file of forms cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// It cannot be read.
    #[error("formulir penilaian nasional tidak dapat dibaca: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// An item twice in its form, or nobody's part.
    #[error("pokok \"{0}\" tertulis dua kali atau bukan bagian siapa pun")]
    Item(String),
}

impl Form {
    /// Whether its verdicts are given while a road is there.
    pub fn is_open_in(&self, stage: Stage) -> bool {
        self.stage == stage || self.contested_in == Some(stage)
    }

    /// Which step of a road last led to it.
    pub fn round(&self, road: &Candidacy) -> Option<usize> {
        road.taken.iter().rposition(|taken| taken.to == self.stage)
    }

    pub(super) fn item(&self, code: &str) -> Result<&Item, Refusal> {
        self.items.iter().find(|item| item.code == code).ok_or_else(|| Refusal::Item(code.to_owned()))
    }
}

impl Item {
    /// Whether an institution may give a verdict on it; the ministry keeps the record of all.
    pub fn is_for(&self, institution: Institution) -> bool {
        institution == Institution::Ministry || self.by.contains(&institution)
    }

    /// Whose part it is, as words.
    pub fn whose(&self) -> String {
        self.by.iter().map(|each| each.title()).collect::<Vec<_>>().join(", ")
    }
}
