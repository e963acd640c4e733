//! The cheapest way to a predicate: which answers to improve, and how far, so that every score the
//! predicate asks for is reached with the least effort. Exact and proven, no solver and no floats: the
//! thresholds of a worksheet lie inside one another (question, sub-component, part, area, component,
//! total), so the best plans of each place are made of the best plans of what lies in it
//! (`frontier.rs`). Conditions that ask for facts are not of this room (see `eligibility`).
//!
//! **Invariant**: no plan with less effort reaches the same thresholds. Test: `way_is_cheapest`.

mod effort;
mod frontier;
mod improvement;
mod output;
mod ratio;
mod search;
mod target;
mod units;

pub use effort::{Days, EffortError, Efforts, MAX_DAYS};
pub use improvement::{Improvement, Nature, Surveys};
pub use output::to_json;
pub use search::{Way, WayError, cheapest};
pub use target::{Missing, Place, Target, targets};
