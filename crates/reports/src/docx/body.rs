//! The text of a paper: cover, blocks in order, and the sections they fall into.

use bening_core::document::{Align, Bar, Block, Cell, Column, Cover, Document, SchemeBox, Signature, Table};

use super::pages::Pages;
use super::xml::{HEAD, numbered, paragraph, run, styled};
use super::{CELL_BULLETS, contents, logo, table};

/// The line between a letterhead and its letter.
const LINE_BELOW: &str = r#"<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="1" w:color="000000"/></w:pBdr><w:spacing w:after="360"/>"#;

pub(super) fn xml(document: &Document) -> String {
    let mut writer =
        Writer { document, body: String::new(), pages: Pages::default(), lists: CELL_BULLETS, filled: false };
    if let Some(cover) = &document.cover {
        writer.cover(cover);
    }
    for (index, block) in document.blocks.iter().enumerate() {
        writer.block(index, block);
    }
    let last = writer.pages.xml();
    let body = writer.body;
    format!(
        r#"{HEAD}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>{body}{last}</w:body></w:document>"#
    )
}

struct Writer<'a> {
    document: &'a Document,
    body: String,
    pages: Pages,
    lists: usize,
    /// Whether the present section has anything in it.
    filled: bool,
}

impl Writer<'_> {
    fn push(&mut self, xml: &str) {
        self.body.push_str(xml);
        self.filled = true;
    }

    fn cover(&mut self, cover: &Cover) {
        if let Some(picture) = &cover.logo {
            self.push(&styled("CoverFoot", "", &logo::xml(picture)));
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

    fn block(&mut self, index: usize, block: &Block) {
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
            // Posters are printed as PDF; here the address in letters has to do.
            Block::Code { address, .. } => self.push(&styled("BodyText", "", &run("", address))),
            Block::Letterhead { logo, lines } => {
                let picture = logo.as_ref().map(|logo| styled("CoverFoot", "", &logo::xml(logo)));
                self.push(&picture.unwrap_or_default());
                self.push(&lines.iter().map(|line| paragraph("CoverFoot", line)).collect::<String>());
                self.push(&styled("Gap", LINE_BELOW, ""));
            }
            Block::Title { lines } => {
                self.push(&lines.iter().map(|line| paragraph("Subtitle", line)).collect::<String>());
            }
            Block::Signature(signature) => self.push(&signed(signature)),
            Block::Scheme { boxes, .. } => self.push(&scheme(boxes, self.pages.text_width())),
            Block::Bars { rows, .. } => self.push(&bars(rows, self.pages.text_width())),
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

/// Bars as letters of full height, so that every word processor shows them.
fn bars(rows: &[Bar], text_width: u32) -> String {
    const LETTERS: u32 = 24;
    let column = |share, align| Column { heading: String::new(), share, align };
    let row = |bar: &Bar| {
        let letters = usize::try_from(bar.permille.min(1000) * LETTERS / 1000).unwrap_or(0);
        vec![Cell::text(&bar.label), Cell::text("█".repeat(letters.max(1))), Cell::text(&bar.value)]
    };
    let columns = vec![column(5, Align::Start), column(6, Align::Start), column(1, Align::End)];
    let table = Table { caption: None, columns, rows: rows.iter().map(row).collect() };
    table::xml(&table, text_width) + &styled("Gap", "", "")
}

fn scheme(boxes: &[SchemeBox], text_width: u32) -> String {
    let arrow =
        styled("Cell", r#"<w:keepNext/><w:jc w:val="center"/>"#, &run(r#"<w:color w:val="0B5F5A"/>"#, "▼"));
    let boxes: Vec<String> = boxes.iter().map(|content| table::scheme_box(content, text_width)).collect();
    boxes.join(&arrow) + &styled("Gap", "", "")
}
