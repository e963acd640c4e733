//! From the answers of citizens to the worksheet, the report and the publication page: a frozen index is suggested,
//! accepted by a person, and anybody reckons it again from the published file with the binary.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::process::Command;

use bening_core::instrument::Exact;
use bening_core::lke::Layer;
use bening_core::scoring::Answer;
use bening_core::survey::shipped;
use bening_core::time::Year;
use bening_testkit::{TestSite, Visitor, on_both};
use serde_json::Value;

const SHEET: &str = "/unit/AIR/lke/2020";
const ASKED: &str = "korupsi-52-2014";

/// A frozen campaign whose index is a fraction without an end: its address.
async fn frozen(site: &TestSite, lead: &Visitor) -> String {
    let fields = [
        ("kuesioner", "korupsi-52-2014:4"),
        ("layanan", "Izin air"),
        ("periode", "Semester I 2020"),
        ("populasi", "100"),
        ("buka", "2020-06-01"),
        ("tutup", "2020-06-30"),
        ("cara", "open"),
    ];
    let at = lead.post("/unit/AIR/survei", &fields).await.location.unwrap();
    assert_eq!(lead.post(&format!("{at}/pembukaan"), &[]).await.status.as_u16(), 303);
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    let kept = bening_store::survey::by_id(&site.store, id).await.unwrap().unwrap();
    for value in ["4", "3", "3"] {
        answer(&site.visitor(), &format!("/s/{}", kept.campaign.token), value).await;
    }
    for step in ["penutupan", "pembekuan"] {
        assert_eq!(lead.post(&format!("{at}/{step}"), &[]).await.status.as_u16(), 303);
    }
    at
}

async fn answer(visitor: &Visitor, form: &str, value: &str) {
    let page = visitor.get(form).await.body;
    let sheet = page.split_once("name=\"lembar\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let asked = shipped().find(ASKED).unwrap();
    let codes: Vec<String> = asked.questions().map(|(_, question)| question.code.clone()).collect();
    let mut fields: Vec<(&str, &str)> = codes.iter().map(|code| (code.as_str(), value)).collect();
    fields.push(("lembar", &sheet));
    assert_eq!(visitor.post(form, &fields).await.status.as_u16(), 303);
}

async fn stored(site: &TestSite, code: &str) -> Option<(Answer, String)> {
    let year = Year::new(2020).unwrap();
    let lke = bening_store::lke::find(&site.store, site.agency.unit.id, year).await.unwrap().unwrap();
    let entry = lke.entry(Layer::Unit, code)?;
    Some((entry.answer.clone()?, entry.note.clone()))
}

/// What the binary makes of the published file, by the command the page shows.
fn reckoned(command: &str, csv: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    std::fs::write(folder.path().join(words.last().unwrap()), csv).unwrap();
    let mut binary = Command::new(env!("CARGO_BIN_EXE_bening"));
    let output = binary.current_dir(folder.path()).args(words).output().expect("the binary runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}

on_both!(an_index_is_suggested_accepted_by_a_person_and_reckoned_again_to_the_last_digit, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    assert_eq!(lead.post(SHEET, &[("edisi", "permenpanrb-52-2014")]).await.status.as_u16(), 303);
    let at = frozen(&site, &lead).await;
    let code = "BA-H1a";
    let question = format!("{SHEET}/pertanyaan/{code}");

    let page = lead.get(&question).await;
    assert!(page.texts("#usulan").concat().contains("3,33"), "{}", page.text());
    assert!(lead.get(SHEET).await.texts("#d-BA-H1a").concat().contains("usulan survei"));
    assert_eq!(stored(&site, code).await, None, "a suggestion never writes by itself");

    let command = page.texts("#usulan code").pop().unwrap();
    let csv = lead.get(&format!("{at}/data/csv")).await.body;
    assert!(page.text().contains(&bening_web::chance::digest(&csv)));
    let again = reckoned(&command, &csv);

    let campaign = at.rsplit('/').next().unwrap();
    let key = format!("survei.{campaign}");
    let accepted =
        [("kunci", &*key), ("usul", "3,33"), ("was", r#"{"answer":null,"note":"dari survei kita"}"#)];
    assert_eq!(
        lead.post(&format!("{question}/usulan"), &accepted).await.status.as_u16(),
        409,
        "not what stands there"
    );
    let accepted = [("kunci", &*key), ("usul", "3,33"), ("was", r#"{"answer":null,"note":""}"#)];
    assert_eq!(lead.post(&format!("{question}/usulan"), &accepted).await.status.as_u16(), 303);
    let (answer, note) = stored(&site, code).await.unwrap();
    let index: Exact = again["index_exact"].as_str().unwrap().parse().unwrap();
    assert_eq!(answer, Answer::Index(index));
    assert_eq!(index.to_string(), "10/3");
    assert!(note.contains(campaign) && note.contains(&bening_web::chance::digest(&csv)), "{note}");

    let page = lead.get(&question).await;
    assert!(page.texts("#usulan .chip").concat().contains("dipakai"), "{}", page.text());
    assert!(lead.get(SHEET).await.texts("#d-BA-H1a").concat().is_empty(), "nothing is left to suggest");
    let was = page.body.split_once("name=\"was\" value=\"").unwrap().1.split_once('"').unwrap().0;
    let was = was.replace("&quot;", "\"").replace("&#34;", "\"");
    let saved =
        lead.post(&question, &[("was", &was), ("jawaban", "3,33"), ("catatan", "Sudah diperiksa.")]).await;
    assert_eq!(saved.status.as_u16(), 303, "{}", saved.text());
    assert_eq!(
        stored(&site, code).await.unwrap().0,
        Answer::Index(index),
        "what is only shown rounded stays exact"
    );
});

on_both!(what_is_not_frozen_or_not_asked_for_is_not_suggested, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    assert_eq!(lead.post(SHEET, &[("edisi", "permenpanrb-52-2014")]).await.status.as_u16(), 303);
    let at = frozen(&site, &lead).await;
    let other = format!("{SHEET}/pertanyaan/PL-H1a");
    assert!(lead.get(&other).await.texts("#usulan").is_empty());
    let campaign = at.rsplit('/').next().unwrap();
    let nothing = r#"{"answer":null,"note":""}"#;
    let key = format!("survei.{campaign}");
    let fields = [("kunci", &*key), ("usul", "3,33"), ("was", nothing)];
    let sent = lead.post(&format!("{other}/usulan"), &fields).await;
    assert_eq!(sent.status.as_u16(), 422, "{}", sent.text());
    assert_eq!(stored(&site, "PL-H1a").await, None);
    let stranger = site.sign_in("asing").await;
    let sent = stranger.post(&format!("{SHEET}/pertanyaan/BA-H1a/usulan"), &fields).await;
    assert_eq!(sent.status.as_u16(), 404);
});

on_both!(citizens_read_what_the_head_published_and_nothing_else, async |db| {
    let site = TestSite::start(db).await;
    let (lead, head) = (site.sign_in("ketua").await, site.sign_in("direktur").await);
    let at = frozen(&site, &lead).await;
    let id = at.rsplit('/').next().unwrap();
    let (public, list) = (format!("/publik/survei/AIR/{id}"), "/publik/survei/AIR");
    let citizen = site.visitor();
    let hidden =
        [public.clone(), list.to_owned(), format!("{public}/data/csv"), format!("{public}/data/json")];
    for address in &hidden {
        assert_eq!(citizen.get(address).await.status.as_u16(), 404, "{address} before the publication");
    }
    assert_eq!(
        head.post(&format!("{at}/publikasi"), &[]).await.status.as_u16(),
        422,
        "nothing is said of what is done"
    );
    let words =
        [("temuan", "Loket <b>lambat</b>"), ("tindak_lanjut", "Loket kedua dibuka.\nAntrean lewat telepon.")];
    assert_eq!(lead.post(&format!("{at}/laporan"), &words).await.status.as_u16(), 303);
    assert_eq!(lead.post(&format!("{at}/publikasi"), &[]).await.status.as_u16(), 403, "the head publishes");
    assert_eq!(citizen.get(&public).await.status.as_u16(), 404);
    assert_eq!(head.post(&format!("{at}/publikasi"), &[]).await.status.as_u16(), 303);

    let page = citizen.get(&public).await;
    assert_eq!(page.texts(".result-figure"), ["3,33"], "{}", page.text());
    assert!(page.texts(".result-done li").contains(&"Loket kedua dibuka.".to_owned()));
    assert!(!page.body.contains("<b>lambat") && !page.body.contains("<script"));
    assert!(citizen.get(list).await.text().contains("3,33"));
    let csv = citizen.get(&format!("{public}/data/csv")).await.body;
    assert!(page.text().contains(&bening_web::chance::digest(&csv)), "the page names the hash of the file");
    let asked = citizen.request(reqwest::Method::GET, &public).send().await.unwrap();
    assert!(asked.headers()["cache-control"].to_str().unwrap().starts_with("public"));
    let other = site.visitor().get("/publik/survei/API").await;
    assert_eq!(other.status.as_u16(), 404, "a unit that published nothing");

    let locked = lead.post(&format!("{at}/laporan"), &[("temuan", "Lain"), ("tindak_lanjut", "Lain")]).await;
    assert_eq!(locked.status.as_u16(), 422, "what citizens read is not changed under them");
    let kept = bening_store::survey::by_id(&site.store, id.parse().unwrap()).await.unwrap().unwrap();
    let thanks = citizen.get(&format!("/s/{}/terima-kasih", kept.campaign.token)).await;
    assert!(thanks.text().contains("Antrean lewat telepon."), "{}", thanks.text());
    assert_eq!(head.post(&format!("{at}/publikasi/pembatalan"), &[]).await.status.as_u16(), 303);
    assert_eq!(citizen.get(&public).await.status.as_u16(), 404, "withdrawn");
});

on_both!(the_report_tells_scale_method_figures_and_what_the_unit_says, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let at = frozen(&site, &lead).await;
    let words = [("temuan", "Loket lambat."), ("tindak_lanjut", "Loket kedua dibuka.")];
    assert_eq!(lead.post(&format!("{at}/laporan"), &words).await.status.as_u16(), 303);
    let csv = lead.get(&format!("{at}/data/csv")).await.body;
    for format in ["pdf", "docx", "xlsx"] {
        let paper = lead.get(&format!("{at}/laporan/{format}")).await.body;
        let asked = shipped().find(ASKED).unwrap();
        let scale = &asked.scale(Some(4)).unwrap().formula;
        for wanted in ["Loket lambat.", "Loket kedua dibuka.", "BELUM DIPUBLIKASIKAN", "bootstrap", "3,33"] {
            assert!(paper.contains(wanted), "{format}: {wanted}");
        }
        assert!(paper.contains(&format!("bernilai {scale} pada")), "the conversion is printed");
        assert!(paper.contains(&bening_web::chance::digest(&csv)), "the hash is printed");
        assert!(!paper.contains("{indeks}") && !paper.contains("{dasar}"), "no gap is left open");
        let questions = asked.questions().count();
        assert_eq!(asked.questions().filter(|(_, one)| paper.contains(&one.text.id)).count(), questions);
    }
    let draft = lead.get(&format!("{at}/laporan/csv")).await;
    assert_eq!(draft.status.as_u16(), 404, "no such paper");
});
