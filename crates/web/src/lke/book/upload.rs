//! An uploaded workbook, our own or one of another layout with its mapping, as answers of a layer. What they would
//! change is shown by the pages beside.

use bening_core::instrument::Instrument;
use bening_core::lke::Layer;
use bening_core::lke::book::mapping::{Mapping, Recognised};
use bening_core::lke::book::{self, Expected, Filling, RawBook};
use bening_core::scoring::SheetProblem;
use bening_intake::LkeFile;
use bening_store::lke_mapping;
use uuid::Uuid;

use super::lines;
use crate::app::App;
use crate::error::{AppError, Result};
use crate::form::Upload;
use crate::lke::reach::Opened;

/// Field of the workbook.
const FILE: &str = "berkas";
/// Field of the mapping of another layout.
const MAPPING: &str = "pemetaan";
/// Field of a mapping that is kept; empty for our own layout.
const LAYOUT: &str = "susunan";
/// Most problems of a workbook that are listed.
const PROBLEMS_MAX: usize = 20;

/// What a layer's columns of a file say, with notes on how it was read; or what is wrong.
pub(super) type Read = std::result::Result<(Filling, Vec<String>), Vec<String>>;

/// What an uploaded workbook says.
///
/// # Errors
/// When reading was interrupted; what is wrong with the file is part of the answer.
pub(super) async fn read(app: &App, opened: &Opened, layer: Layer, upload: Upload) -> Result<Read> {
    let Some(file) = upload.file(FILE).filter(|file| !file.bytes.is_empty()) else {
        return Ok(Err(vec!["pilih berkas lebih dulu".to_owned()]));
    };
    let bytes = file.bytes.clone();
    let mapping = match chosen(app, &upload).await? {
        Ok(mapping) => mapping,
        Err(problem) => return Ok(Err(vec![problem])),
    };
    let opened_file = app.hash(move || LkeFile::open(&bytes)).await.ok_or(AppError::Interrupted)?;
    let file = match opened_file {
        Ok(file) => file,
        Err(error) => return Ok(Err(vec![error.to_string()])),
    };
    Ok(match mapping {
        None => file.book().map_err(|error| vec![error.to_string()]).and_then(|raw| {
            Ok((taken(opened, layer, &raw).map_err(|problems| lines(&problems))?, Vec::new()))
        }),
        Some(mapping) => mapped(opened, layer, &file, &mapping),
    })
}

/// The mapping to read through: a file beside the workbook, else one that is kept, else none.
async fn chosen(app: &App, upload: &Upload) -> Result<std::result::Result<Option<Mapping>, String>> {
    if let Some(file) = upload.file(MAPPING).filter(|file| !file.bytes.is_empty()) {
        let read = serde_json::from_slice(&file.bytes);
        return Ok(read.map(Some).map_err(|error| format!("pemetaan tidak terbaca: {error}")));
    }
    let id = upload.field(LAYOUT);
    if id.is_empty() {
        return Ok(Ok(None));
    }
    let kept = match Uuid::parse_str(id) {
        Ok(id) => lke_mapping::by_id(app.store(), id).await?,
        Err(_) => None,
    };
    let gone = || "pemetaan yang dipilih tidak ada lagi; muat ulang halaman lalu pilih lagi".to_owned();
    Ok(kept.map(|kept| Some(kept.mapping)).ok_or_else(gone))
}

/// The mappings that are kept for an edition and can be used: identity and name.
pub(super) async fn offered(app: &App, edition: &Instrument) -> Result<Vec<(String, String)>> {
    let all = lke_mapping::all(app.store()).await?;
    let fitting = all.into_iter().filter(|kept| kept.mapping.problems(edition).is_empty());
    Ok(fitting.map(|kept| (kept.id.to_string(), kept.name)).collect())
}

/// Problems as a list that can be read.
fn shortened(mut problems: Vec<String>) -> Vec<String> {
    let more = problems.len().saturating_sub(PROBLEMS_MAX);
    problems.truncate(PROBLEMS_MAX);
    problems.extend((more > 0).then(|| format!("dan {more} lagi")));
    problems
}

fn mapped(opened: &Opened, layer: Layer, file: &LkeFile, mapping: &Mapping) -> Read {
    let problems = mapping.problems(&opened.edition);
    if !problems.is_empty() {
        return Err(shortened(problems));
    }
    let recognised = file.mapped(&opened.edition, mapping);
    if !recognised.problems.is_empty() {
        return Err(shortened(lines(&recognised.problems)));
    }
    if recognised.found.is_empty() {
        let reason = "tidak satu pun pertanyaan dikenali; pilih susunan yang sesuai dengan berkas ini";
        return Err(vec![reason.to_owned()]);
    }
    let filling = taken(opened, layer, &recognised.book).map_err(|problems| lines(&problems))?;
    // What the other workbook does not ask stays as it is.
    let standing = Filling::of(&opened.lke, layer);
    let filling = recognised.missing.iter().fold(filling, |mut filling, code| {
        filling.sheet = filling.sheet.with(code, standing.sheet.get(code).cloned());
        let note = standing.notes.get(code).cloned();
        filling.notes.extend(note.map(|note| (code.clone(), note)));
        filling
    });
    Ok((filling, found(&recognised)))
}

/// What a mapping recognised, in words.
fn found(recognised: &Recognised) -> Vec<String> {
    let mut notes = vec![format!("{} pertanyaan dikenali lewat pemetaan", recognised.found.len())];
    if !recognised.missing.is_empty() {
        notes.push(format!("tidak ditemukan, jadi tidak berubah: {}", recognised.missing.join(", ")));
    }
    let unknown = recognised.unknown.iter().map(|cell| format!("“{}” ({})", cell.text.trim(), cell.place));
    let unknown: Vec<String> = unknown.take(20).collect();
    if !unknown.is_empty() {
        notes.push(format!("bukan kode pertanyaan, dilewati: {}", unknown.join("; ")));
    }
    notes
}

/// What the columns of a layer's side say.
fn taken(opened: &Opened, layer: Layer, raw: &RawBook) -> std::result::Result<Filling, Vec<SheetProblem>> {
    let owner = Some((opened.at.reached.unit.code.as_str(), opened.at.year));
    let mut reading = book::read(Expected { edition: &opened.edition, owner }, raw)?;
    let missing =
        || vec![SheetProblem::new("berkas", format!("tidak memuat kolom {}", layer.side().title()))];
    reading.remove(&layer.side()).ok_or_else(missing)
}
