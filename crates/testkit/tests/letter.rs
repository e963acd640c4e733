//! Numbers of letters under concurrency: each is drawn once, none is lost.

#![cfg(test)]

use std::collections::BTreeSet;

use bening_core::audit::{Actor, Entry};
use bening_core::document::Document;
use bening_core::id::{LetterId, LkeId, PersonId};
use bening_core::letter::Kind;
use bening_core::lke::Lke;
use bening_core::time::Year;
use bening_store::letter::{self, Letter};
use bening_store::{Store, lke};
use bening_testkit::{TestDatabase, TestSite, on_both};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

const KIND: Kind = Kind::EvaluationReport;
const LETTERS: u128 = 12;

fn dated() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 6, 15).unwrap()
}

fn now() -> DateTime<Utc> {
    dated().and_hms_opt(3, 0, 0).unwrap().and_utc()
}

fn document() -> Document {
    Document {
        title: "Laporan".to_owned(),
        author: String::new(),
        language: "id".to_owned(),
        dated: dated(),
        cover: None,
        blocks: Vec::new(),
    }
}

async fn issue(store: Store, lke: LkeId, place: u128) -> String {
    let tx = store.begin().await.unwrap();
    let series = letter::lock_series(&tx, KIND, 2020).await.unwrap();
    let number = series.pattern.number(series.next, "AIR", dated());
    let new = Letter {
        id: LetterId(Uuid::from_u128(place)),
        kind: KIND,
        counter: series.next,
        number: number.clone(),
        dated: dated(),
        lke,
        round: place as u32,
        document: document(),
        by: PersonId(Uuid::from_u128(1)),
        at: now(),
    };
    letter::issue(&tx, &new).await.unwrap();
    tx.commit(Entry::new(Actor::Console, "lhe.issued", new.id.0), now()).await.unwrap();
    number
}

on_both!(letters_issued_at_once_never_share_a_number, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let year = Year::new(2020).unwrap();
    let sheet =
        Lke::empty(LkeId(Uuid::from_u128(7)), site.agency.unit.id, year, "permenpanrb-52-2014".to_owned());
    let tx = site.store.begin().await.unwrap();
    lke::create(&tx, &sheet).await.unwrap();
    tx.commit(Entry::new(Actor::Console, "lke.begun", sheet.id.0), now()).await.unwrap();

    let issuing: Vec<_> =
        (1..=LETTERS).map(|place| tokio::spawn(issue(site.store.clone(), sheet.id, place))).collect();
    let mut numbers = BTreeSet::new();
    for one in issuing {
        numbers.insert(one.await.unwrap());
    }
    let expected: BTreeSet<String> =
        (1..=LETTERS).map(|counter| format!("{counter:03}/LHE.ZI/AIR/VI/2020")).collect();
    assert_eq!(numbers, expected);

    let kept = letter::about(&site.store, KIND, sheet.id).await.unwrap();
    assert_eq!(kept.len(), LETTERS as usize);
    assert_eq!(kept[0].document, document());
});
