//! Evidence and what lies outside the site: the virus scanner that looks at files, links that may be dead.

use bening_core::audit::{Actor, Entry};
use bening_core::evidence::{Kept, LinkCheck, LinkState};
use bening_core::id::ProofId;
use bening_store::evidence as store;
use bening_testkit::{Answer, TestSite, Visitor, on_both, surroundings};
use bening_web::app::{Links, Outside};
use chrono::NaiveDate;
use reqwest::multipart::{Form, Part};
use reqwest::{Method, StatusCode};

use crate::ground::{assert_done, assert_says};

const PDF: &[u8] = b"%PDF-1.4\n% sebuah surat keputusan\n%%EOF";
const REGISTER: &str = "/unit/AIR/bukti";

async fn bring(who: &Visitor, bytes: &[u8]) -> Answer {
    let form = Form::new()
        .text("_csrf", who.token().to_owned())
        .text("jenis", "sk")
        .part("berkas", Part::bytes(bytes.to_vec()).file_name("SK.pdf"));
    who.send(who.request(Method::POST, REGISTER).multipart(form)).await
}

async fn kept(site: &TestSite) -> Vec<Kept> {
    store::of_unit(&site.store, site.agency.unit.id).await.unwrap()
}

/// How many files lie in the place of files, whether a row names them or not.
async fn files(site: &TestSite) -> usize {
    let far = chrono::DateTime::<chrono::Utc>::MAX_UTC;
    site.store.files().unwrap().orphans(&[], far).await.unwrap().len()
}

/// The team lead at a site where an administrator named a virus scanner.
async fn scanned(site: &TestSite, scanner: &str) -> Visitor {
    let scanner = Some(scanner.parse().unwrap());
    site.sign_in_at(Outside { scanner, ..Outside::default() }, "ketua").await
}

on_both!(a_file_in_which_the_scanner_finds_something_is_not_kept, async |db| {
    let site = TestSite::start(db).await;
    let lead = scanned(&site, &surroundings::required(surroundings::SCANNER)).await;
    let infected = [PDF, surroundings::VIRUS].concat();
    assert_says(&bring(&lead, &infected).await, StatusCode::UNPROCESSABLE_ENTITY, "Bening.Uji");
    assert_eq!((kept(&site).await.len(), files(&site).await), (0, 0));
    assert_done(&bring(&lead, PDF).await);
    assert_eq!(kept(&site).await.len(), 1, "a clean one is kept");
});

on_both!(without_an_answer_of_the_scanner_nothing_is_kept, async |db| {
    let site = TestSite::start(db).await;
    let lead = scanned(&site, "unix:/nowhere/clamd.sock").await;
    let answer = bring(&lead, PDF).await;
    assert_says(&answer, StatusCode::SERVICE_UNAVAILABLE, "Pemindai virus tidak menjawab");
    assert_eq!((kept(&site).await.len(), files(&site).await), (0, 0));
});

async fn add_link(who: &Visitor, link: &str) {
    let fields = [("tautan", link), ("judul", "Laporan di luar"), ("jenis", "lain")];
    assert_done(&who.post(&format!("{REGISTER}/tautan"), &fields).await);
}

async fn found(site: &TestSite, evidence: ProofId, state: LinkState) {
    let day = NaiveDate::from_ymd_opt(2020, 6, 15).unwrap();
    let check = LinkCheck { evidence, state, said: "HTTP 404".to_owned(), checked_on: day, since: day };
    let tx = site.store.begin().await.unwrap();
    store::keep_checks(&tx, &[check]).await.unwrap();
    let entry = Entry::new(Actor::System, "links.checked", evidence.0);
    tx.commit(entry, chrono::DateTime::UNIX_EPOCH).await.unwrap();
}

on_both!(a_dead_link_says_so_and_is_found_by_it, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    add_link(&lead, "https://contoh.go.id/laporan").await;
    let id = kept(&site).await[0].evidence.id;
    let dead = format!("{REGISTER}?keadaan=mati");
    assert_says(&lead.get(&dead).await, StatusCode::OK, "Tidak ada bukti yang cocok");
    found(&site, id, LinkState::Dead).await;
    assert_says(&lead.get(&dead).await, StatusCode::OK, "Laporan di luar");
    let page = lead.get(&format!("{REGISTER}/{id}")).await;
    assert_says(&page, StatusCode::OK, "tautan mati sejak 15 Juni 2020 (HTTP 404)");
    found(&site, id, LinkState::Alive).await;
    assert_says(&lead.get(&dead).await, StatusCode::OK, "Tidak ada bukti yang cocok");
});

on_both!(links_are_asked_again_only_after_their_time, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    add_link(&lead, "https://contoh.go.id/satu").await;
    add_link(&lead, "https://contoh.go.id/dua").await;
    let id = kept(&site).await[0].evidence.id;
    let day = |day| NaiveDate::from_ymd_opt(2020, 6, day).unwrap();
    found(&site, id, LinkState::Alive).await;
    let asked = store::to_ask(&site.store, day(9), 10).await.unwrap();
    assert_eq!((asked.len(), asked.iter().any(|(asked, _)| *asked == id)), (1, false));
    assert_eq!(store::to_ask(&site.store, day(16), 10).await.unwrap().len(), 2);
});

on_both!(a_new_link_is_asked_soon_only_where_links_are_asked, async |db| {
    let site = TestSite::start(db).await;
    add_link(&site.sign_in("ketua").await, "https://contoh.go.id/satu").await;
    let admin = site.sign_in("admin").await;
    assert!(!admin.get("/instansi/pekerjaan").await.body.contains("Periksa tautan"), "nobody allowed it");
    let outside = Outside { links: Some(Links::Internet), ..Outside::default() };
    add_link(&site.sign_in_at(outside, "ketua").await, "https://contoh.go.id/dua").await;
    assert_says(&admin.get("/instansi/pekerjaan").await, StatusCode::OK, "Periksa tautan bukti");
});
