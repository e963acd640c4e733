//! A citizen answers a survey on a small telephone: without JavaScript, by keyboard, over a line that is cut, with
//! nothing for axe-core to find.

use bening_testkit::browser::{Key, Line};
use bening_testkit::{Browser, TestSite};

use crate::person::{site, until};

/// An open survey: the address of its form.
async fn open(site: &TestSite) -> String {
    let lead = site.sign_in("ketua").await;
    let fields = [
        ("kuesioner", "skm-14-2017:4"),
        ("layanan", "Izin pengambilan air"),
        ("periode", "Triwulan II 2020"),
        ("populasi", "1200"),
        ("buka", "2020-06-01"),
        ("tutup", "2020-06-30"),
        ("cara", "open"),
    ];
    let made = lead.post(&format!("/unit/{}/survei", site.agency.unit.code), &fields).await;
    let at = made.location.unwrap();
    assert_eq!(lead.post(&format!("{at}/pembukaan"), &[]).await.status.as_u16(), 303);
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    let kept = bening_store::survey::by_id(&site.store, id).await.unwrap().unwrap();
    format!("{}/s/{}", site.address, kept.campaign.token)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_answers_on_a_telephone_without_script() {
    let site = site().await;
    let form = open(&site).await;
    let browser = Browser::new(390, 850).await.unwrap();
    browser.disable_script().await.unwrap();
    browser.goto(&form).await.unwrap();
    for question in ["U1", "U2", "U9"] {
        browser.click(&format!("label:has(input[name={question}][value='3'])")).await.unwrap();
    }
    browser.click("form[action^='/s/'] button.primary").await.unwrap();
    browser.wait_for("p.note").await.unwrap();
    assert!(browser.text("main").await.unwrap().contains("Terima kasih"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_fits_a_telephone_and_has_nothing_to_trip_over() {
    let site = site().await;
    let form = open(&site).await;
    let browser = Browser::new(390, 850).await.unwrap();
    browser.goto(&form).await.unwrap();
    assert_eq!(browser.axe().await.unwrap(), []);
    assert_eq!(browser.overflow_px().await.unwrap(), 0);
    let low = "return Math.min(...[...document.querySelectorAll('.choice')].map(c => c.offsetHeight)) >= 44";
    assert_eq!(browser.evaluate(low).await.unwrap(), serde_json::Value::Bool(true));
}

const CHECKED: &str = "return document.querySelectorAll('input:checked').length";

/// The answers that were counted.
async fn respondents(site: &TestSite, form: &str) -> u64 {
    let token = form.rsplit('/').next().unwrap();
    let kept = bening_store::survey::by_token(&site.store, token).await.unwrap().unwrap();
    bening_store::survey::tally(&site.store, kept.campaign.id).await.unwrap().respondents(None)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_over_a_cut_line_is_kept_and_sent_once_the_line_is_back() {
    let site = site().await;
    let form = open(&site).await;
    let browser = Browser::new(390, 850).await.unwrap();
    browser.goto(&form).await.unwrap();
    browser.click("label:has(input[name=U1][value='3'])").await.unwrap();
    browser.line(Line::Down).await.unwrap();
    browser.click("form[data-survey] button.primary").await.unwrap();
    browser.wait_for("[data-line]:not([hidden])").await.unwrap();
    until(
        &browser,
        "document.querySelector('[data-line]').textContent.includes('tersimpan di perangkat ini')",
    )
    .await;
    assert_eq!(respondents(&site, &form).await, 0);
    browser.line(Line::Up).await.unwrap();
    browser.wait_for("[data-survey-done]").await.unwrap();
    assert_eq!(respondents(&site, &form).await, 1, "sent again and counted once");
    browser.goto(&form).await.unwrap();
    assert_eq!(browser.evaluate(CHECKED).await.unwrap(), 0, "nothing is left on the device");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_survive_a_closed_page_but_not_on_the_device_at_the_counter() {
    let site = site().await;
    let form = open(&site).await;
    let browser = Browser::new(390, 850).await.unwrap();
    for (address, left) in [(form.clone(), 2), (format!("{form}/kios"), 0)] {
        browser.goto(&address).await.unwrap();
        browser.click("label:has(input[name=U1][value='3'])").await.unwrap();
        browser.click("label:has(input[name=U2][value='4'])").await.unwrap();
        browser.goto(&address).await.unwrap();
        assert_eq!(browser.evaluate(CHECKED).await.unwrap(), left, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_is_answered_by_keyboard_alone() {
    let site = site().await;
    let form = open(&site).await;
    let browser = Browser::new(390, 850).await.unwrap();
    browser.goto(&form).await.unwrap();
    let first = "document.querySelector('input[name=U1]').focus(); return 1";
    browser.evaluate(first).await.unwrap();
    for key in [Key::Space, Key::Right, Key::Tab, Key::Space] {
        browser.press(key).await.unwrap();
    }
    let given =
        "return ['U1', 'U2'].map(n => document.querySelector(`input[name=${n}]:checked`)?.value).join()";
    assert_eq!(browser.evaluate(given).await.unwrap(), "2,1");
    browser.press(Key::Enter).await.unwrap();
    browser.wait_for("[data-survey-done]").await.unwrap();
    assert_eq!(respondents(&site, &form).await, 1);
}
