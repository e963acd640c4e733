//! The worksheet's pages: the sheet itself, a question, calculations, submissions and their history.
//! What may change and how is `bening_core::lke`; what an answer is worth is `bening_core::scoring`.

pub mod begin;
pub mod change;
pub mod desk;
pub mod frame;
pub mod reach;
pub mod report;
pub mod sheet;
pub mod typed;
