//! Deleting reports of whistleblowers whose time is over. How long that is stands in `prints/wbs.toml`.

use anyhow::Result;
use bening_core::audit::{Actor, Entry};
use bening_core::wbs::Retention;
use bening_store::job::{self as store, Claim};
use bening_store::wbs;
use serde_json::json;

use super::{Bench, Ended, subject};

/// Deletes them, and says in the trail how many there were and nothing else of them.
pub(super) async fn erase(bench: &Bench, claim: &Claim) -> Result<Ended> {
    let Some(until) = Retention::shipped()?.closed_until(bench.app.today()) else { return Ok(Ended::NotYet) };
    let tx = bench.app.store().begin().await?;
    let gone = wbs::erase_closed(&tx, until).await?;
    if gone == 0 {
        return Ok(Ended::NotYet);
    }
    if store::end_with(&tx, claim, bench.app.now()).await?.is_ok() {
        let entry = Entry::new(Actor::System, "wbs.erased", subject(claim));
        tx.commit(entry.after(json!({ "count": gone })), bench.app.now()).await?;
    }
    Ok(Ended::WithItsWork)
}
