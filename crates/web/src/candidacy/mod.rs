//! The road of units to a predicate: the page of a unit with its steps, declaration and integrity pact, the page of
//! the agency, and what the public may see.

pub mod agency;
pub mod appraisal;
pub mod begin;
pub mod charter;
pub(crate) mod facts;
pub mod guided;
pub mod pact;
pub(crate) mod reach;
pub mod registry;
pub mod sign;
pub mod staff;
pub mod step;
mod timeline;
pub mod unit;
pub mod verify;
