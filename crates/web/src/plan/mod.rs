//! The work plan's pages: table, time grid, my actions, priority targets, history, import, export, papers.
//! What may change and how is `bening_core::plan`.

pub mod action;
pub mod cell;
mod change;
pub mod export;
pub mod frame;
pub mod gantt;
pub mod history;
pub mod intake;
pub mod life;
pub mod mine;
pub mod paper;
pub mod priorities;
pub mod rows;
pub mod status;
pub mod table;
