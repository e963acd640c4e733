//! The editor of a mapping: where things stand on each sheet of the sample, the row of each question beside the text
//! found there, and what the sample gives when it is read through it. Also its end, and its file for the command line.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse};
use bening_core::audit::Entry;
use bening_core::instrument::Instrument;
use bening_core::lke::book::mapping::{Mapping, Recognised};
use bening_core::lke::book::{self, Expected, RawRow};
use bening_core::text;
use bening_intake::LkeFile;
use bening_store::StoreError;
use bening_store::lke_mapping::{self as store, Kept};
use serde_json::json;

use super::draft::{Draft, DraftSheet};
use super::list::taken;
use super::{BASE, allow, name, open, reach};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::lke::typed::Fields;
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;

/// Most problems and unknown texts that are listed.
const LISTED_MAX: usize = 20;

#[derive(Template)]
#[template(path = "mapping/edit.html")]
struct EditPage {
    page: Page,
    base: String,
    called: String,
    /// What stood in the store when the form was made; another save in between is noticed.
    was: String,
    edition: String,
    sample: String,
    sheets: Vec<DraftSheet>,
    answers: String,
    rows: Vec<Row>,
    problems: Vec<String>,
    preview: Preview,
}

/// A question with its row and what stands there.
struct Row {
    code: String,
    label: String,
    sheet: usize,
    row: String,
    text: String,
    /// Where it was recognised; empty when it was not.
    place: String,
    answer: String,
}

/// What the sample gives.
struct Preview {
    found: usize,
    asked: usize,
    missing: Vec<String>,
    unknown: Vec<String>,
    /// Cells that are no answer.
    unreadable: Vec<String>,
}

/// A mapping at hand: as it is kept, its edition and its sample.
struct Opened {
    kept: Kept,
    edition: Arc<Instrument>,
    file: LkeFile,
}

async fn opened(app: &App, id: &str) -> Result<Opened> {
    let kept = reach(app, id).await?;
    let edition = app.editions().await?.by_id(&kept.mapping.instrument).cloned();
    let gone = || AppError::Refused(format!("edisi \"{}\" tidak terpasang lagi", kept.mapping.instrument));
    let edition = edition.ok_or_else(gone)?;
    let sample = store::sample(app.store(), kept.id).await?.ok_or(AppError::NotFound)?;
    let file = open(app, sample).await?.map_err(|error| AppError::Refused(error.to_string()))?;
    Ok(Opened { kept, edition, file })
}

/// The editor.
///
/// # Errors
/// When the caller may not manage the agency, or there is no such mapping.
pub async fn show(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Result {
    allow(&caller)?;
    let opened = opened(&app, &id).await?;
    let draft = Draft::of(&opened.kept.mapping, &opened.file);
    let (mapping, title) = (opened.kept.mapping.clone(), opened.kept.name.clone());
    let problems = mapping.problems(&opened.edition);
    let shown = Shown { draft, mapping, title, problems };
    Ok(Html(page(&app, &caller, &opened, shown).await?).into_response())
}

/// What the editor shows: the fields, the mapping they say and what is wrong with it.
struct Shown {
    draft: Draft,
    mapping: Mapping,
    title: String,
    problems: Vec<String>,
}

async fn page(app: &App, caller: &Caller, opened: &Opened, shown: Shown) -> Result<String> {
    let page = frame::plain(app, caller, shown.title.clone(), Room::Settings).await?;
    let crumbs = vec![
        Crumb::link(caller.lang.t("Beranda"), "/"),
        Crumb::link(caller.lang.t("Instansi"), "/instansi"),
        Crumb::link(caller.lang.t("Pemetaan buku kerja"), BASE),
        Crumb::here(shown.title.clone()),
    ];
    let recognised = opened.file.mapped(&opened.edition, &shown.mapping);
    let body = EditPage {
        page: Page { crumbs, ..page },
        base: format!("{BASE}/{}", opened.kept.id),
        called: shown.title,
        was: was(&opened.kept),
        edition: opened.edition.title.clone(),
        sample: opened.kept.sample_name.clone(),
        rows: rows(opened, &shown.draft, &shown.mapping, &recognised),
        preview: preview(&opened.edition, &recognised),
        sheets: shown.draft.sheets,
        answers: shown.draft.answers,
        problems: shown.problems,
    };
    Ok(body.render()?)
}

fn was(kept: &Kept) -> String {
    kept.saved_at.to_rfc3339()
}

fn rows(opened: &Opened, draft: &Draft, mapping: &Mapping, recognised: &Recognised) -> Vec<Row> {
    let sheets: Vec<_> = opened.file.sheets().collect();
    let row = |code: &str, label: &str| {
        let (sheet, row) = draft.rows.get(code).cloned().unwrap_or_default();
        let cells = sheets.get(sheet);
        let mapped =
            cells.and_then(|cells| mapping.sheets.iter().find(|mapped| mapped.sheet == cells.name()));
        let number = row.parse::<u32>().ok().and_then(|row| row.checked_sub(1));
        let text = cells.zip(mapped).zip(number).map(|((cells, mapped), row)| mapped.row_text(cells, row));
        let place = recognised.found.iter().find(|(found, _)| found == code).map(|(_, place)| place.clone());
        let (label, text) = (label.to_owned(), text.unwrap_or_default());
        let (place, answer) = (place.unwrap_or_default(), answer(recognised, code));
        Row { code: code.to_owned(), label, sheet, row, text, place, answer }
    };
    opened.edition.questions().map(|(_, _, question)| row(&question.code, &question.label)).collect()
}

/// What the sides answer there, in the words of the workbook.
fn answer(recognised: &Recognised, code: &str) -> String {
    let is_own = |row: &&RawRow| {
        row.key.text == code || row.key.text.strip_prefix(code).is_some_and(|rest| rest.starts_with('.'))
    };
    let rows = recognised.book.rows.iter().filter(is_own);
    let said = rows.flat_map(|row| row.answers.values()).map(|cell| cell.text.trim());
    said.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn preview(edition: &Instrument, recognised: &Recognised) -> Preview {
    let read = book::read(Expected { edition, owner: None }, &recognised.book);
    let unreadable = read.err().unwrap_or_default();
    let unreadable = unreadable.iter().chain(&recognised.problems).map(ToString::to_string);
    let unknown = recognised.unknown.iter().map(|cell| format!("“{}” ({})", cell.text.trim(), cell.place));
    Preview {
        found: recognised.found.len(),
        asked: edition.questions().count(),
        missing: recognised.missing.clone(),
        unknown: unknown.take(LISTED_MAX).collect(),
        unreadable: unreadable.take(LISTED_MAX).collect(),
    }
}

/// Keeps the name and the mapping.
///
/// # Errors
/// When the caller may not, or somebody else saved meanwhile; what is wrong comes back with the page.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Posted(fields): Posted<Fields>,
) -> Result {
    allow(&caller)?;
    let opened = opened(&app, &id).await?;
    let draft = Draft::typed(&fields, &opened.file, &opened.edition);
    let (mapping, mut problems) = draft.mapping(&opened.kept.mapping, &opened.file);
    problems.extend(mapping.problems(&opened.edition));
    let typed = fields.get("nama");
    let name = name(typed);
    problems.extend(name.clone().err());
    if problems.is_empty() && opened.file.mapped(&opened.edition, &mapping).found.is_empty() {
        problems
            .push("tidak ada pertanyaan yang dikenali pada contoh; periksa kolom dan barisnya".to_owned());
    }
    if let (Ok(name), true) = (name, problems.is_empty()) {
        match keep(&app, &caller, &opened, fields.get("was"), (name, mapping.clone())).await? {
            Ok(()) => {
                let text = caller.lang.t("Pemetaan disimpan; satuan kerja dapat memakainya.");
                return Ok(flash::done(see_other(&format!("{BASE}/{id}")), text));
            }
            Err(problem) => problems.push(problem),
        }
    }
    let title = text::line(typed).unwrap_or_default();
    let body = page(&app, &caller, &opened, Shown { draft, mapping, title, problems }).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(body)).into_response())
}

async fn keep(
    app: &App,
    caller: &Caller,
    opened: &Opened,
    seen: &str,
    (name, mapping): (String, Mapping),
) -> Result<std::result::Result<(), String>> {
    let tx = app.store().begin().await?;
    let before = store::by_id_now(&tx, opened.kept.id).await?.ok_or(AppError::NotFound)?;
    if was(&before) != seen {
        return Ok(
            Err("pemetaan ini baru saja diubah orang lain; muat ulang halaman lalu ulangi".to_owned()),
        );
    }
    let changed = Kept { name, mapping, saved_by: caller.id(), saved_at: app.now(), ..before.clone() };
    match store::save(&tx, &changed).await {
        Err(StoreError::Duplicate) => return Ok(Err(taken())),
        other => other?,
    }
    let told = |kept: &Kept| json!({ "name": kept.name, "mapping": kept.mapping });
    let entry = Entry::new(caller.audit(), "lke.mapping.saved", before.id);
    tx.commit(entry.before(told(&before)).after(told(&changed)), app.now()).await?;
    Ok(Ok(()))
}

/// Takes a mapping away.
///
/// # Errors
/// When the caller may not, or did not say that they mean it.
pub async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Posted(fields): Posted<Fields>,
) -> Result {
    allow(&caller)?;
    let kept = reach(&app, &id).await?;
    if fields.get("yakin").is_empty() {
        return Err(AppError::Refused("centang dulu bahwa pemetaan ini memang akan dihapus".to_owned()));
    }
    let tx = app.store().begin().await?;
    store::delete(&tx, kept.id).await?;
    let told = json!({ "name": kept.name, "mapping": kept.mapping });
    tx.commit(Entry::new(caller.audit(), "lke.mapping.deleted", kept.id).before(told), app.now()).await?;
    Ok(flash::done(
        see_other(BASE),
        caller.lang.t("Pemetaan dihapus. Jawaban yang pernah diambil tetap ada."),
    ))
}

/// The mapping as JSON, for `bening score --mapping`.
///
/// # Errors
/// When the caller may not, or there is no such mapping.
pub async fn download(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Result {
    allow(&caller)?;
    let kept = reach(&app, &id).await?;
    let text = serde_json::to_string_pretty(&kept.mapping).map_err(|_| AppError::Interrupted)?;
    let name = format!("attachment; filename=\"pemetaan-{}.json\"", kept.mapping.instrument);
    let disposition = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], text).into_response())
}
