//! A paper as the JSON that the template reads: without the bytes of the logo, with the column of every
//! cell, and only with characters that can be printed.

use bening_core::agency::LogoKind;
use bening_core::document::{Block, Document, Photo, PrintError, Table};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde_json::{Value, json};

use super::world::Sheet;
use crate::grid::{self, Place};
use crate::photo::Small;

/// Name of the logo's file within the world of a paper.
pub(super) fn logo_name(kind: LogoKind) -> &'static str {
    match kind {
        LogoKind::Png => "logo.png",
        LogoKind::Jpeg => "logo.jpg",
    }
}

/// Name of the file of a photograph, by its place in the paper.
pub(super) fn photo_name(place: usize) -> String {
    format!("foto-{place}.jpg")
}

pub(super) fn json(
    document: &Document,
    photos: &[Option<Small>],
    sheet: Sheet,
    shows: impl Fn(char) -> bool,
) -> Result<Vec<u8>, PrintError> {
    let logo = document.logo();
    let mut photos = photos.iter().map(Option::is_some).enumerate();
    let blocks =
        document.blocks.iter().map(|each| block(each, &mut photos)).collect::<Result<Vec<_>, _>>()?;
    let mut value = json!({
        "title": document.title,
        "author": document.author,
        "language": document.language,
        "dated": document.dated.to_string(),
        "logo": logo.map(|logo| logo_name(logo.kind)),
        "logo_alt": format!("Logo {}", document.cover.as_ref().and_then(|c| c.foot.last()).map_or("", String::as_str)),
        "cover": document.cover.as_ref().map(|c| json!({ "title": c.title, "mark": c.mark, "foot": c.foot })),
        "blocks": blocks,
        "picture": sheet == Sheet::Picture,
    });
    make_printable(&mut value, &shows);
    serde_json::to_vec(&value).map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> PrintError {
    PrintError(error.to_string())
}

fn block(block: &Block, photos: &mut impl Iterator<Item = (usize, bool)>) -> Result<Value, PrintError> {
    let mut value = serde_json::to_value(block).map_err(failed)?;
    match block {
        Block::Table(table) => value["rows"] = rows(table).map_err(failed)?,
        Block::Photos { items } => {
            value["items"] = items.iter().map(|photo| shot(photo, photos.next())).collect()
        }
        Block::Code { address, .. } | Block::Poster { address, .. } => value["svg"] = json!(code(address)?),
        Block::Letterhead { logo, .. } => {
            value["logo"] = json!(logo.as_ref().map(|logo| logo_name(logo.kind)))
        }
        _ => {}
    }
    Ok(value)
}

/// A photograph with the file it lies in; without one when its file was no picture.
fn shot(photo: &Photo, place: Option<(usize, bool)>) -> Value {
    let file = place.filter(|(_, is_there)| *is_there).map(|(place, _)| photo_name(place));
    json!({ "caption": photo.caption, "file": file })
}

/// The picture of an address; a quarter of it may be torn or dirty and it is still read.
fn code(address: &str) -> Result<String, PrintError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::Q).map_err(failed)?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(400, 400).build())
}

fn rows(table: &Table) -> serde_json::Result<Value> {
    let cell = |place: &Place<'_>| match place {
        Place::Spanned { .. } => None,
        Place::Begins { x, cell } => Some(serde_json::to_value(cell).map(|mut value| {
            value["x"] = json!(x);
            value
        })),
    };
    let row =
        |places: &Vec<Place<'_>>| places.iter().filter_map(cell).collect::<serde_json::Result<Vec<_>>>();
    grid::rows(table).iter().map(row).collect::<serde_json::Result<Vec<_>>>().map(|rows| json!(rows))
}

/// PDF/A refuses text it cannot show, and one strange character must not keep a whole paper from print.
fn make_printable(value: &mut Value, shows: &impl Fn(char) -> bool) {
    match value {
        Value::String(text) => *text = printable(text, shows),
        Value::Array(items) => items.iter_mut().for_each(|item| make_printable(item, shows)),
        Value::Object(fields) => fields.values_mut().for_each(|field| make_printable(field, shows)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn printable(text: &str, shows: &impl Fn(char) -> bool) -> String {
    let kept = text.chars().filter(|c| !crate::text::is_invisible(*c));
    kept.map(|c| match c {
        _ if c.is_whitespace() || c.is_control() => ' ',
        '\u{e000}'..='\u{f8ff}' => '?',
        _ if shows(c) => c,
        _ => '?',
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_shows_becomes_a_question_mark_and_hidden_marks_go() {
        let latin = |c: char| c.is_ascii();
        assert_eq!(printable("a\u{202e}b\tc\u{a0}d é \u{e001}", &latin), "ab c d ? ?");
    }
}
