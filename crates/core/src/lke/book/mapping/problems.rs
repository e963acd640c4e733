//! What is wrong with a mapping before any workbook is read through it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Inputs, Letters, MappedSheet, Mapping, SHEETS_MAX};
use crate::instrument::{Form, Instrument, Question};
use crate::lke::book::has_input_rows;

/// Rows further down are no worksheet.
const ROWS_MAX: u32 = 20_000;

impl Mapping {
    /// Everything that keeps it from being used with this edition, in words that say what to do.
    #[must_use]
    pub fn problems(&self, edition: &Instrument) -> Vec<String> {
        if self.instrument != edition.id {
            return vec![format!(
                "pemetaan ini untuk edisi \"{}\", bukan \"{}\"",
                self.instrument, edition.id
            )];
        }
        let mut found = self.whole();
        found.extend(self.sheets.iter().flat_map(|sheet| sheet.problems(edition)));
        found.extend(self.twice());
        found.extend(self.synonyms(edition));
        found
    }

    fn whole(&self) -> Vec<String> {
        match self.sheets.len() {
            0 => {
                vec!["belum ada lembar yang dipetakan; isi kolom jawaban dan baris pertanyaannya".to_owned()]
            }
            many if many > SHEETS_MAX => vec![format!("paling banyak {SHEETS_MAX} lembar, di sini {many}")],
            _ => Vec::new(),
        }
    }

    /// Sheets and codes that stand there more than once.
    fn twice(&self) -> Vec<String> {
        let mut names = BTreeSet::new();
        let doubled = self.sheets.iter().filter(|sheet| !names.insert(sheet.sheet.trim().to_lowercase()));
        let mut found: Vec<String> =
            doubled.map(|sheet| format!("lembar “{}” disebut dua kali", sheet.sheet)).collect();
        let mut places: BTreeMap<String, String> = BTreeMap::new();
        for sheet in &self.sheets {
            for (row, code) in &sheet.rows {
                let place = format!("lembar “{}” baris {row}", sheet.sheet);
                if let Some(earlier) = places.insert(code.to_lowercase(), place.clone()) {
                    found.push(format!("{code} ada di {earlier} dan di {place}; sisakan satu"));
                }
            }
        }
        found
    }

    /// Other words that stand for nothing in the edition.
    fn synonyms(&self, edition: &Instrument) -> Vec<String> {
        let is_answer = |answer: &str| {
            edition.kinds.iter().any(|kind| match &kind.form {
                Form::Choice(answers) => answers.iter().any(|known| known.answer == answer),
                _ => false,
            })
        };
        let codes = self.codes.iter().filter(|(_, code)| edition.question(code).is_none());
        let codes =
            codes.map(|(other, code)| format!("kode lain “{other}”: {code} tidak ada pada edisi ini"));
        let answers = self.answers.iter().filter(|(_, answer)| !is_answer(answer));
        let answers = answers
            .map(|(word, answer)| format!("kata lain “{word}”: tidak ada jawaban “{answer}” pada edisi ini"));
        codes.chain(answers).collect()
    }
}

impl MappedSheet {
    fn problems(&self, edition: &Instrument) -> Vec<String> {
        let mut found = Vec::new();
        if self.first_row == 0 {
            found.push("baris pertama dihitung dari 1".to_owned());
        }
        if self.code.is_none() && self.rows.is_empty() {
            found.push(
                "tidak ada cara menemukan pertanyaan; isi kolom kode, atau nomor baris pertanyaannya"
                    .to_owned(),
            );
        }
        if self.sides.is_empty() {
            found.push("belum ada kolom jawaban; isi paling tidak kolom jawaban satu lapisan".to_owned());
        }
        found.extend(self.columns());
        found.extend(self.rows.iter().filter_map(|(row, code)| self.row_problem(edition, *row, code)));
        found.iter().map(|problem| format!("lembar “{}”: {problem}", self.sheet)).collect()
    }

    /// A column that is to hold two things.
    fn columns(&self) -> Option<String> {
        let mut used = BTreeSet::new();
        let inputs: &[Letters] = match &self.inputs {
            Inputs::RowsBelow => &[],
            Inputs::Columns(columns) => columns,
        };
        let sides = self.sides.values().flat_map(|at| [Some(at.answer), at.note]).flatten();
        let all = sides.chain(self.code).chain(inputs.iter().copied());
        let twice = all.into_iter().find(|column| !used.insert(*column))?;
        Some(format!("kolom {twice} dipakai untuk dua hal; beri masing-masing kolomnya sendiri"))
    }

    fn row_problem(&self, edition: &Instrument, row: u32, code: &str) -> Option<String> {
        let Some((_, _, question)) = edition.question(code) else {
            return Some(format!("baris {row}: kode {code} tidak ada pada edisi ini"));
        };
        if row < self.first_row || row > ROWS_MAX {
            let first = self.first_row;
            return Some(format!("baris {row} ({code}) di luar baris {first} sampai {ROWS_MAX}"));
        }
        let (below, other) = self.rows.range(row + 1..row + 1 + self.rows_below(edition, question)).next()?;
        Some(format!("baris {below} ({other}) masih tempat isian angka {code} dari baris {row}"))
    }

    /// How many rows below a question hold its numbers.
    fn rows_below(&self, edition: &Instrument, question: &Question) -> u32 {
        let is_below = self.inputs == Inputs::RowsBelow && has_input_rows(edition, question);
        if is_below { u32::try_from(question.inputs.len()).unwrap_or(0) } else { 0 }
    }
}
