//! Taking times and reading them. What is timed is the caller's business.

use std::time::{Duration, Instant};

/// Times of one thing done many times, shortest first.
pub(crate) struct Durations(Vec<Duration>);

/// Does something `rounds` times, after a tenth of it as warm-up, one after the other.
pub(crate) async fn measure(
    rounds: u32,
    mut work: impl AsyncFnMut(u32) -> anyhow::Result<()>,
) -> anyhow::Result<Durations> {
    let warm_up = rounds.div_ceil(10);
    let mut taken = Vec::new();
    for round in 0..warm_up + rounds {
        let began = Instant::now();
        work(round).await?;
        taken.extend((round >= warm_up).then(|| began.elapsed()));
    }
    Ok(Durations::of(taken))
}

impl Durations {
    /// Times taken elsewhere.
    pub(crate) fn of(mut taken: Vec<Duration>) -> Self {
        taken.sort();
        Self(taken)
    }

    /// The nearest-rank percentile, in milliseconds.
    pub(crate) fn percentile_ms(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0.get(rank - 1).map_or(f64::NAN, |taken| taken.as_secs_f64() * 1000.0)
    }
}
