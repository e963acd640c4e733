//! Papers as DOCX: the same blocks as the PDF in Word's own means (heading styles, page references,
//! merged cells, repeated head rows, sections), so that people can go on writing.
//!
//! The markup is written here rather than by docx-rs, which (0.4) can neither repeat the head of a table nor
//! number pages in Roman, and puts the clock into the archive.

mod body;
mod contents;
mod pages;
mod picture;
mod table;
mod xml;

use std::io::{Cursor, Write as _};

use bening_core::agency::Logo;
use bening_core::document::{Block, Document, Marker, PrintError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use self::picture::Picture;
use self::xml::{HEAD, escaped};
use crate::pdf::Drawing;

const CONTENT_TYPES: &str = include_str!("../../../../prints/docx/content-types.xml");
const RELATIONS: &str = include_str!("../../../../prints/docx/rels.xml");
const STYLES: &str = include_str!("../../../../prints/docx/styles.xml");
const FOOTER: &str = include_str!("../../../../prints/docx/footer.xml");
const NAMESPACE: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
/// Numbering that bullets in cells use; lists of the text follow from 2 on.
const CELL_BULLETS: usize = 1;

/// Draws a block that Word has no means of its own for.
pub(crate) type Draw<'a> = dyn Fn(&Block) -> Result<Drawing, PrintError> + 'a;

pub(crate) fn print(document: &Document, draw: &Draw<'_>) -> Result<Vec<u8>, PrintError> {
    let (body, pictures) = body::xml(document, draw)?;
    let logo = document.logo();
    let mut parts = vec![
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes().to_vec()),
        ("_rels/.rels", RELATIONS.as_bytes().to_vec()),
        ("docProps/core.xml", properties(document).into_bytes()),
        ("word/document.xml", body.into_bytes()),
        ("word/styles.xml", STYLES.as_bytes().to_vec()),
        ("word/numbering.xml", numbering(&document.blocks).into_bytes()),
        ("word/header1.xml", header(document).into_bytes()),
        ("word/footer1.xml", FOOTER.as_bytes().to_vec()),
        ("word/_rels/document.xml.rels", relations(logo, &pictures).into_bytes()),
    ];
    let paths: Vec<String> = pictures.iter().map(|picture| format!("word/{}", picture.file)).collect();
    parts.extend(logo.map(|logo| (picture::path(logo.kind), logo.bytes.clone())));
    parts.extend(paths.iter().zip(pictures).map(|(path, picture)| (path.as_str(), picture.bytes)));
    packed(&parts).map_err(|error| PrintError(error.to_string()))
}

/// An archive in which every file is from the same moment, so that equal papers are equal files.
fn packed(parts: &[(&str, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        archive.start_file(*path, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn properties(document: &Document) -> String {
    let (title, author) = (escaped(&document.title), escaped(&document.author));
    let (language, dated) = (escaped(&document.language), document.dated);
    format!(
        r#"{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:language>{language}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{dated}T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{dated}T00:00:00Z</dcterms:modified></cp:coreProperties>"#
    )
}

fn header(document: &Document) -> String {
    let title = xml::paragraph("Header", &document.title);
    format!("{HEAD}<w:hdr {NAMESPACE}>{title}</w:hdr>")
}

fn relations(logo: Option<&Logo>, pictures: &[Picture]) -> String {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{office}/{kind}" Target="{target}"/>"#)
    };
    let logo = logo.map(|logo| ("rId5", "image", picture::file(logo.kind)));
    let fixed = [
        ("rId1", "styles", "styles.xml"),
        ("rId2", "numbering", "numbering.xml"),
        ("rId3", "header", "header1.xml"),
        ("rId4", "footer", "footer1.xml"),
    ];
    let fixed = fixed.into_iter().chain(logo).map(|(id, kind, target)| relation(id, kind, target));
    let drawn = pictures.iter().enumerate();
    let drawn = drawn.map(|(place, drawn)| relation(&picture::relation(place), "image", &drawn.file));
    let all: String = fixed.chain(drawn).collect();
    format!(
        r#"{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
    )
}

/// A numbering for the bullets of cells and one for each list, so that every list begins anew.
fn numbering(blocks: &[Block]) -> String {
    let lists = blocks.iter().filter_map(|block| match block {
        Block::List { marker, .. } => Some(level(*marker, 420, 420)),
        _ => None,
    });
    let levels: Vec<String> = [level(Marker::Bullet, 150, 150)].into_iter().chain(lists).collect();
    let kinds: String = (CELL_BULLETS..)
        .zip(&levels)
        .map(|(id, level)| format!(r#"<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/>{level}</w:abstractNum>"#))
        .collect();
    let uses: String = (CELL_BULLETS..)
        .zip(&levels)
        .map(|(id, _)| format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>"#))
        .collect();
    format!("{HEAD}<w:numbering {NAMESPACE}>{kinds}{uses}</w:numbering>")
}

fn level(marker: Marker, left: u32, hanging: u32) -> String {
    let (format, text) = match marker {
        Marker::Number => ("decimal", "%1."),
        Marker::Letter => ("lowerLetter", "%1."),
        Marker::Bullet => ("bullet", "•"),
    };
    format!(
        r#"<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>"#
    )
}
