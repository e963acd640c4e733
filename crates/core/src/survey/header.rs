//! Which field of a table answers which question: by the code of the question (`A1b`), its place in the
//! unsur (`A1.2`), or the code of the unsur. An unsur of several questions may stand once, with one answer
//! for all of it, or as often as it has questions, in their order.

use super::model::{Questionnaire, Unsur};
use crate::scoring::SheetProblem;

/// Most fields a line may have.
pub const MAX_COLUMNS: usize = 500;

/// The columns of answers of a table, in the order of the questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The columns.
    pub columns: Vec<Column>,
}

/// A column of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Code of the question or unsur it answers.
    pub code: String,
    /// Place of its unsur in the questionnaire.
    pub unsur: usize,
}

/// What a heading says: for each field the column it fills, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) layout: Layout,
    pub(super) columns: Vec<Option<usize>>,
    pub(super) ignored: Vec<String>,
}

impl Layout {
    /// One column for each question, as a form asks them.
    #[must_use]
    pub fn by_question(questionnaire: &Questionnaire) -> Self {
        let columns = questionnaire.questions();
        let column = |(unsur, code): (usize, &str)| Column { code: code.to_owned(), unsur };
        Self { columns: columns.map(|(unsur, question)| column((unsur, &question.code))).collect() }
    }
}

/// The fields that answer something of one unsur.
#[derive(Default)]
struct Found {
    /// Fields headed by the code of the unsur.
    whole: Vec<usize>,
    /// Question and field.
    single: Vec<(usize, usize)>,
}

impl Header {
    pub(super) fn read(questionnaire: &Questionnaire, names: &[String]) -> Result<Self, Vec<SheetProblem>> {
        let mut found: Vec<Found> = questionnaire.unsur.iter().map(|_| Found::default()).collect();
        let mut ignored = Vec::new();
        for (field, name) in names.iter().enumerate() {
            match place(questionnaire, name.trim()) {
                Some((unsur, None)) => found[unsur].whole.push(field),
                Some((unsur, Some(question))) => found[unsur].single.push((question, field)),
                None if is_extra(questionnaire, name.trim()) || name.trim() == "kanal" => {}
                None => ignored.push(name.trim().to_owned()),
            }
        }
        let mut header =
            Self { layout: Layout { columns: Vec::new() }, columns: vec![None; names.len()], ignored };
        let pairs = questionnaire.unsur.iter().zip(found).enumerate();
        let problems: Vec<SheetProblem> = pairs
            .filter_map(|(place, (unsur, found))| header.take(place, unsur, found).err())
            .map(|reason| SheetProblem::new("baris 1", reason))
            .collect();
        if problems.is_empty() { Ok(header) } else { Err(problems) }
    }

    fn take(&mut self, place: usize, unsur: &Unsur, found: Found) -> Result<(), String> {
        let code = &unsur.code;
        let count = unsur.questions.len();
        match (found.whole.as_slice(), found.single.is_empty()) {
            ([], true) => {
                Err(format!("kolom {code} belum ada; judul kolom memakai kode unsur atau pertanyaan"))
            }
            (_, false) if !found.whole.is_empty() => {
                Err(format!("{code} ada sebagai kolom unsur dan kolom pertanyaan; pakai salah satu"))
            }
            ([field], _) if count > 1 => {
                self.add(place, code, *field);
                Ok(())
            }
            (fields, true) if fields.len() == count => {
                let questions = unsur.questions.iter().zip(fields);
                questions.for_each(|(question, field)| self.add(place, &question.code, *field));
                Ok(())
            }
            (fields, true) => Err(format!("kolom {code} ada {} kali; pertanyaannya {count}", fields.len())),
            (_, false) => self.take_questions(place, unsur, &found.single),
        }
    }

    fn take_questions(
        &mut self,
        place: usize,
        unsur: &Unsur,
        single: &[(usize, usize)],
    ) -> Result<(), String> {
        for (at, question) in unsur.questions.iter().enumerate() {
            let fields: Vec<usize> =
                single.iter().filter(|(of, _)| *of == at).map(|(_, field)| *field).collect();
            match fields.as_slice() {
                [field] => self.add(place, &question.code, *field),
                [] => return Err(format!("kolom {} belum ada", question.code)),
                _ => return Err(format!("kolom {} ada {} kali", question.code, fields.len())),
            }
        }
        Ok(())
    }

    fn add(&mut self, unsur: usize, code: &str, field: usize) {
        self.columns[field] = Some(self.layout.columns.len());
        self.layout.columns.push(Column { code: code.to_owned(), unsur });
    }
}

/// The unsur a name stands for, and the question unless it stands for the unsur.
fn place(questionnaire: &Questionnaire, name: &str) -> Option<(usize, Option<usize>)> {
    questionnaire.unsur.iter().enumerate().find_map(|(place, unsur)| {
        if unsur.code.eq_ignore_ascii_case(name) {
            return Some((place, None));
        }
        let by_code = unsur.questions.iter().position(|question| question.code.eq_ignore_ascii_case(name));
        by_code.or_else(|| counted(unsur, name)).map(|question| (place, Some(question)))
    })
}

/// The question that `A1.2`, `A1_2` or `A1-2` counts to.
fn counted(unsur: &Unsur, name: &str) -> Option<usize> {
    let (code, number) = name.split_once(['.', '_', '-'])?;
    let number: usize = number.parse().ok()?;
    let is_own = code.eq_ignore_ascii_case(&unsur.code) && (1..=unsur.questions.len()).contains(&number);
    is_own.then(|| number - 1)
}

fn is_extra(questionnaire: &Questionnaire, name: &str) -> bool {
    questionnaire.extras.iter().any(|extra| extra.code.eq_ignore_ascii_case(name))
}
