//! The package as a ZIP in the order of its parts. Each paper is printed when its turn comes, so that memory stays
//! flat; the index with the hashes therefore comes last.

use std::io::{self, Write};

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use bening_core::candidacy::package::{Holds, Package};
use bening_core::document::{Document, Listing};
use bening_core::id::PaperId;
use bening_core::time::Year;
use bening_store::{agency, paper};
use sha2::{Digest, Sha256};
use tokio::runtime::Handle;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::check::{self, Checked};
use super::{documents, enter, package};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::pipe::{self, Pipe};

/// Field of a chosen unit; it comes once for each.
const UNIT: &str = "unit";

/// What a file of the ZIP is printed from.
enum Source {
    Written(Box<Document>),
    Issued(PaperId),
}

/// A file of the ZIP.
struct File {
    place: String,
    part: String,
    unit: String,
    source: Source,
}

/// The ZIP of the chosen units.
///
/// # Errors
/// When it is not for the caller, none is chosen, or one of them would fail.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path(year): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result {
    let year = enter(&app, &caller, &year)?;
    let package = package()?;
    let wanted: Vec<&str> = asked.iter().filter(|(name, _)| name == UNIT).map(|(_, code)| &**code).collect();
    let mut chosen = check::all(&app, &caller, &package, year).await?;
    chosen.retain(|one| wanted.contains(&one.unit.code.as_str()));
    if chosen.is_empty() {
        return Err(AppError::Refused("pilih sedikitnya satu unit yang siap diusulkan".to_owned()));
    }
    if let Some((one, first)) = chosen.iter().find_map(|one| Some((one, one.findings.first()?))) {
        let words = format!("{} belum siap diusulkan: {}", one.unit.name, first.text);
        return Err(AppError::Refused(words));
    }
    let files = files(&app, &package, year, &chosen).await?;
    let runtime = Handle::current();
    let body = pipe::body(move |pipe| write(pipe, &runtime, &app, &files));
    let name = format!("attachment; filename=\"usulan-{year}.zip\"");
    let headers = [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, body).into_response())
}

async fn files(app: &App, package: &Package, year: Year, chosen: &[Checked]) -> Result<Vec<File>> {
    let agency = agency::load(app.store()).await?;
    let mut files = Vec::new();
    for part in &package.parts {
        let mut add = |unit: &str, name: &str, source| {
            let place = format!("{}/{name}.pdf", part.folder);
            files.push(File { place, part: part.name.clone(), unit: unit.to_owned(), source });
        };
        if part.holds == Holds::Units {
            let list = documents::units(&agency, year, app.today(), chosen);
            add("", "daftar-unit", Source::Written(Box::new(list)));
            continue;
        }
        for one in chosen {
            let (code, contents) = (one.unit.code.as_str(), &one.contents);
            match &part.holds {
                Holds::Paper { template } => {
                    let issued = contents.paper(template).ok_or(AppError::NotFound)?;
                    add(code, code, Source::Issued(issued.id));
                }
                Holds::Conditions => {
                    let tested = documents::conditions(&agency, app.today(), one);
                    add(code, code, Source::Written(Box::new(tested)));
                }
                Holds::Report => {
                    let report = contents.report.as_ref().ok_or(AppError::NotFound)?;
                    add(code, code, Source::Written(Box::new(report.document.clone())));
                }
                Holds::Survey => {
                    for (index, (kept, report)) in contents.surveys.iter().enumerate() {
                        let report = crate::survey::report::document(app, kept, report).await?;
                        let name = format!("{code}-{:02}", index + 1);
                        add(code, &name, Source::Written(Box::new(report)));
                    }
                }
                Holds::Units => {}
            }
        }
    }
    Ok(files)
}

async fn print(app: &App, source: &Source) -> io::Result<Vec<u8>> {
    let document = match source {
        Source::Written(document) => (**document).clone(),
        Source::Issued(id) => {
            let issued = paper::by_id(app.store(), *id).await.map_err(io::Error::other)?;
            issued.ok_or(io::ErrorKind::NotFound)?.document
        }
    };
    app.print(move |printer| printer.pdf(&document)).await.map_err(io::Error::other)
}

fn write(pipe: Pipe, runtime: &Handle, app: &App, files: &[File]) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(io::BufWriter::with_capacity(64 * 1024, pipe));
    let options = SimpleFileOptions::default();
    let (mut rows, mut prints) = (Vec::new(), String::new());
    for (index, file) in files.iter().enumerate() {
        let bytes = runtime.block_on(print(app, &file.source))?;
        let hash = hex::encode(Sha256::digest(&bytes));
        zip.start_file(file.place.as_str(), options)?;
        zip.write_all(&bytes)?;
        prints.push_str(&format!("{hash}  {}\n", file.place));
        let (part, unit) = (file.part.clone(), file.unit.clone());
        rows.push(vec![(index + 1).to_string(), part, unit, file.place.clone(), hash]);
    }
    let head = ["No", "Bagian", "Unit", "Berkas", "SHA-256"].map(str::to_owned).into();
    let listing = Listing { title: "Berkas usulan".to_owned(), head, rows };
    let index = runtime.block_on(app.print(move |printer| printer.listing_xlsx(&listing)));
    zip.start_file("00-indeks.xlsx", options)?;
    zip.write_all(&index.map_err(io::Error::other)?)?;
    zip.start_file("00-sidik-sha256.txt", options)?;
    zip.write_all(prints.as_bytes())?;
    zip.finish()?.into_inner().flush()
}
