//! Slows down whoever sends answers again and again. Only in memory, only for minutes, and only under a salt
//! that is thrown away with them: no address is kept, and none can be found out from what is.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::chance;

/// How long a window lasts, in seconds.
const WINDOW_S: i64 = 600;
/// How many answers one address may send in a window; a whole office or a kiosk may share one.
const ANSWERS_MAX: u32 = 300;
/// How many addresses are told apart in a window; beyond it the window begins anew.
const ADDRESSES_MAX: usize = 100_000;

/// The gate.
#[derive(Default)]
pub struct Gate(Mutex<Window>);

#[derive(Default)]
struct Window {
    began_s: i64,
    salt: String,
    seen: HashMap<String, u32>,
}

impl Gate {
    /// Counts an answer; the seconds to wait when there were too many.
    pub fn pass(&self, from: IpAddr, now: DateTime<Utc>) -> Result<(), i64> {
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let gone_s = now.timestamp() - window.began_s;
        if window.salt.is_empty() || gone_s >= WINDOW_S || window.seen.len() >= ADDRESSES_MAX {
            *window = Window { began_s: now.timestamp(), salt: chance::secret(), seen: HashMap::new() };
        }
        let key = chance::digest(&format!("{}{from}", window.salt));
        let count = window.seen.entry(key).or_default();
        *count += 1;
        if *count <= ANSWERS_MAX { Ok(()) } else { Err((WINDOW_S - gone_s).clamp(1, WINDOW_S)) }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn who_sends_too_much_waits_and_others_do_not() {
        let (gate, now) = (Gate::default(), DateTime::UNIX_EPOCH);
        let (busy, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        assert!((0..ANSWERS_MAX).all(|_| gate.pass(busy, now).is_ok()));
        assert_eq!(gate.pass(busy, now + TimeDelta::seconds(100)), Err(WINDOW_S - 100));
        assert_eq!(gate.pass(other, now), Ok(()));
        assert_eq!(gate.pass(busy, now + TimeDelta::seconds(WINDOW_S)), Ok(()));
    }
}
