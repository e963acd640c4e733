//! Papers through the public door: what is in the bytes, and that the same input gives the same bytes.
//! One binary for all papers, because Typst makes each 175 MB large.
#![allow(clippy::unwrap_used, clippy::expect_used, unreachable_pub)]

mod docx;
mod letters;
mod lhe;
mod paper;
mod pdf;
mod sample;
mod sheets;

/// Writes a paper into the folder that `BENING_KEEP_PAPERS` names, for looking at it.
fn kept(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("BENING_KEEP_PAPERS") {
        std::fs::write(std::path::Path::new(&folder).join(name), bytes).unwrap();
    }
}
