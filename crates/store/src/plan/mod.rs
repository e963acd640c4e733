//! Plans: read whole, written as the difference between before and after.

mod load;
mod paper;
mod save;
mod version;

pub use load::{Found, find, list, liveliest, lock};
pub use paper::{load_paper, save_paper};
pub use save::{create, save};
pub use version::{Version, keep_version, snapshot, versions};
