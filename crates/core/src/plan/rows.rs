//! A plan as it comes out of a file or the clipboard: raw rows with their places, checked all together and
//! then merged into a plan. Reading the file formats is `intake`'s work.

use std::fmt;

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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanFile {
    /// Rows of the area tables.
    pub rows: Vec<RawRow>,
    /// Rows of the priority targets.
    pub priorities: Vec<RawPriority>,
    /// What the reader had to assume ("dibaca sebagai Windows-1252").
    pub notes: Vec<String>,
}

/// One row of an area table, cell by cell. An empty cell under a merged one is empty here as well.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
