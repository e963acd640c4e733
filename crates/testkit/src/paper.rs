//! Independent readers for the papers Bening prints: poppler for PDF, LibreOffice for DOCX and XLSX.
//! What a paper must say is the test's business.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use tempfile::TempDir;

/// One LibreOffice at a time: each takes a core and 300 MB, and two would only wait for each other.
static OFFICE: Mutex<()> = Mutex::new(());

/// How the words of a page are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// As they stand on the paper, columns side by side.
    Layout,
    /// As poppler believes people read them.
    Running,
    /// As they were written into the file, cell after cell.
    Written,
}

/// The text of a PDF; pages end with a form feed.
///
/// # Errors
/// When it is not a PDF, or poppler is missing (`cargo xtask test` installs it).
pub fn pdf_text(pdf: &Path, reading: Reading) -> anyhow::Result<String> {
    let mode: &[&str] = match reading {
        Reading::Layout => &["-layout"],
        Reading::Running => &[],
        Reading::Written => &["-raw"],
    };
    let mut command = Command::new("pdftotext");
    command.args(mode).args(["-enc", "UTF-8"]).arg(pdf).arg("-");
    Ok(String::from_utf8(finished(&mut command)?)?)
}

/// Paints every page of a PDF into `folder` and gives the PNG files in the order of the pages.
///
/// # Errors
/// When it is not a PDF, or poppler is missing (`cargo xtask test` installs it).
pub fn pdf_pictures(pdf: &Path, folder: &Path, dots_per_inch: u16) -> anyhow::Result<Vec<PathBuf>> {
    let mut command = Command::new("pdftoppm");
    command.args(["-png", "-r", &dots_per_inch.to_string()]).arg(pdf).arg(folder.join("page"));
    finished(&mut command)?;
    let mut pictures = files_with_ending(folder, "png")?;
    pictures.sort();
    Ok(pictures)
}

/// Lets LibreOffice open `document` and save it as `format`, for example `pdf` or `csv`; gives the new file.
///
/// # Errors
/// When LibreOffice cannot read the document, or is missing (`cargo xtask test` installs it).
pub fn office_convert(document: &Path, format: &str, folder: &Path) -> anyhow::Result<PathBuf> {
    let _one_at_a_time = OFFICE.lock().unwrap_or_else(PoisonError::into_inner);
    let profile = TempDir::with_prefix("bening-office-")?;
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", profile.path().display()));
    command.args(["--headless", "--norestore", "--convert-to", format, "--outdir"]).arg(folder).arg(document);
    finished(&mut command)?;
    let name = document.file_stem().context("the document has no name")?;
    let ending = format.split(':').next().unwrap_or(format);
    let converted = folder.join(name).with_extension(ending);
    anyhow::ensure!(converted.is_file(), "LibreOffice made no {ending} of {}", document.display());
    Ok(converted)
}

/// Lets LibreOffice compute workbooks and write the values of every sheet: `NAME-SHEET.csv` in `folder`.
///
/// # Errors
/// When LibreOffice cannot read a workbook, or is missing (`cargo xtask test` installs it).
pub fn office_sheets(workbooks: &[PathBuf], folder: &Path) -> anyhow::Result<()> {
    let _one_at_a_time = OFFICE.lock().unwrap_or_else(PoisonError::into_inner);
    let profile = TempDir::with_prefix("bening-office-")?;
    // Comma, double quotes, UTF-8, from line 1; every sheet.
    let format = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", profile.path().display()));
    command
        .args(["--headless", "--norestore", "--convert-to", format, "--outdir"])
        .arg(folder)
        .args(workbooks);
    finished(&mut command).map(drop)
}

/// Standard output of a command that went well.
fn finished(command: &mut Command) -> anyhow::Result<Vec<u8>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let missing = || format!("starting {program}; `cargo xtask test` installs it");
    let output = command.output().with_context(missing)?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "{program} failed: {}", complaint.trim());
    Ok(output.stdout)
}

fn files_with_ending(folder: &Path, ending: &str) -> anyhow::Result<Vec<PathBuf>> {
    let entries: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    let paths = entries.into_iter().map(|entry| entry.path());
    Ok(paths.filter(|path| path.extension() == Some(OsStr::new(ending))).collect())
}
