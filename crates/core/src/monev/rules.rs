//! The written rules by which an action is done, late, at risk, withdrawn or on its way. Their numbers are data
//! (`prints/monev.toml`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The numbers of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// At risk when realisation lies this many points behind the time that has passed.
    pub behind_points: i64,
    /// At risk with an obstacle when due within this many days.
    pub obstacle_days: i64,
    /// A month can be closed this many days before its last.
    pub close_before_end_days: u64,
    /// Fewest letters of the reason of a correction.
    pub reason_letters: usize,
    /// Most photographs in a report.
    pub photos_most: usize,
}

/// Where the work of an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Was due and is not reported done.
    Late,
    /// Not due yet, but behind or with an obstacle.
    AtRisk,
    /// Not due yet.
    OnTrack,
    /// Reported done.
    Done,
    /// Not to be carried out any more.
    Withdrawn,
}

impl Status {
    /// Indonesian name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Late => "terlambat",
            Self::AtRisk => "berisiko",
            Self::OnTrack => "berjalan",
            Self::Done => "selesai",
            Self::Withdrawn => "ditarik",
        }
    }
}

/// Work that is not done: from when until when it runs, how far it is said to be, and whether something stands in
/// its way.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    /// Its first day.
    pub from: NaiveDate,
    /// The last day on which it is in time.
    pub due: NaiveDate,
    /// Finished, in percent.
    pub percent: u8,
    /// What stands in the way.
    pub obstacle: &'a str,
}

impl Rules {
    /// Where unfinished work stands on a day.
    pub fn unfinished(&self, work: Work<'_>, day: NaiveDate) -> Status {
        let hindered = !work.obstacle.is_empty() && (work.due - day).num_days() <= self.obstacle_days;
        match () {
            () if work.due < day => Status::Late,
            () if hindered || expected(&work, day) - i64::from(work.percent) >= self.behind_points => {
                Status::AtRisk
            }
            () => Status::OnTrack,
        }
    }
}

/// Share of the time that has passed, in percent.
fn expected(work: &Work<'_>, day: NaiveDate) -> i64 {
    let whole = (work.due - work.from).num_days() + 1;
    let passed = (day - work.from).num_days();
    (passed * i64::from(super::WHOLE) / whole.max(1)).clamp(0, i64::from(super::WHOLE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, month, day).unwrap()
    }

    fn status(percent: u8, obstacle: &str, on: NaiveDate) -> Status {
        let rules = Rules {
            behind_points: 50,
            obstacle_days: 10,
            close_before_end_days: 7,
            reason_letters: 10,
            photos_most: 6,
        };
        rules.unfinished(Work { from: day(3, 1), due: day(4, 30), percent, obstacle }, on)
    }

    #[test]
    fn work_is_late_from_the_day_after_its_last() {
        assert_eq!(status(99, "", day(4, 30)), Status::OnTrack);
        assert_eq!(status(99, "", day(5, 1)), Status::Late);
    }

    #[test]
    fn work_that_falls_behind_its_time_is_at_risk() {
        assert_eq!(status(0, "", day(3, 20)), Status::OnTrack, "a third of the time");
        assert_eq!(status(0, "", day(4, 5)), Status::AtRisk, "more than half of the time");
        assert_eq!(status(40, "", day(4, 5)), Status::OnTrack, "but not when it has come along");
    }

    #[test]
    fn an_obstacle_is_a_risk_only_when_the_end_is_near() {
        assert_eq!(status(30, "anggaran", day(3, 20)), Status::OnTrack);
        assert_eq!(status(90, "anggaran", day(4, 20)), Status::AtRisk);
    }
}
