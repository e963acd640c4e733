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

/// Largest logo, in bytes.
pub const LOGO_MAX_BYTES: usize = 1024 * 1024;

/// Why a file cannot be the logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogoRefusal {
    /// Neither of the two kinds, whatever its name says.
    #[error("berkas ini bukan gambar PNG atau JPEG; simpan ulang logo sebagai PNG")]
    Unknown,
    /// It begins as a picture but does not end as one.
    #[error("gambar ini terpotong atau rusak; simpan ulang logo sebagai PNG")]
    Cut,
    /// Too many bytes.
    #[error("logo paling besar 1 MB; kecilkan gambarnya, 600 piksel sudah cukup")]
    TooLarge,
}

impl Logo {
    /// Takes a picture by its content; its name and what the sender calls it do not count.
    ///
    /// # Errors
    /// When it is no whole PNG or JPEG of at most [`LOGO_MAX_BYTES`].
    pub fn read(bytes: Vec<u8>) -> Result<Self, LogoRefusal> {
        let kind = LogoKind::of(&bytes).ok_or(LogoRefusal::Unknown)?;
        match () {
            () if bytes.len() > LOGO_MAX_BYTES => Err(LogoRefusal::TooLarge),
            () if !kind.is_whole(&bytes) => Err(LogoRefusal::Cut),
            () => Ok(Self { kind, bytes }),
        }
    }
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

    /// Whether the last mark of a picture of this kind is there.
    fn is_whole(self, bytes: &[u8]) -> bool {
        let end: &[u8] = match self {
            Self::Png => b"IEND\xaeB`\x82",
            Self::Jpeg => &[0xff, 0xd9],
        };
        bytes.windows(end.len()).any(|window| window == end)
    }

    /// Media type for HTTP.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}
