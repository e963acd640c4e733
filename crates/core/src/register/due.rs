//! Until when something must have happened to a line, as its register says.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::model::{Bound, Deadline, Register};
use super::row::Row;

/// A deadline of a line.
#[derive(Debug, Clone, Copy)]
pub struct Due<'a> {
    /// Which.
    pub deadline: &'a Deadline,
    /// Its last day.
    pub on: NaiveDate,
}

impl Due<'_> {
    /// Days left until its last day; negative when it is over.
    #[must_use]
    pub fn days_left(&self, today: NaiveDate) -> i64 {
        self.on.signed_duration_since(today).num_days()
    }
}

impl Register {
    /// The deadline that comes first while the line stands where it does.
    #[must_use]
    pub fn due<'a>(&'a self, row: &Row) -> Option<Due<'a>> {
        let running = self.deadlines.iter().filter(|deadline| deadline.states.contains(&row.state));
        let dues = running.filter_map(|deadline| {
            Some(Due { deadline, on: deadline.within.after(row.day(&deadline.from)?)? })
        });
        dues.min_by_key(|due| due.on)
    }

    /// Whether something should have happened to it before today.
    #[must_use]
    pub fn is_late(&self, row: &Row, today: NaiveDate) -> bool {
        self.due(row).is_some_and(|due| due.on < today)
    }
}

impl Bound {
    /// The last day, counted from a day that is not counted itself.
    #[must_use]
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => Some(day),
            Self::Days(days) => day.checked_add_days(Days::new(days.into())),
            Self::WorkingDays(days) => {
                let is_working = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
                let wanted = usize::try_from(days).ok()?.checked_sub(1);
                match wanted {
                    Some(before_last) => day.iter_days().skip(1).filter(is_working).nth(before_last),
                    None => Some(day),
                }
            }
        }
    }
}
