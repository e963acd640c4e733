//! Evidence: what bringing, finding and packing much of it costs, and the month of a large plan. Files come and go over
//! HTTP; rows that only have to be there are written through the store.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context;
use bening_core::audit::{Actor, Entry};
use bening_core::evidence::{Details, Evidence, Secrecy, StoredFile, Version};
use bening_core::id::{PersonId, ProofId, UnitId};
use bening_core::plan::edit::{self, ActionField, Cell, Context as Editing};
use bening_core::plan::{Plan, PlanState};
use bening_core::time::Year;
use bening_store::{evidence as store, person, plan, unit};
use bening_web::chance::{self, Clock, MachineClock};
use reqwest::multipart::{Form, Part};

use crate::site::Site;
use crate::worksheet::{SHEET, Worksheet};

/// Files of the gigabyte and how large each is.
const FILES: usize = 200;
const FILE_BYTES: usize = 5 * 1_048_576;
/// Documents to find a word among, and how many are written in one transaction.
const DOCUMENTS: u32 = 20_000;
const PORTION: u32 = 1_000;
/// Files of a ZIP, how large each is, and how many come with one form.
const PACKED: usize = 2_000;
const PACKED_BYTES: usize = 20 * 1_024;
const FORM: usize = 20;
/// Actions of the large plan.
const ACTIONS: usize = 200;
const REGISTER: &str = "/unit/DBN/bukti";

/// Brings a gigabyte over HTTP, one file after the other, and lets `cp`, `sha256sum` and `sync` do what has to be done
/// with as many bytes on the same disk; seconds of both.
pub(crate) async fn bring_a_gigabyte(site: &Site) -> anyhow::Result<(f64, f64)> {
    let (csrf, began) = (site.csrf().await?, Instant::now());
    for number in 0..FILES {
        bring(site, &csrf, REGISTER, vec![document(number, FILE_BYTES)]).await?;
    }
    let brought = began.elapsed();
    let (from, to) = (site.folder("asal")?, site.folder("salinan")?);
    for number in 0..FILES {
        std::fs::write(from.join(number.to_string()), document(number, FILE_BYTES))?;
    }
    let script = "for f in asal/*; do cp $f salinan/ && sha256sum $f > /dev/null; done; sync salinan/*";
    let copied = timed(script, from.parent().context("a folder")?)?;
    for folder in [from, to] {
        std::fs::remove_dir_all(folder)?;
    }
    Ok((brought.as_secs_f64(), copied.as_secs_f64()))
}

/// A file that is told to be a PDF and is like no other.
fn document(number: usize, size: usize) -> Vec<u8> {
    let mut bytes = format!("%PDF-1.4\n% {size} {number}\n").into_bytes();
    let filling = (0_u32..).map(|place| place.wrapping_mul(2_654_435_761).to_le_bytes()[3]);
    bytes.extend(filling.take(size.saturating_sub(bytes.len())));
    bytes
}

async fn bring(site: &Site, csrf: &str, to: &str, files: Vec<Vec<u8>>) -> anyhow::Result<()> {
    let mut form = Form::new().text("_csrf", csrf.to_owned()).text("jenis", "lain").text("berlaku", "2020");
    for bytes in files {
        form = form.part("berkas", Part::bytes(bytes).file_name("bukti.pdf"));
    }
    site.browser.post(site.url(to)).multipart(form).send().await?.error_for_status()?;
    Ok(())
}

fn timed(script: &str, folder: &Path) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let ended = Command::new("sh").args(["-c", script]).current_dir(folder).status()?;
    anyhow::ensure!(ended.success(), "{script}: {ended}");
    Ok(began.elapsed())
}

/// Writes the documents of the register and the actions of the plan.
pub(crate) async fn fill(site: &Site) -> anyhow::Result<()> {
    let unit = unit::by_code(&site.store, &"DBN".parse()?).await?.context("the demo's unit")?.id;
    let owner = person::all(&site.store).await?.first().context("a person")?.id;
    for start in (0..DOCUMENTS).step_by(PORTION as usize) {
        let tx = site.store.begin().await?;
        for number in start..start + PORTION {
            let id = ProofId(chance::fresh());
            store::add(&tx, &piece(id, unit, owner, number)).await?;
            store::add_version(&tx, id, &version(owner, number)).await?;
        }
        tx.commit(entry(unit.0), MachineClock.now()).await?;
    }
    let year = Year::new(2020).context("a year")?;
    let tx = site.store.begin().await?;
    let before = plan::lock(&tx, unit, year).await?.context("the demo's plan")?;
    let mut after = before.clone();
    lengthen(&mut after, owner)?;
    plan::save(&tx, &before, &after).await?;
    tx.commit(entry(unit.0), MachineClock.now()).await?;
    Ok(())
}

fn entry(subject: uuid::Uuid) -> Entry {
    Entry::new(Actor::Console, "evidence.added", subject)
}

fn piece(id: ProofId, unit: UnitId, owner: PersonId, number: u32) -> Evidence {
    let rare = if number.is_multiple_of(500) { " mitigasi" } else { "" };
    let details = Details {
        title: format!("Nota dinas {number} tentang pembinaan pegawai{rare}"),
        kind: "surat".to_owned(),
        dated: None,
        number: format!("ND-{number}/2020"),
        valid_for: Year::new(2020),
        secrecy: Secrecy::Open,
    };
    Evidence { id, unit, details, link: String::new(), owner, at: MachineClock.now() }
}

fn version(owner: PersonId, number: u32) -> Version {
    let name = format!("nota-{number}.pdf");
    let file =
        StoredFile { sha256: format!("{number:064x}"), size: 1, media: "application/pdf".to_owned(), name };
    Version { number: 1, file, by: owner, at: MachineClock.now() }
}

/// Adds actions of the whole year until there are enough, as if they had been approved with the others.
fn lengthen(plan: &mut Plan, by: PersonId) -> anyhow::Result<()> {
    let component = plan.areas.first().and_then(|area| area.components.first()).context("a component")?.id;
    let (mut fresh, state) = (chance::fresh, plan.state);
    plan.state = PlanState::Draft;
    while plan.actions().count() < ACTIONS {
        let id = edit::add_action(plan, component, "Rapat koordinasi", &mut fresh)?;
        let mut maker = chance::fresh;
        let today = MachineClock.now().date_naive();
        let mut context = Editing { today, by, roster: &[], fresh: &mut maker };
        edit::write(
            plan,
            Cell::Action(id, ActionField::Time),
            "",
            "Setiap bulan, Jan s.d Des",
            &mut context,
        )?;
    }
    plan.state = state;
    let version = plan.version;
    let components = plan.areas.iter_mut().flat_map(|area| &mut area.components);
    for action in components.flat_map(|component| &mut component.actions) {
        action.approved_in.get_or_insert(version);
    }
    Ok(())
}

/// Looks a word up that 40 of the documents have.
pub(crate) async fn search(site: &Site) -> anyhow::Result<()> {
    let page = site.get(&format!("{REGISTER}?cari=mitigasi")).await?.text().await?;
    anyhow::ensure!(page.contains("mitigasi</b>"), "nothing was found");
    Ok(())
}

/// Opens the table of June.
pub(crate) async fn month(site: &Site) -> anyhow::Result<()> {
    let page = site.get("/unit/DBN/monev/2020/6").await?.text().await?;
    anyhow::ensure!(page.matches("Rapat koordinasi").count() > ACTIONS / 2, "the table is too short");
    Ok(())
}

/// Brings files for a question, fetches them as one ZIP, and lets `tar` put as many bytes together; seconds of both.
pub(crate) async fn pack(site: &Site) -> anyhow::Result<(f64, f64)> {
    let csrf = site.csrf().await?;
    let sheet = Worksheet::begin(site).await?;
    let code = sheet.first_question();
    let to = format!("{REGISTER}?untuk=soal.2021.{code}");
    for start in (0..PACKED).step_by(FORM) {
        let files = (start..start + FORM).map(|number| document(number, PACKED_BYTES)).collect();
        bring(site, &csrf, &to, files).await?;
    }
    let began = Instant::now();
    let bytes = site.get(&format!("{SHEET}/bukti/{code}")).await?.bytes().await?;
    let packed = began.elapsed();
    anyhow::ensure!(bytes.len() > PACKED * PACKED_BYTES, "the ZIP has only {} bytes", bytes.len());
    let from = site.folder("asal")?;
    for number in 0..PACKED {
        std::fs::write(from.join(number.to_string()), document(number, PACKED_BYTES))?;
    }
    let tar = timed("tar cf - asal | cat > /dev/null", from.parent().context("a folder")?)?;
    Ok((packed.as_secs_f64(), tar.as_secs_f64()))
}
