//! Reading files and finding the edition that a command is about. Used by the commands around the law.

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use bening_core::instrument::{Instrument, MAX_FILE_BYTES, shipped};

/// The edition with this id, or the one in the file of this name.
pub(crate) fn find(id_or_file: &str) -> Result<Arc<Instrument>> {
    if let Some(edition) = shipped().by_id(id_or_file) {
        return Ok(Arc::clone(edition));
    }
    let path = Path::new(id_or_file);
    if !path.is_file() {
        let known: Vec<&str> = shipped().iter().map(|edition| edition.id.as_str()).collect();
        bail!(
            "instrumen \"{id_or_file}\" tidak ada; pilihannya: {}, atau nama berkas .toml",
            known.join(", ")
        );
    }
    match Instrument::parse(id_or_file, &read_text(path)?) {
        Ok(edition) => Ok(Arc::new(edition)),
        Err(problems) => bail!("{}", lines(&problems)),
    }
}

/// The text of a file that is not too large and is UTF-8.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    let name = path.display();
    let size = std::fs::metadata(path).with_context(|| format!("{name} tidak dapat dibuka"))?.len();
    if usize::try_from(size).unwrap_or(usize::MAX) > MAX_FILE_BYTES {
        bail!("{name} terlalu besar ({size} byte; batasnya {MAX_FILE_BYTES})");
    }
    let bytes = std::fs::read(path).with_context(|| format!("{name} tidak dapat dibaca"))?;
    String::from_utf8(bytes).with_context(|| format!("{name} bukan teks UTF-8"))
}

/// Prints problems to standard error, one a line; the command has failed.
pub(crate) fn refuse<T: ToString>(problems: &[T]) -> ExitCode {
    eprintln!("{}", lines(problems));
    ExitCode::FAILURE
}

/// Prints JSON to standard output.
pub(crate) fn print(json: &serde_json::Value) -> Result<ExitCode> {
    print_text(&format!("{}\n", serde_json::to_string_pretty(json)?))
}

/// Writes to standard output; a reader that has seen enough (`| head`) is no failure.
pub(crate) fn print_text(text: &str) -> Result<ExitCode> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn lines<T: ToString>(problems: &[T]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
