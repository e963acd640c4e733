//! An uploaded workbook, our own or one of another layout with its mapping, as answers of a layer. What they would
//! change is shown by the pages beside.

use bening_core::lke::Layer;
use bening_core::lke::book::mapping::{Mapping, Recognised};
use bening_core::lke::book::{self, Expected, Filling, RawBook};
use bening_core::scoring::SheetProblem;
use bening_intake::LkeFile;

use super::lines;
use crate::app::App;
use crate::error::{AppError, Result};
use crate::form::Upload;
use crate::lke::reach::Opened;

/// Field of the workbook.
const FILE: &str = "berkas";
/// Field of the mapping of another layout.
const MAPPING: &str = "pemetaan";

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
    let mapping = upload.file(MAPPING).filter(|file| !file.bytes.is_empty()).map(|file| file.bytes.to_vec());
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

fn mapped(opened: &Opened, layer: Layer, file: &LkeFile, mapping: &[u8]) -> Read {
    let mapping: Mapping =
        serde_json::from_slice(mapping).map_err(|error| vec![format!("pemetaan tidak terbaca: {error}")])?;
    if mapping.instrument != opened.edition.id {
        let (other, own) = (&mapping.instrument, &opened.edition.id);
        return Err(vec![format!(
            "pemetaan ini untuk edisi \"{other}\", lembar kerja ini memakai \"{own}\""
        )]);
    }
    let recognised = file.mapped(&opened.edition, &mapping);
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
