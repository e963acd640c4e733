//! Which figures and tables a register has, as its file says. They are reckoned in `figure`.

use serde::Deserialize;

/// A figure of the whole register.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Code, by which others refer to it.
    pub code: String,
    /// Name.
    pub title: String,
    /// What is measured.
    pub measure: Measure,
    /// Fact of the instrument that it can be read for; people state it, it never states itself.
    pub fact: Option<String>,
    /// Lines it is about; all when empty.
    #[serde(default)]
    pub of: Vec<Filter>,
    /// Source.
    #[serde(default)]
    pub citation: String,
}

impl Measure {
    /// Whether it is a part of a whole.
    #[must_use]
    pub fn is_part(&self) -> bool {
        matches!(self, Self::Share(_) | Self::Ratio { .. })
    }
}

/// What is measured.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Measure {
    /// How many lines.
    Count,
    /// Sum of a column.
    Sum(String),
    /// Share of lines that also satisfy these.
    Share(Vec<Filter>),
    /// One sum over another.
    Ratio {
        /// Column above.
        part: String,
        /// Column below.
        whole: String,
    },
}

/// Which lines are meant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Filter {
    /// In one of these states.
    State(Vec<String>),
    /// With one of these in a column, or its band.
    Column {
        /// The column, also a computed one.
        code: String,
        /// Codes, or words of bands.
        is: Vec<String>,
    },
    /// Past a deadline.
    Late,
}

/// A table of the recap.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recap {
    /// Heading.
    pub title: String,
    /// Down: `bulan`, `keadaan`, a column of choices or a computed one with bands.
    pub rows: String,
    /// Across, the same; only a total when there is none.
    pub columns: Option<String>,
    /// Column to sum; lines are counted when there is none.
    pub sum: Option<String>,
}

/// Counts of a register that a unit may show to everybody.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statistic {
    /// What is counted, for readers who know nothing of the register.
    pub title: String,
    /// Dimensions as in a recap; each stands in a table with the next.
    pub by: Vec<String>,
    /// Counts from 1 up to but not including this one are hidden.
    pub small: u32,
    /// Where `small` comes from.
    pub citation: String,
}
