//! The agency (*instansi*) whose units build a Zona Integritas: what papers print of it.

use serde::{Deserialize, Serialize};

/// The one agency of an installation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Agency {
    /// Full name ("Kementerian Energi dan Sumber Daya Mineral").
    pub name: String,
    /// Short name used in running text ("Kementerian ESDM").
    pub short_name: String,
    /// City that stands before the date on papers.
    pub city: String,
    /// Picture for covers and letterheads, if one was given.
    pub logo: Option<Logo>,
}

/// The agency's logo: PNG or JPEG, at most 1 MB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// What the bytes are.
    pub kind: LogoKind,
    /// The picture itself.
    pub bytes: Vec<u8>,
}

/// Kinds of pictures a paper can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogoKind {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
}

impl LogoKind {
    /// The kind by what the bytes begin with, never by a name.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        bytes.starts_with(&[0xff, 0xd8, 0xff]).then_some(Self::Jpeg)
    }

    /// Media type for HTTP.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}
