//! The form of a mapping: what stands in its fields, and the mapping they say.

use std::collections::BTreeMap;

use bening_core::instrument::Instrument;
use bening_core::lke::Side;
use bening_core::lke::book::mapping::{Inputs, Letters, MappedSheet, Mapping, SideColumns};
use bening_intake::LkeFile;

use crate::lke::typed::Fields;

/// The fields as they were typed.
pub(super) struct Draft {
    pub(super) sheets: Vec<DraftSheet>,
    /// Sheet, by its place, and row of each question.
    pub(super) rows: BTreeMap<String, (usize, String)>,
    /// Other words for answers, a line each.
    pub(super) answers: String,
}

pub(super) struct DraftSheet {
    pub(super) name: String,
    pub(super) first_row: String,
    pub(super) code: String,
    pub(super) inputs: String,
    pub(super) sides: Vec<DraftSide>,
}

pub(super) struct DraftSide {
    pub(super) side: Side,
    pub(super) answer: String,
    pub(super) note: String,
}

impl Draft {
    /// The fields of a mapping for the sheets of its sample.
    pub(super) fn of(mapping: &Mapping, file: &LkeFile) -> Self {
        let mut rows = BTreeMap::new();
        let sheets = file.sheets().enumerate().map(|(place, sheet)| {
            let mapped = mapping.sheets.iter().find(|mapped| is_named(&mapped.sheet, sheet.name()));
            let own = mapped.into_iter().flat_map(|mapped| &mapped.rows);
            rows.extend(own.map(|(row, code)| (code.clone(), (place, row.to_string()))));
            DraftSheet::of(sheet.name(), mapped)
        });
        let sheets = sheets.collect();
        let answers = mapping.answers.iter().map(|(word, answer)| format!("{word} = {answer}"));
        Self { sheets, rows, answers: answers.collect::<Vec<_>>().join("\n") }
    }

    /// The fields that were sent.
    pub(super) fn typed(fields: &Fields, file: &LkeFile, edition: &Instrument) -> Self {
        let sheets = file.sheets().enumerate();
        let sheets = sheets.map(|(place, sheet)| DraftSheet::typed(fields, place, sheet.name())).collect();
        let row = |code: &str| {
            let row = fields.get(&format!("p.{code}.baris")).trim().to_owned();
            let sheet = fields.get(&format!("p.{code}.lembar")).parse().unwrap_or(0);
            (!row.is_empty()).then(|| (code.to_owned(), (sheet, row)))
        };
        let rows = edition.questions().filter_map(|(_, _, question)| row(&question.code)).collect();
        Self { sheets, rows, answers: fields.get("kata").to_owned() }
    }

    /// The mapping they say, with everything that could not be understood.
    pub(super) fn mapping(&self, before: &Mapping, file: &LkeFile) -> (Mapping, Vec<String>) {
        let mut problems = Vec::new();
        let mut sheets = Vec::new();
        for (place, typed) in self.sheets.iter().enumerate() {
            let rows = self.rows_of(place, &mut problems);
            let Some(mut mapped) = typed.mapped(rows, &mut problems) else { continue };
            if let Some(cells) = file.sheet(&typed.name) {
                mapped.note_texts(&cells);
            }
            sheets.push(mapped);
        }
        let answers = self.synonyms(&mut problems);
        (
            Mapping { instrument: before.instrument.clone(), sheets, codes: before.codes.clone(), answers },
            problems,
        )
    }

    /// The rows on a sheet; of two questions in one row the second is a problem.
    fn rows_of(&self, place: usize, problems: &mut Vec<String>) -> BTreeMap<u32, String> {
        let mut rows = BTreeMap::new();
        for (code, (_, typed)) in self.rows.iter().filter(|(_, (sheet, _))| *sheet == place) {
            match typed.parse::<u32>().ok().filter(|row| *row > 0) {
                None => problems.push(format!("{code}: “{typed}” bukan nomor baris; isi angka mulai dari 1")),
                Some(row) => {
                    if let Some(other) = rows.insert(row, code.clone()) {
                        problems.push(format!("baris {row} dipakai untuk {other} dan {code}; sisakan satu"));
                    }
                }
            }
        }
        rows
    }

    fn synonyms(&self, problems: &mut Vec<String>) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for line in self.answers.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match line.split_once('=') {
                Some((word, answer)) => drop(found.insert(word.trim().to_owned(), answer.trim().to_owned())),
                None => problems.push(format!("kata lain “{line}”: tulis seperti Y = Ya")),
            }
        }
        found
    }
}

impl DraftSheet {
    fn of(name: &str, mapped: Option<&MappedSheet>) -> Self {
        let letters = |column: Option<Letters>| column.map(|column| column.to_string()).unwrap_or_default();
        let side = |side: Side| {
            let at = mapped.and_then(|mapped| mapped.sides.get(&side));
            DraftSide {
                side,
                answer: letters(at.map(|at| at.answer)),
                note: letters(at.and_then(|at| at.note)),
            }
        };
        let inputs = match mapped.map(|mapped| &mapped.inputs) {
            Some(Inputs::Columns(columns)) => {
                columns.iter().map(Letters::to_string).collect::<Vec<_>>().join(", ")
            }
            Some(Inputs::RowsBelow) | None => String::new(),
        };
        Self {
            name: name.to_owned(),
            first_row: mapped.map_or(1, |mapped| mapped.first_row).to_string(),
            code: letters(mapped.and_then(|mapped| mapped.code)),
            inputs,
            sides: Side::ALL.map(side).into(),
        }
    }

    fn typed(fields: &Fields, place: usize, name: &str) -> Self {
        let get = |field: &str| fields.get(&format!("l{place}.{field}")).trim().to_owned();
        let side = |side: Side| DraftSide {
            side,
            answer: get(&format!("{}.jawaban", side.as_str())),
            note: get(&format!("{}.catatan", side.as_str())),
        };
        Self {
            name: name.to_owned(),
            first_row: get("baris"),
            code: get("kode"),
            inputs: get("isian"),
            sides: Side::ALL.map(side).into(),
        }
    }

    /// The sheet of the mapping; none when nothing but the first row was typed.
    fn mapped(&self, rows: BTreeMap<u32, String>, problems: &mut Vec<String>) -> Option<MappedSheet> {
        let columns = self.sides.iter().flat_map(|side| [&side.answer, &side.note]);
        if rows.is_empty() && columns.chain([&self.code]).all(String::is_empty) {
            return None;
        }
        let mut column = |text: &str| -> Option<Letters> {
            let read = (!text.is_empty()).then(|| text.parse::<Letters>())?;
            read.map_err(|error| problems.push(format!("lembar “{}”, “{text}”: {error}", self.name))).ok()
        };
        let sides = self.sides.iter().filter_map(|at| {
            let answer = column(&at.answer)?;
            Some((at.side, SideColumns { answer, note: column(&at.note) }))
        });
        let sides = sides.collect();
        let code = column(&self.code);
        let inputs = self.inputs.split([',', ' ']).filter(|text| !text.is_empty());
        let inputs: Vec<Letters> = inputs.filter_map(&mut column).collect();
        let first_row = self.first_row.parse().unwrap_or(0);
        let inputs = if inputs.is_empty() { Inputs::RowsBelow } else { Inputs::Columns(inputs) };
        Some(MappedSheet {
            sheet: self.name.clone(),
            first_row,
            code,
            rows,
            texts: BTreeMap::new(),
            sides,
            inputs,
        })
    }
}

fn is_named(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}
