//! Units: the tree, one unit with its plans and people, and changing what is known of it.

mod edit;
mod fields;
mod show;
mod tree;

pub use edit::{save, show as show_edit};
pub use show::show;
pub use tree::{add, show as show_tree};
