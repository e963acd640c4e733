//! From the text of a template to blocks of a paper. Paragraphs are parted by an empty line; one whose lines begin with
//! `1.` `a.` or `-` is a list, one of `label : value` lines the head of a letter, `## ` a heading, `[tabel]` the table.
//! Structure is read before placeholders are filled, so that what somebody typed stays text.

use crate::document::{Block, Marker};
use crate::fill::Values;

/// Where the table stands.
pub(super) const TABLE: &str = "[tabel]";

pub(super) fn blocks(text: &str, values: &Values, table: Option<Block>) -> Vec<Block> {
    let text = text.replace("\r\n", "\n");
    let mut table = table;
    let mut blocks: Vec<Block> = Vec::new();
    for part in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
        match part {
            TABLE => blocks.extend(table.take()),
            part => blocks.push(block(part, values)),
        }
    }
    blocks.extend(table);
    blocks
}

fn block(part: &str, values: &Values) -> Block {
    let lines: Vec<&str> = part.lines().map(str::trim).collect();
    if let Some(text) = part.strip_prefix("## ").filter(|_| lines.len() == 1) {
        return Block::Heading { level: 2, text: one_line(&values.fill(text)) };
    }
    if let Some(marker) = lines.first().and_then(|line| item(line)).map(|(marker, _)| marker) {
        let items: Option<Vec<&str>> = lines.iter().map(|line| of_marker(line, marker)).collect();
        if let Some(items) = items {
            return Block::List {
                marker,
                items: items.iter().flat_map(|text| filled(text, values)).collect(),
            };
        }
    }
    match lines.iter().map(|line| line.split_once(" : ")).collect::<Option<Vec<_>>>() {
        Some(rows) => {
            let row =
                |(what, said): (&str, &str)| (one_line(&values.fill(what)), one_line(&values.fill(said)));
            Block::Details { rows: rows.into_iter().map(row).collect() }
        }
        None => Block::Paragraph { text: one_line(&values.fill(&lines.join(" "))) },
    }
}

fn of_marker(line: &str, marker: Marker) -> Option<&str> {
    item(line).filter(|(found, _)| *found == marker).map(|(_, text)| text)
}

fn item(line: &str) -> Option<(Marker, &str)> {
    if let Some(text) = line.strip_prefix("- ") {
        return Some((Marker::Bullet, text));
    }
    let (sign, text) = line.split_once(". ")?;
    match sign {
        sign if sign.len() <= 2 && sign.parse::<u8>().is_ok() => Some((Marker::Number, text)),
        sign if sign.len() == 1 && sign.chars().all(|c| c.is_ascii_lowercase()) => {
            Some((Marker::Letter, text))
        }
        _ => None,
    }
}

/// An item whose value has several lines becomes as many items.
fn filled(text: &str, values: &Values) -> Vec<String> {
    let filled = values.fill(text);
    filled.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_blocks_and_what_was_typed_stays_text() {
        let values = Values::default().with("agenda", "Satu\nDua").with("unit", "- Unit\n\n[tabel]");
        let found = blocks(
            "Hal : Rapat\nNomor : 1\n\n## Isi\n\nKepada {unit}\n\n1. {agenda}\n2. Lain",
            &values,
            None,
        );
        let details = vec![("Hal".to_owned(), "Rapat".to_owned()), ("Nomor".to_owned(), "1".to_owned())];
        let items = ["Satu", "Dua", "Lain"].map(str::to_owned).to_vec();
        assert_eq!(
            found,
            [
                Block::Details { rows: details },
                Block::Heading { level: 2, text: "Isi".to_owned() },
                Block::Paragraph { text: "Kepada - Unit [tabel]".to_owned() },
                Block::List { marker: Marker::Number, items },
            ]
        );
    }
}
