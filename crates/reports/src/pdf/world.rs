//! The world that Typst sees: one template, one JSON file, perhaps pictures, and the embedded fonts.

use bening_core::document::{Document, PrintError};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::data;
use crate::photo;

const FONTS: &[&[u8]] = &include!(concat!(env!("OUT_DIR"), "/fonts.rs"));
const TEMPLATE: &str = include_str!("../../../../prints/dokumen.typ");

/// What all papers share.
pub(super) struct Shelf {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Shelf {
    pub(super) fn new() -> Self {
        let fonts: Vec<Font> = FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
        let book = FontBook::from_fonts(&fonts);
        Self { library: LazyHash::new(Library::default()), book: LazyHash::new(book), fonts }
    }

    /// Whether some font can show the character.
    pub(super) fn shows(&self, c: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(c as u32))
    }
}

/// One paper about to be set.
pub(super) struct Paper<'a> {
    shelf: &'a Shelf,
    template: Source,
    data: (FileId, Bytes),
    pictures: Vec<(FileId, Bytes)>,
}

/// What the blocks are set on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sheet {
    /// Pages with their margins and running heads.
    Paper,
    /// As much room as the blocks take.
    Picture,
}

impl<'a> Paper<'a> {
    pub(super) fn new(shelf: &'a Shelf, document: &Document, sheet: Sheet) -> Result<Self, PrintError> {
        let photos = photo::all(document);
        let json = data::json(document, &photos, sheet, |c| shelf.shows(c))?;
        let logo = document.logo();
        let logo = logo.map(|logo| Ok((file(data::logo_name(logo.kind))?, Bytes::new(logo.bytes.clone()))));
        let photos = photos.into_iter().enumerate().filter_map(|(place, photo)| Some((place, photo?)));
        let photos =
            photos.map(|(place, photo)| Ok((file(&data::photo_name(place))?, Bytes::new(photo.jpeg))));
        Ok(Self {
            shelf,
            template: Source::new(file("dokumen.typ")?, TEMPLATE.to_owned()),
            data: (file("data.json")?, Bytes::new(json)),
            pictures: logo.into_iter().chain(photos).collect::<Result<_, PrintError>>()?,
        })
    }
}

fn file(name: &str) -> Result<FileId, PrintError> {
    let path = VirtualPath::new(name).map_err(|error| PrintError(format!("{name}: {error:?}")))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl World for Paper<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shelf.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shelf.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let known = std::iter::once(&self.data).chain(&self.pictures).find(|(known, _)| *known == id);
        known.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shelf.fonts.get(index).cloned()
    }

    /// A paper knows no other day than its own, which is in the data.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
