//! Reading files and finding the edition that a command is about. Used by the commands around the law.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use bening_core::instrument::{Instrument, MAX_FILE_BYTES, shipped};

use super::exit::{NotFound, REFUSED, Refused, unread};
use super::print;

/// The edition with this id, or the one in the file of this name.
pub(crate) fn find(id_or_file: &str) -> Result<Arc<Instrument>> {
    if let Some(edition) = shipped().by_id(id_or_file) {
        return Ok(Arc::clone(edition));
    }
    let path = Path::new(id_or_file);
    if !path.is_file() {
        let known: Vec<&str> = shipped().iter().map(|edition| edition.id.as_str()).collect();
        let known = known.join(", ");
        let missing =
            format!("instrumen \"{id_or_file}\" tidak ada; pilihannya: {known}, atau nama berkas .toml");
        return Err(NotFound(missing).into());
    }
    match Instrument::parse(id_or_file, &read_text(path)?) {
        Ok(edition) => Ok(Arc::new(edition)),
        Err(problems) => Err(Refused(lines(&problems)).into()),
    }
}

/// The text of a file that is not too large and is UTF-8.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    let name = path.display();
    let size = std::fs::metadata(path).map_err(|error| unread(path, error))?.len();
    if usize::try_from(size).unwrap_or(usize::MAX) > MAX_FILE_BYTES {
        let large = format!("{name} terlalu besar ({size} byte; batasnya {MAX_FILE_BYTES})");
        return Err(Refused(large).into());
    }
    let bytes = std::fs::read(path).map_err(|error| unread(path, error))?;
    Ok(String::from_utf8(bytes).map_err(|_| Refused(format!("{name} bukan teks UTF-8")))?)
}

/// Prints problems to standard error, one a line; the input was refused.
pub(crate) fn refuse<T: ToString>(problems: &[T]) -> ExitCode {
    eprintln!("{}", lines(problems));
    ExitCode::from(REFUSED)
}

/// Prints JSON to standard output.
pub(crate) fn print(json: &serde_json::Value) -> Result<ExitCode> {
    print::text(&format!("{}\n", serde_json::to_string_pretty(json)?))
}

fn lines<T: ToString>(problems: &[T]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
