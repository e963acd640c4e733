//! Sweeping files: what no evidence names any more and what was abandoned half uploaded.

use anyhow::Result;
use bening_core::audit::{Actor, Entry};
use bening_store::files::FilesError;
use bening_store::job::{self as store, Claim};
use bening_store::{StoreError, evidence};
use bening_web::chance::{Clock as _, MachineClock};
use serde_json::json;

use super::{Bench, Ended, Progress, subject};

/// Removes them, and says in the trail how many there were. Removing twice is as removing once, so a sweep that was
/// killed half way is simply done again.
pub(super) async fn sweep(bench: &Bench, claim: &Claim, progress: &Progress) -> Result<Ended> {
    let db = bench.app.store();
    let files = match db.files() {
        Err(StoreError::Files(FilesError::NoPlace)) => return Ok(Ended::NotYet),
        files => files?,
    };
    let named = evidence::hashes(db).await?;
    // The time of day of the demonstration is not that of the files; the machine's is.
    let now = MachineClock.now();
    let (orphans, abandoned) = (files.orphans(&named, now).await?, files.abandoned().await?);
    let all = u32::try_from(orphans.len() + abandoned.len()).unwrap_or(u32::MAX);
    for (done, orphan) in (1..).zip(&orphans) {
        files.remove(orphan).await?;
        progress.tell(done, all);
    }
    for path in &abandoned {
        tokio::fs::remove_file(path).await?;
    }
    if all == 0 {
        return Ok(Ended::NotYet);
    }
    let tx = db.begin().await?;
    if store::end_with(&tx, claim, bench.app.now()).await?.is_ok() {
        let entry = Entry::new(Actor::System, "files.swept", subject(claim));
        tx.commit(entry.after(json!({ "count": all })), bench.app.now()).await?;
    }
    Ok(Ended::WithItsWork)
}
