//! Cells that save themselves: on leaving, over a broken line, beside somebody else, and back again.

use bening_core::plan::export::PlanExport;
use bening_testkit::browser::{Key, Line};
use bening_testkit::{Browser, TestSite};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};

use crate::person::{at_desk, site, until};

#[tokio::test(flavor = "multi_thread")]
async fn a_cell_saves_itself_when_it_is_left_and_says_so() {
    let desk = Desk::at("aksi").await;
    desk.browser
        .evaluate(
            "window.seen = [];
            const mark = document.getElementById('saving');
            new MutationObserver(() => seen.push(mark.dataset.state)).observe(mark, { attributes: true })",
        )
        .await
        .unwrap();
    desk.write("Membentuk tim kerja").await;
    desk.browser.press(Key::Tab).await.unwrap();
    until(&desk.browser, "seen.includes('saving') && seen.at(-1) === 'saved'").await;
    assert!(desk.browser.text("#saving").await.unwrap().contains("tersimpan"));
    desk.browser.client().refresh().await.unwrap();
    assert_eq!(desk.value().await, "Membentuk tim kerja");
    assert_eq!(desk.stored().await, "Membentuk tim kerja");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_by_somebody_else_is_shown_beside_mine_and_i_choose() {
    let desk = Desk::at("aksi").await;
    let other = desk.site.sign_in("anggota").await;
    assert_eq!(other.save(&desk.path, "Membentuk tim", "Membentuk tim inti").await.status, 200);
    desk.write("Membentuk tim kecil").await;
    desk.browser.press(Key::Tab).await.unwrap();
    desk.becomes("conflict").await;
    assert_eq!(desk.browser.text(".cell-mark q").await.unwrap(), "Membentuk tim inti");
    assert_eq!(desk.value().await, "Membentuk tim kecil");
    assert_eq!(desk.stored().await, "Membentuk tim inti");
    desk.browser.click(".cell-mark button").await.unwrap();
    desk.becomes("saved").await;
    assert_eq!(desk.stored().await, "Membentuk tim kecil");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_text_stays_with_the_reason_until_escape_takes_it_back() {
    let desk = Desk::at("waktu").await;
    desk.write("Jenuari").await;
    desk.browser.press(Key::Tab).await.unwrap();
    desk.becomes("invalid").await;
    assert!(desk.browser.text(".cell-mark").await.unwrap().contains("Jenuari"));
    assert_eq!(desk.value().await, "Jenuari");
    desk.enter().await;
    desk.browser.press(Key::Escape).await.unwrap();
    desk.becomes("").await;
    assert_eq!(desk.value().await, "Januari");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_typed_without_a_line_is_kept_and_saved_when_the_line_is_back() {
    let desk = Desk::at("aksi").await;
    desk.browser.line(Line::Down).await.unwrap();
    desk.write("Membentuk tim di jalan").await;
    desk.browser.press(Key::Tab).await.unwrap();
    desk.becomes("failed").await;
    assert_eq!(desk.value().await, "Membentuk tim di jalan");
    assert!(desk.browser.text("#saving").await.unwrap().contains("1 sel belum tersimpan"));
    desk.browser.line(Line::Up).await.unwrap();
    desk.becomes("saved").await;
    assert_eq!(desk.stored().await, "Membentuk tim di jalan");
}

#[tokio::test(flavor = "multi_thread")]
async fn control_z_takes_back_what_was_saved() {
    let desk = Desk::at("aksi").await;
    desk.write("Salah ketik").await;
    desk.browser.press(Key::Tab).await.unwrap();
    desk.becomes("saved").await;
    desk.enter().await;
    desk.take_back().await;
    desk.shows("Membentuk tim").await;
    until(&desk.browser, "document.querySelector('#toasts').textContent.includes('diurungkan')").await;
    desk.becomes("saved").await;
    assert_eq!(desk.stored().await, "Membentuk tim");
}

/// The team lead before the open plan, at one cell of its first action.
struct Desk {
    site: TestSite,
    browser: Browser,
    path: String,
    css: String,
}

impl Desk {
    async fn at(column: &str) -> Self {
        let site = site().await;
        let browser = at_desk(&site, "ketua").await;
        browser.goto(&format!("{}{}", site.address, site.plan())).await.unwrap();
        let path = format!("{}/sel/tindakan/{}/{column}", site.plan(), site.agency.action());
        let css = format!("textarea[data-save=\"{path}\"]");
        browser.wait_for(&format!("{css}:not([readonly])")).await.unwrap();
        Self { site, browser, path, css }
    }

    async fn enter(&self) {
        self.browser.evaluate(&format!("document.querySelector('{}').focus()", self.css)).await.unwrap();
    }

    /// Types in place of what the cell holds.
    async fn write(&self, text: &str) {
        self.enter().await;
        self.browser.evaluate("document.activeElement.select()").await.unwrap();
        self.browser.type_text(text).await.unwrap();
    }

    async fn take_back(&self) {
        let keys = KeyActions::new("keyboard".into())
            .then(KeyAction::Down { value: Key::Control.into() })
            .then(KeyAction::Down { value: 'z' })
            .then(KeyAction::Up { value: 'z' })
            .then(KeyAction::Up { value: Key::Control.into() });
        self.browser.client().perform_actions(keys).await.unwrap();
    }

    async fn value(&self) -> String {
        let cell = self.browser.wait_for(&self.css).await.unwrap();
        cell.prop("value").await.unwrap().unwrap()
    }

    async fn shows(&self, text: &str) {
        until(&self.browser, &format!("document.querySelector('{}').value === '{text}'", self.css)).await;
    }

    /// Waits for a state of saving.
    async fn becomes(&self, state: &str) {
        let frame = format!("document.querySelector('{}').parentElement", self.css);
        until(&self.browser, &format!("{frame}.dataset.state === '{state}'")).await;
    }

    /// Name of the action as the server has it.
    async fn stored(&self) -> String {
        let answer =
            self.site.sign_in("pegawai").await.get(&format!("{}/ekspor/json", self.site.plan())).await;
        let plan: PlanExport = serde_json::from_str(&answer.body).unwrap();
        let name = plan.actions().next().map(|(_, _, action)| action.name.clone());
        name.unwrap()
    }
}
