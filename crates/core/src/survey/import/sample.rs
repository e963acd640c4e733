//! A few rows of a large table that tell as much about its columns and words as all of them: those that bring a word
//! nobody wrote before, and those that show how days are written. So that a table never has to be held whole.

use std::collections::BTreeSet;

use super::{LABELS_MAX, is_american, leading_number, normal};

/// Rows that are kept whatever stands in them.
const FIRST_ROWS: usize = 20;
/// Most rows that are kept.
const ROWS_MAX: usize = 5_000;
/// Columns whose words are looked at.
const COLUMNS_MAX: usize = 200;

/// Rows being chosen.
#[derive(Debug, Clone, Default)]
pub struct ImportSample {
    rows: Vec<Vec<String>>,
    seen: u64,
    labels: Vec<BTreeSet<String>>,
    american: BTreeSet<usize>,
}

impl ImportSample {
    /// Looks at the next row; the first holds the headings.
    pub fn push(&mut self, row: &[String]) {
        self.seen += 1;
        let tells = self.rows.len() <= FIRST_ROWS;
        let is_new = self.is_new(row);
        if tells || (is_new && self.rows.len() < ROWS_MAX) {
            self.rows.push(row.to_vec());
        }
    }

    fn is_new(&mut self, row: &[String]) -> bool {
        let mut is_new = false;
        for (at, cell) in row.iter().take(COLUMNS_MAX).enumerate() {
            if self.labels.len() <= at {
                self.labels.push(BTreeSet::new());
            }
            if self.labels[at].len() < 2 * LABELS_MAX && leading_number(cell).is_none() {
                is_new |= self.labels[at].insert(normal(cell));
            }
            if !self.american.contains(&at) && is_american(cell) {
                is_new |= self.american.insert(at);
            }
        }
        is_new
    }

    /// How many rows went by, headings included.
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// The rows that were chosen, headings first.
    #[must_use]
    pub fn into_rows(self) -> Vec<Vec<String>> {
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_say_something_new_are_kept_wherever_they_stand() {
        let mut sample = ImportSample::default();
        let row = |day: &str, word: &str| [day.to_owned(), word.to_owned()];
        sample.push(&row("Timestamp", "U1"));
        (0..50_000).for_each(|_| sample.push(&row("06/05/2020", "Baik")));
        sample.push(&row("06/25/2020", "Baik"));
        sample.push(&row("06/05/2020", "Lumayan"));
        assert_eq!(sample.seen(), 50_003);
        let rows = sample.into_rows();
        assert!(rows.len() < 30, "{}", rows.len());
        assert_eq!(rows[rows.len() - 2..], [row("06/25/2020", "Baik"), row("06/05/2020", "Lumayan")]);
    }
}
