//! A person at work on the demo, as a browser would send it: signs in, types into a cell, opens the plan, prints it.

use std::path::{Path, PathBuf};

use anyhow::Context;
use bening_store::{Options, Store};
use bening_testkit::{Backend, Served, TestDatabase, demo};
use reqwest::{Client, Response};
use scraper::{Html, Selector};
use tempfile::TempDir;

/// Who edits and prints the plan in the demo.
const EDITOR: &str = "bayu";

/// The demo on a database of its own, with somebody signed in.
pub(crate) struct Site {
    pub(crate) served: Served,
    pub(crate) browser: Client,
    pub(crate) store: Store,
    _database: TestDatabase,
    data: TempDir,
}

/// A cell of the plan as the page shows it.
pub(crate) struct Cell {
    address: String,
    was: String,
    token: String,
}

impl Site {
    pub(crate) async fn open(binary: &Path, backend: Backend) -> anyhow::Result<Self> {
        let (database, data) = (TestDatabase::on(backend).await, tempfile::tempdir()?);
        let folder = data.path().to_str().context("a temporary folder with a strange name")?;
        let mut arguments = vec!["serve", "--demo", "--listen", "127.0.0.1:0", "--data", folder];
        if backend == Backend::Postgres {
            arguments.extend(["--database", database.url()]);
        }
        let served = Served::start(binary, &arguments)?;
        let browser = Client::builder().cookie_store(true).build()?;
        let options = match backend {
            Backend::Sqlite => Options::embedded(data.path()),
            Backend::Postgres => Options::url(database.url()),
        };
        let store = Store::open(options).await?;
        let site = Self { served, browser, store, _database: database, data };
        site.sign_in().await?;
        Ok(site)
    }

    /// The first cell of the evidence column, which holds free text. The demo's plan is approved, so it is opened for
    /// changes first.
    pub(crate) async fn first_cell(&self) -> anyhow::Result<Cell> {
        let approved = self.plan_page().await?;
        let form = [("_csrf", token(&approved)?)];
        let opened =
            self.browser.post(self.url(&format!("{}/perubahan", demo::PLAN))).form(&form).send().await?;
        opened.error_for_status().context("opening the plan for changes")?;
        let page = self.plan_page().await?;
        let cell = first(&page, "textarea[data-save][data-col=bukti]")?;
        let address = cell.attr("data-save").context("a cell without an address")?.to_owned();
        let frame = first(&page, ".cellbox[data-text]:has(> textarea[data-col=bukti])")?;
        let was = frame.attr("data-text").context("a cell without a text")?.to_owned();
        Ok(Cell { address, was, token: token(&page)? })
    }

    pub(crate) async fn save(&self, cell: &mut Cell, round: u32) -> anyhow::Result<()> {
        let value = format!("Laporan hasil sosialisasi, versi {round}");
        let form = [("value", value.as_str()), ("was", cell.was.as_str()), ("_csrf", cell.token.as_str())];
        let request = self.browser.put(self.url(&cell.address)).form(&form);
        let answer = request.header("X-CSRF-Token", &cell.token).header("HX-Request", "true").send().await?;
        let saved: serde_json::Value = answer.error_for_status()?.json().await?;
        cell.was = saved["value"].as_str().context("the saved cell has no value")?.to_owned();
        Ok(())
    }

    pub(crate) async fn show_plan(&self) -> anyhow::Result<()> {
        self.get(demo::PLAN).await?.text().await.map(drop).map_err(Into::into)
    }

    pub(crate) async fn print(&self) -> anyhow::Result<()> {
        let pdf = self.get(&format!("{}/ekspor/pdf", demo::PLAN)).await?.bytes().await?;
        anyhow::ensure!(pdf.starts_with(b"%PDF"), "what was printed is no PDF");
        Ok(())
    }

    /// A folder beside the site's own files, on the same disk.
    pub(crate) fn folder(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.data.path().join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    pub(crate) async fn csrf(&self) -> anyhow::Result<String> {
        token(&self.plan_page().await?)
    }

    async fn plan_page(&self) -> anyhow::Result<Html> {
        Ok(Html::parse_document(&self.get(demo::PLAN).await?.text().await?))
    }

    async fn sign_in(&self) -> anyhow::Result<()> {
        let page = self.get(demo::DOOR).await?.text().await?;
        let password = demo::password_on(&page).context("the demo does not tell its password")?;
        let form = [("ke", "/"), (demo::NAME_FIELD, EDITOR), (demo::PASSWORD_FIELD, password.as_str())];
        let answer = self.browser.post(self.url(demo::DOOR)).form(&form).send().await?.error_for_status()?;
        anyhow::ensure!(answer.url().path() != demo::DOOR, "{EDITOR} could not sign in");
        Ok(())
    }

    pub(crate) async fn get(&self, path: &str) -> anyhow::Result<Response> {
        Ok(self.browser.get(self.url(path)).send().await?.error_for_status()?)
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.served.address())
    }
}

/// The session's token against foreign requests, as scripts read it.
pub(crate) fn token(page: &Html) -> anyhow::Result<String> {
    let token = first(page, "meta[name=csrf-token]")?.attr("content");
    token.map(str::to_owned).context("an empty token")
}

fn first<'a>(page: &'a Html, css: &str) -> anyhow::Result<scraper::ElementRef<'a>> {
    let selector = Selector::parse(css).map_err(|error| anyhow::anyhow!("{css}: {error}"))?;
    page.select(&selector).next().with_context(|| format!("the page has no {css}"))
}
