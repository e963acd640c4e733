//! All rows of a file checked together: either everything can be taken over, or every single problem is
//! named. How empty cells take over from the row above is in `resolve`.

use super::resolve::Desk;
use super::{At, Known, PlanFile, Problem, Said};
use crate::plan::edit::ROWS_MAX;
use crate::plan::{Area, Pic, Schedule};

/// Rows that can be merged into a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The six areas in the order of the law; always all six.
    pub areas: Vec<CheckedArea>,
    /// Priority targets.
    pub priorities: Vec<CheckedPriority>,
    /// What was assumed, for the preview.
    pub notes: Vec<String>,
}

/// One area's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedArea {
    /// Which area.
    pub area: Area,
    /// Benefits with their places.
    pub benefits: Vec<(At, String)>,
    /// Components in the order of the file.
    pub components: Vec<CheckedComponent>,
}

/// One component and its actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedComponent {
    /// Its first row.
    pub at: At,
    /// Running number as written; empty where the file has none.
    pub number: String,
    /// Name.
    pub name: String,
    /// Sub-component of the LKE.
    pub sub: SubCell,
    /// Actions in the order of the file.
    pub actions: Vec<CheckedAction>,
}

/// What the file says about a component's sub-component of the LKE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubCell {
    /// The file is silent and no name is alike.
    Nothing,
    /// The file is silent, but the names are alike; taken for new components only.
    Suggested(String),
    /// The file names none on purpose.
    Empty,
    /// The file names this code.
    Named(String),
}

/// One action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedAction {
    /// Its row.
    pub at: At,
    /// What will be done.
    pub name: String,
    /// Evidence it will leave.
    pub evidence: Vec<String>,
    /// When.
    pub schedule: Said<Schedule>,
    /// Who.
    pub pics: Said<Vec<Pic>>,
    /// What will have been reached.
    pub target: Said<String>,
}

/// One priority target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedPriority {
    /// Its row.
    pub at: At,
    /// What will be done.
    pub action: String,
    /// What will have been reached.
    pub target: Said<String>,
    /// When.
    pub schedule: Said<Schedule>,
    /// What has been done about it.
    pub follow_up: Said<String>,
}

/// Checks all rows at once. Empty cells under a filled one count as merged with it: time and target within
/// the component, PIC within the area. The problems come in the order of the rows.
pub fn check(file: &PlanFile, known: &Known<'_>) -> Result<Checked, Vec<Problem>> {
    if file.len() > ROWS_MAX {
        return Err(vec![too_many(file)]);
    }
    let mut desk = Desk::new(known);
    desk.problems.clone_from(&file.problems);
    desk.notes.clone_from(&file.notes);
    file.rows.iter().for_each(|row| desk.row(row));
    file.priorities.iter().for_each(|priority| desk.priority(priority));
    if file.is_empty() && desk.problems.is_empty() {
        desk.problem(
            At { sheet: None, row: 1, column: None },
            "tidak ada satu baris pun yang berisi rencana aksi atau target prioritas",
        );
    }
    desk.finish()
}

fn too_many(file: &PlanFile) -> Problem {
    let last = file.rows.get(ROWS_MAX).map(|row| row.at(None));
    let at = last.unwrap_or(At { sheet: None, row: ROWS_MAX as u32 + 1, column: None });
    let message = format!(
        "berkas memuat {} baris, paling banyak {ROWS_MAX}; bagi berkas atau hapus baris yang bukan rencana",
        file.len()
    );
    Problem { at, message }
}
