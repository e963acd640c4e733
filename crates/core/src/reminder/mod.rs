//! Reminders: what is due at a unit, whom it concerns, and on which days they are told. The numbers of the rules are
//! data (`prints/reminders.toml`). Reading the records and keeping what was told is `store`'s work.

mod digest;
mod due;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{PersonId, ReminderId, UnitId};

pub use digest::{Frequency, MailRules, Wish, WishRefusal};
pub use due::{Facts, PlanFacts, dues};

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The work of an action of the plan.
    Action,
    /// The closing of a month of monev.
    Month,
    /// A follow-up.
    FollowUp,
    /// A piece of evidence that proves nothing any more from then on.
    Evidence,
    /// The last day of a survey.
    Survey,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Action, Self::Month, Self::FollowUp, Self::Evidence, Self::Survey];

    /// Name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Month => "month",
            Self::FollowUp => "follow_up",
            Self::Evidence => "evidence",
            Self::Survey => "survey",
        }
    }

    /// Indonesian name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Action => "Tindakan rencana kerja",
            Self::Month => "Penutupan bulan monev",
            Self::FollowUp => "Tindak lanjut",
            Self::Evidence => "Masa berlaku bukti",
            Self::Survey => "Penutupan survei",
        }
    }

    /// From its name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Something with a last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What kind of thing.
    pub kind: Kind,
    /// Where.
    pub unit: UnitId,
    /// Which; of a month the plan.
    pub subject: Uuid,
    /// What it is called.
    pub title: String,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// Whom it concerns.
    pub whom: Whom,
}

/// Whom something concerns, among those who may read the unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// These people.
    People(Vec<PersonId>),
    /// Those who verify or close months of monev.
    Closers,
    /// Those who run surveys.
    Askers,
}

/// The numbers of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What is late is told again after so many days.
    pub repeat_days: i64,
    /// And no more so many days after it was due.
    pub late_for_days: i64,
    /// How many days before it is told for the first time.
    pub before_days: BTreeMap<Kind, i64>,
    /// When digests are mailed.
    pub mail: MailRules,
}

/// When something is told: each once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It will be due soon.
    Soon,
    /// It is late, told the so many-th time, from 0.
    Late(i64),
}

/// A reminder as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Identity.
    pub id: ReminderId,
    /// Whose.
    pub person: PersonId,
    /// What kind of thing is due.
    pub kind: Kind,
    /// Where.
    pub unit: UnitId,
    /// Which thing.
    pub subject: Uuid,
    /// What it was called.
    pub title: String,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// The day on which it was told.
    pub told_on: NaiveDate,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
}

impl Rules {
    /// The shipped rules.
    ///
    /// # Errors
    /// When the file was changed into something that is none.
    pub fn shipped() -> Result<Self, toml::de::Error> {
        toml::from_str(include_str!("../../../../prints/reminders.toml"))
    }

    /// Whether and how something is told on a day. A day on which nobody was told is made up for by the next one.
    #[must_use]
    pub fn moment(&self, due: &Due, today: NaiveDate) -> Option<Moment> {
        let late = (today - due.due_on).num_days();
        let before = self.before_days.get(&due.kind).copied().unwrap_or_default();
        match late {
            ..=0 => (-late <= before).then_some(Moment::Soon),
            _ if late > self.late_for_days => None,
            _ => Some(Moment::Late((late - 1).checked_div(self.repeat_days).unwrap_or_default())),
        }
    }
}

impl Due {
    /// What makes a reminder the same as another: a person has one of each key.
    #[must_use]
    pub fn key(&self, moment: Moment) -> String {
        let moment = match moment {
            Moment::Soon => "soon".to_owned(),
            Moment::Late(time) => format!("late-{time}"),
        };
        format!("{}:{}:{}:{moment}", self.kind.as_str(), self.subject, self.due_on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(kind: Kind, due_on: &str) -> Due {
        let whom = Whom::People(Vec::new());
        let due_on = due_on.parse().unwrap_or_default();
        Due { kind, unit: UnitId(Uuid::nil()), subject: Uuid::nil(), title: String::new(), due_on, whom }
    }

    #[test]
    fn what_is_due_is_told_once_before_and_once_a_period_after() {
        let before_days = Kind::ALL.map(|kind| (kind, 7)).into();
        let mail = MailRules { hours: Vec::new(), days: Vec::new(), weekly_day: 1, most: 1 };
        let rules = Rules { repeat_days: 7, late_for_days: 20, before_days, mail };
        let due = due(Kind::Action, "2020-06-30");
        let told = |day: &str| rules.moment(&due, day.parse().unwrap_or_default());
        assert_eq!((told("2020-06-22"), told("2020-06-23")), (None, Some(Moment::Soon)));
        assert_eq!((told("2020-06-30"), told("2020-07-01")), (Some(Moment::Soon), Some(Moment::Late(0))));
        assert_eq!((told("2020-07-07"), told("2020-07-08")), (Some(Moment::Late(0)), Some(Moment::Late(1))));
        assert_eq!((told("2020-07-20"), told("2020-07-21")), (Some(Moment::Late(2)), None));
    }

    #[test]
    fn the_shipped_rules_name_every_kind() {
        let rules = Rules::shipped().ok();
        assert_eq!(rules.map(|rules| rules.before_days.len()), Some(Kind::ALL.len()));
    }
}
