//! Files from people, read with care: Markdown, spreadsheets, CSV and the clipboard become rows of a plan
//! ([`PlanFile`]) with notes on everything that had to be assumed, or one clear sentence about why not.
//! Whether the rows make sense is decided in `bening_core::plan::rows`; nothing is stored here.

mod columns;
mod error;
mod list;
mod markdown;
mod table;

pub use bening_core::plan::rows::PlanFile;
pub use error::FileError;

/// The plan of the demonstration: tables of a real unit's plan for 2020.
pub const DEMO_PLAN: &str = include_str!("../fixtures/rencana-dbn-2020.md");

/// Reads a file by what it contains; its name only serves to say when the two differ.
pub fn read(bytes: &[u8], _file_name: Option<&str>) -> Result<PlanFile, FileError> {
    markdown::read(&String::from_utf8_lossy(bytes))
}
