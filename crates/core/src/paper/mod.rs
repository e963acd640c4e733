//! Papers of the road to a predicate (*naskah*): decrees, invitations, minutes, letters. Templates, series of numbers
//! and words are data in `prints/letters/`; an agency may choose other words. What a text becomes is said by `prose`.

mod prose;
mod template;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::agency::Agency;
use crate::candidacy::declaration::long;
use crate::document::{Align, Block, Cell, Column, Document, Signature, Table};
use crate::fill::Values;
use crate::id::{PaperId, PersonId, UnitId};
use crate::unit::Unit;

pub use template::{
    Field, FieldKind, Rows, SHIPPED_FILES, Series, Signer, TableOf, Template, TemplateError, Words,
    WordsError, series, series_by_code, shipped, template,
};

/// Placeholders that every template knows, with what they stand for.
pub const COMMON: [(&str, &str); 11] = [
    ("unit", "nama unit kerja"),
    ("kode", "kode unit kerja"),
    ("instansi", "nama instansi"),
    ("singkat", "nama singkat instansi"),
    ("kota", "kota instansi"),
    ("nomor", "nomor naskah"),
    ("tanggal", "tanggal naskah"),
    ("tahun", "tahun naskah"),
    ("predikat", "predikat yang dituju"),
    ("penanda_tangan", "nama penanda tangan"),
    ("jabatan", "jabatan penanda tangan"),
];

/// What stands where a number will stand, before one is drawn.
pub const NO_NUMBER: &str = "……";
/// Longest line that is typed for a paper, and longest text of many lines, in characters.
const LINE_MAX_CHARS: usize = 500;
const LINES_MAX_CHARS: usize = 5_000;

/// What a paper says beside its words.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its date.
    pub dated: NaiveDate,
    /// Who signs.
    pub signer: String,
    /// Their title.
    pub signer_title: String,
    /// What was typed for its own placeholders.
    pub typed: BTreeMap<String, String>,
}

/// What is known without being typed.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    /// The agency, for letterhead and text.
    pub agency: &'a Agency,
    /// The unit it is about.
    pub unit: &'a Unit,
    /// The predicate aimed at; empty before a road has begun.
    pub predicate: &'a str,
    /// Rows of the table, if it has one that is not typed.
    pub rows: Vec<Vec<String>>,
}

/// A paper that was issued. It keeps its words whatever becomes of the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Identity.
    pub id: PaperId,
    /// About which unit.
    pub unit: UnitId,
    /// Code of the template.
    pub template: String,
    /// Version of its words; 0 are those that were shipped.
    pub version: u32,
    /// Code of the series.
    pub series: String,
    /// Place in the series of its year.
    pub counter: u32,
    /// Number as written.
    pub number: String,
    /// Date.
    pub dated: NaiveDate,
    /// What was printed.
    pub document: Document,
    /// Who issued it.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why a paper cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A field is empty.
    #[error("\"{0}\" belum diisi")]
    Empty(String),
    /// A field holds too much.
    #[error("\"{0}\" terlalu panjang; paling banyak {1} huruf")]
    Long(String, usize),
    /// Nobody signs.
    #[error("nama dan jabatan penanda tangan belum diisi")]
    NoSigner,
    /// It speaks of a predicate, and none is aimed at.
    #[error("unit belum menempuh jalan menuju predikat; catat pencanangan lebih dahulu")]
    NoRoad,
}

impl Asked {
    /// Whether a paper can be made of it.
    ///
    /// # Errors
    /// [`Refusal`] for the first thing that is missing.
    pub fn check(&self, template: &Template, words: &Words, predicate: &str) -> Result<(), Refusal> {
        for field in &template.fields {
            let typed = self.typed.get(&field.name).map_or("", |typed| typed.trim());
            let most = if field.kind == FieldKind::Line { LINE_MAX_CHARS } else { LINES_MAX_CHARS };
            match typed.chars().count() {
                0 => return Err(Refusal::Empty(field.label.clone())),
                count if count > most => return Err(Refusal::Long(field.label.clone(), most)),
                _ => {}
            }
        }
        match () {
            () if self.signer.trim().is_empty() || self.signer_title.trim().is_empty() => {
                Err(Refusal::NoSigner)
            }
            () if predicate.is_empty() && words.names("predikat") => Err(Refusal::NoRoad),
            () => Ok(()),
        }
    }
}

impl Template {
    /// The paper.
    pub fn document(&self, words: &Words, known: &Known<'_>, asked: &Asked, number: &str) -> Document {
        let values = self.values(known, asked, number);
        let title: Vec<String> = words.title.trim().lines().map(|line| values.fill(line.trim())).collect();
        let table = self.table.as_ref().map(|table| Block::Table(rows(table, known, asked)));
        let mut blocks = vec![letterhead(known.agency), Block::Title { lines: title.clone() }];
        blocks.extend(prose::blocks(&words.text, &values, table));
        blocks.push(Block::Signature(Signature {
            place_and_date: values.fill(words.closing.trim()),
            title: asked.signer_title.trim().to_owned(),
            name: asked.signer.trim().to_owned(),
        }));
        Document {
            title: title.join(" "),
            author: known.agency.name.clone(),
            language: "id".to_owned(),
            dated: asked.dated,
            cover: None,
            blocks,
        }
    }

    fn values(&self, known: &Known<'_>, asked: &Asked, number: &str) -> Values {
        use chrono::Datelike;
        let common = Values::default()
            .with("unit", &*known.unit.name)
            .with("kode", known.unit.code.as_str())
            .with("instansi", &*known.agency.name)
            .with("singkat", &*known.agency.short_name)
            .with("kota", &*known.agency.city)
            .with("nomor", number)
            .with("tanggal", long(asked.dated))
            .with("tahun", asked.dated.year().to_string())
            .with("predikat", known.predicate)
            .with("penanda_tangan", asked.signer.trim())
            .with("jabatan", asked.signer_title.trim());
        self.fields.iter().fold(common, |values, field| {
            let typed = asked.typed.get(&field.name).map_or("", |typed| typed.trim());
            values.with(field.name.as_str(), typed.replace("\r\n", "\n"))
        })
    }
}

fn letterhead(agency: &Agency) -> Block {
    let lines = [&agency.name, &agency.city].into_iter().filter(|line| !line.is_empty()).cloned();
    Block::Letterhead { logo: agency.logo.clone(), lines: lines.collect() }
}

fn rows(table: &TableOf, known: &Known<'_>, asked: &Asked) -> Table {
    let typed = asked.typed.get(&table.field).map_or("", String::as_str);
    let pieces = |line: &str| line.split(';').map(|piece| piece.trim().to_owned()).collect();
    let rows: Vec<Vec<String>> = match table.of {
        Rows::Lines => typed.lines().filter(|line| !line.trim().is_empty()).map(pieces).collect(),
        Rows::Team | Rows::Score => known.rows.clone(),
    };
    let head = |heading: &String| Column { heading: heading.clone(), share: 10, align: Align::Start };
    let number = Column { heading: "No".to_owned(), share: 2, align: Align::End };
    let row = |(index, row): (usize, Vec<String>)| {
        let cells = row.into_iter().chain(std::iter::repeat(String::new())).take(table.columns.len());
        std::iter::once((index + 1).to_string()).chain(cells).map(Cell::text).collect()
    };
    Table {
        caption: Some(table.caption.clone()),
        columns: std::iter::once(number).chain(table.columns.iter().map(head)).collect(),
        rows: rows.into_iter().enumerate().map(row).collect(),
    }
}
