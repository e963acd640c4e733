//! What a file of evidence is, told by its content and never by its name. Nothing of it is unpacked or shown here.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use bening_core::evidence::{Media, Rules};
use zip::ZipArchive;

/// How much of a text is looked at, in bytes.
const TEXT_LOOKED_AT_BYTES: u64 = 64 * 1024;
/// How much of what a document says of its parts is looked at.
const KINDS_LOOKED_AT_BYTES: u64 = 4 * 1024 * 1024;
/// What marks text as a page or a drawing that can carry script.
const MARKUP: [&str; 5] = ["<svg", "<html", "<script", "<!doctype", "<?xml"];

/// Why a file is not kept as evidence.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Nothing in it.
    #[error("berkas ini kosong")]
    Empty,
    /// A page or drawing.
    #[error(
        "berkas ini halaman web atau gambar vektor (SVG) yang dapat memuat skrip; simpan sebagai PDF atau PNG"
    )]
    Markup,
    /// Not among the kinds that may be kept.
    #[error(
        "isi berkas ini bukan jenis yang diterima; simpan sebagai PDF, gambar (JPG, PNG), atau dokumen Office"
    )]
    Unknown,
    /// An archive that would unpack to too much.
    #[error("berkas ini akan mengembang jauh melebihi batas bila dibuka; buat ulang berkasnya")]
    Bomb,
    /// A document with a program in it.
    #[error("dokumen ini memuat makro; simpan sebagai DOCX, XLSX, atau PPTX biasa, atau sebagai PDF")]
    Macros,
    /// An archive that cannot be read.
    #[error("berkas ini rusak dan tidak dapat dibuka; buat ulang berkasnya")]
    Broken,
    /// The disk.
    #[error("berkas tidak dapat dibaca: {0}")]
    Io(#[from] std::io::Error),
}

/// Finds out what a file is.
///
/// # Errors
/// When it is of no kind that may be kept.
pub fn media_of<'a>(path: &Path, rules: &'a Rules) -> Result<&'a Media, Refusal> {
    if std::fs::metadata(path)?.len() == 0 {
        return Err(Refusal::Empty);
    }
    let found = infer::get_from_path(path)?.map(|kind| kind.mime_type());
    let name = match found {
        Some(name) if is_archive(path)? => of_archive(path, rules)?.unwrap_or(name),
        Some(name) if is_impure_pdf(path, name)? => return Err(Refusal::Markup),
        Some(name) if name.starts_with("text/") => return Err(Refusal::Markup),
        Some(name) => name,
        None => of_text(path)?,
    };
    rules.media(name).ok_or(Refusal::Unknown)
}

fn is_archive(path: &Path) -> Result<bool, Refusal> {
    begins_with(path, *b"PK\x03\x04")
}

/// Readers forgive what stands before a PDF; it could be a page.
fn is_impure_pdf(path: &Path, name: &str) -> Result<bool, Refusal> {
    Ok(name == "application/pdf" && !begins_with(path, *b"%PDF")?)
}

fn begins_with(path: &Path, mark: [u8; 4]) -> Result<bool, Refusal> {
    let mut head = [0; 4];
    let read = File::open(path)?.read(&mut head)?;
    Ok(read == head.len() && head == mark)
}

/// Looks into the directory of an archive: what it is, and what it says it would unpack to.
fn of_archive(path: &Path, rules: &Rules) -> Result<Option<&'static str>, Refusal> {
    let mut archive = ZipArchive::new(File::open(path)?).map_err(|_| Refusal::Broken)?;
    if archive.len() > rules.archive_entries {
        return Err(Refusal::Bomb);
    }
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| Refusal::Broken)?;
        unpacked = unpacked.saturating_add(entry.size());
    }
    if unpacked > rules.archive_bytes {
        return Err(Refusal::Bomb);
    }
    // By its name and by what the document says of its parts: the name may be any.
    let has_part = (0..archive.len()).filter_map(|index| archive.name_for_index(index)?.ok());
    let has_part = has_part.map(|name| name.to_lowercase()).any(|name| name.ends_with("vbaproject.bin"));
    if has_part || kinds_of_parts(&mut archive).contains("macroenabled") {
        return Err(Refusal::Macros);
    }
    let office = [
        ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ];
    Ok(office.iter().find(|(entry, _)| archive.index_for_name(entry).is_some()).map(|(_, name)| *name))
}

/// What a document says its parts are, in small letters; nothing when it is no document.
fn kinds_of_parts(archive: &mut ZipArchive<File>) -> String {
    let mut said = Vec::new();
    if let Ok(part) = archive.by_name("[Content_Types].xml") {
        // What cannot be read says nothing; it is no document then.
        let _cut = part.take(KINDS_LOOKED_AT_BYTES).read_to_end(&mut said);
    }
    String::from_utf8_lossy(&said).to_lowercase()
}

/// Plain text without marks of a page.
fn of_text(path: &Path) -> Result<&'static str, Refusal> {
    let mut bytes = Vec::new();
    File::open(path)?.take(TEXT_LOOKED_AT_BYTES).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).to_lowercase();
    let is_text = !bytes.contains(&0) && text.matches('\u{fffd}').count() <= 1;
    match () {
        () if MARKUP.iter().any(|mark| text.contains(mark)) => Err(Refusal::Markup),
        () if is_text => Ok("text/plain"),
        () => Err(Refusal::Unknown),
    }
}
