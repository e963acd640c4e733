//! The Word file: well-formed, merged cells, repeated heads, the same bytes for the same paper.

use std::io::{Cursor, Read as _};

use bening_core::agency::{Logo, LogoKind};
use bening_core::document::{
    Align, Block, Cell, Column, Curve, Document, Photo, Printer as _, Stroke, Table,
};
use bening_reports::Press;

use crate::{kept, sample};

pub fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn print(paper: &Document) -> Vec<u8> {
    Press::new().docx(paper).unwrap()
}

#[test]
fn the_same_paper_is_the_same_file() {
    let mut paper = sample::paper(&sample::plan_under_way());
    paper.cover.as_mut().unwrap().logo = Some(Logo { kind: LogoKind::Png, bytes: sample::logo() });
    let bytes = print(&paper);
    kept("rencana.docx", &bytes);
    assert!(bytes == print(&paper));
}

#[test]
fn tables_repeat_their_heads_merge_cells_and_lie_on_landscape_pages() {
    let body = part(&print(&sample::paper(&sample::plan())), "word/document.xml");
    let count = |needle: &str| body.matches(needle).count();
    // Six areas, weights, progress and late actions have a caption and a head; the priority targets a head.
    assert_eq!(count("<w:tblHeader/>"), 9 * 2 + 1);
    assert!(count(r#"<w:vMerge w:val="restart"/>"#) > 10);
    assert!(count("<w:vMerge/>") > 0);
    assert_eq!(count(r#"w:orient="landscape""#), 1);
    assert_eq!(count(r#"<w:pgNumType w:fmt="lowerRoman" w:start="1"/>"#), 1);
    assert_eq!(count(r#"<w:pgNumType w:fmt="decimal" w:start="1"/>"#), 1);
    assert_eq!(count(r#"<w:pStyle w:val="Heading1"/>"#), count("TOC1"), "every chapter is in the contents");
}

#[test]
fn every_list_begins_anew_and_has_a_numbering() {
    let bytes = print(&sample::paper(&sample::plan()));
    let (body, numbering) = (part(&bytes, "word/document.xml"), part(&bytes, "word/numbering.xml"));
    for used in body.split(r#"<w:numId w:val=""#).skip(1) {
        let id = used.split('"').next().unwrap();
        assert!(numbering.contains(&format!(r#"<w:num w:numId="{id}">"#)), "{id}");
    }
}

#[test]
fn what_people_type_stays_text() {
    let mut plan = sample::plan();
    plan.areas[0].components[0].actions[0].name = "</w:t><w:p> & \"x\" \u{1} \u{202e}abc".to_owned();
    let body = part(&print(&sample::paper(&plan)), "word/document.xml");
    assert!(body.contains("&lt;/w:t&gt;&lt;w:p&gt; &amp; &quot;x&quot;   abc"));
}

#[test]
fn charts_and_photographs_are_pictures_and_an_empty_cell_is_still_a_cell() {
    let mut png = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(40, 30).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let photo = |bytes| Photo { caption: "Rapat <Maret>".to_owned(), bytes };
    let curve = Curve { name: "Rencana".to_owned(), stroke: Stroke::Dashed, permille: vec![0, 500, 1000] };
    let points = ["Jan", "Feb", "Mar"].map(str::to_owned).to_vec();
    let empty = Cell { lines: Vec::new(), ..Cell::text("") };
    let columns = vec![Column { heading: "Uraian".to_owned(), share: 1, align: Align::Start }];
    let paper = Document {
        blocks: vec![
            Block::Curves { alt: "Kurva".to_owned(), points, curves: vec![curve] },
            Block::Photos { items: vec![photo(png.into_inner()), photo(b"<svg/>".to_vec())] },
            Block::Table(Table { caption: None, columns, rows: vec![vec![empty]] }),
        ],
        ..sample::paper(&sample::plan())
    };
    let bytes = print(&paper);
    let body = part(&bytes, "word/document.xml");
    assert_eq!(body.matches("<pic:pic>").count(), 2, "the file that is no picture leaves its words");
    assert!(body.contains("descr=\"Rapat &lt;Maret&gt;\""), "{body}");
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    assert!(
        archive.by_name("word/media/gambar0.png").is_ok()
            && archive.by_name("word/media/gambar1.jpg").is_ok()
    );
    drop(archive);
    assert!(!body.contains("</w:tcPr></w:tc>"), "a cell has at least one paragraph");
    kept("gambar.docx", &bytes);
    kept("gambar.pdf", &Press::new().pdf(&paper).unwrap());
}
