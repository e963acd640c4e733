//! What tests stand on: a database on either backend, a real browser, and readers for printed papers.
//!
//! Only ever a dev-dependency. Nothing here installs or starts a service: `cargo xtask test` does that and names
//! what it started in environment variables ([`surroundings`]). A test that needs one of them fails with a sentence
//! when it is missing; no test is skipped.

pub mod agency;
pub mod browser;
pub mod bucket;
pub mod database;
pub mod demo;
mod dump;
pub mod paper;
mod press;
pub mod served;
pub mod site;
pub mod surroundings;

pub use browser::{Browser, ColorScheme, Violation};
pub use database::{Backend, TestDatabase};
pub use served::Served;
pub use site::{Answer, TestSite, Visitor};
