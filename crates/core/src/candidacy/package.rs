//! What a proposal consists of and in which order, read from `candidacy/usulan.toml`. What a unit has of it is asked
//! of the caller; limits and hindrances of the step stand in [`super::decide`].

use serde::Deserialize;

use super::rules::Need;

/// The file as it lies in `candidacy/`.
pub const SHIPPED_FILE: &str = include_str!("../../../../candidacy/usulan.toml");

/// The package of a proposal.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Code of the step it is for.
    pub step: String,
    /// What must be true beside the needs of the step.
    pub needs: Vec<Need>,
    /// Source of these needs.
    pub citation: String,
    /// Its parts in order.
    #[serde(rename = "part")]
    pub parts: Vec<Part>,
}

/// A part of the package.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Folder of the ZIP.
    pub folder: String,
    /// Name for people.
    pub name: String,
    /// What lies in it.
    pub holds: Holds,
    /// What is said when a unit does not have it.
    pub missing: String,
    /// Source.
    pub citation: String,
}

/// What a part holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Holds {
    /// The newest paper of a template issued in the year, for each unit.
    Paper {
        /// Code of the template.
        template: String,
    },
    /// One list of all units with scores and eligibility.
    Units,
    /// The conditions of the predicate with value and source, for each unit.
    Conditions,
    /// The evaluation report, for each unit.
    Report,
    /// The published reports of surveys that closed in the year, for each unit.
    Survey,
}

/// The package cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("susunan berkas usulan tidak dapat dibaca: {0}")]
pub struct PackageError(#[from] toml::de::Error);

impl Package {
    /// The package that comes with Bening.
    ///
    /// # Errors
    /// When the file is wrong; a test proves that it is not.
    pub fn shipped() -> Result<Self, PackageError> {
        Ok(toml::from_str(SHIPPED_FILE)?)
    }

    /// The parts that are missing.
    pub fn gaps(&self, has: impl Fn(&Holds) -> bool) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| !has(&part.holds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_package_is_readable_and_its_folders_stand_in_order() {
        let package = Package::shipped().unwrap();
        let folders: Vec<&str> = package.parts.iter().map(|part| part.folder.as_str()).collect();
        assert!(folders.is_sorted() && folders.len() > 1, "{folders:?}");
        assert!(package.parts.iter().all(|part| !part.missing.is_empty() && !part.citation.is_empty()));
        assert_eq!(package.gaps(|holds| *holds != Holds::Survey).count(), 1);
    }
}
