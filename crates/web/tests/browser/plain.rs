//! Where JavaScript is switched off or did not arrive: the plan is still read, changed and reported.

use bening_testkit::Browser;

use crate::person::{sign_in, site};

#[tokio::test(flavor = "multi_thread")]
async fn an_action_is_changed_through_its_form_without_script() {
    let site = site().await;
    let browser = Browser::new(390, 850).await.unwrap();
    browser.disable_script().await.unwrap();
    sign_in(&browser, &site, "ketua").await;
    let action = site.agency.action();
    browser.goto(&format!("{}{}/tindakan/{action}", site.address, site.plan())).await.unwrap();
    browser.fill("#f-aksi", "Membentuk tim tanpa skrip").await.unwrap();
    browser.fill("#f-waktu", "Triwulan II\n").await.unwrap();
    assert!(browser.text("#toasts").await.unwrap().contains("Tindakan disimpan"));
    let cell = browser.wait_for(&format!("#r-{action} textarea[data-col=aksi]")).await.unwrap();
    assert_eq!(cell.prop("value").await.unwrap().as_deref(), Some("Membentuk tim tanpa skrip"));
    assert!(cell.attr("readonly").await.unwrap().is_some(), "a cell that cannot save itself takes no text");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_added_without_script() {
    let site = site().await;
    let browser = Browser::new(1280, 850).await.unwrap();
    browser.disable_script().await.unwrap();
    sign_in(&browser, &site, "ketua").await;
    browser.goto(&format!("{}{}", site.address, site.plan())).await.unwrap();
    browser.fill(".add-row input[name=teks]", "Menyusun jadwal\n").await.unwrap();
    let added = browser.wait_for("[data-text='Menyusun jadwal'] > textarea").await.unwrap();
    assert_eq!(added.prop("value").await.unwrap().as_deref(), Some("Menyusun jadwal"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_shown_once() {
    let site = site().await;
    let browser = Browser::new(1280, 850).await.unwrap();
    sign_in(&browser, &site, "direktur").await;
    browser.goto(&format!("{}{}", site.address, site.plan())).await.unwrap();
    browser.click(".actions details:last-child summary").await.unwrap();
    browser.click(".menu-form button").await.unwrap();
    assert!(browser.text("#toasts").await.unwrap().contains("disetujui"));
    browser.goto(&format!("{}{}/riwayat", site.address, site.plan())).await.unwrap();
    assert_eq!(browser.text("#toasts").await.unwrap(), "");
}
