//! Annex 2: the questions on which the internal assessors differ from the unit or said something, by area.

use super::{Report, TPI, columns, figure};
use crate::document::{Align, Block, Cell, Table};
use crate::instrument::{Area, Question};
use crate::lke::{Layer, Side};
use crate::scoring::{Answer, Score};

impl Report<'_> {
    pub(super) fn findings(&self) -> Vec<Block> {
        let areas = &self.inputs.edition.areas;
        let tables: Vec<Block> = areas.iter().filter_map(|area| self.of_area(area)).collect();
        if tables.is_empty() { vec![self.paragraph(&self.words.findings_none)] } else { tables }
    }

    fn of_area(&self, area: &Area) -> Option<Block> {
        let questions = area.subs.iter().flat_map(|sub| &sub.questions);
        let rows: Vec<Vec<Cell>> = questions.filter_map(|question| self.finding(question)).collect();
        use Align::{End, Start};
        let sides = [(22, Start), (16, Start), (16, Start), (7, End), (7, End), (20, Start), (16, Start)];
        let caption = self.values.with("area", area.name.as_str()).fill(&self.words.findings_caption);
        let columns = columns(&self.words.findings_columns, sides);
        (!rows.is_empty()).then_some(Block::Table(Table { caption: Some(caption), columns, rows }))
    }

    fn finding(&self, question: &Question) -> Option<Vec<Cell>> {
        let lke = self.inputs.lke;
        let (unit, tpi) = (lke.answer(Layer::Unit, &question.code), lke.answer(TPI, &question.code));
        let said = self.said(&question.code);
        if unit == tpi && said.is_empty() {
            return None;
        }
        let evidence: Vec<String> = lke.evidence_for(&question.code).map(|link| link.title.clone()).collect();
        let or =
            |lines: Vec<String>, other: &String| if lines.is_empty() { vec![other.clone()] } else { lines };
        Some(vec![
            Cell::list(vec![format!("{} {}", question.code, question.label)]),
            lines(or(answer(question, unit), &self.words.no_answer)),
            lines(or(answer(question, tpi), &self.words.not_assessed)),
            Cell::text(points(&self.unit, &question.code)),
            Cell::text(points(&self.tpi, &question.code)),
            Cell::list(or(said, &self.words.no_note)),
            Cell::list(or(evidence, &self.words.no_evidence)),
        ])
    }

    /// Reasons of the layers that speak for TPI, the last first, then what TPI said in the thread.
    fn said(&self, code: &str) -> Vec<String> {
        let lke = self.inputs.lke;
        let notes = Side::Tpi.layers().iter().rev().filter_map(|layer| lke.entry(*layer, code));
        let notes = notes.map(|entry| &entry.note);
        let remarks = lke.thread(code).filter(|remark| remark.side == Side::Tpi).map(|remark| &remark.text);
        let mut said: Vec<String> = Vec::new();
        for text in notes.chain(remarks).map(|text| text.trim()).filter(|text| !text.is_empty()) {
            if !said.iter().any(|known| known == text) {
                said.push(text.to_owned());
            }
        }
        said
    }
}

/// A cell of several lines without bullets.
fn lines(lines: Vec<String>) -> Cell {
    Cell { lines, ..Cell::text("") }
}

fn points(score: &Score, code: &str) -> String {
    score.question(code).map(|result| figure(result.points.score)).unwrap_or_default()
}

/// An answer in words: the choice with the state it describes, the counts with what was counted, the index.
fn answer(question: &Question, answer: Option<&Answer>) -> Vec<String> {
    match answer {
        None => Vec::new(),
        Some(Answer::Choice(choice)) => {
            let described = question.options.iter().find(|option| option.answer == *choice);
            let text = described.map(|option| format!("{choice}: {}", option.text));
            vec![text.unwrap_or_else(|| choice.clone())]
        }
        Some(Answer::Index(index)) => vec![super::weight(*index)],
        Some(Answer::Counts(counts)) => {
            let told = |input: &crate::instrument::Input| {
                Some(format!("{}: {}", input.label, super::weight(*counts.get(&input.name)?)))
            };
            question.inputs.iter().filter_map(told).collect()
        }
    }
}
