//! The integrity pact: text and versions, who signs, signing with the password once more, verification by everybody.

use bening_testkit::agency::PASSWORD;
use bening_testkit::{TestSite, Visitor, on_both};
use reqwest::StatusCode;

use crate::ground::{assert_done, assert_says};

const PACT: &str = "/unit/AIR/pakta/2020";
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const LIST: &str =
    "Nama;NIP;Jabatan;Nama masuk\nPegawai Air;1980;Analis;pegawai\nTanpa Akun;1981;Juru tulis;\n";

/// A text and a list of two, of whom one has an account.
async fn prepared(site: &TestSite) -> (Visitor, Visitor) {
    let lead = site.sign_in("ketua").await;
    assert_done(&lead.post(PACT, &[("teks", "Saya jujur.")]).await);
    let added = lead.upload(&format!("{PACT}/pegawai"), "berkas", "pegawai.csv", LIST.into()).await;
    assert_done(&added);
    (lead, site.sign_in("pegawai").await)
}

async fn hash(visitor: &Visitor) -> String {
    let said = visitor.get(PACT).await.texts("#teks .hash").pop().unwrap();
    said.trim_start_matches("SHA-256").trim().to_owned()
}

on_both!(everybody_signs_for_themselves_with_their_password, async |db| {
    let site = TestSite::start(db).await;
    let (lead, employee) = prepared(&site).await;
    let read = hash(&employee).await;
    let sign = format!("{PACT}/tanda-tangan");
    let wrong = employee.post(&sign, &[("sandi", "bukan ini"), ("teks", &read)]).await;
    assert_says(&wrong, REFUSED, "sandi tidak cocok");
    assert_done(&employee.post(&sign, &[("sandi", PASSWORD), ("teks", &read)]).await);
    let again = employee.post(&sign, &[("sandi", PASSWORD), ("teks", &read)]).await;
    assert_says(&again, REFUSED, "sudah ditandatangani");
    let unlisted = lead.post(&sign, &[("sandi", PASSWORD), ("teks", &read)]).await;
    assert_says(&unlisted, REFUSED, "belum ada pada daftar");
    assert_says(&lead.get(PACT).await, StatusCode::OK, "1 dari 2");
    assert_says(&lead.get(PACT).await, StatusCode::OK, "50%");
    let page = lead.get(PACT).await;
    let proof =
        page.body.split("href=\"/publik/pakta/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let public = site.visitor().get(&format!("/publik/pakta/{proof}")).await;
    assert_says(&public, StatusCode::OK, "Tanda tangan sah");
    for secret in ["Pegawai Air", "1980", "Analis"] {
        assert!(!public.body.contains(secret), "the verification tells {secret}");
    }
});

on_both!(guessing_the_password_of_a_signature_is_slowed_down, async |db| {
    let site = TestSite::start(db).await;
    let (_, employee) = prepared(&site).await;
    let read = hash(&employee).await;
    let sign = format!("{PACT}/tanda-tangan");
    let mut last = StatusCode::OK;
    for _ in 0..8 {
        last = employee.post(&sign, &[("sandi", "tebakan"), ("teks", &read)]).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let right = employee.post(&sign, &[("sandi", PASSWORD), ("teks", &read)]).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "not even the right one passes");
});

on_both!(a_changed_text_has_to_be_signed_again_and_old_signatures_stay_with_the_old_one, async |db| {
    let site = TestSite::start(db).await;
    let (lead, employee) = prepared(&site).await;
    let read = hash(&employee).await;
    let sign = format!("{PACT}/tanda-tangan");
    assert_done(&employee.post(&sign, &[("sandi", PASSWORD), ("teks", &read)]).await);
    assert_says(&lead.post(PACT, &[("teks", "Saya jujur.")]).await, REFUSED, "tidak berubah");
    assert_done(&lead.post(PACT, &[("teks", "Saya jujur dan terbuka.")]).await);
    assert_says(&lead.get(PACT).await, StatusCode::OK, "hanya versi 1");
    let stale = employee.post(&sign, &[("sandi", PASSWORD), ("teks", &read)]).await;
    assert_says(&stale, StatusCode::CONFLICT, "sudah diganti");
    let read = hash(&employee).await;
    assert_done(&employee.post(&sign, &[("sandi", PASSWORD), ("teks", &read)]).await);
});

on_both!(the_lead_notes_paper_and_leaving_and_a_wrong_list_adds_nobody, async |db| {
    let site = TestSite::start(db).await;
    let (lead, employee) = prepared(&site).await;
    let read = hash(&lead).await;
    let page = lead.get(PACT).await;
    let lines = page
        .body
        .split("/pegawai/")
        .filter_map(|rest| rest.split_once("/kertas").map(|(id, _)| id.to_owned()));
    let line = lines.filter(|id| id.len() == 36).last().unwrap();
    let paper = format!("{PACT}/pegawai/{line}/kertas");
    let fields =
        |on: &'static str| [("tanggal".to_owned(), on.to_owned()), ("teks".to_owned(), read.clone())];
    let post = async |who: &Visitor, on: &'static str| {
        let fields = fields(on);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        who.post(&paper, &fields).await
    };
    assert_eq!(post(&employee, "2020-06-15").await.status, StatusCode::FORBIDDEN);
    assert_says(&post(&lead, "2020-06-16").await, REFUSED, "tidak melewati hari ini");
    assert_done(&post(&lead, "2020-06-15").await);
    assert_says(&lead.get(PACT).await, StatusCode::OK, "di atas kertas");
    let wrong = "Ani;1;Analis;tidak-ada\n".to_owned();
    let refused = lead.upload(&format!("{PACT}/pegawai"), "berkas", "p.csv", wrong.into()).await;
    assert_says(&refused, REFUSED, "tidak ada akun");
    assert_done(&lead.post(&format!("{PACT}/pegawai/{line}/kepergian"), &[("tanggal", "2020-06-15")]).await);
    assert_says(&lead.get(PACT).await, StatusCode::OK, "sampai 15 Jun 2020");
});
