//! Counts that anybody may read: tables over the lines of a register in which small numbers are hidden, and as many
//! others with them as it takes that nobody can work the small ones out. What is hidden is decided in `flow`; which
//! register may publish what is said by its file.

mod flow;
mod life;
mod release;

pub use flow::{Counts, Flow};
pub use life::{Subject, Told, public};
pub use release::{Dimension, Heading, Line, Release, Released, StatisticRefusal};
