//! The text of a paper: cover, blocks in order, and the sections they fall into.

use bening_core::document::{Block, Cover, Document, Photo, PrintError, SchemeBox, Signature};

use super::pages::Pages;
use super::picture::{self, Picture};
use super::xml::{HEAD, numbered, paragraph, run, styled};
use super::{CELL_BULLETS, Draw, contents, table};
use crate::pdf::Drawing;
use crate::photo::{self, Small};

/// English metric units in a twentieth of a point.
const EMU_A_TWIP: u64 = 635;
/// Greatest height of a drawing: 120 mm.
const DRAWING_HIGHEST: u64 = 4_320_000;
/// Width and greatest height of a photograph: 120 by 90 mm.
const PHOTO_ROOM: (u64, u64) = (4_320_000, 3_240_000);

/// The line between a letterhead and its letter.
const LINE_BELOW: &str = r#"<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="1" w:color="000000"/></w:pBdr><w:spacing w:after="360"/>"#;

/// The text, and the pictures in it in their order.
pub(super) fn xml(document: &Document, draw: &Draw<'_>) -> Result<(String, Vec<Picture>), PrintError> {
    let mut writer = Writer {
        document,
        draw,
        body: String::new(),
        pages: Pages::default(),
        lists: CELL_BULLETS,
        filled: false,
        photos: photo::all(document).into_iter(),
        pictures: Vec::new(),
    };
    if let Some(cover) = &document.cover {
        writer.cover(cover);
    }
    for (index, block) in document.blocks.iter().enumerate() {
        writer.block(index, block)?;
    }
    let last = writer.pages.xml();
    let body = writer.body;
    let text = format!(
        r#"{HEAD}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>{body}{last}</w:body></w:document>"#
    );
    Ok((text, writer.pictures))
}

struct Writer<'a> {
    document: &'a Document,
    draw: &'a Draw<'a>,
    body: String,
    pages: Pages,
    lists: usize,
    /// Whether the present section has anything in it.
    filled: bool,
    photos: std::vec::IntoIter<Option<Small>>,
    pictures: Vec<Picture>,
}

impl Writer<'_> {
    fn push(&mut self, xml: &str) {
        self.body.push_str(xml);
        self.filled = true;
    }

    fn cover(&mut self, cover: &Cover) {
        if let Some(picture) = &cover.logo {
            self.push(&styled("CoverFoot", "", &picture::xml(picture)));
        }
        for (index, line) in cover.title.iter().enumerate() {
            self.push(&paragraph(if index == 0 { "Title" } else { "Subtitle" }, line));
        }
        self.push(&cover.mark.as_ref().map(|mark| paragraph("CoverMark", mark)).unwrap_or_default());
        for (index, line) in cover.foot.iter().enumerate() {
            let space = if index == 0 { r#"<w:spacing w:before="3400" w:after="80"/>"# } else { "" };
            self.push(&styled("CoverFoot", space, &run("", line)));
        }
        self.end_section();
    }

    fn block(&mut self, index: usize, block: &Block) -> Result<(), PrintError> {
        match block {
            Block::Heading { level, text } => self.heading(index, *level, text),
            Block::Paragraph { text } => self.push(&styled("BodyText", self.kept(index), &run("", text))),
            Block::Details { rows } => self.push(&rows.iter().map(detail).collect::<String>()),
            Block::List { items, .. } => self.list(items),
            Block::Table(content) => {
                let table = table::xml(content, self.pages.text_width());
                self.push(&(table + &styled("Gap", "", "")));
            }
            Block::Contents { title } => self.push(&contents::xml(title, self.document)),
            Block::Code { alt, .. }
            | Block::Bars { alt, .. }
            | Block::Curves { alt, .. }
            | Block::Poster { alt, .. } => self.drawn(block, alt)?,
            Block::Photos { items } => items.iter().for_each(|photo| self.photo(photo)),
            Block::Letterhead { logo, lines } => {
                let picture = logo.as_ref().map(|logo| styled("CoverFoot", "", &picture::xml(logo)));
                self.push(&picture.unwrap_or_default());
                self.push(&lines.iter().map(|line| paragraph("CoverFoot", line)).collect::<String>());
                self.push(&styled("Gap", LINE_BELOW, ""));
            }
            Block::Title { lines } => {
                self.push(&lines.iter().map(|line| paragraph("Subtitle", line)).collect::<String>());
            }
            Block::Signature(signature) => self.push(&signed(signature)),
            Block::Scheme { boxes, .. } => self.push(&scheme(boxes, self.pages.text_width())),
            Block::Orientation { landscape } => {
                self.end_section();
                self.pages.landscape = *landscape;
            }
            Block::PageNumbers { style } => {
                self.end_section();
                self.pages.numbers = Some(*style);
                self.pages.fresh = true;
            }
        }
        Ok(())
    }

    /// A block as a picture over the width of the text.
    fn drawn(&mut self, block: &Block, alt: &str) -> Result<(), PrintError> {
        let Drawing { png, wide, high } = (self.draw)(block)?;
        let room = (u64::from(self.pages.text_width()) * EMU_A_TWIP, DRAWING_HIGHEST);
        self.picture("png", png, alt, (wide, high), room);
        Ok(())
    }

    fn photo(&mut self, photo: &Photo) {
        match self.photos.next().flatten() {
            Some(Small { jpeg, wide, high }) => {
                self.picture("jpg", jpeg, &photo.caption, (wide, high), PHOTO_ROOM);
            }
            None => self.push(&paragraph("BodyText", "Berkas ini tidak terbaca sebagai gambar.")),
        }
        self.push(&paragraph("BodyText", &photo.caption));
    }

    fn picture(&mut self, ending: &str, bytes: Vec<u8>, alt: &str, size: (u32, u32), room: (u64, u64)) {
        let place = self.pictures.len();
        let file = format!("media/gambar{place}.{ending}");
        let picture = Picture { file, bytes, alt: alt.to_owned(), size, room };
        self.push(&styled("BodyText", "<w:keepNext/>", &picture.xml(place)));
        self.pictures.push(picture);
    }

    /// What leads up to a list or a table stays with it.
    fn kept(&self, index: usize) -> &'static str {
        match self.document.blocks.get(index + 1) {
            Some(Block::List { .. } | Block::Table(_) | Block::Scheme { .. }) => "<w:keepNext/>",
            _ => "",
        }
    }

    /// A section ends with a paragraph that holds its properties.
    fn end_section(&mut self) {
        if self.filled {
            self.body.push_str(&styled("Gap", &self.pages.xml(), ""));
            self.pages.fresh = false;
            self.filled = false;
        }
    }

    fn heading(&mut self, index: usize, level: u8, text: &str) {
        let mark = contents::bookmark(index);
        let runs = format!(
            r#"<w:bookmarkStart w:id="{index}" w:name="{mark}"/>{}<w:bookmarkEnd w:id="{index}"/>"#,
            run("", text)
        );
        self.push(&styled(if level == 1 { "Heading1" } else { "Heading2" }, "", &runs));
    }

    fn list(&mut self, items: &[String]) {
        self.lists += 1;
        let marker = numbered(self.lists);
        let item = |item: &String| styled("ListParagraph", &marker, &run("", item));
        self.push(&items.iter().map(item).collect::<String>());
    }
}

/// A line of a letter's head; the tab keeps the colons below each other.
fn detail((what, said): &(String, String)) -> String {
    let place = r#"<w:tabs><w:tab w:val="left" w:pos="1701"/></w:tabs><w:spacing w:after="40"/><w:ind w:left="1871" w:hanging="1871"/>"#;
    styled("Normal", place, &(run("", what) + "<w:r><w:tab/></w:r>" + &run("", &format!(": {said}"))))
}

fn signed(signature: &Signature) -> String {
    let name = match signature.name.as_str() {
        "" => run("", &"_".repeat(30)),
        name => run("<w:b/>", name),
    };
    let spaced = |before| format!(r#"<w:spacing w:before="{before}" w:after="0"/>"#);
    styled("Signature", &spaced(600), &run("", &signature.place_and_date))
        + &paragraph("Signature", &signature.title)
        + &styled("Signature", &spaced(1300), &name)
}

fn scheme(boxes: &[SchemeBox], text_width: u32) -> String {
    let arrow =
        styled("Cell", r#"<w:keepNext/><w:jc w:val="center"/>"#, &run(r#"<w:color w:val="0B5F5A"/>"#, "▼"));
    let boxes: Vec<String> = boxes.iter().map(|content| table::scheme_box(content, text_width)).collect();
    boxes.join(&arrow) + &styled("Gap", "", "")
}
