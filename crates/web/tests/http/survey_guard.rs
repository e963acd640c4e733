//! What stands between the open form and a flood: limits, work done, marks for people, and what they decide.

use bening_core::survey::{MarkState, Signal};
use std::io::{Cursor, Read};

use bening_store::survey as store;
use bening_testkit::{TestSite, Visitor, on_both};
use bening_web::survey::ZERO_BITS;
use sha2::{Digest, Sha256};

use crate::ground::trail_rows;
use crate::survey::{answer, codes, opened, sheet};

/// Answers that differ from question to question, after a minute of thought.
async fn think(site: &TestSite, form: &str, words: &str) -> u16 {
    let visitor = site.visitor();
    let sheet = sheet(&visitor.get(form).await);
    site.wait(60);
    let codes = codes();
    let value = |place: usize| ["4", "3", "2"][place % 3];
    let mut fields: Vec<(&str, &str)> =
        codes.iter().enumerate().map(|(place, code)| (code.as_str(), value(place))).collect();
    fields.extend([("lembar", sheet.as_str()), ("X2", words)]);
    visitor.post(form, &fields).await.status.as_u16()
}

async fn marks(site: &TestSite, kept: &store::Kept, state: MarkState) -> Vec<store::Marked> {
    store::marked(&site.store, kept.campaign.id, (state, None), (None, 100)).await.unwrap()
}

fn comparison(board: &bening_testkit::Answer) -> Vec<String> {
    board.texts("#tanda tbody td:not(:first-child)")
}

on_both!(odd_answers_wait_for_a_person_and_count_until_somebody_says_why_not, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, kept) = opened(&site, &lead, ("", "")).await;
    let form = format!("/s/{}", kept.campaign.token);
    assert_eq!(think(&site, &form, "").await, 303);
    assert_eq!(answer(&site.visitor(), &form, "1", &[]).await.status.as_u16(), 303);
    let waiting = marks(&site, &kept, MarkState::Waiting).await;
    assert_eq!(waiting.len(), 1, "what took a minute and differs is not marked");
    assert_eq!(waiting[0].signals.iter().copied().collect::<Vec<_>>(), [Signal::Fast, Signal::Straight]);
    let before = lead.get(&at).await;
    assert_eq!(before.texts(".stat-figure")[0], "2", "a mark alone takes nothing away");
    assert_eq!(comparison(&before), ["2", "2,05", "2", "2,05", "1", "3,10", "1", "3,10"]);
    let page = lead.get(&format!("{at}/tanda")).await;
    assert!(page.text().contains("terlalu cepat") && page.text().contains("semua jawaban sama"));
    let id = waiting[0].id.to_string();
    let rows = trail_rows(&site).await;
    let judge = async |verdict: &str, why: &str| {
        let fields = [("jawaban", id.as_str()), ("putusan", verdict), ("alasan", why)];
        lead.post(&format!("{at}/tanda"), &fields).await
    };
    let hasty = judge("excluded", "curang").await;
    assert_eq!(hasty.status.as_u16(), 422, "no reason, no exclusion");
    assert!(hasty.text().contains("paling sedikit 10 huruf"), "{}", hasty.text());
    assert_eq!(judge("waiting", "").await.status.as_u16(), 422);
    assert_eq!(trail_rows(&site).await, rows);
    assert_eq!(judge("excluded", "dikirim dua detik setelah dibuka").await.status.as_u16(), 303);
    assert_eq!(trail_rows(&site).await, rows + 1);
    let after = lead.get(&at).await;
    assert_eq!(after.texts(".stat-figure")[0], "1");
    assert_eq!(comparison(&after), ["2", "2,05", "1", "3,10", "1", "3,10", "1", "3,10"]);
    assert_eq!(store::answers(&site.store, kept.campaign.id).await.unwrap().len(), 2, "nothing is deleted");
    assert_eq!(judge("kept", "").await.status.as_u16(), 303, "a decision can be taken back");
    assert_eq!(lead.get(&at).await.texts(".stat-figure")[0], "2");
});

on_both!(what_was_excluded_stays_out_of_the_frozen_file_which_says_so, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, kept) = opened(&site, &lead, ("", "")).await;
    let form = format!("/s/{}", kept.campaign.token);
    for value in ["1", "1", "4"] {
        assert_eq!(answer(&site.visitor(), &form, value, &[]).await.status.as_u16(), 303);
    }
    let all = [("semua", "straight"), ("putusan", "excluded"), ("alasan", "semuanya dari satu orang")];
    assert_eq!(lead.post(&format!("{at}/penutupan"), &[]).await.status.as_u16(), 303);
    assert_eq!(lead.post(&format!("{at}/tanda"), &all).await.status.as_u16(), 303);
    let empty = lead.post(&format!("{at}/pembekuan"), &[]).await;
    assert_eq!(empty.status.as_u16(), 422, "no answer is left that counts");
    let fourth = marks(&site, &kept, MarkState::Excluded).await;
    let four = fourth.iter().find(|one| one.answer.values[0] == 4).unwrap().id.to_string();
    let back = [("jawaban", four.as_str()), ("putusan", "kept"), ("alasan", "")];
    assert_eq!(lead.post(&format!("{at}/tanda"), &back).await.status.as_u16(), 303);
    assert_eq!(lead.post(&format!("{at}/pembekuan"), &[]).await.status.as_u16(), 303);
    let csv = lead.get(&format!("{at}/data/csv")).await.body;
    assert_eq!(csv.lines().count(), 2, "{csv}");
    let json = lead.get(&format!("{at}/data/json")).await.json();
    assert_eq!(json["report"]["n"], 1);
    assert_eq!([&json["marks"]["kept"], &json["marks"]["excluded"]], [1, 2]);
    assert_eq!(json["marks"]["index_of_all"], "2/1");
    let late = lead.post(&format!("{at}/tanda"), &back).await;
    assert_eq!(late.status.as_u16(), 422);
    assert!(late.text().contains("sudah dibekukan"), "{}", late.text());
});

on_both!(the_same_words_are_found_when_answers_are_laid_side_by_side, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, kept) = opened(&site, &lead, ("", "")).await;
    let form = format!("/s/{}", kept.campaign.token);
    let hostile = "<b>Bagus sekali</b>, petugasnya ramah\u{202e}";
    for words in [hostile, "lama", hostile] {
        assert_eq!(think(&site, &form, words).await, 303);
    }
    let live = marks(&site, &kept, MarkState::Waiting).await;
    assert_eq!(
        live.len(),
        1,
        "the second of the same words is marked as it comes, the first was nobody's twin"
    );
    assert!(live[0].signals.contains(&Signal::Duplicate));
    for _ in 0..2 {
        assert_eq!(lead.post(&format!("{at}/pemeriksaan"), &[]).await.status.as_u16(), 303);
    }
    let found = marks(&site, &kept, MarkState::Waiting).await;
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|one| one.signals.contains(&Signal::Duplicate)));
    let page = lead.get(&format!("{at}/tanda?tanda=duplicate")).await;
    assert_eq!(page.texts(".marked bdi"), ["<b>Bagus sekali</b>, petugasnya ramah"; 2]);
});

async fn flood(visitor: &Visitor, form: &str, sheet: &str, forwarded: &str) -> u16 {
    let request = visitor.request(reqwest::Method::POST, form).header("x-forwarded-for", forwarded);
    visitor.send(request.form(&[("lembar", sheet)])).await.status.as_u16()
}

fn solved(sheet: &str) -> String {
    let zeros = |n: &u64| {
        let hash = Sha256::digest(format!("{sheet}:{n}").as_bytes());
        u32::from_be_bytes(hash[..4].try_into().unwrap()).leading_zeros()
    };
    (0_u64..).find(|n| zeros(n) >= ZERO_BITS).unwrap().to_string()
}

on_both!(a_flood_from_one_address_is_slowed_down_and_made_up_addresses_do_not_help, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (_, kept) = opened(&site, &lead, ("", "")).await;
    let form = format!("/s/{}", kept.campaign.token);
    let visitor = site.visitor();
    let sheet = sheet(&visitor.get(&form).await);
    let mut taken = 0;
    while flood(&visitor, &form, &sheet, &format!("203.0.113.{taken}")).await == 422 {
        taken += 1;
        assert!(taken < 200, "nobody stops this flood");
    }
    let code = codes().remove(0);
    let plain = visitor.post(&form, &[("lembar", &sheet), (&code, "4")]).await;
    assert_eq!(plain.status.as_u16(), 429, "{}", plain.text());
    let proof = solved(&sheet);
    let worked = visitor.post(&form, &[("lembar", &sheet), (&code, "4"), ("bukti", &proof)]).await;
    assert_eq!(worked.status.as_u16(), 303, "who worked for it is let through");
    site.wait(600);
    let patient = visitor.post(&form, &[("lembar", &sheet), (&code, "4")]).await;
    assert_eq!(patient.status.as_u16(), 303);
    assert_eq!(
        store::answers(&site.store, kept.campaign.id).await.unwrap().len(),
        1,
        "one sheet, one answer"
    );
});

/// Everything that is kept, as a backup writes it.
async fn everything(site: &TestSite) -> String {
    let mut file = Cursor::new(Vec::new());
    bening_store::backup::backup(&site.store, &mut file).await.unwrap();
    let mut zip = zip::ZipArchive::new(file).unwrap();
    let mut all = String::new();
    for at in 0..zip.len() {
        let mut bytes = Vec::new();
        zip.by_index(at).unwrap().read_to_end(&mut bytes).unwrap();
        all += &String::from_utf8_lossy(&bytes);
    }
    all
}

on_both!(behind_a_proxy_each_address_has_its_own_limit_and_none_is_kept, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (_, kept) = opened(&site, &lead, ("", "")).await;
    let form = format!("/s/{}", kept.campaign.token);
    let proxied = site.visitor_behind_proxy().await;
    let page = sheet(&proxied.get(&form).await);
    let mut sent = 0;
    while flood(&proxied, &form, &page, &format!("198.51.100.{sent}, 203.0.113.7")).await == 422 {
        sent += 1;
        assert!(sent < 200, "the address the proxy names last is not held back");
    }
    assert_eq!(flood(&proxied, &form, &page, "203.0.113.7").await, 429);
    assert_eq!(flood(&proxied, &form, &page, "203.0.113.8").await, 422, "another citizen is let through");
    let code = codes().remove(0);
    let request = proxied.request(reqwest::Method::POST, &form).header("x-forwarded-for", "203.0.113.9");
    let answered = proxied.send(request.form(&[("lembar", page.as_str()), (&code, "4")])).await;
    assert_eq!(answered.status.as_u16(), 303, "{}", answered.text());
    let all = everything(&site).await;
    assert!(all.contains("survey_answer") || all.contains(&kept.campaign.id.to_string()), "it is a backup");
    for address in ["203.0.113", "198.51.100"] {
        assert!(!all.contains(address), "{address} is kept");
    }
});
