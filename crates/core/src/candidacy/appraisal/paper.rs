//! A form of the national team as a paper: verdicts with notes, who sat together, room to sign. Its words stand in
//! `prints/penilaian.toml`.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Appraisal, Item, Sitting};
use crate::agency::Agency;
use crate::candidacy::declaration::{Witness, long};
use crate::document::{Align, Block, Cell, Column, Document, Table};

/// Shares of the width for number, item, institution, verdict and note.
const WIDTHS: [u32; 5] = [2, 9, 6, 6, 14];

/// Shares of the width for number, name, institution and signature.
const PRESENT_WIDTHS: [u32; 4] = [2, 10, 10, 10];

/// The words of the paper.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    title: String,
    unit: String,
    predicate: String,
    day: String,
    place: String,
    outcome: String,
    verdicts: String,
    columns: [String; 5],
    present: String,
    present_columns: [String; 4],
    open: String,
}

/// The words cannot be read; says where.
#[derive(Debug, thiserror::Error)]
#[error("naskah penilaian nasional tidak dapat dibaca: {0}")]
pub struct WordsError(#[from] toml::de::Error);

impl Words {
    /// The words that come with Bening.
    ///
    /// # Errors
    /// Never for those that were shipped; a test reads them.
    pub fn shipped() -> Result<Self, WordsError> {
        Ok(toml::from_str(include_str!("../../../../../prints/penilaian.toml"))?)
    }
}

/// What the paper is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Whose letterhead it bears.
    pub agency: &'a Agency,
    /// Name of the unit.
    pub unit: &'a str,
    /// The predicate it is proposed for.
    pub predicate: &'a str,
    /// Date of the paper while nobody sat together.
    pub today: NaiveDate,
}

/// The form as a paper, with those of its items that may be seen.
pub fn document(
    words: &Words,
    about: About<'_>,
    found: &Appraisal<'_>,
    sitting: Option<&Sitting>,
    sees: impl Fn(&Item) -> bool,
) -> Document {
    let title = words.title.replace("{tahap}", &found.form.name);
    let author = about.agency.name.clone();
    let mut blocks = vec![
        Block::Letterhead { logo: about.agency.logo.clone(), lines: vec![author.clone()] },
        Block::Title { lines: vec![title.clone()] },
        Block::Details { rows: details(words, about, sitting) },
        verdicts(words, found, sees),
    ];
    if let Some(sat) = sitting {
        blocks.push(Block::Heading { level: 2, text: words.outcome.clone() });
        blocks.extend(sat.outcome.lines().map(|text| Block::Paragraph { text: text.to_owned() }));
        blocks.push(present(words, sat));
    }
    let dated = sitting.map_or(about.today, |sat| sat.on);
    Document { title, author, language: "id".to_owned(), dated, cover: None, blocks }
}

fn details(words: &Words, about: About<'_>, sitting: Option<&Sitting>) -> Vec<(String, String)> {
    let mut rows = vec![
        (words.unit.clone(), about.unit.to_owned()),
        (words.predicate.clone(), about.predicate.to_owned()),
    ];
    if let Some(sat) = sitting {
        rows.push((words.day.clone(), long(sat.on)));
        rows.push((words.place.clone(), sat.place.clone()));
    }
    rows
}

fn verdicts(words: &Words, found: &Appraisal<'_>, sees: impl Fn(&Item) -> bool) -> Block {
    let row = |(index, item): (usize, &Item)| {
        let verdict = found.verdict(&item.code);
        let name = verdict.map_or(&words.open, |(_, of)| &of.name).clone();
        let note = verdict.map(|(remark, _)| remark.note.clone()).unwrap_or_default();
        [(index + 1).to_string(), item.name.clone(), item.whose(), name, note].map(Cell::text).to_vec()
    };
    let rows = found.form.items.iter().filter(|item| sees(item)).enumerate().map(row).collect();
    table(&words.verdicts, words.columns.iter().zip(WIDTHS), rows)
}

fn present(words: &Words, sat: &Sitting) -> Block {
    let row = |(index, who): (usize, &Witness)| {
        let cells = [(index + 1).to_string(), who.name.clone(), who.institution.clone(), String::new()];
        cells.map(Cell::text).to_vec()
    };
    let rows = sat.present.iter().enumerate().map(row).collect();
    table(&words.present, words.present_columns.iter().zip(PRESENT_WIDTHS), rows)
}

fn table<'a>(caption: &str, columns: impl Iterator<Item = (&'a String, u32)>, rows: Vec<Vec<Cell>>) -> Block {
    let column =
        |(heading, share): (&String, u32)| Column { heading: heading.clone(), share, align: Align::Start };
    let (caption, columns) = (Some(caption.to_owned()), columns.map(column).collect());
    Block::Table(Table { caption, columns, rows })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_shipped_words_and_forms_can_be_read() {
        assert!(super::Words::shipped().is_ok());
        assert!(super::super::Catalogue::parse(super::super::SHIPPED_FILE).is_ok());
    }
}
