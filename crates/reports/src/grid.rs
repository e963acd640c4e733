//! Where the cells of a table stand once those that span rows have pushed the following ones aside.

use bening_core::document::{Cell, Table};

/// A position of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place<'a> {
    /// A cell begins here.
    Begins {
        /// Column, from 0.
        x: usize,
        /// The cell.
        cell: &'a Cell,
    },
    /// A cell of a row above reaches down to here.
    Spanned {
        /// Column, from 0.
        x: usize,
        /// The cell.
        cell: &'a Cell,
    },
}

/// Every row with what stands in it, from left to right.
pub(crate) fn rows(table: &Table) -> Vec<Vec<Place<'_>>> {
    let mut above: Vec<(u32, &Cell)> = Vec::new();
    table.rows.iter().map(|row| place(row, table.columns.len(), &mut above)).collect()
}

/// `above` holds for each column how many rows its cell still reaches down.
fn place<'a>(row: &'a [Cell], width: usize, above: &mut Vec<(u32, &'a Cell)>) -> Vec<Place<'a>> {
    let mut cells = row.iter();
    let mut places = Vec::new();
    let mut next = Vec::with_capacity(width);
    while next.len() < width {
        let x = next.len();
        let reaching = above.get(x).copied().filter(|(left, _)| *left > 0);
        let (left, cell) = match reaching {
            Some((left, cell)) => {
                places.push(Place::Spanned { x, cell });
                (left - 1, cell)
            }
            None => {
                let Some(cell) = cells.next() else { break };
                places.push(Place::Begins { x, cell });
                (cell.rowspan.saturating_sub(1), cell)
            }
        };
        next.extend(std::iter::repeat_n((left, cell), (cell.colspan as usize).clamp(1, width - x)));
    }
    *above = next;
    places
}
