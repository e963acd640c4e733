//! The commands of the binary, one file each. Parsing of arguments and printing only; the work is done in
//! the libraries.

pub(crate) mod edition;
pub(crate) mod eligibility;
pub(crate) mod instrument;
pub(crate) mod score;
