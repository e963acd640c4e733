//! A plan as it comes out of a file or the clipboard: raw rows with their places, checked all together by
//! [`check`] and then merged into a plan by [`merge`]. Reading the file formats is `intake`'s work.

mod changes;
mod check;
pub mod items;
mod known;
mod merge;
mod resolve;
#[cfg(test)]
mod tests;
mod wording;
mod written;

use std::fmt;

pub use changes::{Change, Changes, Field, Kind, RowChange};
pub use check::{Checked, CheckedAction, CheckedArea, CheckedComponent, CheckedPriority, SubCell, check};
pub use known::{Known, Sub, UnknownPics};
pub use merge::merge;
pub use written::written;

/// Where something stood in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct At {
    /// Sheet of a workbook; absent for text files.
    pub sheet: Option<String>,
    /// Row or line, from 1.
    pub row: u32,
    /// Heading of the column, if one is meant.
    pub column: Option<&'static str>,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sheet) = &self.sheet {
            write!(f, "lembar “{sheet}”, ")?;
        }
        write!(f, "baris {}", self.row)?;
        self.column.map_or(Ok(()), |column| write!(f, ", kolom {column}"))
    }
}

/// Something in a file that cannot be taken over: where, and what was expected.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// Where.
    pub at: At,
    /// What was found and what was expected, in Indonesian.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}

/// All rows of a file, as written.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct PlanFile {
    /// Rows of the area tables.
    pub rows: Vec<RawRow>,
    /// Rows of the priority targets.
    pub priorities: Vec<RawPriority>,
    /// What the reader had to assume ("dibaca sebagai Windows-1252").
    pub notes: Vec<String>,
    /// Cells the reader could not use ("#REF!"); reported together with what [`check`] finds.
    #[serde(skip)]
    pub problems: Vec<Problem>,
}

/// One row of an area table, cell by cell. An empty cell under a merged one is empty here as well.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct RawRow {
    /// Sheet, if any.
    pub sheet: Option<String>,
    /// Row or line, from 1.
    pub row: u32,
    /// Heading or cell that names the area.
    pub area: String,
    /// Running number of the component.
    pub number: String,
    /// Component.
    pub component: String,
    /// LKE sub-component, if the file has it.
    pub sub: String,
    /// Action.
    pub action: String,
    /// Evidence, one piece an item.
    pub evidence: Vec<String>,
    /// Time.
    pub time: String,
    /// PICs.
    pub pic: String,
    /// Target.
    pub target: String,
    /// Benefits of the area, one an item.
    pub benefits: Vec<String>,
}

/// One row of the priority targets.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct RawPriority {
    /// Sheet, if any.
    pub sheet: Option<String>,
    /// Row or line, from 1.
    pub row: u32,
    /// Action.
    pub action: String,
    /// Target.
    pub target: String,
    /// Time.
    pub time: String,
    /// Follow-up.
    pub follow_up: String,
}

impl PlanFile {
    /// Rows of both kinds together.
    pub fn len(&self) -> usize {
        self.rows.len() + self.priorities.len()
    }

    /// Whether there is no row at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl RawRow {
    /// This row, or one of its columns.
    pub fn at(&self, column: Option<&'static str>) -> At {
        At { sheet: self.sheet.clone(), row: self.row, column }
    }
}

impl RawPriority {
    /// This row, or one of its columns.
    pub fn at(&self, column: Option<&'static str>) -> At {
        At { sheet: self.sheet.clone(), row: self.row, column }
    }
}

/// Headings of the columns, as templates and messages name them.
pub mod column {
    /// Area of change.
    pub const AREA: &str = "Area";
    /// Running number of the component.
    pub const NUMBER: &str = "No";
    /// Component.
    pub const COMPONENT: &str = "Komponen";
    /// Sub-component of the LKE.
    pub const SUB: &str = "Subkomponen LKE";
    /// Action.
    pub const ACTION: &str = "Rencana Aksi";
    /// Physical evidence.
    pub const EVIDENCE: &str = "Bukti Fisik";
    /// Time.
    pub const TIME: &str = "Waktu";
    /// Person in charge.
    pub const PIC: &str = "PIC";
    /// Target.
    pub const TARGET: &str = "Target";
    /// Benefit of the area.
    pub const BENEFIT: &str = "Manfaat";
    /// Follow-up of a priority target.
    pub const FOLLOW_UP: &str = "Tindak Lanjut";

    /// All of them in the order of the template. Rows whose area is [`PRIORITY`] are priority targets.
    pub const TEMPLATE: [&str; 11] =
        [AREA, NUMBER, COMPONENT, SUB, ACTION, EVIDENCE, TIME, PIC, TARGET, BENEFIT, FOLLOW_UP];

    /// What stands in the Area column of a priority target.
    pub const PRIORITY: &str = "Target Prioritas";
}

/// What a cell says about a value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Said<T> {
    /// The file is silent; whatever the plan holds stays.
    #[default]
    Nothing,
    /// "-": deliberately none.
    Empty,
    /// This value.
    This(T),
}

impl<T> Said<T> {
    /// The value, if one is given.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::This(value) => Some(value),
            Self::Nothing | Self::Empty => None,
        }
    }
}

/// Whether a text is the mark for "deliberately none" that people put into tables.
fn is_dash(text: &str) -> bool {
    matches!(text.trim(), "-" | "–" | "—")
}

/// What makes two names the same: letters and signs, whatever their case and spacing.
fn fold(text: &str) -> String {
    text.split_whitespace().flat_map(|word| word.chars().flat_map(char::to_lowercase)).collect()
}

/// For each wanted key, the first existing row with the same key that none before it took.
fn pair(existing: &[String], wanted: impl IntoIterator<Item = String>) -> Vec<Option<usize>> {
    let mut free: std::collections::HashMap<&str, std::collections::VecDeque<usize>> = Default::default();
    existing.iter().enumerate().for_each(|(index, key)| free.entry(key).or_default().push_back(index));
    wanted.into_iter().map(|key| free.get_mut(key.as_str())?.pop_front()).collect()
}
