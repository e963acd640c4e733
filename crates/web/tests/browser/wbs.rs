//! Somebody reports without a name and without script; a recipient reads and answers, the reporter replies by code, the
//! administrator with the whole database in hand finds nothing, the custodian opens who it was with a reason, and
//! recap and worksheet count what happened.

use bening_testkit::{Browser, TestSite, Visitor};

use crate::person::{at_desk, site, until};

const PHRASE: &str = "perahu kertas melawan arus deras";
const REPORT: &str = "Uang pelicin diminta di loket lima";
const NAME: &str = "Siti Pelapor 0812777";
const ANSWER: &str = "Pada hari apa kejadiannya";
const REPLY: &str = "Setiap hari Selasa pagi";
const DESK: &str = "/unit/AIR/wbs";

/// Somebody who was named and made their key.
async fn keeper(site: &TestSite, login: &str, duty: &str) -> Visitor {
    let admin = site.sign_in("admin").await;
    admin.post(&format!("{DESK}/penerima"), &[("akun", login), ("tugas", duty)]).await;
    let keeper = site.sign_in(login).await;
    let made = keeper.post(&format!("{DESK}/kunci"), &[("frasa", PHRASE), ("ulang", PHRASE)]).await;
    assert_eq!(made.status.as_u16(), 303, "{}", made.body);
    keeper
}

/// Reports with a name, on a telephone without script; the receipt.
async fn report(browser: &Browser, site: &TestSite) -> String {
    browser.disable_script().await.unwrap();
    browser.goto(&format!("{}/lapor/AIR", site.address)).await.unwrap();
    browser.fill("#f-isi", REPORT).await.unwrap();
    browser.fill("#f-identitas", NAME).await.unwrap();
    browser.click("form[action='/lapor/AIR'] button.primary").await.unwrap();
    browser.wait_for("#kode").await.unwrap();
    browser.text("#kode").await.unwrap()
}

/// Comes back with the receipt; what stands there.
async fn come_back(browser: &Browser, site: &TestSite, receipt: &str) -> String {
    browser.goto(&format!("{}/lapor/AIR/percakapan", site.address)).await.unwrap();
    browser.fill("#f-kode", receipt).await.unwrap();
    browser.click("form[action$=percakapan] button.primary").await.unwrap();
    browser.wait_for("#f-balasan").await.unwrap();
    browser.text("main").await.unwrap()
}

/// The recipient at the desk, with the report open.
async fn reading(browser: &Browser, site: &TestSite) -> String {
    browser.goto(&format!("{}{DESK}", site.address)).await.unwrap();
    browser.fill("form[action$=bacaan] input[name=frasa]", PHRASE).await.unwrap();
    browser.click("form[action$=bacaan] button.primary").await.unwrap();
    browser.wait_for("#f-teks").await.unwrap();
    browser.text("main").await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_read_answered_and_counted_and_those_with_power_see_nothing() {
    let site = site().await;
    keeper(&site, "pegawai", "recipient").await;
    keeper(&site, "anggota", "custodian").await;
    let lead = site.sign_in("ketua").await;
    lead.post("/unit/AIR/lke/2020", &[("edisi", "permenpanrb-52-2014")]).await;
    let telephone = Browser::new(390, 850).await.unwrap();
    let receipt = report(&telephone, &site).await;

    let recipient = at_desk(&site, "pegawai").await;
    let read = reading(&recipient, &site).await;
    assert!(read.contains(REPORT) && !read.contains(NAME), "{read}");
    recipient.fill("#f-teks", ANSWER).await.unwrap();
    recipient.click("form[action$=jawaban] button.primary").await.unwrap();
    recipient.wait_for(".toast").await.unwrap();

    let seen = come_back(&telephone, &site, &receipt).await;
    assert!(seen.contains(ANSWER), "{seen}");
    telephone.fill("#f-balasan", REPLY).await.unwrap();
    telephone.click("form[action$=percakapan] button.primary").await.unwrap();
    until_text(&telephone, REPLY).await;
    assert!(reading(&recipient, &site).await.contains(REPLY));
    recipient.click("form[action$=keadaan] button").await.unwrap();
    recipient.wait_for(".toast").await.unwrap();

    let admin = at_desk(&site, "admin").await;
    admin.goto(&format!("{}{DESK}", site.address)).await.unwrap();
    let (shown, kept) = (admin.text("main").await.unwrap(), site.dump().await);
    assert!(!shown.contains("Buka laporan"), "{shown}");
    for secret in [REPORT, NAME, ANSWER, REPLY, PHRASE, receipt.as_str()] {
        assert!(!shown.contains(secret) && !kept.contains(secret), "{secret}");
    }

    let custodian = at_desk(&site, "anggota").await;
    custodian.goto(&format!("{}{DESK}", site.address)).await.unwrap();
    custodian.fill("form[action$=identitas] input[name=alasan]", "Perlindungan saksi diminta").await.unwrap();
    custodian.fill("form[action$=identitas] input[name=frasa]", PHRASE).await.unwrap();
    custodian.click("form[action$=identitas] button").await.unwrap();
    until(&custodian, "document.querySelector('main').textContent.includes('Identitas pelapor')").await;
    let opened = custodian.text("main").await.unwrap();
    assert!(opened.contains(NAME) && !opened.contains(REPORT), "{opened}");
    assert!(site.dump().await.contains("Perlindungan saksi diminta"), "the reason is in the trail");

    recipient.goto(&format!("{}{DESK}", site.address)).await.unwrap();
    let recap = recipient.text("#rekap tbody").await.unwrap();
    assert_eq!(recap.split_whitespace().collect::<Vec<_>>(), ["2020", "1", "1", "0", "0", "0", "0", "0"]);
    let offered = lead.get("/unit/AIR/lke/2020/usulan").await;
    assert!(offered.text().contains("semua laporan tahun ini ditelaah"), "{}", offered.text());
}

async fn until_text(browser: &Browser, words: &str) {
    for _ in 0..100 {
        if browser.text("main").await.is_ok_and(|text| text.contains(words)) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{words} never came");
}
