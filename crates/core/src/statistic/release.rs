//! What is let out: the counts of a register along its dimensions, each with its neighbour in a table, kept as they
//! were on the day. From here on nobody sees the lines any more, only this.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::flow::{Counts, Flow};
use crate::id::{PersonId, StatisticId, UnitId};
use crate::register::{Register, Row, Statistic};
use crate::time::Year;

/// Counts that were let out: the tables of neighbouring dimensions share their totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Counts from 1 up to but not including this one are hidden.
    pub small: u32,
    /// Dimensions in order.
    pub dimensions: Vec<Dimension>,
    /// A table for each two neighbours: a line for each heading of the first; none where it is hidden.
    pub tables: Vec<Vec<Vec<Option<u32>>>>,
    /// Of all.
    pub total: Option<u32>,
}

/// By what is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimension {
    /// Name.
    pub title: String,
    /// What it is divided into.
    pub headings: Vec<Heading>,
}

/// A part of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Name.
    pub title: String,
    /// How many lines; none where it is hidden.
    pub count: Option<u32>,
}

/// A count with what it counts, for tables of open data: names of dimensions and headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Dimensions with a heading each; none of the total.
    pub of: Vec<(&'a str, &'a str)>,
    /// How many; none where it is hidden.
    pub count: Option<u32>,
}

/// A release with what is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// Identity.
    pub id: StatisticId,
    /// Whose.
    pub unit: UnitId,
    /// Identity of the register.
    pub register: String,
    /// Year of the lines; of a standing register the year it was let out.
    pub year: Year,
    /// What was let out.
    pub release: Release,
    /// Who let it out.
    pub by: PersonId,
    /// State of the register on this day.
    pub on: NaiveDate,
    /// When it was taken back.
    pub withdrawn_on: Option<NaiveDate>,
}

/// Why nothing is let out or taken back; the words are for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatisticRefusal {
    /// There is nothing.
    #[error("register ini belum berisi pada tahun itu; tidak ada yang dipublikasikan")]
    Empty,
    /// It is what is published already.
    #[error("angka yang sama sudah dipublikasikan; publikasikan lagi setelah register berubah")]
    Same,
    /// Nothing is published.
    #[error("statistik ini tidak sedang dipublikasikan; muat ulang halaman")]
    NotPublished,
}

impl Release {
    /// Counts the lines of a register on a day, and hides what is small or would give it away. What was let out
    /// before counts too: a number that has moved a little since then tells of a few lines.
    #[must_use]
    pub fn of(register: &Register, how: &Statistic, rows: &[Row], today: NaiveDate, before: &[Self]) -> Self {
        let mut release = Self::counted(register, how, rows, today);
        let counts = release.counts();
        let also = release.moved_a_little(before);
        let hidden = counts.hide(how.small, &also);
        release.each_mut(|at, count| {
            if hidden.get(at).copied().unwrap_or(true) {
                *count = None;
            }
        });
        release
    }

    /// Everything shown.
    fn counted(register: &Register, how: &Statistic, rows: &[Row], today: NaiveDate) -> Self {
        let headings = |by: &String| {
            let count = |title: String| Heading {
                count: count(rows, |row| register.heading(row, by) == title),
                title,
            };
            let known = register.dimension_until(by, rows, today);
            Dimension {
                title: register.dimension_title(by),
                headings: known.into_iter().map(count).collect(),
            }
        };
        let dimensions: Vec<Dimension> = how.by.iter().map(headings).collect();
        let table = |((one, down), (other, across)): ((&String, &Dimension), (&String, &Dimension))| {
            let cell = |line: &Heading, head: &Heading| {
                let is = |row: &Row, by: &str, of: &Heading| register.heading(row, by) == of.title;
                count(rows, |row| is(row, one, line) && is(row, other, head))
            };
            let line = |line: &Heading| across.headings.iter().map(|head| cell(line, head)).collect();
            down.headings.iter().map(line).collect()
        };
        let sides = || how.by.iter().zip(&dimensions);
        let tables = sides().zip(sides().skip(1)).map(table).collect();
        Self { small: how.small, tables, total: count(rows, |_| true), dimensions }
    }

    /// The counts as a flow: from the total through the headings of the first dimension to those of the next, and
    /// back. In the order of `each_mut`.
    fn counts(&self) -> Counts {
        let last = self.dimensions.len();
        let starts: Vec<usize> = self
            .dimensions
            .iter()
            .scan(2, |next, dimension| {
                let start = *next;
                *next += 2 * dimension.headings.len();
                Some(start)
            })
            .collect();
        let enters = |at: usize, heading: usize| if at == 0 { 0 } else { starts[at] + 2 * heading };
        let leaves =
            |at: usize, heading: usize| if at + 1 == last { 1 } else { starts[at] + 2 * heading + 1 };
        let totals = self.dimensions.iter().enumerate().flat_map(|(at, dimension)| {
            let flow =
                move |(heading, of): (usize, &Heading)| (enters(at, heading), leaves(at, heading), of.count);
            dimension.headings.iter().enumerate().map(flow)
        });
        let cells = self.tables.iter().enumerate().flat_map(|(at, table)| {
            table.iter().enumerate().flat_map(move |(line, cells)| {
                let flow = move |(head, cell): (usize, &Option<u32>)| {
                    (leaves(at, line), enters(at + 1, head), *cell)
                };
                cells.iter().enumerate().map(flow)
            })
        });
        let all = totals.chain(cells).chain([(1, 0, self.total)]);
        let flow =
            |(from, to, count): (usize, usize, Option<u32>)| Flow { from, to, value: count.unwrap_or(0) };
        Counts { flows: all.map(flow).collect() }
    }

    fn each_mut(&mut self, mut what: impl FnMut(usize, &mut Option<u32>)) {
        let totals = self.dimensions.iter_mut().flat_map(|dimension| &mut dimension.headings);
        let cells = self.tables.iter_mut().flatten().flatten();
        let all = totals.map(|heading| &mut heading.count).chain(cells).chain([&mut self.total]);
        all.enumerate().for_each(|(at, count)| what(at, count));
    }

    /// All counts with what they count, in the order of `each_mut`: headings, tables, the total.
    #[must_use]
    pub fn lines(&self) -> Vec<Line<'_>> {
        let headings = self.dimensions.iter().flat_map(|dimension| {
            dimension.headings.iter().map(move |heading| {
                let of = vec![(dimension.title.as_str(), heading.title.as_str())];
                Line { of, count: heading.count }
            })
        });
        let total = Line { of: Vec::new(), count: self.total };
        headings.chain(self.cells()).chain([total]).collect()
    }

    fn cells(&self) -> impl Iterator<Item = Line<'_>> {
        let sides = self.dimensions.iter().zip(self.dimensions.iter().skip(1)).zip(&self.tables);
        sides.flat_map(|((down, across), table)| {
            down.headings.iter().zip(table).flat_map(move |(line, cells)| {
                across.headings.iter().zip(cells).map(move |(head, count)| {
                    let of = vec![
                        (down.title.as_str(), line.title.as_str()),
                        (across.title.as_str(), head.title.as_str()),
                    ];
                    Line { of, count: *count }
                })
            })
        })
    }

    /// Which counts differ from what was shown before by so little that the difference is a small number itself.
    fn moved_a_little(&self, before: &[Self]) -> BTreeSet<usize> {
        let earlier: Vec<BTreeMap<_, u32>> = before.iter().map(Self::shown).collect();
        let is_close = |line: &Line<'_>| {
            let differs = |known: &BTreeMap<Vec<(&str, &str)>, u32>| {
                let (now, then) = line.count.zip(known.get(&line.of).copied())?;
                Some((1..self.small).contains(&now.abs_diff(then)))
            };
            earlier.iter().any(|known| differs(known).unwrap_or(false))
        };
        self.lines().iter().enumerate().filter(|(_, line)| is_close(line)).map(|(at, _)| at).collect()
    }

    fn shown(&self) -> BTreeMap<Vec<(&str, &str)>, u32> {
        self.lines().into_iter().filter_map(|line| Some((line.of, line.count?))).collect()
    }

    /// Whether something is hidden.
    #[must_use]
    pub fn hides(&self) -> bool {
        self.lines().iter().any(|line| line.count.is_none())
    }
}

fn count(rows: &[Row], keep: impl Fn(&Row) -> bool) -> Option<u32> {
    u32::try_from(rows.iter().filter(|row| keep(row)).count()).ok()
}
