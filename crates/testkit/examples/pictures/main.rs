//! Photographs the demo for the README; started by `cargo xtask pictures`, which builds the binary and starts the
//! browser. Arguments: the binary, the folder for the pictures and, if wanted, a word that the names must contain.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use bening_testkit::demo::{self, PLAN, Visitor};
use bening_testkit::{Browser, ColorScheme, Served, paper};

/// An office PC, and a phone.
const WIDTHS: [(u32, u32); 2] = [(1280, 800), (390, 844)];

/// Which sheet of the paper is shown, from 0.
const SHEET: usize = 9;

/// One page worth showing.
struct Picture {
    name: &'static str,
    visitor: Visitor,
    path: &'static str,
}

/// What the README shows. `{rencana}` stands for the address of the demo's plan.
const PICTURES: [Picture; 10] = [
    Picture { name: "masuk", visitor: Visitor::Stranger, path: "/masuk" },
    Picture { name: "beranda", visitor: Visitor::Account("bayu"), path: "/" },
    Picture { name: "rencana", visitor: Visitor::Account("bayu"), path: "{rencana}" },
    Picture { name: "jadwal", visitor: Visitor::Account("bayu"), path: "{rencana}/jadwal" },
    Picture { name: "riwayat", visitor: Visitor::Account("bayu"), path: "{rencana}/riwayat" },
    Picture { name: "dokumen", visitor: Visitor::Account("bayu"), path: "{rencana}/dokumen" },
    Picture { name: "lke", visitor: Visitor::Account("tpi"), path: "/unit/DBT/lke/2022?area=MP" },
    Picture { name: "posisi", visitor: Visitor::Account("bayu"), path: "/unit/DBN/lke/2020/posisi" },
    Picture { name: "penilaian", visitor: Visitor::Account("tpi-dalnis"), path: "/penilaian?tahun=2022" },
    Picture { name: "tindakan-saya", visitor: Visitor::Account("nover"), path: "{rencana}/tindakan-saya" },
];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let binary = PathBuf::from(arguments.next().context("which binary?")?);
    let folder = PathBuf::from(arguments.next().context("which folder?")?);
    let word = arguments.next().unwrap_or_default();
    let data = tempfile::tempdir()?;
    let data = data.path().to_str().context("a temporary folder with a strange name")?;
    let site = Served::start(&binary, &["serve", "--demo", "--listen", "127.0.0.1:0", "--data", data])?;
    std::fs::create_dir_all(&folder)?;
    if "dokumen-pdf".contains(&word) {
        print(&binary, data, &folder)?;
    }
    for picture in PICTURES.iter().filter(|picture| picture.name.contains(&word)) {
        for size in WIDTHS {
            take(picture, size, site.address(), &folder).await.with_context(|| picture.name)?;
        }
    }
    Ok(())
}

/// The sheet of the printed paper on which the plan's first table stands.
fn print(binary: &Path, data: &str, folder: &Path) -> anyhow::Result<()> {
    let printed = tempfile::tempdir()?;
    let pdf = printed.path().join("rencana.pdf");
    let mut export = Command::new(binary);
    export
        .args(["plan", "export", "--unit", "DBN", "--year", "2020", "--format", "pdf", "--data", data, "-o"]);
    anyhow::ensure!(export.arg(&pdf).status()?.success(), "the plan could not be printed");
    let sheets = paper::pdf_pictures(&pdf, printed.path(), 80)?;
    let sheet = sheets.get(SHEET).context("the paper is shorter than it was")?;
    let file = folder.join("dokumen-pdf.png");
    std::fs::copy(sheet, &file)?;
    println!("{}", file.display());
    Ok(())
}

/// Takes the picture, and in the larger size a dark one too.
async fn take(
    picture: &Picture,
    (width, height): (u32, u32),
    site: &str,
    folder: &Path,
) -> anyhow::Result<()> {
    let browser = Browser::new(width, height).await?;
    if let Visitor::Account(name) = picture.visitor {
        sign_in(&browser, site, name).await?;
    }
    browser.goto(&format!("{site}{}", picture.path.replace("{rencana}", PLAN))).await?;
    anyhow::ensure!(browser.overflow_px().await? == 0, "the page sticks out at {width} pixels");
    shoot(&browser, &folder.join(format!("{}-{width}.png", picture.name))).await?;
    if width == WIDTHS[0].0 {
        browser.prefer(ColorScheme::Dark).await?;
        shoot(&browser, &folder.join(format!("{}-{width}-gelap.png", picture.name))).await?;
    }
    let errors = browser.console_errors().await?;
    anyhow::ensure!(errors.is_empty(), "the page complains: {errors:?}");
    Ok(())
}

async fn shoot(browser: &Browser, file: &Path) -> anyhow::Result<()> {
    browser.screenshot(file).await?;
    println!("{}", file.display());
    Ok(())
}

async fn sign_in(browser: &Browser, site: &str, name: &str) -> anyhow::Result<()> {
    browser.goto(&format!("{site}{}", demo::DOOR)).await?;
    let page = browser.client().source().await?;
    let password = demo::password_on(&page).context("the demo does not tell its password")?;
    let field = |name: &str| format!("input[name={name}]:not([type=hidden])");
    browser.fill(&field(demo::NAME_FIELD), name).await?;
    browser.fill(&field(demo::PASSWORD_FIELD), &password).await?;
    browser.press(bening_testkit::browser::Key::Enter).await?;
    browser
        .wait_for("[data-signout], form[action='/keluar']")
        .await
        .with_context(|| format!("signing in as {name}"))?;
    Ok(())
}
