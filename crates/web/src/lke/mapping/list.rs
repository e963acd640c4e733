//! The list of mappings, and making one from a sample.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::audit::Entry;
use bening_core::instrument::Editions;
use bening_core::lke::book::mapping::{Mapping, suggest};
use bening_intake::SheetCells;
use bening_store::lke_mapping::{self as store, Kept};
use bening_store::{StoreError, person};
use serde_json::json;

use super::{BASE, allow, name, open};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result, sentence};
use crate::flash;
use crate::form::{Upload, UploadedFile, see_other};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;

/// Largest sample that is kept, in bytes.
const SAMPLE_MAX_BYTES: usize = 5 * 1024 * 1024;

#[derive(Template)]
#[template(path = "mapping/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
    /// Identity, title and whether it is chosen.
    editions: Vec<(String, String, bool)>,
    typed: String,
    problem: String,
}

struct Row {
    address: String,
    name: String,
    edition: String,
    sheets: String,
    is_ready: bool,
    sample: String,
    saved: String,
}

/// What was typed beside the sample.
#[derive(Default)]
struct Typed {
    name: String,
    edition: String,
}

/// The mappings.
///
/// # Errors
/// When the caller may not manage the agency.
pub async fn show_list(State(app): State<App>, caller: Caller) -> Result {
    allow(&caller)?;
    render(&app, &caller, Typed::default(), String::new()).await
}

async fn render(app: &App, caller: &Caller, typed: Typed, problem: String) -> Result {
    let page = frame::plain(app, caller, caller.lang.t("Pemetaan buku kerja"), Room::Settings).await?;
    let crumbs = vec![
        Crumb::link(caller.lang.t("Beranda"), "/"),
        Crumb::link(caller.lang.t("Instansi"), "/instansi"),
        Crumb::here(caller.lang.t("Pemetaan buku kerja")),
    ];
    let editions = app.editions().await?;
    let chosen = editions.by_id(&typed.edition).or_else(|| editions.for_day(app.today()));
    let chosen = chosen.map(|edition| edition.id.clone()).unwrap_or_default();
    let option = |id: &str, title: &str| (id.to_owned(), title.to_owned(), id == chosen);
    let options = editions.iter().map(|edition| option(&edition.id, &edition.title)).collect();
    let mut rows = Vec::new();
    for kept in store::all(app.store()).await? {
        rows.push(row(app, caller, &editions, kept).await?);
    }
    let status = if problem.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let problem = if problem.is_empty() { problem } else { sentence(&problem) };
    let page = Page { crumbs, ..page };
    let body = ListPage { page, rows, editions: options, typed: typed.name, problem }.render()?;
    Ok((status, Html(body)).into_response())
}

async fn row(app: &App, caller: &Caller, editions: &Editions, kept: Kept) -> Result<Row> {
    let by = person::by_id(app.store(), kept.saved_by).await?;
    let by = by.map(|account| account.person.name).unwrap_or_default();
    let day = caller.lang.date(app.local(kept.saved_at).0);
    let edition = editions.by_id(&kept.mapping.instrument);
    let sheets = kept.mapping.sheets.iter().map(|sheet| sheet.sheet.as_str()).collect::<Vec<_>>();
    Ok(Row {
        address: format!("{BASE}/{}", kept.id),
        edition: edition.map_or(kept.mapping.instrument.clone(), |edition| edition.title.clone()),
        sheets: sheets.join(", "),
        is_ready: edition.is_some_and(|edition| kept.mapping.problems(edition).is_empty()),
        sample: kept.sample_name,
        name: kept.name,
        saved: format!("{by}, {day}"),
    })
}

/// Makes a mapping from a sample: a first guess, to be looked at.
///
/// # Errors
/// When the caller may not; what is wrong with the file comes back with the page.
pub async fn create(State(app): State<App>, caller: Caller, upload: Upload) -> Result {
    allow(&caller)?;
    let typed = Typed { name: upload.field("nama").to_owned(), edition: upload.field("edisi").to_owned() };
    match made(&app, &caller, &upload, &typed).await? {
        Ok(kept) => {
            let text = caller.lang.t("Pemetaan dibuat dari tebakan; periksa barisnya, lalu simpan.");
            Ok(flash::done(see_other(&format!("{BASE}/{}", kept.id)), text))
        }
        Err(problem) => render(&app, &caller, typed, problem).await,
    }
}

type Made = std::result::Result<Kept, String>;

async fn made(app: &App, caller: &Caller, upload: &Upload, typed: &Typed) -> Result<Made> {
    let sample = match sample(upload) {
        Ok(sample) => sample,
        Err(problem) => return Ok(Err(problem)),
    };
    let stem = sample.name.rsplit_once('.').map_or(sample.name.as_str(), |(stem, _)| stem);
    let name = match name(if typed.name.trim().is_empty() { stem } else { &typed.name }) {
        Ok(name) => name,
        Err(problem) => return Ok(Err(problem)),
    };
    let Some(edition) = app.editions().await?.by_id(&typed.edition).cloned() else {
        return Ok(Err("pilih edisi lembar kerja yang dipakai buku kerja ini".to_owned()));
    };
    let file = match open(app, sample.bytes.clone()).await? {
        Ok(file) => file,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let guess = move || {
        let sheets: Vec<(String, SheetCells<'_>)> =
            file.sheets().map(|sheet| (sheet.name().to_owned(), sheet)).collect();
        suggest(&edition, &sheets)
    };
    let mapping = app.hash(guess).await.ok_or(AppError::Interrupted)?;
    keep(app, caller, sample, name, mapping).await
}

fn sample(upload: &Upload) -> std::result::Result<&UploadedFile, String> {
    let file = upload.file("berkas").ok_or("pilih contoh buku kerja lebih dulu")?;
    if file.bytes.len() > SAMPLE_MAX_BYTES {
        return Err("contoh paling besar 5 MB; hapus gambar atau lembar yang tidak perlu".to_owned());
    }
    Ok(file)
}

async fn keep(
    app: &App,
    caller: &Caller,
    file: &UploadedFile,
    name: String,
    mapping: Mapping,
) -> Result<Made> {
    let (id, at) = (chance::fresh(), app.now());
    let sample_name: String = file.name.chars().filter(|c| !c.is_control()).collect();
    let told = json!({ "name": name, "edition": mapping.instrument, "sample": sample_name });
    let kept = Kept { id, name, mapping, sample_name, saved_by: caller.id(), saved_at: at };
    let tx = app.store().begin().await?;
    match store::create(&tx, kept.clone(), file.bytes.to_vec()).await {
        Err(StoreError::Duplicate) => return Ok(Err(taken())),
        other => other?,
    }
    tx.commit(Entry::new(caller.audit(), "lke.mapping.created", id).after(told), at).await?;
    Ok(Ok(kept))
}

/// What to say when another mapping of the edition has the name.
pub(super) fn taken() -> String {
    "sudah ada pemetaan bernama ini untuk edisi yang sama; pilih nama lain".to_owned()
}
