//! Small pieces of WordprocessingML.

/// Opens every part.
pub(super) const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// Text fit to stand in XML: markup escaped, what XML or a reader must not see dropped.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !crate::text::is_invisible(*c)) {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => safe.push(' '),
            _ => safe.push(c),
        }
    }
    safe
}

/// A run of text with these properties.
pub(super) fn run(properties: &str, text: &str) -> String {
    let text = escaped(text);
    format!(r#"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

/// A paragraph in a style.
pub(super) fn paragraph(style: &str, text: &str) -> String {
    styled(style, "", &run("", text))
}

/// A paragraph in a style with further properties and ready runs.
pub(super) fn styled(style: &str, properties: &str, runs: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>"#)
}

/// Numbering of a paragraph.
pub(super) fn numbered(numbering: usize) -> String {
    format!(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>"#)
}
