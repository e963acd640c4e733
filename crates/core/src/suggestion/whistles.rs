//! The zone of whistleblowers as rules know it: numbers and nothing else.

use super::fact::Value;

/// The zone of whistleblowers, in numbers; what reports say is never here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whistles {
    /// Whether somebody with a key receives reports.
    pub is_open: bool,
    /// Reports of the year.
    pub received: usize,
    /// Of them those that somebody judged.
    pub handled: usize,
}

impl Whistles {
    /// The share of them that somebody judged; nothing while none came.
    pub(super) fn handled(self) -> Option<Value> {
        let share = Value::Share { part: self.handled, whole: self.received };
        (self.received > 0).then_some(share)
    }
}
