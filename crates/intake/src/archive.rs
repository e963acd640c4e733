//! Zip archives looked at before anything parses them: how much they would unpack to, by what they declare and
//! by what they really hold, so that a small file cannot fill the memory.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use crate::error::FileError;

/// Most bytes an archive may unpack to.
pub(crate) const UNPACKED_MAX_BYTES: u64 = 100 * 1024 * 1024;
/// Most entries of an archive; an office file has a few dozen.
const ENTRIES_MAX: usize = 5_000;
/// An entry that shrinks to less than a 200th is no table that a person wrote.
const RATIO_MAX: u64 = 200;
/// Small entries may shrink as they like.
const RATIO_FROM_BYTES: u64 = 1024 * 1024;

/// An archive whose contents were found to be of bearable size.
pub(crate) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Opens an archive and reads through all of it once.
pub(crate) fn open(bytes: &[u8]) -> Result<Archive<'_>, FileError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileError::Broken)?;
    if archive.len() > ENTRIES_MAX {
        return Err(FileError::Bomb);
    }
    let declared: u64 = (0..archive.len())
        .map(|index| archive.by_index_raw(index).map(|entry| entry.size()).map_err(|_| FileError::Broken))
        .try_fold(0_u64, |sum, size| size.map(|size| sum.saturating_add(size)))?;
    if declared > UNPACKED_MAX_BYTES {
        return Err(FileError::Bomb);
    }
    read_through(&mut archive)?;
    Ok(archive)
}

/// Sizes in the directory can lie, so every entry is unpacked once, into nothing.
fn read_through(archive: &mut Archive<'_>) -> Result<(), FileError> {
    let mut left = UNPACKED_MAX_BYTES;
    for index in 0..archive.len() {
        if archive.by_index_raw(index).map_err(|_| FileError::Broken)?.encrypted() {
            return Err(FileError::Encrypted);
        }
        let entry = archive.by_index(index).map_err(|_| FileError::Broken)?;
        let packed = entry.compressed_size().max(1);
        let limit = left.min(RATIO_FROM_BYTES.max(packed.saturating_mul(RATIO_MAX)));
        let found = io::copy(&mut entry.take(limit + 1), &mut io::sink()).map_err(|_| FileError::Broken)?;
        if found > limit {
            return Err(FileError::Bomb);
        }
        left -= found;
    }
    Ok(())
}

/// Whether the archive has an entry of this name.
pub(crate) fn has(archive: &Archive<'_>, name: &str) -> bool {
    archive.index_for_name(name).is_some()
}

/// Text of an entry; empty when there is none.
pub(crate) fn text(archive: &mut Archive<'_>, name: &str) -> Result<String, FileError> {
    if !has(archive, name) {
        return Ok(String::new());
    }
    let mut bytes = Vec::new();
    let entry = archive.by_name(name).map_err(|_| FileError::Broken)?;
    entry.take(UNPACKED_MAX_BYTES).read_to_end(&mut bytes).map_err(|_| FileError::Broken)?;
    String::from_utf8(bytes).map_err(|_| FileError::Broken)
}
