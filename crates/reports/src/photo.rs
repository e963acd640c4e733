//! Photographs for paper: files from people, read within bounds, turned the right way, made small and written anew, so
//! that nothing but the picture itself reaches a paper.

use std::io::Cursor;

use bening_core::document::{Block, Document, Photo};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits};

/// Longer side on paper, in pixels: 85 mm at 250 dots an inch.
const SIDE: u32 = 850;
const QUALITY: u8 = 82;
/// A picture that would take more than this to read is left out.
const SIDE_MAX: u32 = 20_000;
const READ_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// A photograph as it is printed.
pub(crate) struct Small {
    pub(crate) jpeg: Vec<u8>,
    pub(crate) wide: u32,
    pub(crate) high: u32,
}

/// The photographs of a paper in order; nothing where a file is none.
pub(crate) fn all(document: &Document) -> Vec<Option<Small>> {
    let photos = document.blocks.iter().filter_map(|block| match block {
        Block::Photos { items } => Some(items),
        _ => None,
    });
    photos.flatten().map(small).collect()
}

fn small(photo: &Photo) -> Option<Small> {
    let mut reader = ImageReader::new(Cursor::new(&photo.bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(READ_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let turned = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(turned);
    let picture =
        if picture.width().max(picture.height()) > SIDE { picture.thumbnail(SIDE, SIDE) } else { picture };
    let mut jpeg = Vec::new();
    picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY)).ok()?;
    Some(Small { jpeg, wide: picture.width(), high: picture.height() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(bytes: Vec<u8>) -> Photo {
        Photo { caption: String::new(), bytes }
    }

    #[test]
    fn a_large_picture_becomes_small_and_one_that_is_none_is_left_out() {
        let mut png = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(1700, 400).write_to(&mut png, image::ImageFormat::Png).unwrap();
        let printed = small(&photo(png.into_inner())).unwrap();
        assert_eq!((printed.wide, printed.high), (850, 200));
        assert!(printed.jpeg.starts_with(&[0xff, 0xd8]));
        assert!(small(&photo(b"<svg onload=alert(1)>".to_vec())).is_none());
    }
}
