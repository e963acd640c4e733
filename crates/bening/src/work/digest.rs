//! Digests by mail: planned for the hours that people chose, put together from what is new in their inboxes, handed to
//! the mail jobs. What a digest says is `bening_web::reminder`'s.

use anyhow::Result;
use bening_core::audit::{Actor, Entry};
use bening_core::id::JobId;
use bening_core::job::{New, Task};
use bening_core::reminder::{Rules, Wish};
use bening_store::job::{self as store, Claim};
use bening_store::reminder;
use bening_web::App;
use bening_web::chance;
use bening_web::reminder::digest::letter;
use chrono::{NaiveDate, NaiveTime};
use serde_json::json;

use super::{Bench, Ended, subject};

/// Hands in a job for every hour that somebody chose; who chooses one today is mailed from tomorrow on.
pub(super) async fn plan(app: &App, today: NaiveDate) -> Result<()> {
    if app.settings().outside.mail_from.is_none() {
        return Ok(());
    }
    let mut hours: Vec<u32> = reminder::wishes(app.store()).await?.iter().map(|wish| wish.hour).collect();
    hours.sort_unstable();
    hours.dedup();
    for hour in hours {
        let Some(run_at) = NaiveTime::from_hms_opt(hour, 0, 0).and_then(|time| app.moment(today, time))
        else {
            continue;
        };
        let (id, key) = (JobId(chance::fresh()), format!("digest:{today}:{hour}"));
        let new = New { id, task: Task::Digest { hour }, key, run_at };
        store::schedule(app.store(), &new, app.now()).await?;
    }
    Ok(())
}

/// Puts the digests together and hands them in, all or none.
pub(super) async fn send(bench: &Bench, claim: &Claim, hour: u32) -> Result<Ended> {
    let (app, rules, today) = (&bench.app, Rules::shipped()?.mail, bench.app.today());
    let due: Vec<Wish> = reminder::wishes(app.store()).await?;
    let mut letters = Vec::new();
    for wish in due.into_iter().filter(|wish| wish.is_due(today, hour, &rules)) {
        if let Some(mail) = letter(app, &wish, &rules).await? {
            letters.push((wish, mail));
        }
    }
    if letters.is_empty() {
        return Ok(Ended::NotYet);
    }
    let (tx, count) = (app.store().begin().await?, letters.len());
    for (wish, mail) in letters {
        let (id, key) = (JobId(chance::fresh()), format!("digest:{today}:{}", wish.person));
        store::enqueue(&tx, &New { id, task: Task::Mail(mail), key, run_at: app.now() }, app.now()).await?;
        reminder::keep_wish(&tx, &Wish { last_on: Some(today), ..wish }).await?;
    }
    if store::end_with(&tx, claim, app.now()).await?.is_ok() {
        let entry = Entry::new(Actor::System, "digest.sent", subject(claim));
        tx.commit(entry.after(json!({ "count": count })), app.now()).await?;
    }
    Ok(Ended::WithItsWork)
}
