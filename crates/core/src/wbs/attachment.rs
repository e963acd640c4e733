//! What reporters send along: how much, of which kinds, and how it is named inside its seal.

use super::Refusal;

/// Most files with one message.
pub const FILES_MAX: usize = 3;
/// Largest file, in bytes.
pub const FILE_MAX_BYTES: usize = 5 * 1024 * 1024;

/// Kinds that are taken: first bytes, media type, whether what clings to it can be taken off.
const KINDS: [(&[u8], &str, bool); 3] = [
    (b"\xff\xd8\xff", "image/jpeg", true),
    (b"\x89PNG\r\n\x1a\n", "image/png", true),
    (b"%PDF-", "application/pdf", false),
];

/// A file as it is before it is sealed, and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plain {
    /// Its name.
    pub name: String,
    /// Its media type, by its contents.
    pub media: &'static str,
    /// Its contents.
    pub bytes: Vec<u8>,
}

impl Plain {
    /// A file as it may be sealed: by its contents, not by what it is called.
    ///
    /// # Errors
    /// When it is too large or of another kind.
    pub fn of(name: &str, bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > FILE_MAX_BYTES {
            return Err(Refusal::FileTooLarge);
        }
        let kind = KINDS.iter().find(|(begins, ..)| bytes.starts_with(begins));
        let (_, media, _) = kind.ok_or(Refusal::FileKind)?;
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name: String = name.chars().filter(|one| !one.is_control()).take(120).collect();
        Ok(Self { name, media, bytes: bytes.to_vec() })
    }

    /// Whether what clings to it, such as the place where a picture was taken, can be taken off.
    pub fn can_be_cleaned(&self) -> bool {
        KINDS.iter().any(|(_, media, cleans)| *media == self.media && *cleans)
    }

    /// Name and contents as one piece to be sealed.
    pub fn packed(&self) -> Vec<u8> {
        [self.name.as_bytes(), b"\0", &self.bytes].concat()
    }

    /// The other way.
    pub fn unpacked(piece: &[u8]) -> Option<Self> {
        let end = piece.iter().position(|byte| *byte == 0)?;
        let (name, rest) = piece.split_at(end);
        Self::of(std::str::from_utf8(name).ok()?, rest.get(1..)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_what_is_in_it_and_comes_out_as_it_went_in() {
        let pdf = Plain::of("../../rahasia\n.png", b"%PDF-1.7 isi").unwrap();
        assert_eq!((pdf.name.as_str(), pdf.media), ("rahasia.png", "application/pdf"));
        assert_eq!(Plain::unpacked(&pdf.packed()), Some(pdf));
        assert_eq!(Plain::of("a.png", b"<svg onload=alert(1)>"), Err(Refusal::FileKind));
        assert_eq!(Plain::of("a.pdf", &vec![b'%'; FILE_MAX_BYTES + 1]), Err(Refusal::FileTooLarge));
    }
}
