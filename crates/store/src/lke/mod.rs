//! Worksheets: read whole, written as the difference between before and after.

mod effort;
mod load;
mod save;
mod submission;
mod suggestion;
mod turn;

pub use effort::{efforts, set_effort};
pub use load::{by_id, find, list, lock, years};
pub use save::{create, save};
pub use submission::{keep as keep_submission, list as submissions, of_round as submission};
pub use suggestion::{decide, decisions};
pub use turn::{Among, Turn, turns};
