//! Words of PDF, in the order in which they are drawn. A page without letters, as a scanner makes it, has none.

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect};

use super::TextError;
use bening_core::evidence::TextRules;

/// A gap of so many parts of the size of the letters separates words, and a step down of so many lines does.
const GAP: f64 = 0.15;
const STEP: f64 = 0.5;
/// Letters are drawn in units of which a thousand are the size of the font.
const EM: f64 = 1000.0;

/// The words page by page.
pub(super) fn words(bytes: &[u8], rules: TextRules) -> Result<String, TextError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => TextError::Encrypted,
        LoadPdfError::Invalid => TextError::Broken,
    })?;
    let mut letters = Letters { text: String::new(), most: rules.chars_most, end: None };
    for page in pdf.pages().iter().take(rules.pages_most) {
        let cache = InterpreterCache::new();
        let nowhere = Rect::new(0.0, 0.0, 1.0, 1.0);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, nowhere, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut letters);
        letters.end_page();
        if letters.text.len() >= rules.chars_most {
            break;
        }
    }
    Ok(letters.text)
}

/// Letters as they are drawn.
struct Letters {
    text: String,
    most: usize,
    /// Where the last one ended, and how large it was.
    end: Option<(Point, f64)>,
}

impl Letters {
    fn end_page(&mut self) {
        self.text.push('\n');
        self.end = None;
    }

    /// Adds a letter that begins somewhere, after a space when it stands apart from the last one.
    fn add(&mut self, letter: &str, begins: Point, size: f64) {
        let is_apart = self.end.is_some_and(|(end, before)| {
            let size = size.max(before);
            (begins.x - end.x).abs() > GAP * size || (begins.y - end.y).abs() > STEP * size
        });
        if is_apart && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
        self.text.push_str(letter);
    }
}

impl<'a> Device<'a> for Letters {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        if self.text.len() >= self.most {
            return;
        }
        let letter = match glyph.as_unicode() {
            Some(BfString::Char(letter)) => letter.to_string(),
            Some(BfString::String(letters)) => letters,
            None => return,
        };
        let width = match glyph {
            Glyph::Outline(outline) => outline.advance_width().map_or(EM / 2.0, f64::from),
            Glyph::Type3(_) => EM / 2.0,
        };
        let placed = transform * glyph_transform;
        let (begins, ends) = (placed * Point::ZERO, placed * Point::new(width, 0.0));
        let size = (placed * Point::new(0.0, EM)).distance(begins);
        self.add(&letter, begins, size);
        self.end = Some((ends, size));
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
