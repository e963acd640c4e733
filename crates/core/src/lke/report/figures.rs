//! The figures of the report: what the unit gave itself beside what the internal assessors gave, in all, by
//! component, area, part of an area and sub-component.

use super::{Report, ReportError, columns, figure, signed, weight};
use crate::document::{Align, Block, Cell, Table};
use crate::instrument::{Area, Component};
use crate::scoring::{Points, Score};

/// How a row of the scores stands out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weightiness {
    Strong,
    Plain,
}

impl Report<'_> {
    /// The comparison in words, and a warning when the assessment has gaps.
    pub(super) fn comparison(&self) -> Vec<Block> {
        let size = figure(self.difference).trim_start_matches('-').to_owned();
        let values = self.values.with("angka", size);
        let comparison = match () {
            () if self.difference.is_zero() => self.words.equal.clone(),
            () if self.difference.is_negative() => values.fill(&self.words.lower),
            () => values.fill(&self.words.higher),
        };
        let text = self.values.with("banding", comparison).fill(&self.words.comparison);
        let mut blocks = vec![Block::Paragraph { text }];
        if !self.tpi.gaps.is_empty() {
            let count = self.tpi.gaps.len().to_string();
            let text = self.values.with("jumlah", count).fill(&self.words.gaps);
            blocks.push(Block::Paragraph { text });
        }
        blocks
    }

    /// Both components and the total.
    pub(super) fn results(&self) -> Result<Table, ReportError> {
        let of = |component| move |score: &Score| *score.component(component);
        let rows = vec![
            self.result(&self.words.pengungkit, of(Component::Pengungkit), Weightiness::Plain)?,
            self.result(&self.words.hasil, of(Component::Hasil), Weightiness::Plain)?,
            self.result(&self.words.total, |score| score.total, Weightiness::Strong)?,
        ];
        use Align::{End, Start};
        let sides = [(36, Start), (12, End), (18, End), (18, End), (16, End)];
        let columns = columns(&self.words.result_columns, sides);
        Ok(Table { caption: Some(self.words.result_caption.clone()), columns, rows })
    }

    fn result(
        &self,
        name: &str,
        of: impl Fn(&Score) -> Points,
        look: Weightiness,
    ) -> Result<Vec<Cell>, ReportError> {
        let (unit, tpi) = (of(&self.unit), of(&self.tpi));
        let difference = signed(tpi.score.minus(unit.score)?);
        let cells = [name.to_owned(), weight(tpi.weight), figure(unit.score), figure(tpi.score), difference];
        Ok(looking(cells, look))
    }

    /// Annex 1.
    pub(super) fn scores(&self) -> Result<Table, ReportError> {
        let mut rows = Vec::new();
        for area in &self.inputs.edition.areas {
            self.area(area, &mut rows)?;
        }
        rows.push(self.score(
            "",
            &self.words.total,
            (self.unit.total, self.tpi.total),
            Weightiness::Strong,
        )?);
        use Align::{End, Start};
        let sides =
            [(10, Start), (34, Start), (8, End), (10, End), (10, End), (10, End), (10, End), (10, End)];
        let columns = columns(&self.words.scores_columns, sides);
        Ok(Table { caption: Some(self.words.scores_caption.clone()), columns, rows })
    }

    fn area(&self, area: &Area, rows: &mut Vec<Vec<Cell>>) -> Result<(), ReportError> {
        let mut push = |code: &str, name: &str, look| -> Result<(), ReportError> {
            if let Some(both) = self.both(code) {
                rows.push(self.score(code, name, both, look)?);
            }
            Ok(())
        };
        push(&area.code, &area.name, Weightiness::Strong)?;
        for half in &area.halves {
            let part = self.inputs.edition.part(&half.part).map_or(half.part.as_str(), |part| &part.name);
            if area.halves.len() > 1 {
                push(&format!("{}-{}", area.code, half.part), part, Weightiness::Strong)?;
            }
            for sub in area.subs.iter().filter(|sub| sub.part == half.part) {
                push(&sub.code, &sub.name, Weightiness::Plain)?;
            }
        }
        Ok(())
    }

    fn both(&self, code: &str) -> Option<(Points, Points)> {
        Some((self.unit.entry(code)?.points, self.tpi.entry(code)?.points))
    }

    fn score(
        &self,
        code: &str,
        name: &str,
        (unit, tpi): (Points, Points),
        look: Weightiness,
    ) -> Result<Vec<Cell>, ReportError> {
        let cells = [
            code.to_owned(),
            name.to_owned(),
            weight(tpi.weight),
            figure(unit.score),
            figure(unit.percent),
            figure(tpi.score),
            figure(tpi.percent),
            signed(tpi.score.minus(unit.score)?),
        ];
        Ok(looking(cells, look))
    }
}

fn looking<const N: usize>(cells: [String; N], look: Weightiness) -> Vec<Cell> {
    let cells = cells.map(Cell::text);
    match look {
        Weightiness::Strong => cells.map(Cell::strong).into(),
        Weightiness::Plain => cells.into(),
    }
}
