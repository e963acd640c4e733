//! Papers as DOCX.

use bening_core::document::{Document, PrintError};

pub(crate) fn print(_document: &Document) -> Result<Vec<u8>, PrintError> {
    Err(PrintError(String::new()))
}
