//! The domain of Bening, pure.
//!
//! Here live the nouns of building a Zona Integritas and the rules over them: who may do what, what a
//! work plan is and how it may change, what a paper contains. Nothing here reads a file, a clock, a
//! database or a random number: time and fresh identifiers are parameters. Rooms that do IO depend on
//! this one, never the other way round.

pub mod access;
pub mod agency;
pub mod audit;
pub mod candidacy;
pub mod complaint;
pub mod document;
pub mod eligibility;
pub mod evidence;
mod fill;
pub mod followup;
pub mod id;
pub mod instrument;
pub mod job;
pub mod letter;
pub mod lke;
pub mod meeting;
pub mod monev;
pub mod paper;
pub mod password;
pub mod person;
pub mod plan;
pub mod receipt;
pub mod register;
pub mod reminder;
pub mod scoring;
pub mod statistic;
pub mod suggestion;
pub mod survey;
pub mod team;
pub mod text;
pub mod time;
pub mod unit;
pub mod way;
pub mod wbs;
