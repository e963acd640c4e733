//! Words of documents, for the search: what a PDF, an office document or a plain text says, without its looks. Nothing
//! is recognised in pictures. Reading hostile files safely is also the caller's duty: it gives time and memory.

mod office;
mod pdf;

use bening_core::evidence::{TextReader, TextRules};

use crate::encoding;
use crate::error::FileError;

/// Why a document has no words for the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// It asks for a password.
    #[error("berkas dikunci kata sandi")]
    Encrypted,
    /// It would unpack to too much.
    #[error("berkas mengembang terlalu besar bila dibuka")]
    Bomb,
    /// It cannot be read.
    #[error("berkas rusak atau ditulis dengan cara yang tidak dikenal")]
    Broken,
}

impl From<FileError> for TextError {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Encrypted => Self::Encrypted,
            FileError::Bomb => Self::Bomb,
            _ => Self::Broken,
        }
    }
}

/// The words of a document, white space folded, cut at the limit; empty when it has none, as a scan.
///
/// # Errors
/// When it cannot be read.
pub fn words(bytes: &[u8], reader: TextReader, rules: TextRules) -> Result<String, TextError> {
    let found = match reader {
        TextReader::Pdf => pdf::words(bytes, rules)?,
        TextReader::Office => office::words(bytes, rules)?,
        TextReader::Plain => encoding::decode(bytes)?.text.to_string(),
    };
    Ok(folded(&found, rules.chars_most))
}

/// Words with one space between them; signs that no database keeps are left out.
fn folded(text: &str, most: usize) -> String {
    let clean = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign });
    let clean: String = clean.collect();
    let mut folded = String::new();
    for word in clean.split_whitespace() {
        if folded.len() + word.len() >= most {
            break;
        }
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_cut_between_two_of_them() {
        assert_eq!(folded(" satu\0dua \n\t tiga ", 100), "satu dua tiga");
        assert_eq!(folded("satu dua tiga", 9), "satu dua");
    }
}
