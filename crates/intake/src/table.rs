//! Lines of cells, from whatever file, become rows of a plan: finds the line with the headings, the area each
//! table belongs to, and puts every cell into its column. What the cells mean is checked later, in core.

use std::collections::HashSet;

use bening_core::plan::Area;
use bening_core::plan::edit::ROWS_MAX;
use bening_core::plan::rows::{At, PlanFile, Problem, RawPriority, RawRow, column};

use crate::columns::{Column, Match};
use crate::error::FileError;
use crate::list::{self, Guess, Heads};

/// Lines at the top of a sheet among which the headings must be.
const HEADING_LINES_MAX: u32 = 20;
/// Most lines of a sheet, with empty ones and text between tables.
pub(crate) const LINES_MAX: u32 = 20_000;

/// Where headings may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Headings {
    /// Near the top, as in sheets.
    NearTop,
    /// Anywhere, as in documents with several tables.
    Anywhere,
}

/// Reads lines one after the other into a [`PlanFile`].
pub(crate) struct Reader {
    file: PlanFile,
    sheet: Option<String>,
    headings: Headings,
    area: String,
    table: Option<Table>,
    tables_seen: usize,
}

/// The headings of the table being read.
struct Table {
    columns: Vec<Option<Column>>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Actions,
    Priorities,
}

impl Reader {
    pub(crate) fn new(headings: Headings) -> Self {
        Self {
            file: PlanFile::default(),
            sheet: None,
            headings,
            area: String::new(),
            table: None,
            tables_seen: 0,
        }
    }

    /// Goes on with another sheet, whose name may be that of an area.
    pub(crate) fn sheet(&mut self, name: &str) {
        self.sheet = Some(name.to_owned());
        self.area = Area::recognise(name).map(|_| name.to_owned()).unwrap_or_default();
        self.table = None;
    }

    /// Takes every table to belong to this area unless it says otherwise.
    pub(crate) fn in_area(&mut self, area: Area) {
        self.area = area.name().to_owned();
    }

    /// Sets the columns by hand, for lines without headings.
    pub(crate) fn columns(&mut self, columns: &[Column]) {
        self.tables_seen += 1;
        self.table = Some(Table {
            columns: columns.iter().map(|column| Some(*column)).collect(),
            kind: Kind::Actions,
        });
    }

    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.file.notes.push(note.into());
    }

    /// A cell that cannot be used, in the column it stands in.
    pub(crate) fn problem(&mut self, row: u32, index: usize, message: String) {
        let column = self.column(index).map(Column::label);
        self.file.problems.push(Problem { at: self.at(row, column), message });
    }

    /// How many lines with headings were found so far.
    pub(crate) fn tables_seen(&self) -> usize {
        self.tables_seen
    }

    /// Whether the column is one of the plan's, so that what stands in it matters.
    pub(crate) fn uses(&self, index: usize) -> bool {
        self.column(index).is_some()
    }

    /// Whether the time stands in this column.
    pub(crate) fn is_time(&self, index: usize) -> bool {
        self.column(index) == Some(Column::Time)
    }

    /// The rows found, or that there was no table.
    pub(crate) fn finish(self) -> Result<PlanFile, FileError> {
        if self.tables_seen == 0 { Err(FileError::NoTable) } else { Ok(self.file) }
    }

    /// A line of running text: the heading of an area, or the end of a table.
    pub(crate) fn prose(&mut self, text: &str) {
        self.table = None;
        if is_area_heading(text) {
            text.trim().clone_into(&mut self.area);
        }
    }

    /// A line of cells. `row` counts from 1.
    pub(crate) fn line(&mut self, row: u32, cells: &[String]) -> Result<(), FileError> {
        if row > LINES_MAX || self.file.len() > ROWS_MAX {
            return Err(FileError::TooManyRows { sheet: self.sheet.clone(), row });
        }
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        if let Some(table) = self.headings_in(row, cells) {
            self.tables_seen += 1;
            self.table = Some(table);
            return Ok(());
        }
        match self.title_in(cells) {
            Some(heading) if is_area_heading(&heading) => self.area = heading,
            Some(other) if self.table.is_some() => self.skip(row, &other),
            Some(_) => (),
            None => {
                let cells = self.without_errors(row, cells);
                self.cells(row, &cells)
            }
        }
        Ok(())
    }

    /// What a spreadsheet shows where it could not reckon is no text to take over. The cell then counts as
    /// empty on purpose, so that nobody complains about it a second time.
    fn without_errors(&mut self, row: u32, cells: &[String]) -> Vec<String> {
        let mut cells = cells.to_vec();
        for (index, cell) in cells.iter_mut().enumerate().filter(|(_, cell)| is_error_value(cell)) {
            let message =
                format!("sel berisi nilai galat {}; perbaiki rumusnya atau ganti dengan isinya", cell.trim());
            match self.column(index) {
                Some(Column::Time | Column::Pic | Column::Evidence) => "-".clone_into(cell),
                Some(_) => (),
                None => continue,
            }
            self.problem(row, index, message);
        }
        cells
    }

    fn column(&self, index: usize) -> Option<Column> {
        self.table.as_ref().and_then(|table| *table.columns.get(index)?)
    }

    /// The table that opens here, if the line consists of its headings.
    fn headings_in(&mut self, row: u32, cells: &[String]) -> Option<Table> {
        if self.headings == Headings::NearTop && row > HEADING_LINES_MAX && self.table.is_none() {
            return None;
        }
        let found: Vec<Option<Match>> = cells.iter().map(|cell| Column::recognise(cell)).collect();
        let different: HashSet<Column> = found.iter().flatten().map(|found| found.column()).collect();
        let has = |column| different.contains(&column);
        let kind = match () {
            () if !has(Column::Action) || different.len() < 3 => return None,
            () if has(Column::FollowUp) && !has(Column::Component) => Kind::Priorities,
            () if self.sheet.as_deref().is_some_and(|name| name.to_lowercase().contains("prioritas")) => {
                Kind::Priorities
            }
            () => Kind::Actions,
        };
        let columns = self.settle(row, cells, &found);
        Some(Table { columns, kind })
    }

    /// One column for each heading; what is doubled or unknown is left out and noted.
    fn settle(&mut self, row: u32, cells: &[String], found: &[Option<Match>]) -> Vec<Option<Column>> {
        let mut columns: Vec<Option<Column>> = Vec::new();
        for (index, (cell, found_here)) in cells.iter().zip(found).enumerate() {
            let column =
                found_here.map(Match::column).filter(|column| !is_outdone(index, *column, cells, found));
            match (found_here, column) {
                (Some(Match::Near(_)), Some(column)) => {
                    self.heading_note(row, cell, &format!("dibaca sebagai {}", column.label()))
                }
                (_, None) if !cell.trim().is_empty() => self.heading_note(row, cell, "diabaikan"),
                _ => (),
            }
            columns.push(column);
        }
        columns
    }

    fn heading_note(&mut self, row: u32, cell: &str, what: &str) {
        let note = format!("{}: kolom “{}” {what}", self.at(row, None), shown(cell));
        if self.file.notes.len() < ROWS_MAX {
            self.note(note);
        }
    }

    /// The text of a line that has nothing but a title: one filled cell, before the columns that hold rows.
    fn title_in(&self, cells: &[String]) -> Option<String> {
        let mut filled = cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
        let (index, text) = filled.next().filter(|_| filled.next().is_none())?;
        let is_row =
            self.table.as_ref().is_some_and(|table| match table.columns.get(index).copied().flatten() {
                None => false,
                Some(Column::Number | Column::Area) => {
                    text.trim().chars().all(|c| c.is_numeric() || ".)".contains(c))
                }
                Some(_) => true,
            });
        (!is_row).then(|| text.trim().to_owned())
    }

    fn skip(&mut self, row: u32, text: &str) {
        let at = self.at(row, None);
        self.note(format!("{at}: dilewati karena tidak berisi baris rencana (“{}”)", shown(text)));
    }

    fn cells(&mut self, row: u32, cells: &[String]) {
        let Some(table) = &self.table else { return };
        let cell = |column: Column| cell_of(table, cells, column);
        let says_priority = cell(Column::Area).trim().eq_ignore_ascii_case(column::PRIORITY);
        if table.kind == Kind::Priorities || says_priority {
            let priority = self.priority(row, table, cells);
            return self.file.priorities.push(priority);
        }
        let (evidence, benefits) = (cell(Column::Evidence).to_owned(), cell(Column::Benefit).to_owned());
        let raw = self.action(row, table, cells);
        self.area.clone_from(&raw.area);
        let evidence = self.items(row, Column::Evidence, &evidence, Heads::Evidence);
        let benefits = self.items(row, Column::Benefit, &benefits, Heads::Benefit);
        self.file.rows.push(RawRow { evidence, benefits, ..raw });
    }

    /// A row of an area table but for its lists. Without an area of its own it belongs to the one above.
    fn action(&self, row: u32, table: &Table, cells: &[String]) -> RawRow {
        let cell = |column: Column| plain(cell_of(table, cells, column));
        RawRow {
            sheet: self.sheet.clone(),
            row,
            area: Some(cell(Column::Area))
                .filter(|area| !area.is_empty())
                .unwrap_or_else(|| self.area.clone()),
            number: cell(Column::Number),
            component: cell(Column::Component),
            sub: cell(Column::Sub),
            action: cell(Column::Action),
            time: cell(Column::Time),
            pic: cell(Column::Pic),
            target: cell(Column::Target),
            ..RawRow::default()
        }
    }

    /// A priority target; without a column of its own, the follow-up is what stands last.
    fn priority(&self, row: u32, table: &Table, cells: &[String]) -> RawPriority {
        let cell = |column: Column| plain(cell_of(table, cells, column));
        let has_follow_up = table.columns.contains(&Some(Column::FollowUp));
        let last = || cells.last().filter(|_| cells.len() > table.columns.len()).map(|cell| plain(cell));
        RawPriority {
            sheet: self.sheet.clone(),
            row,
            action: cell(Column::Action),
            target: cell(Column::Target),
            time: cell(Column::Time),
            follow_up: if has_follow_up { cell(Column::FollowUp) } else { last().unwrap_or_default() },
        }
    }

    fn items(&mut self, row: u32, column: Column, cell: &str, heads: Heads) -> Vec<String> {
        let found = list::read(cell, heads);
        if found.guess == Guess::Yes {
            let at = self.at(row, Some(column.label()));
            let count = found.items.len();
            self.note(format!(
                "{at}: daftar tanpa tanda butir dipisah menjadi {count} butir; periksa pemisahannya"
            ));
        }
        found.items
    }

    fn at(&self, row: u32, column: Option<&'static str>) -> At {
        At { sheet: self.sheet.clone(), row, column }
    }
}

/// Whether another heading means the same column and is worded as in the template, or stands further left.
fn is_outdone(index: usize, column: Column, cells: &[String], found: &[Option<Match>]) -> bool {
    let is_usual = |at: usize| cells[at].trim().eq_ignore_ascii_case(column.label());
    let rivals = (0..cells.len()).filter(|at| *at != index && found[*at].map(Match::column) == Some(column));
    rivals.into_iter().any(|at| if is_usual(at) == is_usual(index) { at < index } else { is_usual(at) })
}

/// "#REF!" and its kin.
fn is_error_value(cell: &str) -> bool {
    let cell = cell.trim();
    let known = ["#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#N/A", "#NULL!", "#NUM!"];
    known.contains(&cell)
        || cell.strip_prefix("Err:").is_some_and(|code| code.chars().all(|c| c.is_ascii_digit()))
}

fn cell_of<'a>(table: &Table, cells: &'a [String], column: Column) -> &'a str {
    let index = table.columns.iter().position(|candidate| *candidate == Some(column));
    index.and_then(|index| cells.get(index)).map_or("", String::as_str)
}

/// A cell without tags, in which line ends do not matter.
fn plain(cell: &str) -> String {
    list::without_tags(cell).trim().to_owned()
}

/// A short text that names an area, as headings do; sentences do not count.
fn is_area_heading(text: &str) -> bool {
    let text = text.trim();
    let is_short = text.len() <= 100 && text.split_whitespace().count() <= 8;
    is_short && !text.ends_with(['.', ';', ',']) && Area::recognise(text).is_some()
}

fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
