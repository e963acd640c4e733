//! Government units: a tree under one agency, from eselon I to III. People and roles live in `person`.

use serde::{Deserialize, Serialize};

use crate::id::UnitId;

/// Short code of a unit, unique in the agency: letters, digits, dot and dash, 2 to 20 characters ("DBN").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UnitCode(String);

/// The text cannot be a unit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("kode unit harus 2 sampai 20 huruf, angka, titik, atau tanda hubung, misalnya DBN")]
pub struct UnitCodeError;

impl UnitCode {
    /// The code as text, in capitals.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for UnitCode {
    type Err = UnitCodeError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = text.trim().to_ascii_uppercase();
        let sound = code.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
        let starts = code.starts_with(|c: char| c.is_ascii_alphanumeric());
        ((2..=20).contains(&code.len()) && sound && starts).then_some(Self(code)).ok_or(UnitCodeError)
    }
}

impl TryFrom<String> for UnitCode {
    type Error = UnitCodeError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<UnitCode> for String {
    fn from(code: UnitCode) -> Self {
        code.0
    }
}

impl std::fmt::Display for UnitCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Rank of the unit's head. Only eselon I to III can be proposed (PermenPAN-RB 52/2014; Tabel 5 of 5/2024).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Echelon {
    /// Eselon I.
    I,
    /// Eselon II.
    II,
    /// Eselon III.
    III,
}

impl Echelon {
    /// All ranks, highest first.
    pub const ALL: [Self; 3] = [Self::I, Self::II, Self::III];

    /// "I", "II" or "III".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::I => "I",
            Self::II => "II",
            Self::III => "III",
        }
    }

    /// The rank from its Roman number.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rank| rank.as_str() == text)
    }
}

/// A government unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Identity.
    pub id: UnitId,
    /// Short code.
    pub code: UnitCode,
    /// Full official name.
    pub name: String,
    /// The unit above, if any.
    pub parent: Option<UnitId>,
    /// Rank of its head.
    pub echelon: Echelon,
    /// Title of its head, as it stands under a letter ("Direktur Penerimaan Mineral dan Batubara").
    pub head_title: String,
}

/// The units above `unit`, nearest first; stops where the tree is broken or turns in a circle.
pub fn ancestors(units: &[Unit], unit: UnitId) -> Vec<UnitId> {
    let mut found = Vec::new();
    let mut here = parent_of(units, unit);
    while let Some(above) = here.filter(|above| *above != unit && !found.contains(above)) {
        found.push(above);
        here = parent_of(units, above);
    }
    found
}

/// Whether a unit may stand under another: not under itself nor under one that stands below it.
pub fn may_stand_under(units: &[Unit], unit: UnitId, parent: UnitId) -> bool {
    unit != parent && !ancestors(units, parent).contains(&unit)
}

fn parent_of(units: &[Unit], unit: UnitId) -> Option<UnitId> {
    units.iter().find(|candidate| candidate.id == unit).and_then(|found| found.parent)
}
