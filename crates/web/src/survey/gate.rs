//! Slows down whoever sends answers again and again, and notices when very many come at once. Only in memory,
//! only for minutes, and addresses only under a salt that is thrown away with them: no address is kept, and
//! none can be found out from what is.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use bening_core::id::CampaignId;
use bening_core::survey::{Alike, Channel};
use chrono::{DateTime, Utc};

use super::puzzle::Effort;
use crate::chance;

/// How long a window lasts, in seconds.
const WINDOW_S: i64 = 600;
/// How many answers one address may send in a window when each solved its puzzle; a whole office may share one.
const PROVEN_MAX: u32 = 300;
/// How many without: enough for a queue at a counter, too few for a flood.
const PLAIN_MAX: u32 = 60;
/// How many addresses are told apart in a window; beyond it the window begins anew.
const ADDRESSES_MAX: usize = 100_000;
/// How many campaigns are watched for bursts at once; beyond it watching begins anew.
const CAMPAIGNS_MAX: usize = 10_000;
/// Patterns and texts that are remembered of a channel.
const KNOWN_MAX: usize = 100_000;

/// The gate.
#[derive(Default)]
pub struct Gate {
    window: Mutex<Window>,
    beats: Mutex<HashMap<CampaignId, VecDeque<(i64, u64)>>>,
    marks: RandomState,
    known: Mutex<HashMap<(CampaignId, Channel), Known>>,
}

/// What came by a channel of a campaign since the program started: counts of patterns, and marks of longer texts.
#[derive(Default)]
struct Known {
    all: u64,
    patterns: HashMap<String, u64>,
    texts: HashMap<u64, u64>,
}

#[derive(Default)]
struct Window {
    began_s: i64,
    salt: String,
    seen: HashMap<String, (u32, u32)>,
}

impl Gate {
    /// Counts an answer; the seconds to wait when there were too many.
    ///
    /// # Errors
    /// The seconds.
    pub fn pass(&self, from: IpAddr, effort: Effort, now: DateTime<Utc>) -> Result<(), i64> {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let gone_s = now.timestamp() - window.began_s;
        if window.salt.is_empty() || gone_s >= WINDOW_S || window.seen.len() >= ADDRESSES_MAX {
            *window = Window { began_s: now.timestamp(), salt: chance::secret(), seen: HashMap::new() };
        }
        let key = chance::digest(&format!("{}{from}", window.salt));
        let (proven, plain) = window.seen.entry(key).or_default();
        let (count, most) = match effort {
            Effort::Proven => (proven, PROVEN_MAX),
            Effort::Plain => (plain, PLAIN_MAX),
        };
        *count = count.saturating_add(1);
        if *count <= most { Ok(()) } else { Err((WINDOW_S - gone_s).clamp(1, WINDOW_S)) }
    }

    /// Remembers an answer, and says how many of its channel were like it. When too much is remembered it begins anew;
    /// a person can have all answers laid side by side at any time.
    pub fn alike(&self, of: (CampaignId, Channel), pattern: &str, texts: &[&str]) -> Alike {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= CAMPAIGNS_MAX {
            known.clear();
        }
        let own = known.entry(of).or_default();
        if own.patterns.len() + own.texts.len() >= KNOWN_MAX {
            *own = Known::default();
        }
        own.all += 1;
        let count = own.patterns.entry(pattern.to_owned()).or_default();
        *count += 1;
        let pattern = *count;
        let text = texts.iter().map(|text| {
            let count = own.texts.entry(self.marks.hash_one(text)).or_default();
            *count += 1;
            *count
        });
        let text = text.max().unwrap_or_default();
        Alike { all: own.all, pattern, text }
    }

    /// Counts an answer to a campaign; how many there were in the last `window_s` seconds, this one included.
    pub fn beat(&self, campaign: CampaignId, window_s: u64, now: DateTime<Utc>) -> u64 {
        let mut beats = self.beats.lock().unwrap_or_else(PoisonError::into_inner);
        if beats.len() >= CAMPAIGNS_MAX {
            beats.clear();
        }
        let (now_s, own) = (now.timestamp(), beats.entry(campaign).or_default());
        let is_old = |at_s: i64| now_s.saturating_sub(at_s).unsigned_abs() >= window_s;
        while own.front().is_some_and(|(at_s, _)| is_old(*at_s)) {
            own.pop_front();
        }
        match own.back_mut() {
            Some((at_s, count)) if *at_s == now_s => *count += 1,
            _ => own.push_back((now_s, 1)),
        }
        own.iter().map(|(_, count)| count).sum()
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
        let pass = |from, effort, after_s| gate.pass(from, effort, now + TimeDelta::seconds(after_s));
        assert!((0..PLAIN_MAX).all(|_| pass(busy, Effort::Plain, 0).is_ok()));
        assert_eq!(pass(busy, Effort::Plain, 100), Err(WINDOW_S - 100));
        assert!((0..PROVEN_MAX).all(|_| pass(busy, Effort::Proven, 100).is_ok()), "work buys patience");
        assert_eq!(pass(busy, Effort::Proven, 100), Err(WINDOW_S - 100));
        assert_eq!(pass(other, Effort::Plain, 100), Ok(()));
        assert_eq!(pass(busy, Effort::Plain, WINDOW_S), Ok(()));
    }

    #[test]
    fn answers_are_counted_over_a_window_that_moves() {
        let (gate, now) = (Gate::default(), DateTime::UNIX_EPOCH);
        let campaign = CampaignId(uuid::Uuid::nil());
        let beat = |after_s| gate.beat(campaign, 60, now + TimeDelta::seconds(after_s));
        assert_eq!([beat(0), beat(0), beat(59), beat(60), beat(119)], [1, 2, 3, 2, 2]);
        assert_eq!(gate.beat(CampaignId(uuid::Uuid::max()), 60, now), 1);
    }
}
