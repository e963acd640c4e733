//! Worksheets as XLSX on the command line: the file of `bening instrument template`, or one of another layout together
//! with its mapping.

use std::path::Path;

use anyhow::Result;
use bening_core::instrument::Instrument;
use bening_core::lke::Side;
use bening_core::lke::book::mapping::{Mapping, Recognised};
use bening_core::lke::book::{self, Expected, RawBook};
use bening_core::scoring::{Sheet, SheetProblem};
use bening_intake::LkeFile;
use serde_json::{Value, json};

use super::edition;
use super::exit::{Refused, unread};

/// A workbook opened for an edition.
pub(crate) struct Workbook<'a> {
    edition: &'a Instrument,
    file: LkeFile,
    name: String,
}

impl<'a> Workbook<'a> {
    /// Opens the file.
    pub(crate) fn open(edition: &'a Instrument, path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|error| unread(path, error))?;
        let name = path.display().to_string();
        let file = LkeFile::open(&bytes).map_err(|error| Refused(format!("{name}: {error}")))?;
        Ok(Self { edition, file, name })
    }

    /// What a mapping finds in it.
    pub(crate) fn mapped(&self, mapping: &Path) -> Result<Recognised> {
        let text = edition::read_text(mapping)?;
        let refused = |reason: String| Refused(format!("{}: {reason}", mapping.display()));
        let mapping: Mapping =
            serde_json::from_str(&text).map_err(|error| refused(format!("bukan pemetaan: {error}")))?;
        let problems = mapping.problems(self.edition);
        if !problems.is_empty() {
            return Err(refused(problems.join("; ")).into());
        }
        let found = self.file.mapped(self.edition, &mapping);
        if found.problems.is_empty() {
            return Ok(found);
        }
        let problems = found.problems.iter().map(ToString::to_string).collect::<Vec<_>>();
        Err(Refused(format!("{}: {}", self.name, problems.join("; "))).into())
    }

    /// Its rows, when Bening wrote it.
    pub(crate) fn own(&self) -> Result<RawBook> {
        Ok(self.file.book().map_err(|error| Refused(format!("{}: {error}", self.name)))?)
    }

    /// The answers of a side.
    pub(crate) fn sheet(&self, raw: &RawBook, side: Side) -> Result<Sheet, Vec<SheetProblem>> {
        let mut reading = book::read(Expected { edition: self.edition, owner: None }, raw)?;
        let missing = || vec![SheetProblem::new("berkas", format!("tidak memuat kolom {}", side.title()))];
        Ok(reading.remove(&side).ok_or_else(missing)?.sheet)
    }
}

/// What was recognised, as JSON.
pub(crate) fn preview(found: &Recognised) -> Value {
    let row = |(code, place): &(String, String)| json!({"code": code, "place": place});
    let unknown = found.unknown.iter().map(|cell| json!({"text": cell.text, "place": cell.place}));
    json!({
        "found": found.found.iter().map(row).collect::<Vec<_>>(),
        "missing": found.missing,
        "unknown": unknown.collect::<Vec<_>>(),
    })
}
