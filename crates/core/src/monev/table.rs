//! The table of a month: which actions are monitored in it, what is said about each, where each stands, and what is
//! still missing before the month can be closed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rules::{Status, Work};
use super::{Closing, Correction, Entry, Period, Rules, Verified, WHOLE};
use crate::id::{ActionId, PersonId};
use crate::plan::{Action, Area, Done, Placed, Plan, Rhythm, Schedule};
use crate::time::{Month, Year};

/// A row: an action in a month, with its words as they stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Which action.
    pub action: ActionId,
    /// Its area.
    pub area: Area,
    /// Its component.
    pub component: String,
    /// Its name.
    pub name: String,
    /// Who answers for it, as printed.
    pub pics: String,
    /// When, as written.
    pub time: String,
    /// What is to be reached.
    pub target: String,
    /// Number of the month whose work the row is about; an earlier one for work that is overdue.
    pub about: u32,
    /// Where it stands.
    pub status: Status,
    /// Finished, in percent.
    pub percent: u8,
    /// Share of the action that this work is: 1 of so many.
    pub part_of: u32,
    /// What was done.
    pub note: String,
    /// What stood in the way.
    pub obstacle: String,
    /// Who filled it in; nobody yet.
    pub filled_by: Option<PersonId>,
    /// Who verified it; nobody yet.
    pub verified: Option<Verified>,
}

/// The table of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Which month.
    pub month: Month,
    /// Rows in the order of the plan.
    pub rows: Vec<Row>,
}

/// Something that keeps a month from being closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Rows that nobody filled in.
    Unfilled(usize),
    /// Rows that nobody verified.
    Unverified(usize),
    /// An earlier month is open.
    Earlier(Month),
    /// It is too early.
    NotBefore(NaiveDate),
}

/// The first day of a month.
pub fn first_day(month: Month, year: Year) -> NaiveDate {
    NaiveDate::from_ymd_opt(year.get(), month.number(), 1).unwrap_or(NaiveDate::MIN)
}

/// The day as of which a month is judged: today, or once it is over the day after its last.
pub fn judged_on(month: Month, year: Year, today: NaiveDate) -> NaiveDate {
    let last = month.last_day(year);
    if today > last { last.succ_opt().unwrap_or(last) } else { today }
}

/// The month whose work the row of a period is about: of several the first that is not done. Without any in the period
/// it is what was left over, or the last before it.
pub fn about(action: &Action, period: Period) -> Option<Month> {
    let schedule = action.schedule.as_ref()?;
    let months = schedule.months();
    let done = |due: Month| action.done.iter().any(|done| done.month == due);
    match schedule.rhythm() {
        Rhythm::Once => (months.first() <= period.last()).then(|| months.last()),
        Rhythm::EachMonth => {
            let here = || months.iter().filter(|due| period.has(*due));
            let earlier = || months.iter().filter(|due| *due < period.first());
            let of_period = here().find(|due| !done(*due)).or_else(|| here().next_back());
            of_period.or_else(|| earlier().find(|due| !done(*due))).or_else(|| earlier().next_back())
        }
    }
}

impl Table {
    /// The table as it stands on a day.
    pub fn of(plan: &Plan, entries: &[Entry], month: Month, today: NaiveDate, rules: &Rules) -> Self {
        let day = judged_on(month, plan.year, today);
        let period = plan.pace.period(month);
        let rows = plan.actions().filter_map(|placed| row(plan.year, placed, entries, period, day, rules));
        Self { month, rows: rows.collect() }
    }

    /// The table of a closed month with what was corrected since.
    pub fn closed(closing: &Closing, corrections: &[Correction]) -> Self {
        let mut rows = closing.rows.clone();
        for row in &mut rows {
            if let Some(last) = corrections.iter().rfind(|correction| correction.action == row.action) {
                row.correct(last, closing.month);
            }
        }
        Self { month: closing.month, rows }
    }

    /// What is missing before the month can be closed; `open` are earlier months that are not.
    pub fn gaps(&self, year: Year, today: NaiveDate, open: Option<Month>, rules: &Rules) -> Vec<Gap> {
        let from = self.month.last_day(year) - chrono::Days::new(rules.close_before_end_days);
        let counted = || self.rows.iter().filter(|row| row.status != Status::Withdrawn);
        let unfilled = counted().filter(|row| row.filled_by.is_none()).count();
        let unverified = counted().filter(|row| row.filled_by.is_some() && row.verified.is_none()).count();
        let gaps = [
            (unfilled > 0).then_some(Gap::Unfilled(unfilled)),
            (unverified > 0).then_some(Gap::Unverified(unverified)),
            open.map(Gap::Earlier),
            (today < from).then_some(Gap::NotBefore(from)),
        ];
        gaps.into_iter().flatten().collect()
    }

    /// A row by its action.
    pub fn row(&self, action: ActionId) -> Option<&Row> {
        self.rows.iter().find(|row| row.action == action)
    }

    /// How many rows stand somewhere.
    pub fn count(&self, status: Status) -> usize {
        self.rows.iter().filter(|row| row.status == status).count()
    }
}

impl Row {
    fn correct(&mut self, correction: &Correction, month: Month) {
        self.percent = correction.percent;
        self.note.clone_from(&correction.note);
        self.obstacle.clone_from(&correction.obstacle);
        if correction.percent == WHOLE {
            self.status = Status::Done;
        } else if self.status == Status::Done {
            self.status = if self.about <= month.number() { Status::Late } else { Status::OnTrack };
        }
    }
}

fn row(
    year: Year,
    placed: Placed<'_>,
    entries: &[Entry],
    period: Period,
    day: NaiveDate,
    rules: &Rules,
) -> Option<Row> {
    let action = placed.action;
    let schedule = action.schedule.as_ref().filter(|_| action.approved_in.is_some())?;
    let (due, month) = (about(action, period)?, period.last());
    let first = first_day(period.first(), year);
    let report = action.done.iter().find(|done| done.month == due);
    let was_over = report.is_some_and(|done| done.on < first)
        || action.withdrawn.as_ref().is_some_and(|withdrawn| withdrawn.on < first);
    let entry = entries.iter().find(|entry| entry.month == month && entry.action == action.id);
    if was_over && entry.is_none() {
        return None;
    }
    let counted = report.filter(|done| done.on <= month.last_day(year));
    let said = Said::of(entry, counted);
    let status = status(action, &said, schedule, due, year, day, rules);
    Some(Row {
        action: action.id,
        area: placed.area,
        component: placed.component.name.clone(),
        name: action.name.clone(),
        pics: action.pic_names(),
        time: schedule.text().to_owned(),
        target: action.target.clone(),
        about: due.number(),
        status,
        percent: said.percent,
        part_of: u32::try_from(schedule.due_months().len()).unwrap_or(1).max(1),
        note: said.note.to_owned(),
        obstacle: said.obstacle.to_owned(),
        filled_by: said.by,
        verified: said.verified,
    })
}

/// What entry and report together say. The report decides whether the work is done.
struct Said<'a> {
    percent: u8,
    note: &'a str,
    obstacle: &'a str,
    by: Option<PersonId>,
    verified: Option<Verified>,
}

impl<'a> Said<'a> {
    fn of(entry: Option<&'a Entry>, done: Option<&Done>) -> Self {
        let said = entry.map_or(0, |entry| entry.percent);
        let percent = if done.is_some() { WHOLE } else { said.min(WHOLE - 1) };
        let agrees = |entry: &&Entry| entry.percent == percent;
        Self {
            percent,
            note: entry.map_or("", |entry| &entry.note),
            obstacle: entry.map_or("", |entry| &entry.obstacle),
            by: entry.map(|entry| entry.by).or(done.map(|done| done.by)),
            verified: entry.filter(agrees).and_then(|entry| entry.verified),
        }
    }
}

fn status(
    action: &Action,
    said: &Said<'_>,
    schedule: &Schedule,
    due: Month,
    year: Year,
    day: NaiveDate,
    rules: &Rules,
) -> Status {
    if said.percent == WHOLE {
        return Status::Done;
    }
    if action.withdrawn.is_some() {
        return Status::Withdrawn;
    }
    let begins = if schedule.rhythm() == Rhythm::Once { schedule.months().first() } else { due };
    let (from, due) = (first_day(begins, year), due.last_day(year));
    rules.unfinished(Work { from, due, percent: said.percent, obstacle: said.obstacle }, day)
}
