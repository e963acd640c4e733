//! The text of files of evidence, by which they are searched: what can be read, and what became of reading. Reading is
//! `intake`'s work, keeping the words that of `store`.

use serde::Deserialize;

/// How a kind of file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextReader {
    /// As PDF.
    Pdf,
    /// As a document of an office program.
    Office,
    /// As plain text.
    Plain,
}

impl TextReader {
    /// Name in rules and on command lines.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Office => "office",
            Self::Plain => "plain",
        }
    }

    /// From its name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Pdf, Self::Office, Self::Plain].into_iter().find(|reader| reader.as_str() == text)
    }
}

/// How much is read at most, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct TextRules {
    /// Largest file, in bytes.
    pub bytes_most: u64,
    /// Most bytes of text.
    pub chars_most: usize,
    /// Most pages of a PDF.
    pub pages_most: usize,
    /// Seconds after which a file is given up.
    pub patience_s: u64,
    /// Memory that reading a file may take, in bytes.
    pub memory_most: u64,
    /// Most files of one job.
    pub files_most: u64,
}

/// What became of reading a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextState {
    /// It has words.
    Read,
    /// It has none: a scan, or pictures.
    Empty,
    /// It could not be read.
    Failed,
}

impl TextState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Read, Self::Empty, Self::Failed];

    /// Name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Empty => "empty",
            Self::Failed => "failed",
        }
    }

    /// From its name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Indonesian name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "teks terbaca",
            Self::Empty => "pindaian tanpa teks",
            Self::Failed => "teks gagal dibaca",
        }
    }
}
