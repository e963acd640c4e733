//! The worksheet as a workbook: what it says and where. Pure: `bening-reports` writes it, `bening-intake` finds its
//! cells again, [`read`] decides what they mean and [`Differences`] what would change.
//!
//! **Invariant**: what was written reads back as the same answers and notes.

mod difference;
pub mod mapping;
mod read;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Layer, Lke, Side};
use crate::instrument::{Form, Instrument, Question};
use crate::scoring::Sheet;
use crate::time::Year;

pub use difference::{Change, Differences};
pub use read::{Expected, Placed, RawBook, RawRow, Reading, read};

/// What stands in the first cell of the identity sheet; the number grows when an old reader would go wrong.
pub const FORMAT: &str = "bening.lke/1";
/// Name of the hidden sheet that says what the workbook is.
pub const IDENTITY_SHEET: &str = "_bening";
/// Longest note that is taken in.
pub const NOTE_MAX_CHARS: usize = 4_000;

/// Column of the codes of questions and inputs.
pub const KEY_COLUMN: u16 = 0;
/// First column of the first side.
pub const FIRST_SIDE_COLUMN: u16 = 5;
/// Columns of each side: answer, value, points, note.
pub const SIDE_COLUMNS: u16 = 4;

/// A whole workbook.
#[derive(Debug, Clone)]
pub struct Book {
    /// The edition it follows.
    pub edition: Arc<Instrument>,
    /// Whose it is; `None` for an empty template.
    pub owner: Option<Owner>,
    /// What each side says, in order.
    pub sides: Vec<(Side, Filling)>,
}

/// Whose worksheet a workbook is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Code of the unit.
    pub code: String,
    /// Name of the unit.
    pub name: String,
    /// Year of the worksheet.
    pub year: Year,
}

/// What one side says: answers, and notes by question code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filling {
    /// The answers.
    pub sheet: Sheet,
    /// The notes; an empty note is absent.
    pub notes: BTreeMap<String, String>,
}

impl Filling {
    /// What counts in a layer of a worksheet.
    #[must_use]
    pub fn of(lke: &Lke, layer: Layer) -> Self {
        let entries = lke.layers.get(&layer).into_iter().flat_map(|filled| &filled.entries);
        let notes = entries.filter(|(_, entry)| !entry.note.is_empty());
        let notes = notes.map(|(code, entry)| (code.clone(), entry.note.clone())).collect();
        Self { sheet: lke.sheet(layer), notes }
    }

    /// The note on a question.
    #[must_use]
    pub fn note(&self, code: &str) -> &str {
        self.notes.get(code).map_or("", String::as_str)
    }
}

impl Book {
    /// The empty workbook of an edition, for the unit and its internal assessors.
    #[must_use]
    pub fn template(edition: Arc<Instrument>) -> Self {
        let sides = [Side::Unit, Side::Tpi].map(|side| (side, Filling::default()));
        Self { edition, owner: None, sides: sides.into() }
    }

    /// The worksheet as somebody sees it who may see these layers. Unit and internal assessors always have their
    /// columns, the national assessors when they said something.
    #[must_use]
    pub fn of(edition: Arc<Instrument>, owner: Owner, lke: &Lke, is_visible: impl Fn(Layer) -> bool) -> Self {
        let filled = |side: Side| {
            let layer = lke.current(side).filter(|layer| is_visible(*layer));
            let filling = layer.map(|layer| Filling::of(lke, layer)).unwrap_or_default();
            let is_shown = side != Side::Tpn || filling != Filling::default();
            is_shown.then_some((side, filling))
        };
        Self { edition, owner: Some(owner), sides: Side::ALL.into_iter().filter_map(filled).collect() }
    }

    /// The columns of a side of this workbook.
    #[must_use]
    pub fn columns(&self, side: Side) -> Option<Columns> {
        let place = self.sides.iter().position(|(known, _)| *known == side)?;
        Some(Columns::at(u16::try_from(place).ok()?))
    }
}

/// Where a side stands on the sheets of the parts; columns count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// Answers and inputs.
    pub answer: u16,
    /// What the answer is worth, 0 to 1.
    pub value: u16,
    /// Points.
    pub points: u16,
    /// Notes.
    pub note: u16,
}

impl Columns {
    /// The columns of the side that stands there in the order of sides, from 0.
    #[must_use]
    pub fn at(place: u16) -> Self {
        let answer = FIRST_SIDE_COLUMN + place * SIDE_COLUMNS;
        Self { answer, value: answer + 1, points: answer + 2, note: answer + 3 }
    }
}

/// Heading above the answers of a side; a reader looks for it before it believes the column.
#[must_use]
pub fn answer_heading(side: Side) -> String {
    format!("Jawaban {}", side.title())
}

/// Heading above the notes of a side.
#[must_use]
pub fn note_heading(side: Side) -> String {
    format!("Catatan {}", side.title())
}

/// What stands in the column of codes for an input of a question.
#[must_use]
pub fn input_key(question: &Question, input: &str) -> String {
    format!("{}.{input}", question.code)
}

/// Whether a question is answered in the rows of its inputs, below its own.
#[must_use]
pub fn has_input_rows(edition: &Instrument, question: &Question) -> bool {
    edition.kind(&question.kind).is_some_and(|kind| kind.form == Form::Ratio)
}
