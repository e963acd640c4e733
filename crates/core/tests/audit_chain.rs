//! The audit chain: any row changed, removed, moved or cut off is found and named.

#![cfg(test)]

use bening_core::audit::{Actor, Entry, Fault, GENESIS, Link, Walk};
use chrono::DateTime;
use uuid::Uuid;

fn chain(length: i64) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for seq in 1..=length {
        let entry = Entry::new(Actor::Console, "plan.cell.saved", Uuid::from_u128(seq as u128));
        let previous = links.last().map_or(GENESIS.to_owned(), |link| link.hash.clone());
        let at = DateTime::from_timestamp(1_580_000_000 + seq, 0).unwrap();
        links.push(Link::forge(entry.before("lama").after(seq), seq, at, previous));
    }
    links
}

fn walk(links: &[Link], head: &Link) -> Result<(i64, String), Fault> {
    let mut walk = Walk::default();
    links.iter().try_for_each(|link| walk.step(link))?;
    walk.finish(head.seq, &head.hash)
}

#[test]
fn an_untouched_chain_is_sound() {
    let links = chain(5);
    assert_eq!(walk(&links, &links[4]), Ok((5, links[4].hash.clone())));
}

#[test]
fn every_field_of_a_row_is_under_its_hash() {
    let touch: [fn(&mut Link); 8] = [
        |link| link.at += chrono::TimeDelta::microseconds(1),
        |link| link.person = Some(Uuid::from_u128(1)),
        |link| link.actor = "person".to_owned(),
        |link| link.event = "plan.approved".to_owned(),
        |link| link.subject = Uuid::from_u128(99),
        |link| link.unit = Some(Uuid::from_u128(1)),
        |link| link.before = "\"baru\"".to_owned(),
        |link| link.after = "4".to_owned(),
    ];
    for touch in touch {
        let mut links = chain(5);
        let head = links[4].clone();
        touch(&mut links[2]);
        assert_eq!(walk(&links, &head), Err(Fault::Changed(3)));
    }
}

#[test]
fn a_row_rewritten_together_with_its_hash_breaks_the_next() {
    let mut links = chain(5);
    let head = links[4].clone();
    links[2].after = "0".to_owned();
    links[2].hash = links[2].digest();
    assert_eq!(walk(&links, &head), Err(Fault::Moved(4)));
}

#[test]
fn a_missing_row_is_named() {
    let mut links = chain(5);
    let head = links[4].clone();
    links.remove(1);
    assert_eq!(walk(&links, &head), Err(Fault::Missing(2)));
}

#[test]
fn rows_that_changed_places_are_found() {
    let mut links = chain(5);
    let head = links[4].clone();
    links.swap(1, 2);
    (links[1].seq, links[2].seq) = (2, 3);
    assert_eq!(walk(&links, &head), Err(Fault::Changed(2)));
}

#[test]
fn a_cut_tail_is_told_by_the_head() {
    let links = chain(5);
    assert_eq!(walk(&links[..3], &links[4]), Err(Fault::Truncated { last: 3, expected: 5 }));
}
