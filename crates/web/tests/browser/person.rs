//! Somebody of the invented agency at a screen.

use std::time::Duration;

use bening_testkit::agency::PASSWORD;
use bening_testkit::{Browser, TestDatabase, TestSite};
use serde_json::Value;

/// How long a page may take for what it does by itself.
const PATIENCE: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(30);

/// A site with its agency, on SQLite: browsers do not see which database answers.
pub(crate) async fn site() -> TestSite {
    TestSite::start(TestDatabase::sqlite()).await
}

/// A browser in which somebody has signed in through the form.
pub(crate) async fn at_desk(site: &TestSite, login: &str) -> Browser {
    at_screen(site, login, 1280).await
}

/// The same at a screen of another width.
pub(crate) async fn at_screen(site: &TestSite, login: &str, width: u32) -> Browser {
    let browser = Browser::new(width, 850).await.unwrap();
    sign_in(&browser, site, login).await;
    browser
}

/// Signs in through the form.
pub(crate) async fn sign_in(browser: &Browser, site: &TestSite, login: &str) {
    browser.goto(&format!("{}/masuk", site.address)).await.unwrap();
    browser.fill("#f-nama", login).await.unwrap();
    browser.fill("#f-sandi", PASSWORD).await.unwrap();
    browser.click(".bare-card button.primary").await.unwrap();
    browser.wait_for("h1").await.unwrap();
}

/// Waits until an expression of JavaScript holds in the page.
pub(crate) async fn until(browser: &Browser, condition: &str) {
    let script = format!("return Boolean({condition})");
    let began = tokio::time::Instant::now();
    while browser.evaluate(&script).await.unwrap() != Value::Bool(true) {
        assert!(began.elapsed() < PATIENCE, "it never came true that {condition}");
        tokio::time::sleep(GLANCE).await;
    }
}
