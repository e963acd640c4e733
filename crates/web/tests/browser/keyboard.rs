//! Everything without a mouse: the way past the navigation, every control in turn, cells, menus and dialogs.

use bening_testkit::Browser;
use bening_testkit::browser::Key;
use serde_json::{Value, json};

use crate::person::{at_desk, site, until};

/// Lists what can be focused and notes what was; what is folded away or belongs to a dialog does not count.
const COUNT: &str = "
    window.all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]')]
        .filter(e => !e.disabled && e.type !== 'hidden' && e.checkVisibility({ visibilityProperty: true }));
    window.reached = new Set();
    document.addEventListener('focusin', event => reached.add(event.target));
    return all.length";

#[tokio::test(flavor = "multi_thread")]
async fn tab_reaches_every_control_of_the_open_plan() {
    let (_site, browser) = open_plan().await;
    let controls = browser.evaluate(COUNT).await.unwrap().as_u64().unwrap();
    // Twice as many, because the button of a row to be added appears only with the focus.
    for _ in 0..controls * 2 {
        browser.press(Key::Tab).await.unwrap();
    }
    let missed =
        browser.evaluate("return all.filter(e => !reached.has(e)).map(e => e.outerHTML)").await.unwrap();
    assert_eq!(missed, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_stop_leads_past_the_navigation_and_is_seen() {
    let (_site, browser) = open_plan().await;
    browser.press(Key::Tab).await.unwrap();
    assert_eq!(focus(&browser, "className").await, "skip");
    until(&browser, "document.activeElement.getBoundingClientRect().top >= 0").await;
    browser.press(Key::Enter).await.unwrap();
    until(&browser, "document.activeElement.id === 'isi'").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn enter_and_control_arrows_walk_from_cell_to_cell() {
    let (_site, browser) = open_plan().await;
    browser.evaluate("document.querySelector('textarea[data-col=aksi]').focus()").await.unwrap();
    browser.press(Key::Enter).await.unwrap();
    assert_eq!(focus(&browser, "value").await, "Rapat bulanan");
    browser.press_chord(&[Key::Control, Key::Up]).await.unwrap();
    assert_eq!(focus(&browser, "value").await, "Membentuk tim");
    browser.press(Key::End).await.unwrap();
    browser.press_chord(&[Key::Control, Key::Right]).await.unwrap();
    assert_eq!(focus(&browser, "dataset.col").await, "bukti");
    browser.press_chord(&[Key::Shift, Key::Enter]).await.unwrap();
    assert_eq!(focus(&browser, "dataset.col").await, "bukti");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_menu_opens_and_closes_and_gives_the_focus_back() {
    let (_site, browser) = open_plan().await;
    browser.evaluate("document.querySelector('.row-note summary').focus()").await.unwrap();
    browser.press(Key::Enter).await.unwrap();
    until(&browser, "document.querySelector('.row-note details').open").await;
    browser.press(Key::Tab).await.unwrap();
    assert_eq!(focus(&browser, "textContent").await, "Buka");
    browser.press(Key::Escape).await.unwrap();
    until(&browser, "!document.querySelector('.row-note details').open").await;
    assert_eq!(focus(&browser, "tagName").await, "SUMMARY");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_mark_lists_the_keys_and_escape_puts_the_list_away() {
    let (_site, browser) = open_plan().await;
    browser.type_text("?").await.unwrap();
    until(&browser, "document.getElementById('help').open").await;
    assert_eq!(browser.axe().await.unwrap(), []);
    browser.press(Key::Escape).await.unwrap();
    until(&browser, "!document.getElementById('help').open").await;
}

async fn open_plan() -> (bening_testkit::TestSite, Browser) {
    let site = site().await;
    let browser = at_desk(&site, "ketua").await;
    browser.goto(&format!("{}{}", site.address, site.plan())).await.unwrap();
    browser.wait_for("textarea[data-col=aksi]:not([readonly])").await.unwrap();
    (site, browser)
}

/// A property of the element that has the focus.
async fn focus(browser: &Browser, property: &str) -> String {
    let found =
        browser.evaluate(&format!("return String(document.activeElement.{property}).trim()")).await.unwrap();
    let Value::String(text) = found else { panic!("{property} is {found}") };
    text
}
