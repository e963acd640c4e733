//! Planned against realised: how much of a plan should be finished by the end of a month and how much is, by area.
//! Every action counts the same; within an action every month of its time does.

use serde::{Deserialize, Serialize};

use super::table::about;
use super::{Entry, Pace, WHOLE};
use crate::plan::{Action, Area, Plan, Rhythm};
use crate::time::{Month, Year};

/// Parts of a whole in thousandths.
pub const THOUSAND: i64 = 1000;

/// Planned and realised of an area by the end of a month, summed over its actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The area.
    pub area: Area,
    /// Its actions.
    pub actions: i64,
    /// Thousandths of actions that should be finished.
    pub planned: i64,
    /// Thousandths of actions that are.
    pub real: i64,
}

/// Planned and realised of any number of actions, in thousandths of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Should be finished.
    pub planned: i64,
    /// Is finished.
    pub real: i64,
}

impl Share {
    /// Of several areas together; `None` without actions.
    pub fn of<'a>(figures: impl IntoIterator<Item = &'a Figure>) -> Option<Self> {
        let (mut actions, mut planned, mut real) = (0, 0, 0);
        for figure in figures {
            actions += figure.actions;
            planned += figure.planned;
            real += figure.real;
        }
        (actions > 0).then(|| Self { planned: planned / actions, real: real / actions })
    }
}

/// Thousandths with one decimal as percent: "62,5 %".
pub fn percent(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let size = thousandths.abs();
    format!("{sign}{},{} %", size / 10, size % 10)
}

/// The figures of every area by the end of a month, from what is known now.
pub fn figures(plan: &Plan, entries: &[Entry], month: Month) -> Vec<Figure> {
    plan.areas.iter().map(|area| figure(plan, entries, month, area.area)).collect()
}

fn figure(plan: &Plan, entries: &[Entry], month: Month, area: Area) -> Figure {
    let mut sum = Figure { area, actions: 0, planned: 0, real: 0 };
    let last = month.last_day(plan.year);
    for placed in plan.actions().filter(|placed| placed.area == area) {
        let action = placed.action;
        let is_gone = action.withdrawn.as_ref().is_some_and(|withdrawn| withdrawn.on <= last);
        if is_gone || action.schedule.is_none() || action.approved_in.is_none() {
            continue;
        }
        sum.actions += 1;
        sum.planned += planned(action, month);
        sum.real += real(action, entries, month, (plan.year, plan.pace));
    }
    sum
}

/// Thousandths of an action that should be finished by the end of a month.
pub fn planned(action: &Action, month: Month) -> i64 {
    let Some(schedule) = &action.schedule else { return 0 };
    let passed = schedule.months().iter().filter(|each| *each <= month).count();
    share(passed, schedule.months().iter().count())
}

fn share(part: usize, whole: usize) -> i64 {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    THOUSAND.saturating_mul(count(part)) / count(whole).max(1)
}

/// Thousandths of an action that are finished by the end of a month.
fn real(action: &Action, entries: &[Entry], month: Month, (year, pace): (Year, Pace)) -> i64 {
    let Some(schedule) = &action.schedule else { return 0 };
    let last = month.last_day(year);
    let finished = |due: Month| action.done.iter().any(|done| done.month == due && done.on <= last);
    let of_action = || entries.iter().filter(|entry| entry.action == action.id && entry.month <= month);
    let dues = schedule.due_months();
    let is_about = |entry: &Entry, due: Month| {
        let period = pace.period(entry.month);
        period.has(due) && about(action, period) == Some(due)
    };
    let sum: i64 = dues
        .iter()
        .map(|due| match schedule.rhythm() {
            _ if finished(*due) => THOUSAND,
            Rhythm::Once => unfinished(of_action().max_by_key(|entry| entry.month)),
            Rhythm::EachMonth => unfinished(of_action().find(|entry| is_about(entry, *due))),
        })
        .sum();
    sum / i64::try_from(dues.len()).unwrap_or(1).max(1)
}

fn unfinished(entry: Option<&Entry>) -> i64 {
    let percent = entry.map_or(0, |entry| i64::from(entry.percent.min(WHOLE - 1)));
    percent * THOUSAND / i64::from(WHOLE)
}
