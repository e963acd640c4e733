//! The public declaration (*pencanangan*) of a unit: event, place, date, witnesses, and the charter (*piagam*) as a
//! paper. Its words stand in `prints/piagam.toml`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::pact::Prose;
use crate::document::Document;
use crate::fill::Values;
use crate::time::Month;

/// What is known of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Declaration {
    /// What it was called.
    pub event: String,
    /// Where it took place.
    pub place: String,
    /// When.
    pub on: Option<NaiveDate>,
    /// Who declared.
    pub declared_by: String,
    /// Who witnessed it.
    pub witnesses: Vec<Witness>,
}

/// A witness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// Name.
    pub name: String,
    /// Institution.
    pub institution: String,
}

/// Why a declaration cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeclarationError {
    /// A field is empty.
    #[error("acara, tempat, tanggal, dan nama yang mencanangkan wajib diisi")]
    Incomplete,
    /// A line of witnesses without its institution.
    #[error("baris saksi \"{0}\" perlu berbentuk: nama; instansi")]
    Witness(String),
    /// In the future.
    #[error("tanggal pencanangan belum tiba")]
    Future,
}

impl Declaration {
    /// Whether it can be printed and kept.
    ///
    /// # Errors
    /// [`DeclarationError`].
    pub fn check(&self, today: NaiveDate) -> Result<(), DeclarationError> {
        let texts = [&self.event, &self.place, &self.declared_by];
        match self.on {
            Some(on) if on > today => Err(DeclarationError::Future),
            Some(_) if texts.iter().all(|text| !text.trim().is_empty()) => Ok(()),
            _ => Err(DeclarationError::Incomplete),
        }
    }

    /// Witnesses as they are typed, one a line: name; institution.
    ///
    /// # Errors
    /// [`DeclarationError::Witness`] with the line.
    pub fn read_witnesses(text: &str) -> Result<Vec<Witness>, DeclarationError> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let witness = |line: &str| {
            let parts = line.split_once(';').map(|(name, of)| (name.trim(), of.trim()));
            let whole = parts.filter(|(name, of)| !name.is_empty() && !of.is_empty());
            let (name, of) = whole.ok_or_else(|| DeclarationError::Witness(line.to_owned()))?;
            Ok(Witness { name: name.to_owned(), institution: of.to_owned() })
        };
        lines.map(witness).collect()
    }

    /// The same text again.
    pub fn witness_lines(&self) -> String {
        let line = |witness: &Witness| format!("{}; {}", witness.name, witness.institution);
        self.witnesses.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The charter as a paper.
    pub fn document(&self, prose: &Prose, unit: &str, head_title: &str, agency: &str) -> Document {
        let on = self.on.unwrap_or_default();
        let values = Values::default()
            .with("unit", unit)
            .with("instansi", agency)
            .with("acara", &*self.event)
            .with("tempat", &*self.place)
            .with("tanggal", long(on));
        let witnesses = self
            .witnesses
            .iter()
            .map(|each| vec![each.name.clone(), each.institution.clone(), String::new()]);
        prose.document(&values, on, witnesses.collect(), (&self.place, &self.declared_by, head_title), None)
    }
}

/// "14 Januari 2020".
pub fn long(day: NaiveDate) -> String {
    use chrono::Datelike;
    let month = Month::of(day);
    format!("{} {} {}", day.day(), month.name(), day.year())
}
