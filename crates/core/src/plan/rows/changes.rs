//! What a merge changes, row by row, for the preview and the audit trail.

use std::fmt;

use super::At;
use crate::plan::Area;

/// Every row of the file and what becomes of it, in the order of the plan's tables.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Changes {
    /// The rows.
    pub rows: Vec<RowChange>,
}

/// One row of the file and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RowChange {
    /// Where it stands in the file.
    pub at: At,
    /// Its area; none for priority targets.
    pub area: Option<Area>,
    /// Which kind of row it becomes.
    pub kind: Kind,
    /// Its name or text.
    pub name: String,
    /// What becomes of it.
    pub change: Change,
}

/// Kinds of rows in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A benefit of an area.
    Benefit,
    /// A component.
    Component,
    /// An action.
    Action,
    /// A priority target.
    Priority,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is added.
    New,
    /// These cells change.
    Updated(Vec<Field>),
    /// The plan says so already.
    Unchanged,
    /// The plan's action was withdrawn and stays as it is.
    Withdrawn,
}

/// Cells that a merge can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Sub-component of the LKE.
    Sub,
    /// Evidence was added.
    Evidence,
    /// Time.
    Time,
    /// PIC.
    Pic,
    /// Target.
    Target,
    /// Follow-up.
    FollowUp,
}

impl Field {
    /// The column's heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::Sub => super::column::SUB,
            Self::Evidence => super::column::EVIDENCE,
            Self::Time => super::column::TIME,
            Self::Pic => super::column::PIC,
            Self::Target => super::column::TARGET,
            Self::FollowUp => super::column::FOLLOW_UP,
        }
    }
}

impl Change {
    /// Changed cells, or that nothing changed.
    pub(super) fn of(fields: Vec<Field>) -> Self {
        if fields.is_empty() { Self::Unchanged } else { Self::Updated(fields) }
    }
}

impl Changes {
    /// Whether the plan stays as it is.
    pub fn is_nothing(&self) -> bool {
        self.rows.iter().all(|row| matches!(row.change, Change::Unchanged | Change::Withdrawn))
    }

    /// How many rows of a kind are added.
    pub fn added(&self, kind: Kind) -> usize {
        self.rows.iter().filter(|row| row.kind == kind && row.change == Change::New).count()
    }

    fn count(&self, is_it: impl Fn(&Change) -> bool) -> usize {
        self.rows.iter().filter(|row| is_it(&row.change)).count()
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let new = self.count(|change| *change == Change::New);
        let updated = self.count(|change| matches!(change, Change::Updated(_)));
        let same = self.count(|change| *change == Change::Unchanged);
        write!(f, "{new} baris baru, {updated} diperbarui, {same} tetap")?;
        let withdrawn = self.count(|change| *change == Change::Withdrawn);
        if withdrawn > 0 { write!(f, ", {withdrawn} sudah ditarik dan dibiarkan") } else { Ok(()) }
    }
}
