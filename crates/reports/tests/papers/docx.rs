//! The Word file: well-formed, merged cells, repeated heads, the same bytes for the same paper.

use std::io::{Cursor, Read as _};

use bening_core::agency::{Logo, LogoKind};
use bening_core::document::{Document, Printer as _};
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
