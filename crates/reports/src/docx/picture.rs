//! Pictures of a paper: the logo of the cover, charts, photographs; their place in the archive and their size on paper.

use bening_core::agency::{Logo, LogoKind};

use super::xml::escaped;

/// Height on paper in English metric units: 30 mm.
const HEIGHT: u64 = 1_080_000;

/// Name beside the document.
pub(super) fn file(kind: LogoKind) -> &'static str {
    match kind {
        LogoKind::Png => "media/logo.png",
        LogoKind::Jpeg => "media/logo.jpg",
    }
}

/// Path in the archive.
pub(super) fn path(kind: LogoKind) -> &'static str {
    match kind {
        LogoKind::Png => "word/media/logo.png",
        LogoKind::Jpeg => "word/media/logo.jpg",
    }
}

/// A run with the logo.
pub(super) fn xml(logo: &Logo) -> String {
    let (wide, high) = pixels(logo).filter(|(wide, high)| *wide > 0 && *high > 0).unwrap_or((1, 1));
    drawing(1, "Logo", "rId5", ((HEIGHT * wide / high).min(HEIGHT * 4), HEIGHT))
}

/// A picture in the text.
pub(super) struct Picture {
    /// Name in the archive beside the document.
    pub(super) file: String,
    pub(super) bytes: Vec<u8>,
    /// What it shows.
    pub(super) alt: String,
    /// Width and height in pixels.
    pub(super) size: (u32, u32),
    /// Width and greatest height on paper, in English metric units.
    pub(super) room: (u64, u64),
}

/// What a relation to the picture in this place is called.
pub(super) fn relation(place: usize) -> String {
    format!("rId{}", place + 6)
}

impl Picture {
    /// A run with the picture that stands in this place.
    pub(super) fn xml(&self, place: usize) -> String {
        let (wide, high) = (u64::from(self.size.0.max(1)), u64::from(self.size.1.max(1)));
        let (width, height) = self.room;
        let fitting = if width * high / wide > height {
            (height * wide / high, height)
        } else {
            (width, width * high / wide)
        };
        drawing(place + 2, &escaped(&self.alt), &relation(place), fitting)
    }
}

fn drawing(id: usize, alt: &str, relation: &str, (width, height): (u64, u64)) -> String {
    format!(
        r#"<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{id}" name="Gambar {id}" descr="{alt}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{id}" name="Gambar {id}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
    )
}

/// Width and height in pixels, from the picture's own head.
fn pixels(logo: &Logo) -> Option<(u64, u64)> {
    match logo.kind {
        LogoKind::Png => Some((number(logo.bytes.get(16..20)?), number(logo.bytes.get(20..24)?))),
        LogoKind::Jpeg => jpeg(logo.bytes.get(2..)?),
    }
}

/// Walks the segments to the frame header, the only one that knows the size.
fn jpeg(mut rest: &[u8]) -> Option<(u64, u64)> {
    loop {
        let marker = *rest.get(1)?;
        let is_frame = (0xc0..=0xcf).contains(&marker) && ![0xc4, 0xc8, 0xcc].contains(&marker);
        if is_frame {
            return Some((number(rest.get(7..9)?), number(rest.get(5..7)?)));
        }
        let length = number(rest.get(2..4)?) as usize;
        rest = rest.get(2 + length.max(2)..)?;
    }
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_picture_is_read_from_its_head() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 1, 0, 0, 0, 0, 128]);
        assert_eq!(pixels(&Logo { kind: LogoKind::Png, bytes: png }), Some((256, 128)));
        let jpeg = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc0, 0, 11, 8, 0, 60, 0, 90];
        assert_eq!(pixels(&Logo { kind: LogoKind::Jpeg, bytes: jpeg }), Some((90, 60)));
        assert_eq!(pixels(&Logo { kind: LogoKind::Jpeg, bytes: vec![0xff, 0xd8] }), None);
    }
}
