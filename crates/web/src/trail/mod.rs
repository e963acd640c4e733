//! The audit trail as people read it: of the agency or of one unit, newest first, and checking its chain.

mod names;
mod page;

pub use names::{EVENTS, actor, event};
pub use page::{show_all, show_unit, verify};
