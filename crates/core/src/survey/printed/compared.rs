//! What the report says of the last period: the change of the index and of each unsur, with its uncertainty.

use super::{Writer, two};
use crate::document::{Align, Block, Cell, Table};
use crate::survey::compare::Change;
use crate::survey::model::Unsur;

impl Writer<'_> {
    pub(super) fn compared(&self, change: &Change) -> Block {
        let meaning = if change.is_clear() == Some(true) { "compared_clear" } else { "compared_unclear" };
        let (lower, upper) = change.interval.clone().unzip();
        let values = [
            ("periode", change.period.clone()),
            ("lalu", two(Some(change.before.clone()))),
            ("indeks", self.asked.index.name.clone()),
            ("beda", two(Some(change.difference.clone()))),
            ("bawah", two(lower)),
            ("atas", two(upper)),
            ("arti", self.word(meaning)),
        ];
        self.say("compared", &values)
    }

    pub(super) fn compared_unsur(&self, change: &Change) -> Block {
        let row = |unsur: &Unsur| {
            let one = change.unsur.iter().find(|one| one.code == unsur.code)?;
            let (lower, upper) = one.interval.clone().unzip();
            let meaning = match one.is_clear() {
                Some(true) => self.word("clear"),
                Some(false) => self.word("unclear"),
                None => String::new(),
            };
            let range =
                lower.zip(upper).map(|(lower, upper)| format!("{} – {}", two(Some(lower)), two(Some(upper))));
            let cells = [
                unsur.code.clone(),
                unsur.name.id.clone(),
                two(Some(one.difference.clone())),
                range.unwrap_or_default(),
                meaning,
            ];
            Some(cells.map(Cell::text).into())
        };
        Block::Table(Table {
            caption: Some(self.word("compared_unsur").replace("{periode}", &change.period)),
            columns: vec![
                self.column("code", 2, Align::Start),
                self.column("unsur", 8, Align::Start),
                self.column("difference", 2, Align::End),
                self.column("difference_range", 4, Align::Start),
                self.column("meaning", 5, Align::Start),
            ],
            rows: self.asked.unsur.iter().filter_map(row).collect(),
        })
    }
}
