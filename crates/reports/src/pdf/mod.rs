//! Papers as PDF, set by Typst as a library: no file system, no packages, fonts embedded. The look is
//! `prints/dokumen.typ`; the data comes to it as JSON and is never read as markup.

mod data;
mod world;

use std::fmt::Write as _;

use bening_core::document::{Document, PrintError};
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use self::world::{Paper, Shelf};

/// Sets papers; holds the fonts.
pub(crate) struct Typesetter {
    shelf: Shelf,
}

impl Typesetter {
    pub(crate) fn new() -> Self {
        Self { shelf: Shelf::new() }
    }

    pub(crate) fn print(&self, document: &Document) -> Result<Vec<u8>, PrintError> {
        let bytes = self.set(document);
        // Typst remembers what it set; without this every paper would cost memory for ever.
        comemo::evict(0);
        bytes
    }

    fn set(&self, document: &Document) -> Result<Vec<u8>, PrintError> {
        let paper = Paper::new(&self.shelf, document)?;
        let pages = typst::compile::<PagedDocument>(&paper).output.map_err(|errors| refused(&errors))?;
        typst_pdf::pdf(&pages, &options()?).map_err(|errors| refused(&errors))
    }
}

/// PDF/A-2a for the archive and PDF/UA-1 for screen readers, both at once.
fn options() -> Result<PdfOptions, PrintError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| PrintError(error.message().to_string()))?;
    Ok(PdfOptions { standards, creator: Smart::Custom(Some("Bening".to_owned())), ..PdfOptions::default() })
}

fn refused(errors: &[SourceDiagnostic]) -> PrintError {
    let mut text = String::new();
    for error in errors {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}; ", error.message);
    }
    PrintError(text)
}
