//! The worksheet by keyboard: moving, answering, the reason that a different answer wants, the conflict of two people.

use bening_testkit::browser::Key;
use bening_testkit::{Browser, TestSite};

use crate::person::{at_desk, at_screen, site, until};

const SHEET: &str = "/unit/AIR/lke/2020";

/// The team lead at a worksheet that was just begun.
async fn at_sheet(site: &TestSite, width: u32) -> Browser {
    let lead = site.sign_in("ketua").await;
    lead.post(SHEET, &[("edisi", "permenpanrb-52-2014")]).await;
    let browser = at_screen(site, "ketua", width).await;
    browser.goto(&format!("{}{SHEET}", site.address)).await.unwrap();
    browser.wait_for(".lke-row fieldset:enabled").await.unwrap();
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_are_answered_without_a_mouse() {
    let site = site().await;
    let browser = at_sheet(&site, 1280).await;
    browser.type_text("jy").await.unwrap();
    until(&browser, "document.getElementById('v-MP-P1a').textContent === '1,00'").await;
    browser.type_text("ju").await.unwrap();
    until(&browser, "location.hash === '#bukti' && location.pathname.endsWith('MP-P1b')").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_by_letter_moves_the_total() {
    let site = site().await;
    let browser = at_sheet(&site, 1280).await;
    let before = browser.text("#lke-total .lke-figure").await.unwrap();
    browser.evaluate("document.getElementById('r-MP-P1b').focus()").await.unwrap();
    browser.type_text("a").await.unwrap();
    until(&browser, "document.querySelector('#r-MP-P1b').dataset.state === 'saved'").await;
    assert_ne!(browser.text("#lke-total .lke-figure").await.unwrap(), before);
    assert_eq!(browser.console_errors().await.unwrap(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn areas_and_what_was_filtered_are_reached_without_a_mouse() {
    let site = site().await;
    let browser = at_sheet(&site, 1280).await;
    let at = |code: &str| format!("document.activeElement.dataset.code === '{code}'");
    browser.type_text("j]").await.unwrap();
    until(&browser, &at("TL-P1a")).await;
    browser.type_text("j[").await.unwrap();
    until(&browser, &at("TL-P1a")).await;
    browser.type_text("[/").await.unwrap();
    until(&browser, "document.activeElement.name === 'cari'").await;
    browser.type_text("P3b").await.unwrap();
    browser.press(Key::Enter).await.unwrap();
    until(&browser, &at("MP-P3b")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_questions_are_turned_by_keys() {
    let site = site().await;
    let browser = at_sheet(&site, 1280).await;
    browser.goto(&format!("{}{SHEET}/pertanyaan/MP-P1a", site.address)).await.unwrap();
    browser.type_text("j").await.unwrap();
    until(&browser, "location.pathname.endsWith('MP-P1b') && document.readyState === 'complete'").await;
    browser.type_text("k").await.unwrap();
    until(&browser, "location.pathname.endsWith('MP-P1a')").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_are_kept_until_all_are_there() {
    let site = site().await;
    let browser = at_sheet(&site, 1280).await;
    let fill = "const i = document.querySelector('#r-BA-H2a input[name=\"isian.NAME\"]');
        i.value = 'VALUE'; i.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.evaluate(&fill.replace("NAME", "temuan").replace("VALUE", "10")).await.unwrap();
    until(&browser, "document.querySelector('#r-BA-H2a .lke-mark').textContent.includes('masih kosong')")
        .await;
    browser.evaluate(&fill.replace("NAME", "ditindaklanjuti").replace("VALUE", "9")).await.unwrap();
    until(&browser, "document.getElementById('v-BA-H2a').textContent === '0,90'").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_in_one_answer_choose_on_the_page() {
    let site = site().await;
    let browser = at_sheet(&site, 1280).await;
    let other = at_desk(&site, "anggota").await;
    other.goto(&format!("{}{SHEET}", site.address)).await.unwrap();
    other.wait_for("#r-MP-P1b fieldset:enabled").await.unwrap();
    for (person, key) in [(&browser, "a"), (&other, "b")] {
        person.evaluate("document.getElementById('r-MP-P1b').focus()").await.unwrap();
        person.type_text(key).await.unwrap();
        until(person, "['saved', 'conflict'].includes(document.querySelector('#r-MP-P1b').dataset.state)")
            .await;
    }
    other.click("#r-MP-P1b .lke-mark .btn").await.unwrap();
    until(&other, "document.querySelector('#r-MP-P1b').dataset.state === 'saved'").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_runs_over_the_edge_of_a_phone_and_axe_finds_nothing() {
    let site = site().await;
    for width in [390, 1280] {
        let browser = at_sheet(&site, width).await;
        assert_eq!(browser.overflow_px().await.unwrap(), 0, "at {width}");
        let found = browser.axe().await.unwrap();
        assert!(found.is_empty(), "at {width}: {found:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_unit_stands_fits_a_phone_and_axe_finds_nothing() {
    let site = site().await;
    for width in [390, 1280] {
        let browser = at_sheet(&site, width).await;
        for page in
            ["posisi", "kelayakan", "andai", "fakta", "upaya", "impor", "pengajuan", "pertanyaan/MP-P1a"]
        {
            browser.goto(&format!("{}{SHEET}/{page}", site.address)).await.unwrap();
            assert_eq!(browser.overflow_px().await.unwrap(), 0, "{page} at {width}");
            let found = browser.axe().await.unwrap();
            assert!(found.is_empty(), "{page} at {width}: {found:#?}");
        }
    }
}
