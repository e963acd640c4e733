//! Where a unit stands: its score against the thresholds, the conditions of a predicate, the facts stated for
//! them, the cheapest way, and what would be if answers were others. What counts is decided in
//! `bening_core::eligibility` and `bening_core::way`; nothing here changes a worksheet.

pub mod effort;
pub mod eligibility;
pub mod facts;
mod line;
pub mod position;
mod seen;
mod status;
mod way;
pub mod what_if;
