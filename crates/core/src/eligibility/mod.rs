//! Eligibility: the conditions of a predicate tested against stated facts and a score, each with its
//! source. The numbers and grades stand in the instrument, never here.

mod facts;
mod output;
pub mod stated;
mod verdict;

pub use facts::{AFFIRMATION, AGENCY_KIND, FactValue, Facts, StatedAffirmation};
pub use output::to_json;
pub use stated::{Stated, Statement};
pub use verdict::{AreaLine, Force, Outcome, Reading, Status, Verdict, VerdictError};
