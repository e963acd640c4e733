//! A disk that fills up: what was acknowledged is kept, the rest is refused in plain words, reading goes on.

use bening_store::audit::{self, Verdict};
use bening_testkit::{Backend, TestSite, Visitor, database};
use reqwest::StatusCode;

use crate::ground::{actions, assert_says, cell, plan_json, post, trail_rows};

/// Room for the agency and a few dozen saves.
const PAGES: u32 = 300;

/// Saves ever new targets until the site refuses; the last one it acknowledged.
async fn save_until_full(lead: &Visitor, site: &TestSite) -> String {
    let path = cell(site, "tindakan", site.agency.action(), "target");
    let mut kept = String::new();
    for number in 0..1_000 {
        let target = format!("{number} {}", "panjang ".repeat(200)).trim().to_owned();
        let answer = lead.save(&path, &kept, &target).await;
        if answer.status != StatusCode::OK {
            assert_eq!(answer.status, StatusCode::INSUFFICIENT_STORAGE, "{}", answer.body);
            assert!(answer.json()["message"].as_str().unwrap().starts_with("Penyimpanan server penuh."));
            return kept;
        }
        kept = target;
    }
    panic!("the disk never filled up");
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    database::run_on(Backend::Sqlite, async |db| {
        let mut site = TestSite::cramped(db, PAGES).await;
        let lead = site.sign_in("ketua").await;
        let kept = save_until_full(&lead, &site).await;
        let rows = trail_rows(&site).await;
        assert!(kept.starts_with(|first: char| first.is_ascii_digit()), "something was saved before");
        for _ in 0..3 {
            let text = "panjang ".repeat(240);
            let answer = post(&lead, &site, "/baris/prioritas", &[("teks", &text)]).await;
            assert_says(&answer, StatusCode::INSUFFICIENT_STORAGE, "Penyimpanan server penuh.");
            assert_says(&answer, StatusCode::INSUFFICIENT_STORAGE, "Hubungi pengelola.");
        }
        for path in [site.plan(), "/".to_owned(), format!("{}/riwayat", site.plan()), "/readyz".to_owned()] {
            assert_eq!(lead.get(&path).await.status, StatusCode::OK, "{path}");
        }
        let plan = plan_json(&lead, &site).await;
        assert_eq!(
            (actions(&plan)[0]["target"].as_str(), trail_rows(&site).await),
            (Some(kept.as_str()), rows)
        );
        site.restart().await;
        let lead = lead.at(&site);
        assert_eq!(plan_json(&lead, &site).await, plan);
        assert!(matches!(audit::verify(&site.store).await.unwrap(), Verdict::Sound { .. }));
        let path = cell(&site, "tindakan", site.agency.action(), "target");
        assert_eq!(lead.save(&path, &kept, "Ruang baru").await.status, StatusCode::OK, "with room again");
    });
}
