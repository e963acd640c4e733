//! A register as a table of a file: its headings, and lines read from somebody's file by what their headings say.
//! Either every line fits or nothing is taken over.

use super::model::{Column, Register};
use super::row::{Draft, Row};
use super::value::{ValueProblem, written};

/// Problems named of one file.
const PROBLEMS_SHOWN: usize = 50;

/// Which field of a file fills which column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headings {
    /// Line of the file in which the headings stand, from 0.
    pub at: usize,
    /// For each field the code of its column.
    pub fields: Vec<Option<String>>,
    /// Headings that belong to no column.
    pub ignored: Vec<String>,
}

/// What is wrong with a file; the words are for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetProblem {
    /// No line looks like headings.
    #[error("judul kolom tidak ditemukan; unduh dulu templatnya dan pakai judul kolom yang sama")]
    NoHeadings,
    /// A column that lines must have.
    #[error("kolom \"{0}\" tidak ada dalam berkas")]
    NoColumn(String),
    /// Two fields for one column.
    #[error("kolom \"{0}\" ada dua kali dalam berkas")]
    Twice(String),
    /// A cell does not fit.
    #[error("baris {line}, kolom \"{column}\": {problem}")]
    Cell {
        /// Line of the file, from 1.
        line: usize,
        /// Heading.
        column: String,
        /// What is wrong.
        problem: ValueProblem,
    },
    /// Nothing below the headings.
    #[error("tidak ada baris di bawah judul kolom")]
    Empty,
}

impl Register {
    /// Headings of a file with all columns, then those that follow from others.
    #[must_use]
    pub fn headings(&self) -> Vec<String> {
        let columns = self.columns.iter().map(|column| column.title.clone());
        columns.chain(self.computed.iter().map(|computed| computed.title.clone())).collect()
    }

    /// A line as a file shows it, in the order of the headings.
    #[must_use]
    pub fn cells(&self, row: &Row) -> Vec<String> {
        let columns = self.columns.iter().map(|column| written(column, row.value(&column.code)));
        let computed = self.computed.iter().map(|computed| {
            self.compute(row, computed).map_or_else(String::new, crate::instrument::Exact::plain_or_rounded)
        });
        columns.chain(computed).collect()
    }

    /// Finds the headings of a file.
    ///
    /// # Errors
    /// When there are none, or a column is missing or stands twice.
    pub fn find_headings(&self, lines: &[Vec<String>]) -> Result<Headings, Vec<SheetProblem>> {
        let matching =
            |line: &Vec<String>| line.iter().filter(|field| self.column_named(field).is_some()).count();
        let best =
            lines.iter().take(20).enumerate().max_by_key(|(at, line)| (matching(line), usize::MAX - at));
        let Some((at, line)) = best.filter(|(_, line)| matching(line) > 0) else {
            return Err(vec![SheetProblem::NoHeadings]);
        };
        let fields: Vec<Option<String>> =
            line.iter().map(|field| self.column_named(field).map(|column| column.code.clone())).collect();
        let problems = self.heading_problems(&fields);
        let is_ignored =
            |(field, code): &(&String, &Option<String>)| code.is_none() && !field.trim().is_empty();
        let ignored = line.iter().zip(&fields).filter(is_ignored).map(|(field, _)| field.clone()).collect();
        if problems.is_empty() { Ok(Headings { at, fields, ignored }) } else { Err(problems) }
    }

    fn column_named(&self, heading: &str) -> Option<&Column> {
        let heading = heading.trim().trim_end_matches('*').trim();
        let is_meant = |column: &&Column| {
            let mut names = [&column.title, &column.code].into_iter().chain(&column.also);
            names.any(|name| name.eq_ignore_ascii_case(heading))
        };
        self.asked().find(is_meant)
    }

    fn heading_problems(&self, fields: &[Option<String>]) -> Vec<SheetProblem> {
        let times = |column: &Column| fields.iter().flatten().filter(|code| **code == column.code).count();
        let problem = |column: &Column| match times(column) {
            0 if column.required && column.imported.is_empty() => {
                Some(SheetProblem::NoColumn(column.title.clone()))
            }
            0 | 1 => None,
            _ => Some(SheetProblem::Twice(column.title.clone())),
        };
        self.asked().filter_map(problem).collect()
    }

    /// Reads all lines below the headings.
    ///
    /// # Errors
    /// Every cell that does not fit, at most fifty.
    pub fn read_lines(&self, lines: &[Vec<String>]) -> Result<Vec<Draft>, Vec<SheetProblem>> {
        let headings = self.find_headings(lines)?;
        let below = lines.iter().enumerate().skip(headings.at.saturating_add(1));
        let filled = below.filter(|(_, line)| line.iter().any(|field| !field.trim().is_empty()));
        let (mut drafts, mut problems) = (Vec::new(), Vec::new());
        for (at, line) in filled {
            let draft = self.with_imported(&headings, headings.draft(line));
            problems.extend(self.line_problems(at.saturating_add(1), &draft));
            drafts.push(draft);
        }
        problems.truncate(PROBLEMS_SHOWN);
        match (problems.is_empty(), drafts.is_empty()) {
            (false, _) => Err(problems),
            (true, true) => Err(vec![SheetProblem::Empty]),
            (true, false) => Ok(drafts),
        }
    }

    /// A line with what stands in the columns that the file does not have.
    fn with_imported(&self, headings: &Headings, mut draft: Draft) -> Draft {
        let has = |column: &Column| headings.fields.iter().flatten().any(|code| *code == column.code);
        let told = self.asked().filter(|column| !column.imported.is_empty() && !has(column));
        draft.extend(told.map(|column| (column.code.clone(), column.imported.clone())));
        draft
    }

    fn line_problems(&self, line: usize, draft: &Draft) -> Vec<SheetProblem> {
        let problem = |column: &Column| {
            let typed = draft.get(&column.code).map_or("", String::as_str);
            let problem = match column.read(typed) {
                Ok(kept) if kept.is_empty() && column.required => ValueProblem::Missing,
                Ok(_) => return None,
                Err(problem) => problem,
            };
            Some(SheetProblem::Cell { line, column: column.title.clone(), problem })
        };
        self.asked().filter_map(problem).collect()
    }
}

impl Headings {
    fn draft(&self, line: &[String]) -> Draft {
        let named =
            self.fields.iter().zip(line).filter_map(|(code, field)| Some((code.clone()?, field.clone())));
        named.collect()
    }
}
