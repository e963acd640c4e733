//! What a file is, by what it contains; and whether its name says something else.

use crate::archive;
use crate::error::FileError;

/// Kinds of files that can hold a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Excel since 2007.
    Xlsx,
    /// Excel before 2007.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Some text: Markdown or CSV.
    Text,
}

impl Kind {
    /// What a person calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "buku kerja Excel (XLSX)",
            Self::Xls => "buku kerja Excel lama (XLS)",
            Self::Ods => "lembar kerja OpenDocument (ODS)",
            Self::Text => "teks",
        }
    }

    /// What a file name promises; `None` for names that promise nothing known.
    fn promised(file_name: &str) -> Option<Self> {
        let (_, ending) = file_name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "xlsx" | "xlsm" | "xltx" | "xltm" => Some(Self::Xlsx),
            "xls" | "xlt" => Some(Self::Xls),
            "ods" | "ots" => Some(Self::Ods),
            "csv" | "tsv" | "txt" | "md" | "markdown" => Some(Self::Text),
            _ => None,
        }
    }
}

/// A note where the name promises something else.
pub(crate) fn mismatch(kind: Kind, file_name: Option<&str>) -> Option<String> {
    let name = file_name?;
    let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
    Kind::promised(name).filter(|promised| *promised != kind)?;
    Some(format!("berkas bernama .{ending} tetapi berisi {}; dibaca menurut isinya", kind.name()))
}

/// Opening bytes of a zip archive and of Microsoft's older container.
const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

const SAVE_AS: &str = "simpan tabelnya sebagai XLSX, ODS atau CSV, lalu unggah berkas itu";

/// Tells what the bytes are, or why they cannot hold a plan.
pub(crate) fn of(bytes: &[u8]) -> Result<Kind, FileError> {
    match bytes {
        [] => Err(FileError::Empty),
        _ if bytes.starts_with(ZIP) => of_archive(bytes),
        _ if bytes.starts_with(COMPOUND) => of_compound(bytes),
        _ => of_other(bytes),
    }
}

fn wrong(what: &str, remedy: &str) -> FileError {
    FileError::WrongKind { what: what.to_owned(), remedy: remedy.to_owned() }
}

fn of_archive(bytes: &[u8]) -> Result<Kind, FileError> {
    let mut archive = archive::open(bytes)?;
    let has = |name: &str| archive::has(&archive, name);
    match () {
        () if has("xl/workbook.xml") => Ok(Kind::Xlsx),
        () if has("xl/workbook.bin") => {
            Err(wrong("buku kerja Excel biner (XLSB)", "buka di Excel dan simpan sebagai XLSX"))
        }
        () if has("word/document.xml") => Err(wrong(
            "dokumen Word (DOCX)",
            "salin tabelnya ke Excel, atau tempel langsung ke halaman rencana",
        )),
        () if has("ppt/presentation.xml") => Err(wrong("presentasi PowerPoint (PPTX)", SAVE_AS)),
        () => match archive::text(&mut archive, "mimetype")?.trim() {
            kind if kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") => Ok(Kind::Ods),
            kind if kind.starts_with("application/vnd.oasis.opendocument.text") => {
                Err(wrong("dokumen teks OpenDocument (ODT)", SAVE_AS))
            }
            _ => Err(wrong("arsip ZIP", "keluarkan dahulu berkas rencananya dari arsip")),
        },
    }
}

fn of_compound(bytes: &[u8]) -> Result<Kind, FileError> {
    match () {
        () if names(bytes, "EncryptedPackage") => Err(FileError::Encrypted),
        () if names(bytes, "Workbook") || names(bytes, "Book") => Ok(Kind::Xls),
        () if names(bytes, "WordDocument") => Err(wrong("dokumen Word lama (DOC)", SAVE_AS)),
        () if names(bytes, "PowerPoint Document") => Err(wrong("presentasi PowerPoint lama (PPT)", SAVE_AS)),
        () => Err(wrong("berkas Office yang tidak dikenal", SAVE_AS)),
    }
}

/// Whether the container's directory has a stream of this name, which it keeps as UTF-16 and closes with a zero.
fn names(bytes: &[u8], stream: &str) -> bool {
    let wanted: Vec<u8> = stream.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn of_other(bytes: &[u8]) -> Result<Kind, FileError> {
    let Some(kind) = infer::get(bytes) else {
        return Ok(Kind::Text);
    };
    match (kind.mime_type(), kind.matcher_type()) {
        ("application/pdf", _) => {
            Err(wrong("PDF", "ambil tabelnya ke Excel, atau minta berkas aslinya dari penyusunnya"))
        }
        ("text/html", _) => Err(wrong("halaman HTML", "buka di Excel dan simpan sebagai XLSX")),
        (_, infer::MatcherType::Image) => {
            Err(wrong("gambar", "ketik tabelnya ke Excel, atau minta berkas aslinya dari penyusunnya"))
        }
        (_, infer::MatcherType::Text) => Ok(Kind::Text),
        (_, infer::MatcherType::Archive) => {
            Err(wrong("arsip", "keluarkan dahulu berkas rencananya dari arsip"))
        }
        (_, infer::MatcherType::Audio | infer::MatcherType::Video) => Err(wrong("rekaman", SAVE_AS)),
        (mime, _) => Err(wrong(&format!("berkas jenis {mime}"), SAVE_AS)),
    }
}
