//! The table of contents: a field that Word brings up to date, filled with what it will say so that other
//! programs show it as well.

use bening_core::document::{Block, Document};

use super::xml::{run, styled};

/// Name of the bookmark on the heading at this place among the blocks.
pub(super) fn bookmark(index: usize) -> String {
    format!("_Toc{:06}", index + 1)
}

pub(super) fn xml(title: &str, document: &Document) -> String {
    let mut entries: Vec<String> = document.blocks.iter().enumerate().filter_map(entry).collect();
    let begin = r#"<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>"#;
    if let Some(first) = entries.first_mut() {
        *first = first.replacen("</w:pPr>", &format!("</w:pPr>{begin}"), 1);
    }
    let end = styled("Gap", "", r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"#);
    super::xml::paragraph("TOCHeading", title) + &entries.concat() + &end
}

fn entry((index, block): (usize, &Block)) -> Option<String> {
    let Block::Heading { level, text } = block else { return None };
    let mark = bookmark(index);
    let page = format!(
        r#"<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGEREF {mark} \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t> </w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
    );
    let link =
        format!(r#"<w:hyperlink w:anchor="{mark}" w:history="1">{}{page}</w:hyperlink>"#, run("", text));
    Some(styled(if *level == 1 { "TOC1" } else { "TOC2" }, "", &link))
}
