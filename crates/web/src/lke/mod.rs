//! The worksheet's pages: the sheet itself, a question, calculations, submissions and their history.
//! What may change and how is `bening_core::lke`; what an answer is worth is `bening_core::scoring`.

pub mod answer;
pub mod begin;
pub mod block;
pub mod book;
pub mod calculation;
pub mod card;
pub mod change;
pub mod desk;
pub mod eyes;
pub mod filter;
pub mod frame;
pub mod history;
pub mod life;
pub mod mapping;
pub mod question;
pub mod reach;
pub mod report;
pub mod row;
pub mod sheet;
pub mod suggested;
pub mod talk;
pub mod typed;
