//! Monitoring and evaluation (*monev*) of a plan, month by month: what was realised of each action, who verified
//! it, and the month as it was closed. That work is done is said by the plan's own reports ([`crate::plan::Done`]);
//! here stands what is said beside them. A closed month never changes: a correction is a further entry.

pub mod edit;
pub mod figures;
mod period;
pub mod report;
pub mod rules;
pub mod table;

pub use edit::Refusal;
pub use figures::{Figure, Share};
pub use period::{Pace, Period};
pub use rules::{Rules, Status};
pub use table::{Gap, Row, Table};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{ActionId, PersonId};
use crate::time::Month;

/// Percent of work that is finished.
pub const WHOLE: u8 = 100;

/// What was said about an action in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Of which month.
    pub month: Month,
    /// About which action.
    pub action: ActionId,
    /// How much of the work is finished, in percent; 100 exactly when it is reported done.
    pub percent: u8,
    /// What was done.
    pub note: String,
    /// What stood in the way; empty when nothing did.
    pub obstacle: String,
    /// Who said so.
    pub by: PersonId,
    /// On which day.
    pub on: NaiveDate,
    /// Who found it to be so.
    pub verified: Option<Verified>,
}

/// That somebody else looked at an entry and agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// Who.
    pub by: PersonId,
    /// On which day.
    pub on: NaiveDate,
}

/// A month as the team leader closed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Which month.
    pub month: Month,
    /// Who closed it.
    pub by: PersonId,
    /// On which day.
    pub on: NaiveDate,
    /// What the leader concludes.
    pub conclusion: String,
    /// Its table on that day.
    pub rows: Vec<Row>,
    /// Planned and realised on that day.
    pub figures: Vec<Figure>,
}

/// A later word on a row of a closed month; the row itself stays as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Of which month.
    pub month: Month,
    /// About which action.
    pub action: ActionId,
    /// What is right, in percent.
    pub percent: u8,
    /// What was done.
    pub note: String,
    /// What stood in the way.
    pub obstacle: String,
    /// Why the row was not right.
    pub reason: String,
    /// Who corrects.
    pub by: PersonId,
    /// On which day.
    pub on: NaiveDate,
}
