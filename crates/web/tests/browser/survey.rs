//! A citizen answers a survey on a small telephone without JavaScript, with nothing for axe-core to find.

use bening_testkit::{Browser, TestSite};

use crate::person::site;

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
