//! Jobs under concurrency: each is held by one worker, takes effect once, and is not lost when its worker is.

#![cfg(test)]

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use bening_core::audit::{Actor, Entry};
use bening_core::id::JobId;
use bening_core::job::{ATTEMPTS_MAX, LEASE, Mail, New, State, Task};
use bening_store::Store;
use bening_store::job::{self as store, Claim, Lost};
use bening_testkit::{TestDatabase, TestSite, on_both};
use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

const JOBS: u128 = 24;
const WORKERS: u128 = 6;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_592_200_000, 0).unwrap()
}

fn job(number: u128, task: Task) -> New {
    New { id: JobId(Uuid::from_u128(number)), task, key: format!("uji:{number}"), run_at: now() }
}

fn mail() -> Task {
    let text = "Kode: RAHASIA-123".to_owned();
    Task::Mail(Mail { to: "a@contoh.go.id".to_owned(), subject: "Uji".to_owned(), text, html: None })
}

async fn hand_in(db: &Store, new: &New) -> bool {
    let tx = db.begin().await.unwrap();
    let is_new = store::enqueue(&tx, new, now()).await.unwrap();
    tx.commit(Entry::new(Actor::Console, "mail.tried", new.id.0), now()).await.unwrap();
    is_new
}

async fn claim(db: &Store, worker: u128, at: DateTime<Utc>) -> Option<Claim> {
    store::claim(db, Uuid::from_u128(worker), at).await.unwrap()
}

async fn only(db: &Store) -> bening_core::job::Job {
    store::list(db, None, 10).await.unwrap().remove(0)
}

/// Takes and ends jobs until there are none; which ones.
async fn work(db: Store, worker: u128) -> Vec<JobId> {
    let mut did = Vec::new();
    for turn in 0.. {
        let Some(claim) = claim(&db, worker * 1_000 + turn, now()).await else { break };
        assert_eq!(store::end(&db, &claim, now()).await.unwrap(), Ok(()));
        did.push(claim.id);
    }
    did
}

/// Everything that a backup keeps, as text.
async fn kept(db: &Store) -> String {
    let mut file = Cursor::new(Vec::new());
    bening_store::backup::backup(db, &mut file).await.unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut text = String::new();
    for at in 0..archive.len() {
        archive.by_index(at).unwrap().read_to_string(&mut text).unwrap();
    }
    text
}

on_both!(of_many_workers_each_job_is_held_by_one, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let db = site.store.clone();
    for number in 1..=JOBS {
        assert!(hand_in(&db, &job(number, Task::SweepFiles)).await);
    }
    let workers: Vec<_> = (1..=WORKERS).map(|worker| tokio::spawn(work(db.clone(), worker))).collect();
    let mut did = Vec::new();
    for worker in workers {
        did.extend(worker.await.unwrap());
    }
    // A worker that loses the race for a row looks away for a moment, so the last ones can be left for the next look.
    did.extend(work(db.clone(), 99).await);
    assert_eq!(did.len(), JOBS as usize, "a job was done twice");
    assert_eq!(did.into_iter().collect::<BTreeSet<_>>().len(), JOBS as usize);
});

on_both!(of_one_key_there_is_one_job, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let db = site.store.clone();
    assert!(hand_in(&db, &job(1, Task::SweepFiles)).await);
    let again = New { id: JobId(Uuid::from_u128(2)), ..job(1, Task::SweepFiles) };
    assert!(!hand_in(&db, &again).await);
    assert!(!store::schedule(&db, &again, now()).await.unwrap());
    assert_eq!(store::list(&db, None, 10).await.unwrap().len(), 1);
});

on_both!(
    a_job_whose_worker_died_is_taken_over_and_the_dead_hand_changes_nothing,
    async |database: TestDatabase| {
        let site = TestSite::start(database).await;
        let db = site.store.clone();
        hand_in(&db, &job(1, Task::SweepFiles)).await;
        let first = claim(&db, 1, now()).await.unwrap();
        assert!(claim(&db, 2, now()).await.is_none(), "it is held");
        let later = now() + LEASE + Duration::seconds(1);
        let second = claim(&db, 2, later).await.unwrap();
        assert_eq!((first.id, second.attempt), (second.id, 2));
        let tx = db.begin().await.unwrap();
        assert_eq!(store::end_with(&tx, &first, later).await.unwrap(), Err(Lost));
        drop(tx);
        assert_eq!(store::go_on(&db, &first, (1, 2), later).await.unwrap(), Err(Lost));
        assert_eq!(store::fail(&db, &first, "terlambat", later).await.unwrap(), Err(Lost));
        assert_eq!(store::end(&db, &second, later).await.unwrap(), Ok(()));
        assert_eq!(store::end(&db, &second, later).await.unwrap(), Err(Lost), "it ends once");
    }
);

on_both!(a_worker_that_says_it_goes_on_keeps_its_job, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let db = site.store.clone();
    hand_in(&db, &job(1, Task::SweepFiles)).await;
    let held = claim(&db, 1, now()).await.unwrap();
    let soon = now() + LEASE - Duration::seconds(1);
    assert_eq!(store::go_on(&db, &held, (3, 9), soon).await.unwrap(), Ok(()));
    assert!(claim(&db, 2, now() + LEASE + Duration::seconds(1)).await.is_none());
    let shown = only(&db).await;
    assert_eq!((shown.done, shown.total, shown.state), (3, 9, State::Running));
});

on_both!(what_fails_is_tried_again_later_and_not_for_ever, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let db = site.store.clone();
    hand_in(&db, &job(1, Task::SweepFiles)).await;
    let mut at = now();
    for attempt in 1..=ATTEMPTS_MAX {
        let held = claim(&db, attempt.into(), at).await.unwrap();
        store::fail(&db, &held, "tidak menjawab", at).await.unwrap().unwrap();
        assert!(claim(&db, 77, at).await.is_none(), "it waits");
        at += Duration::hours(12);
    }
    let shown = only(&db).await;
    assert_eq!(
        (shown.state, shown.error.as_str(), shown.attempts),
        (State::Failed, "tidak menjawab", ATTEMPTS_MAX)
    );
    let tx = db.begin().await.unwrap();
    store::retry(&tx, shown.id, at).await.unwrap().unwrap().unwrap();
    tx.commit(Entry::new(Actor::Console, "job.retried", shown.id.0), at).await.unwrap();
    assert_eq!(claim(&db, 78, at).await.unwrap().attempt, 1);
});

on_both!(a_job_that_takes_its_workers_down_is_given_up, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let db = site.store.clone();
    hand_in(&db, &job(1, Task::SweepFiles)).await;
    let mut at = now();
    for worker in 1..=ATTEMPTS_MAX {
        assert!(claim(&db, worker.into(), at).await.is_some());
        at += LEASE + Duration::seconds(1);
    }
    assert!(claim(&db, 99, at).await.is_none());
    assert_eq!(only(&db).await.state, State::Failed);
});

on_both!(what_a_mail_said_is_forgotten_once_it_was_sent, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let db = site.store.clone();
    hand_in(&db, &job(1, mail())).await;
    let held = claim(&db, 1, now()).await.unwrap();
    assert_eq!(held.task, mail());
    store::end(&db, &held, now()).await.unwrap().unwrap();
    let kept = kept(&db).await;
    assert!(kept.contains("uji:1") && !kept.contains("RAHASIA-123"), "{kept}");
});

on_both!(a_job_handed_in_with_a_write_that_was_not_kept_is_not_there, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let db = site.store.clone();
    let tx = db.begin().await.unwrap();
    store::enqueue(&tx, &job(1, Task::SweepFiles), now()).await.unwrap();
    drop(tx);
    assert!(store::list(&db, None, 10).await.unwrap().is_empty());
});

on_both!(old_jobs_are_forgotten_and_young_ones_not, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let db = site.store.clone();
    for (number, at) in [(1, now()), (2, now() + Duration::days(2))] {
        hand_in(&db, &job(number, Task::SweepFiles)).await;
        let held = claim(&db, number, at).await.unwrap();
        store::end(&db, &held, at).await.unwrap().unwrap();
    }
    assert_eq!(store::forget(&db, now() + Duration::days(1)).await.unwrap(), 1);
    assert_eq!(only(&db).await.id, JobId(Uuid::from_u128(2)));
});
