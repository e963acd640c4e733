//! The table of contents: a line for each heading with a field that asks for its page.
//!
//! Not Word's own TOC field: what stands in one is shown as it was written until somebody brings it up to
//! date, so LibreOffice would print it without page numbers.

use bening_core::document::{Block, Document};

use super::xml::{paragraph, run, styled};

/// Name of the bookmark on the heading at this place among the blocks.
pub(super) fn bookmark(index: usize) -> String {
    format!("_Toc{:06}", index + 1)
}

pub(super) fn xml(title: &str, document: &Document) -> String {
    let entries: String = document.blocks.iter().enumerate().filter_map(entry).collect();
    paragraph("TOCHeading", title) + &entries
}

fn entry((index, block): (usize, &Block)) -> Option<String> {
    let Block::Heading { level, text } = block else { return None };
    let mark = bookmark(index);
    let page = format!(
        r#"<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> PAGEREF {mark} \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t> </w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
    );
    let link =
        format!(r#"<w:hyperlink w:anchor="{mark}" w:history="1">{}{page}</w:hyperlink>"#, run("", text));
    Some(styled(if *level == 1 { "TOC1" } else { "TOC2" }, "", &link))
}
