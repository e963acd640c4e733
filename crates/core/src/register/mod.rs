//! Registers: what a unit writes down line by line and by rules, of gratification, risks, findings of audits,
//! procedures and so on. Which registers there are, their columns, states, steps, deadlines and figures are data
//! (`registers/*.toml`); here lives the one machinery that keeps all of them. Of complaints only
//! the conversation lives elsewhere; whistleblowing differs truly.

mod check;
mod due;
mod figure;
mod measure;
mod model;
mod paper;
mod public;
mod row;
mod sheet;
mod shipped;
mod value;

pub use check::Problem;
pub use due::Due;
pub use figure::{Measured, Recapped};
pub use measure::{Figure, Filter, Measure, Recap, Statistic};
pub use model::{
    Band, Bound, Choice, Column, Computed, Deadline, Entry, Hand, Kind, Matrix, Need, Period, Register,
    Sight, State, Step, Tone,
};
pub use paper::{Around, percent, plain};
pub use public::{CITIZEN, Objection, Public};
pub use row::{Draft, Moment, Refusal, Row, Told};
pub use sheet::{Headings, SheetProblem};
pub use shipped::{SHIPPED_FILES, by_id, shipped};
pub use value::{ValueProblem, listed, written};
