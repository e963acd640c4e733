//! Words of office documents: Word, Excel and PowerPoint since 2007, and OpenDocument.

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::TextError;
use crate::archive::{self, Archive};
use crate::opendocument::entity_text;
use bening_core::evidence::TextRules;

/// Parts that hold what people wrote.
const PARTS: [&str; 8] = [
    "word/document",
    "word/footnotes",
    "word/header",
    "word/footer",
    "xl/sharedStrings",
    "xl/worksheets/",
    "ppt/slides/slide",
    "content.xml",
];
/// The only part of OpenDocument, in which all text counts; elsewhere only that in elements called `t` does.
const OPEN_DOCUMENT: &str = "content.xml";

/// The words part by part.
pub(super) fn words(bytes: &[u8], rules: TextRules) -> Result<String, TextError> {
    let mut archive = archive::open(bytes)?;
    if archive::text(&mut archive, "META-INF/manifest.xml")?.contains("encryption-data") {
        return Err(TextError::Encrypted);
    }
    let mut found = String::new();
    for part in parts(&archive) {
        let xml = archive::text(&mut archive, &part)?;
        collect(&xml, part == OPEN_DOCUMENT, rules, &mut found)?;
    }
    Ok(found)
}

fn parts(archive: &Archive<'_>) -> Vec<String> {
    let names = archive.file_names().filter_map(Result::ok);
    let names =
        names.filter(|name| name.ends_with(".xml") && PARTS.iter().any(|part| name.starts_with(part)));
    let mut names: Vec<String> = names.map(Into::into).collect();
    names.sort();
    names
}

fn collect(xml: &str, takes_all: bool, rules: TextRules, into: &mut String) -> Result<(), TextError> {
    let mut reader = Reader::from_str(xml);
    let mut is_text = takes_all;
    while into.len() < rules.chars_most {
        match reader.read_event().map_err(|_| TextError::Broken)? {
            Event::Start(element) if element.local_name().as_ref() == "t" => is_text = true,
            Event::End(element) => {
                let name = element.local_name();
                is_text = takes_all;
                // Runs of a word stand in several elements; paragraphs, cells and strings end a word.
                if matches!(name.as_ref(), "p" | "h" | "si" | "is" | "c" | "tab" | "br") {
                    into.push(' ');
                }
            }
            Event::Empty(_) => into.push_str(if takes_all { " " } else { "" }),
            Event::Text(text) if is_text => {
                into.push_str(&text.xml_content(quick_xml::XmlVersion::Implicit1_0));
            }
            Event::GeneralRef(entity) if is_text => into.push_str(&entity_text(&entity)),
            Event::Eof => break,
            _ => (),
        }
    }
    Ok(())
}
