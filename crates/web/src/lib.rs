//! The pages of Bening: one URL table, a folder per noun, templates beside them.
//!
//! Here requests become calls and answers become pages. What may happen is decided in `bening-core`,
//! what is kept in `bening-store`; papers come through `bening_core::document::Printer`.

rust_i18n::i18n!("locales");

pub mod account;
pub mod agency;
pub mod app;
pub mod assessment;
pub mod assets;
pub mod caller;
pub mod candidacy;
pub mod chance;
pub mod client;
pub mod complaint;
mod csv;
pub mod editions;
pub mod error;
pub mod evidence;
pub mod flash;
pub mod followup;
pub mod form;
pub mod health;
pub mod home;
pub mod instrument;
pub mod job;
pub mod lke;
pub mod meeting;
pub mod monev;
pub mod open;
pub mod page;
pub mod paper;
pub mod people;
mod pipe;
pub mod plan;
pub mod proposal;
pub mod reach;
pub mod register;
pub mod reminder;
pub mod routes;
pub mod search;
pub mod secure;
pub mod serve;
pub mod stand;
pub mod statistic;
pub mod survey;
pub mod trail;
pub mod units;
pub mod wbs;
pub mod words;

pub use app::{App, Settings};
pub use serve::router;
