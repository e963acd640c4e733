//! Papers as PDF, set by Typst as a library: no file system, no packages, fonts embedded. The look is
//! `prints/dokumen.typ`; the data comes to it as JSON and is never read as markup.

mod data;
mod world;

use std::fmt::Write as _;

use bening_core::document::{Block, Document, PrintError};
use chrono::NaiveDate;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_render::RenderOptions;

use self::world::{Paper, Sheet, Shelf};

/// Pixels for each point of a picture: 216 dots an inch.
const DOTS_A_POINT: f64 = 3.0;

/// A block as a picture.
pub(crate) struct Drawing {
    pub(crate) png: Vec<u8>,
    pub(crate) wide: u32,
    pub(crate) high: u32,
}

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

    /// A block as a picture, for papers that cannot draw it themselves.
    pub(crate) fn picture(&self, block: &Block) -> Result<Drawing, PrintError> {
        let drawing = self.draw(block);
        comemo::evict(0);
        drawing
    }

    fn draw(&self, block: &Block) -> Result<Drawing, PrintError> {
        let document = Document {
            title: String::new(),
            author: String::new(),
            language: "id".to_owned(),
            dated: NaiveDate::default(),
            cover: None,
            blocks: vec![block.clone()],
        };
        let paper = Paper::new(&self.shelf, &document, Sheet::Picture)?;
        let pages = typst::compile::<PagedDocument>(&paper).output.map_err(|errors| refused(&errors))?;
        let page = pages.pages().first().ok_or_else(|| PrintError("no picture".to_owned()))?;
        let options = RenderOptions { pixel_per_pt: DOTS_A_POINT.into(), ..RenderOptions::default() };
        let picture = typst_render::render(page, &options);
        let png = picture.encode_png().map_err(|error| PrintError(error.to_string()))?;
        Ok(Drawing { png, wide: picture.width(), high: picture.height() })
    }

    fn set(&self, document: &Document) -> Result<Vec<u8>, PrintError> {
        let paper = Paper::new(&self.shelf, document, Sheet::Paper)?;
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
