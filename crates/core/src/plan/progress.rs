//! Where actions stand on a day, by written rules: done, late, due this month, still to come, withdrawn.

use chrono::NaiveDate;

use super::{Action, Plan};
use crate::time::{Month, Year};

/// Where an action stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not to be carried out.
    Withdrawn,
    /// No time was set.
    Unplanned,
    /// All that is due over the year is reported done.
    Done,
    /// Something was due before today and is not reported done; since when.
    Late {
        /// The first day on which it was late.
        since: NaiveDate,
    },
    /// Something not yet done is due by the end of this month.
    DueNow {
        /// The last day.
        by: NaiveDate,
    },
    /// Nothing is due yet.
    Ahead {
        /// The next day on which something is due.
        by: NaiveDate,
    },
}

/// How far an action has come: months done of months due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Reported done.
    pub done: usize,
    /// Due over the year.
    pub due: usize,
}

/// Months done of months due over the year.
pub fn tally(action: &Action) -> Tally {
    let due = due_months(action);
    Tally { done: due.iter().filter(|month| is_done(action, **month)).count(), due: due.len() }
}

/// Months done of months that were over before a day.
pub fn tally_until(action: &Action, year: Year, day: NaiveDate) -> Tally {
    let over = due_months(action).into_iter().filter(|month| month.last_day(year) < day);
    let due: Vec<Month> = over.collect();
    Tally { done: due.iter().filter(|month| is_done(action, **month)).count(), due: due.len() }
}

/// Where the action stands on a day.
pub fn standing(action: &Action, year: Year, today: NaiveDate) -> Standing {
    if action.withdrawn.is_some() {
        return Standing::Withdrawn;
    }
    if action.schedule.is_none() {
        return Standing::Unplanned;
    }
    let next = due_months(action).into_iter().find(|month| !is_done(action, *month));
    next.map_or(Standing::Done, |month| waiting(month.last_day(year), today))
}

fn waiting(by: NaiveDate, today: NaiveDate) -> Standing {
    if by < today {
        return Standing::Late { since: by.succ_opt().unwrap_or(by) };
    }
    let this_month = (Year::of(by), Month::of(by)) == (Year::of(today), Month::of(today));
    if this_month { Standing::DueNow { by } } else { Standing::Ahead { by } }
}

fn due_months(action: &Action) -> Vec<Month> {
    action.schedule.as_ref().map(super::Schedule::due_months).unwrap_or_default()
}

fn is_done(action: &Action, month: Month) -> bool {
    action.done.iter().any(|done| done.month == month)
}

/// The month whose work is to be reported next: the first due and not done.
pub fn next_due(action: &Action) -> Option<Month> {
    due_months(action).into_iter().find(|month| !is_done(action, *month))
}

/// How many actions of a plan stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Finished.
    pub done: usize,
    /// Overdue.
    pub late: usize,
    /// Due this month.
    pub due_now: usize,
    /// Later in the year.
    pub ahead: usize,
    /// Without a time.
    pub unplanned: usize,
    /// Withdrawn; not in the total.
    pub withdrawn: usize,
}

impl Summary {
    /// Actions that count: all but the withdrawn.
    pub fn total(&self) -> usize {
        self.done + self.late + self.due_now + self.ahead + self.unplanned
    }
}

/// Counts the actions of a plan by where they stand.
pub fn summary(plan: &Plan, today: NaiveDate) -> Summary {
    plan.actions().fold(Summary::default(), |mut sum, placed| {
        *slot(&mut sum, standing(placed.action, plan.year, today)) += 1;
        sum
    })
}

fn slot(summary: &mut Summary, standing: Standing) -> &mut usize {
    match standing {
        Standing::Withdrawn => &mut summary.withdrawn,
        Standing::Unplanned => &mut summary.unplanned,
        Standing::Done => &mut summary.done,
        Standing::Late { .. } => &mut summary.late,
        Standing::DueNow { .. } => &mut summary.due_now,
        Standing::Ahead { .. } => &mut summary.ahead,
    }
}
