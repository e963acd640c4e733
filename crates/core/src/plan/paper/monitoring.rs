//! III.4 and III.5 as far as the plan itself knows them: which months were reported done, and what is late
//! on the day of the paper. The monthly monitoring notes are another paper.

use super::{Paper, columns, tables};
use crate::document::{Align, Block, Cell, Table};
use crate::plan::Rhythm;
use crate::plan::export::{ActionExport, AreaExport, TimeExport};
use crate::time::Month;

/// How the actions of an area stand.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    all: usize,
    done: usize,
    late: usize,
    ahead: usize,
    unplanned: usize,
    withdrawn: usize,
    months_done: usize,
    months_due: usize,
}

impl Paper<'_> {
    pub(super) fn progress(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Table(self.progress_table())];
        let reported: Vec<_> = self.standing_actions().filter(|action| !action.done.is_empty()).collect();
        blocks.push(match reported.is_empty() {
            true => self.paragraph(&self.words().no_report),
            false => Block::Table(self.reported_table(&reported)),
        });
        blocks
    }

    pub(super) fn follow_up(&self) -> Vec<Block> {
        let late: Vec<_> =
            self.standing_actions().filter(|action| !self.late_months(action).is_empty()).collect();
        if late.is_empty() {
            return vec![self.paragraph(&self.words().no_late)];
        }
        let row = |action: &&ActionExport| {
            let months = names(&self.late_months(action));
            [action.name.clone(), action.pics.join(", "), time(action), months].map(Cell::text).to_vec()
        };
        let table = Table {
            caption: Some(self.fill(&self.words().late_caption)),
            columns: columns(&self.words().late_columns, [38, 16, 20, 26].map(|share| (share, Align::Start))),
            rows: late.iter().map(row).collect(),
        };
        vec![self.paragraph(&self.words().late_intro), Block::Table(table)]
    }

    fn reported_table(&self, reported: &[&ActionExport]) -> Table {
        let row = |action: &&ActionExport| {
            let due = due_months(action);
            let done = due.iter().filter(|month| action.done.contains(month)).count();
            let cells = [action.name.clone(), time(action), names(&action.done), self.of(done, due.len())];
            cells.map(Cell::text).to_vec()
        };
        Table {
            caption: Some(self.fill(&self.words().reported_caption)),
            columns: columns(
                &self.words().reported_columns,
                [42, 22, 22, 14].map(|share| (share, Align::Start)),
            ),
            rows: reported.iter().map(row).collect(),
        }
    }

    fn progress_table(&self) -> Table {
        let counts: Vec<_> = self.inputs.plan.areas.iter().map(|area| (area, self.count(area))).collect();
        let mut rows: Vec<_> =
            counts.iter().map(|(area, count)| self.progress_row(&area.name, *count)).collect();
        let total = counts.iter().fold(Count::default(), |sum, (_, count)| sum.plus(*count));
        let total = self.progress_row(&self.words().progress_total, total);
        rows.push(total.into_iter().map(Cell::strong).collect());
        let mut sides = [(10, Align::Center); 8];
        sides[0] = (28, Align::Start);
        Table {
            caption: Some(self.fill(&self.words().progress_caption)),
            columns: columns(&self.words().progress_columns, sides),
            rows,
        }
    }

    fn progress_row(&self, name: &str, count: Count) -> Vec<Cell> {
        let numbers = [count.all, count.done, count.late, count.ahead, count.unplanned, count.withdrawn];
        let numbers = numbers.into_iter().map(|number| number.to_string());
        let months = self.of(count.months_done, count.months_due);
        [name.to_owned()].into_iter().chain(numbers).chain([months]).map(Cell::text).collect()
    }

    fn of(&self, done: usize, due: usize) -> String {
        let values = self.values.with("selesai", done.to_string()).with("semua", due.to_string());
        values.fill(&self.words().progress_of)
    }

    fn count(&self, area: &AreaExport) -> Count {
        let actions = area.components.iter().flat_map(|component| &component.actions);
        actions.fold(Count::default(), |sum, action| sum.plus(self.count_one(action)))
    }

    fn count_one(&self, action: &ActionExport) -> Count {
        if action.withdrawn.is_some() {
            return Count { withdrawn: 1, ..Count::default() };
        }
        let due = due_months(action);
        let months_done = due.iter().filter(|month| action.done.contains(month)).count();
        let count = Count { all: 1, months_done, months_due: due.len(), ..Count::default() };
        match () {
            () if due.is_empty() => Count { unplanned: 1, ..count },
            () if months_done == due.len() => Count { done: 1, ..count },
            () if !self.late_months(action).is_empty() => Count { late: 1, ..count },
            () => Count { ahead: 1, ..count },
        }
    }

    /// Actions that were not withdrawn.
    fn standing_actions(&self) -> impl Iterator<Item = &ActionExport> {
        self.inputs.plan.actions().map(|(_, _, action)| action).filter(|action| action.withdrawn.is_none())
    }

    fn late_months(&self, action: &ActionExport) -> Vec<u32> {
        let year = self.inputs.plan.year;
        let over = |month: &u32| {
            Month::new(*month).is_some_and(|month| month.last_day(year) < self.inputs.texts.dated)
        };
        due_months(action).into_iter().filter(over).filter(|month| !action.done.contains(month)).collect()
    }
}

impl Count {
    fn plus(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            done: self.done + other.done,
            late: self.late + other.late,
            ahead: self.ahead + other.ahead,
            unplanned: self.unplanned + other.unplanned,
            withdrawn: self.withdrawn + other.withdrawn,
            months_done: self.months_done + other.months_done,
            months_due: self.months_due + other.months_due,
        }
    }
}

fn time(action: &ActionExport) -> String {
    tables::time(action.time.as_ref())
}

fn due_months(action: &ActionExport) -> Vec<u32> {
    let of = |time: &TimeExport| match time.rhythm {
        Rhythm::Once => time.months.last().copied().into_iter().collect(),
        Rhythm::EachMonth => time.months.clone(),
    };
    action.time.as_ref().map(of).unwrap_or_default()
}

fn names(months: &[u32]) -> String {
    let names = months.iter().filter_map(|month| Month::new(*month)).map(Month::name);
    names.collect::<Vec<_>>().join(", ")
}
