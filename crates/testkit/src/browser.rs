//! A real browser for one test: Debian's Chromium through chromedriver, one fresh profile each.
//! What a page should look like or do is the test's business.

use std::path::Path;

use anyhow::Context;
use base64::{Engine, prelude::BASE64_STANDARD};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::surroundings;

pub use fantoccini::key::Key;

/// No window, no sandbox (containers have none), nothing that calls home, and no movement or scroll bars that would
/// make two pictures of the same page differ.
const FLAGS: [&str; 14] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--lang=id-ID",
];

/// A Chromium window of an exact width. Every method fails with an error that names what was asked of the browser.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    session: Session,
    width: u32,
    height: u32,
    _profile: TempDir,
}

/// What the reader of a page has set in the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorScheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Whether anything can be reached from the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// As usual.
    Up,
    /// No request leaves the browser.
    Down,
}

/// One rule of axe-core that a page breaks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Violation {
    /// The rule, for example `color-contrast`.
    pub id: String,
    /// How much it hurts: `minor`, `moderate`, `serious` or `critical`.
    pub impact: Option<String>,
    /// What the rule asks for, in a sentence.
    pub help: String,
    /// Where it is broken.
    pub nodes: Vec<ViolationNode>,
}

/// One element that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ViolationNode {
    /// The element's opening tag.
    pub html: String,
    /// What would mend it.
    pub failure_summary: Option<String>,
}

/// The session's own address at chromedriver, for what WebDriver itself cannot say.
#[derive(Debug)]
struct Session {
    webdriver: String,
    id: String,
    http: reqwest::Client,
}

impl Browser {
    /// Opens a browser whose page is exactly `width` × `height` CSS pixels; below 600 it behaves as a phone.
    ///
    /// # Errors
    /// When Chromium does not start.
    ///
    /// # Panics
    /// When `cargo xtask test` has not started a chromedriver.
    pub async fn new(width: u32, height: u32) -> anyhow::Result<Self> {
        let webdriver = surroundings::required(surroundings::WEBDRIVER);
        let profile = TempDir::with_prefix("bening-chromium-")?;
        let client = connect(&webdriver, profile.path()).await?;
        let id = client.session_id().await?.context("chromedriver opened no session")?;
        let session = Session { webdriver, id, http: crate::site::client() };
        let browser = Self { client, session, width, height, _profile: profile };
        browser.set_page_height(height).await?;
        Ok(browser)
    }

    /// The WebDriver client, for what has no method here.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Opens a page and waits until it is loaded.
    ///
    /// # Errors
    /// When nothing answers at `url`.
    pub async fn goto(&self, url: &str) -> anyhow::Result<()> {
        self.client.goto(url).await.with_context(|| format!("opening {url}"))
    }

    /// Waits for the first element that matches, and clicks it.
    ///
    /// # Errors
    /// When it does not appear, or something covers it.
    pub async fn click(&self, css: &str) -> anyhow::Result<()> {
        self.wait_for(css).await?.click().await.with_context(|| format!("clicking {css}"))
    }

    /// Replaces what a field holds, as a person would by typing.
    ///
    /// # Errors
    /// When the field does not appear or takes no text.
    pub async fn fill(&self, css: &str, text: &str) -> anyhow::Result<()> {
        let field = self.wait_for(css).await?;
        field.clear().await.with_context(|| format!("emptying {css}"))?;
        field.send_keys(text).await.with_context(|| format!("typing into {css}"))
    }

    /// The visible text of an element, once it is there.
    ///
    /// # Errors
    /// When it does not appear.
    pub async fn text(&self, css: &str) -> anyhow::Result<String> {
        self.wait_for(css).await?.text().await.with_context(|| format!("reading {css}"))
    }

    /// Waits until an element is in the page.
    ///
    /// # Errors
    /// When it does not appear; the message holds the page's address.
    pub async fn wait_for(&self, css: &str) -> anyhow::Result<fantoccini::elements::Element> {
        let found = self.client.wait().for_element(Locator::Css(css)).await;
        let address = self.client.current_url().await?;
        found.with_context(|| format!("waiting for {css} on {address}"))
    }

    /// Runs a piece of JavaScript in the page and gives what it returns.
    ///
    /// # Errors
    /// When the script throws.
    pub async fn evaluate(&self, script: &str) -> anyhow::Result<Value> {
        self.client.execute(script, vec![]).await.with_context(|| format!("running {script}"))
    }

    /// Presses and releases one key wherever the focus is.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn press(&self, key: Key) -> anyhow::Result<()> {
        self.press_chord(&[key]).await
    }

    /// Presses keys together, as in `[Key::Control, Key::Enter]`, and releases them in reverse.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn press_chord(&self, keys: &[Key]) -> anyhow::Result<()> {
        let down = keys.iter().map(|key| KeyAction::Down { value: char::from(*key) });
        let up = keys.iter().rev().map(|key| KeyAction::Up { value: char::from(*key) });
        self.type_actions(down.chain(up)).await
    }

    /// Types text wherever the focus is.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn type_text(&self, text: &str) -> anyhow::Result<()> {
        let strokes = text.chars().flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]);
        self.type_actions(strokes).await
    }

    async fn type_actions(&self, strokes: impl Iterator<Item = KeyAction>) -> anyhow::Result<()> {
        let keyboard = strokes.fold(KeyActions::new("keyboard".into()), InputSource::then);
        self.client.perform_actions(keyboard).await.context("pressing keys")
    }

    /// Shows pages as on a system set to light or dark.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn prefer(&self, scheme: ColorScheme) -> anyhow::Result<()> {
        let value = if scheme == ColorScheme::Dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.session.devtools("Emulation.setEmulatedMedia", features).await.map(drop)
    }

    /// Shows pages from now on as where JavaScript is switched off.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn disable_script(&self) -> anyhow::Result<()> {
        self.session
            .devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true }))
            .await
            .map(drop)
    }

    /// Cuts the line to the network, or mends it; the page hears of it as on a real machine.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn line(&self, line: Line) -> anyhow::Result<()> {
        let conditions = json!({
            "offline": line == Line::Down, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.session.devtools("Network.enable", json!({})).await?;
        self.session.devtools("Network.emulateNetworkConditions", conditions).await.map(drop)
    }

    /// A PNG of the whole page, also of what lies below the window.
    ///
    /// # Errors
    /// When the picture cannot be taken or written.
    pub async fn screenshot(&self, file: &Path) -> anyhow::Result<()> {
        self.set_page_height(self.content_height().await?.max(self.height)).await?;
        let shot = self.session.devtools("Page.captureScreenshot", json!({ "format": "png" })).await?;
        self.set_page_height(self.height).await?;
        let png = BASE64_STANDARD.decode(shot["data"].as_str().context("the picture came without data")?)?;
        std::fs::write(file, png).with_context(|| format!("writing {}", file.display()))
    }

    /// What axe-core, with every rule it has, finds wrong with the page as it is now; empty is what tests expect.
    ///
    /// # Errors
    /// When axe-core cannot be read or does not finish.
    ///
    /// # Panics
    /// When `cargo xtask test` has not said where axe-core is.
    pub async fn axe(&self) -> anyhow::Result<Vec<Violation>> {
        let file = surroundings::required(surroundings::AXE);
        let source = std::fs::read_to_string(&file).with_context(|| format!("reading {file}"))?;
        self.client.execute(&source, vec![]).await.context("loading axe-core into the page")?;
        let run = "const done = arguments[0];
            axe.run(document, { resultTypes: ['violations'] }).then(
                found => done({ violations: found.violations }), error => done({ error: String(error) }));";
        let mut found = self.client.execute_async(run, vec![]).await.context("running axe-core")?;
        anyhow::ensure!(found["error"].is_null(), "axe-core gave up: {}", found["error"]);
        serde_json::from_value(found["violations"].take()).context("reading what axe-core found")
    }

    /// What the page has complained about since the last call: script errors, refused or missing files, broken
    /// Content-Security-Policy. Empty is what tests expect.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn console_errors(&self) -> anyhow::Result<Vec<String>> {
        let log = self.session.post("se/log", json!({ "type": "browser" })).await?;
        let entries = log.as_array().context("chromedriver gave no log")?;
        let severe = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        Ok(severe.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect())
    }

    /// How far the page can be scrolled sideways, in pixels; 0 means that nothing sticks out.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn overflow_px(&self) -> anyhow::Result<i64> {
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        self.evaluate(script).await?.as_i64().context("the page has no width")
    }

    async fn content_height(&self) -> anyhow::Result<u32> {
        let height = self.evaluate("return document.documentElement.scrollHeight").await?;
        Ok(u32::try_from(height.as_u64().context("the page has no height")?)?)
    }

    /// A window cannot be narrower than some 500 pixels, so the size is set on the page itself.
    async fn set_page_height(&self, height: u32) -> anyhow::Result<()> {
        let metrics = json!({ "width": self.width, "height": height, "deviceScaleFactor": 1, "mobile": self.width < 600 });
        self.session.devtools("Emulation.setDeviceMetricsOverride", metrics).await.map(drop)
    }
}

impl Session {
    /// One command of the Chrome DevTools Protocol.
    async fn devtools(&self, command: &str, parameters: Value) -> anyhow::Result<Value> {
        let call = json!({ "cmd": command, "params": parameters });
        self.post("goog/cdp/execute", call).await.with_context(|| format!("asking Chromium for {command}"))
    }

    async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        let url = format!("{}/session/{}/{path}", self.webdriver, self.id);
        let answer = self.http.post(&url).json(&body).send().await?;
        let succeeded = answer.status().is_success();
        let mut body: Value = answer.json().await?;
        anyhow::ensure!(succeeded, "chromedriver answered {}", body["value"]["message"]);
        Ok(body["value"].take())
    }
}

impl Drop for Session {
    /// Closes Chromium also when the test has panicked, before its profile is removed. By hand over TCP, because the
    /// async runtime may be on its way out as well; one read, because chromedriver answers and keeps the line open.
    fn drop(&mut self) {
        use std::io::{Read, Write};
        let host = self.webdriver.trim_start_matches("http://").trim_end_matches('/');
        if let Ok(mut stream) = std::net::TcpStream::connect(host) {
            let path = format!("/session/{}", self.id);
            let sent = write!(stream, "DELETE {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            let _closed = sent.and_then(|()| stream.read(&mut [0; 1024]));
        }
    }
}

async fn connect(webdriver: &str, profile: &Path) -> anyhow::Result<Client> {
    let profile = format!("--user-data-dir={}", profile.display());
    let flags: Vec<&str> = FLAGS.into_iter().chain([profile.as_str()]).collect();
    let wanted = json!({
        "goog:chromeOptions": { "args": flags },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    let Value::Object(wanted) = wanted else { unreachable!("the line above is an object") };
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(wanted);
    builder.connect(webdriver).await.with_context(|| format!("starting Chromium through {webdriver}"))
}
