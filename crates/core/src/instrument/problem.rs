//! What is wrong with a file of data: which file, which line, and why. Used by the loader and the checker.

use std::fmt;

/// One reason to refuse a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Name of the file as the caller called it.
    pub file: String,
    /// Line in that file, from 1.
    pub line: usize,
    /// What is wrong and what to do, in Indonesian.
    pub reason: String,
}

/// `file:line: reason`, the form editors can jump to.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}
