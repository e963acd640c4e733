//! Reminders: told to whom they concern, once, however often and by however many nodes.

#![cfg(test)]

use bening_core::audit::{Actor, Entry};
use bening_core::id::PersonId;
use bening_core::plan::PlanState;
use bening_core::reminder::{Kind, Rules};
use bening_store::{plan, reminder as store};
use bening_testkit::{TestDatabase, TestSite, on_both};
use bening_web::chance;
use chrono::{DateTime, NaiveDate, Utc};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_592_200_000, 0).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn tell(site: &TestSite, today: &str) -> u64 {
    let rules = Rules::shipped().unwrap();
    store::tell(&site.store, &rules, day(today), now(), &mut chance::fresh).await.unwrap()
}

/// The plan of the agency, approved, its first action due in January for `anggota`.
async fn approved(database: TestDatabase) -> TestSite {
    let site = TestSite::start(database).await;
    let before = plan::find(&site.store, site.agency.unit.id, site.agency.plan.year).await.unwrap().unwrap();
    let after = plan::find(&site.store, site.agency.unit.id, site.agency.plan.year).await.unwrap();
    let mut after = after.unwrap();
    after.state = PlanState::Approved;
    let tx = site.store.begin().await.unwrap();
    plan::save(&tx, &before, &after).await.unwrap();
    tx.commit(Entry::new(Actor::Console, "plan.approved", after.id.0), now()).await.unwrap();
    site
}

async fn kinds(site: &TestSite, who: PersonId) -> Vec<(Kind, NaiveDate)> {
    let told = store::inbox(&site.store, who, 100).await.unwrap();
    told.into_iter().map(|told| (told.kind, told.due_on)).collect()
}

on_both!(everybody_is_told_once_of_what_concerns_them, async |database: TestDatabase| {
    let site = approved(database).await;
    assert_eq!(tell(&site, "2020-01-10").await, 0, "nothing is due soon");
    let new = tell(&site, "2020-01-28").await;
    assert!(new > 0);
    assert_eq!(tell(&site, "2020-01-29").await, 0, "nobody is told twice");
    let lead = kinds(&site, site.agency.person("ketua")).await;
    assert!(lead.contains(&(Kind::Month, day("2020-01-31"))), "{lead:?}");
    let (employee, stranger) = (site.agency.person("pegawai"), site.agency.person("asing"));
    assert_eq!(kinds(&site, employee).await, [], "who closes no months is not told of them");
    assert_eq!(kinds(&site, stranger).await, [], "nor is anybody of another unit");
    let late = tell(&site, "2020-02-01").await;
    assert_eq!((late, tell(&site, "2020-02-07").await), (new, 0), "what is late is told once a week");
});

on_both!(two_nodes_that_tell_at_once_tell_once, async |database: TestDatabase| {
    let site = approved(database).await;
    let (one, other) = tokio::join!(tell(&site, "2020-01-28"), tell(&site, "2020-01-28"));
    let lead = kinds(&site, site.agency.person("ketua")).await;
    let mut once = lead.clone();
    once.dedup();
    assert_eq!(lead, once);
    assert_eq!(tell(&site, "2020-01-28").await, 0, "{one} and {other} were all");
});
