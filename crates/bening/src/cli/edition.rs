//! Reading files and finding the edition that a command is about. Used by the commands around the law.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use bening_core::instrument::{Editions, Instrument, MAX_FILE_BYTES, OwnFile, in_force, shipped};
use bening_store::instrument::current;

use super::exit::{NotFound, REFUSED, Refused, unread};
use super::place::Place;
use super::print;

/// The edition with this id, or the one in the file of this name. What comes with Bening needs no database; for any
/// other id the agency's own are asked.
pub(crate) async fn find(place: &Place, id_or_file: &str) -> Result<Arc<Instrument>> {
    match shipped().by_id(id_or_file) {
        Some(edition) => Ok(Arc::clone(edition)),
        None => worded(place, id_or_file).await,
    }
}

/// The same in the agency's own wording, where it has some.
pub(crate) async fn worded(place: &Place, id_or_file: &str) -> Result<Arc<Instrument>> {
    let path = Path::new(id_or_file);
    if path.is_file() {
        let read = Instrument::parse(id_or_file, &read_text(path)?);
        return Ok(Arc::new(read.map_err(|problems| Refused(lines(&problems)))?));
    }
    let editions = known(place).await?;
    let missing = || {
        let known: Vec<&str> = editions.iter().map(|edition| edition.id.as_str()).collect();
        let known = known.join(", ");
        NotFound(format!("instrumen \"{id_or_file}\" tidak ada; pilihannya: {known}, atau nama berkas .toml"))
    };
    Ok(editions.by_id(id_or_file).cloned().ok_or_else(missing)?)
}

/// The editions that come with Bening and, where a database is at hand, the agency's own.
pub(crate) async fn known(place: &Place) -> Result<Arc<Editions>> {
    let Some(db) = place.open_existing().await? else { return Ok(Arc::new(shipped().clone())) };
    let own: Vec<OwnFile> = current(&db).await?.into_iter().map(|loaded| loaded.file).collect();
    Ok(in_force(&own).editions)
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
