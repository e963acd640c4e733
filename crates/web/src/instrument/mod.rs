//! The editions of the worksheet as pages: which there are, what stands in one, and loading an agency's own.
//! Which are in force is `crate::editions`; what may be loaded is decided in `core::instrument`.

mod file;
mod list;
mod load;
mod show;

pub use file::{download, wording};
pub use list::show as show_list;
pub use load::{load, save};
pub use show::show;

/// Where the editions are.
const BASE: &str = "/instansi/instrumen";
