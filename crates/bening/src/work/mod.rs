//! The workers: they take jobs one after the other, do them and end them. What a job is and when it is tried again is
//! decided in `bening_core::job`; that it takes effect once is kept by `bening_store::job`.

mod digest;
mod files;
mod link;
mod mail;
pub(crate) mod text;
mod wbs;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::Result;
use bening_core::id::JobId;
use bening_core::job::{New, Task};
use bening_core::reminder::Rules;
use bening_store::job::{self as store, Claim, Lost};
use bening_store::reminder;
use bening_web::App;
use bening_web::chance;
use chrono::{DateTime, Days, NaiveDate, Utc};
use tokio::sync::watch;
use uuid::Uuid;

pub(crate) use mail::Mailer;

/// How many jobs are done at once.
const WORKERS: usize = 2;
/// How long a worker that found nothing to do waits.
const PAUSE: Duration = Duration::from_secs(2);
/// How often a worker says that it goes on.
const BEAT: Duration = Duration::from_secs(10);
/// Days for which jobs that ended are remembered.
const REMEMBERED_DAYS: u64 = 90;

/// Whether the work of a job has ended it already, together with what it changed.
enum Ended {
    /// It has.
    WithItsWork,
    /// It changed nothing in the database and is still to be ended.
    NotYet,
}

/// How far a job is.
#[derive(Default)]
struct Progress {
    done: AtomicU32,
    total: AtomicU32,
}

impl Progress {
    fn tell(&self, done: u32, total: u32) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    fn told(&self) -> (u32, u32) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

/// What workers have at hand.
#[derive(Clone)]
struct Bench {
    app: App,
    mailer: Option<Mailer>,
}

/// Works until told to stop; a job under way is finished first, or taken over by another node when this one is killed.
pub(crate) async fn run(app: App, mailer: Option<Mailer>, stop: watch::Receiver<bool>) {
    let bench = Bench { app, mailer };
    let workers = (0..WORKERS).map(|_| work(bench.clone(), stop.clone()));
    futures::future::join_all(workers).await;
}

async fn work(bench: Bench, mut stop: watch::Receiver<bool>) {
    let mut planned = None;
    while !*stop.borrow() {
        let today = bench.app.today();
        if planned != Some(today) {
            match plan(&bench.app, today).await {
                Ok(()) => planned = Some(today),
                Err(error) => tracing::warn!(%error, "daily jobs could not be planned"),
            }
        }
        let is_idle = match store::claim(bench.app.store(), chance::fresh(), bench.app.now()).await {
            Ok(Some(claim)) => {
                carry_out(&bench, &claim).await;
                false
            }
            Ok(None) => true,
            Err(error) => {
                tracing::warn!(%error, "no job could be taken");
                true
            }
        };
        if is_idle {
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                _ = stop.changed() => {}
            }
        }
    }
}

/// What the program does by itself once a day; the key keeps it to once, however many nodes plan it.
async fn plan(app: &App, today: NaiveDate) -> Result<()> {
    let links = app.settings().outside.links.map(|_| Task::CheckLinks);
    let tasks = [Task::Remind, Task::ReadTexts, Task::SweepFiles, Task::EraseReports, Task::ForgetJobs];
    for task in tasks.into_iter().chain(links) {
        let key = format!("{}:{today}", task.kind());
        let new = New { id: JobId(chance::fresh()), task, key, run_at: app.now() };
        store::schedule(app.store(), &new, app.now()).await?;
    }
    digest::plan(app, today).await
}

async fn carry_out(bench: &Bench, claim: &Claim) {
    let progress = Progress::default();
    let outcome = tokio::select! {
        outcome = perform(bench, claim, &progress) => outcome,
        () = beat(bench, claim, &progress) => return,
    };
    if let Err(error) = close(bench, claim, &progress, outcome).await {
        tracing::warn!(%error, job = %claim.id, "a job could not be ended; it will be taken over");
    }
}

/// Says again and again that the work goes on; ends when the job was lost to another worker.
async fn beat(bench: &Bench, claim: &Claim, progress: &Progress) {
    loop {
        tokio::time::sleep(BEAT).await;
        let said = store::go_on(bench.app.store(), claim, progress.told(), bench.app.now()).await;
        if let Ok(Err(Lost)) = said {
            tracing::warn!(job = %claim.id, "another worker has taken this job over");
            return;
        }
    }
}

async fn perform(bench: &Bench, claim: &Claim, progress: &Progress) -> Result<Ended> {
    match &claim.task {
        Task::Mail(mail) => mail::send(bench, claim.id, mail).await,
        Task::SweepFiles => files::sweep(bench, claim, progress).await,
        Task::Digest { hour } => digest::send(bench, claim, *hour).await,
        Task::ReadTexts => text::read(bench, progress).await,
        Task::CheckLinks => link::check(bench, claim, progress).await,
        Task::EraseReports => wbs::erase(bench, claim).await,
        Task::Remind => {
            let (today, rules) = (bench.app.today(), Rules::shipped()?);
            reminder::tell(bench.app.store(), &rules, today, bench.app.now(), &mut chance::fresh).await?;
            Ok(Ended::NotYet)
        }
        Task::ForgetJobs => {
            let before = bench.app.now().checked_sub_days(Days::new(REMEMBERED_DAYS));
            store::forget(bench.app.store(), before.unwrap_or(DateTime::<Utc>::MIN_UTC)).await?;
            Ok(Ended::NotYet)
        }
    }
}

async fn close(bench: &Bench, claim: &Claim, progress: &Progress, outcome: Result<Ended>) -> Result<()> {
    let (db, now) = (bench.app.store(), bench.app.now());
    let kept = match outcome {
        Ok(Ended::WithItsWork) => return Ok(()),
        Ok(Ended::NotYet) => store::end(db, claim, now).await?,
        Err(error) => {
            tracing::warn!(%error, job = %claim.id, kind = claim.task.kind(), "a job failed");
            // Who looks at the job wants to know how far it came.
            let _lost = store::go_on(db, claim, progress.told(), now).await?;
            store::fail(db, claim, &format!("{error:#}"), now).await?
        }
    };
    if kept == Err(Lost) {
        tracing::warn!(job = %claim.id, "the end of a job came too late; another worker has taken it over");
    }
    Ok(())
}

/// Identity of the job as that of a subject of the trail.
fn subject(claim: &Claim) -> Uuid {
    claim.id.0
}
