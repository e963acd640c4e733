//! All evidence of a question, a sub-component, an area or a whole worksheet as one ZIP in the order of the form, with
//! an index and the hashes. It is made while it is sent: memory stays flat.

use std::io::{self, Write};

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use bening_core::document::Listing;
use bening_core::evidence::{Kept, Target};
use bening_core::instrument::Question;
use bening_store::evidence as store;
use bening_store::files::Files;
use futures::TryStreamExt;
use tokio::runtime::Handle;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::proof::Proofs;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::lke::reach::{CodePath, Opened, reach_lke};
use crate::pipe::{self, Pipe};

/// Code that stands for the whole worksheet.
const ALL: &str = "semua";

/// A file of the ZIP.
struct Part {
    place: String,
    sha256: String,
}

/// The ZIP.
///
/// # Errors
/// When the worksheet is not to be seen, or there is no evidence for the code.
pub async fn download(State(app): State<App>, caller: Caller, Path(path): Path<CodePath>) -> Result {
    let opened = reach_lke(&app, &caller, &path.sheet()).await?;
    let questions: Vec<&Question> = opened
        .edition
        .questions()
        .filter(|(area, sub, question)| {
            path.kode == ALL || [&area.code, &sub.code, &question.code].contains(&&path.kode)
        })
        .map(|(_, _, question)| question)
        .collect();
    if questions.is_empty() {
        return Err(AppError::NotFound);
    }
    let (rows, parts) = gather(&app, &caller, &opened, &questions).await?;
    if parts.is_empty() {
        return Err(AppError::Refused("belum ada berkas bukti untuk bagian ini".to_owned()));
    }
    let unit = &opened.at.reached.unit;
    let title = format!("Bukti {} {} {}", unit.code, opened.at.year, path.kode);
    let head =
        ["Kode", "Pertanyaan", "Bukti", "Nomor", "Tanggal", "Berkas", "SHA-256"].map(str::to_owned).into();
    let listing = Listing { title: title.clone(), head, rows };
    let index = app.print(move |printer| printer.listing_xlsx(&listing)).await?;
    let body = stream(app.store().files()?.clone(), index, parts);
    let name = format!("attachment; filename=\"{}.zip\"", title.to_lowercase().replace(' ', "-"));
    let headers = [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, body).into_response())
}

/// Rows of the index and files of the ZIP, question by question.
async fn gather(
    app: &App,
    caller: &Caller,
    opened: &Opened,
    questions: &[&Question],
) -> Result<(Vec<Vec<String>>, Vec<Part>)> {
    let (reached, year) = (&opened.at.reached, opened.at.year);
    let target = |question: &Question| Target::Question { year, code: question.code.clone() };
    let targets: Vec<Target> = questions.iter().map(|question| target(question)).collect();
    let found = store::proving(app.store(), reached.unit.id, &targets).await?;
    let proofs = Proofs::read(app, reached, &found).await?;
    let found: Vec<Kept> = found.into_iter().filter(|kept| proofs.may_open(caller, reached, kept)).collect();
    let (mut rows, mut parts) = (Vec::new(), Vec::new());
    for (place, question) in questions.iter().enumerate() {
        let target = target(question);
        let here = found.iter().filter(|kept| kept.uses.iter().any(|used| used.target == target));
        for (count, kept) in here.enumerate() {
            let folder = format!("{:03}-{}", place + 1, question.code);
            let part = kept.versions.last().map(|version| Part {
                place: format!("{folder}/{:02}-{}", count + 1, version.file.name),
                sha256: version.file.sha256.clone(),
            });
            rows.push(row(question, kept, part.as_ref()));
            parts.extend(part);
        }
    }
    Ok((rows, parts))
}

fn row(question: &Question, kept: &Kept, part: Option<&Part>) -> Vec<String> {
    let details = &kept.evidence.details;
    vec![
        question.code.clone(),
        question.label.clone(),
        details.title.clone(),
        details.number.clone(),
        details.dated.map(|day| day.to_string()).unwrap_or_default(),
        part.map_or_else(|| kept.evidence.link.clone(), |part| part.place.clone()),
        part.map(|part| part.sha256.clone()).unwrap_or_default(),
    ]
}

fn stream(files: Files, index: Vec<u8>, parts: Vec<Part>) -> Body {
    let runtime = Handle::current();
    pipe::body(move |pipe| write(pipe, &runtime, &files, &index, &parts))
}

fn write(pipe: Pipe, runtime: &Handle, files: &Files, index: &[u8], parts: &[Part]) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(io::BufWriter::with_capacity(64 * 1024, pipe));
    let options = SimpleFileOptions::default().large_file(true);
    zip.start_file("00-indeks.xlsx", options)?;
    zip.write_all(index)?;
    zip.start_file("00-sidik-sha256.txt", options)?;
    for part in parts {
        writeln!(zip, "{}  {}", part.sha256, part.place)?;
    }
    // Pictures and PDF do not shrink any more.
    let options = options.compression_method(CompressionMethod::Stored);
    for part in parts {
        zip.start_file(part.place.as_str(), options)?;
        let mut bytes = runtime.block_on(files.read(&part.sha256)).map_err(io::Error::other)?;
        while let Some(block) = runtime.block_on(bytes.try_next()).map_err(io::Error::other)? {
            zip.write_all(&block)?;
        }
    }
    zip.finish()?.into_inner().flush()
}
