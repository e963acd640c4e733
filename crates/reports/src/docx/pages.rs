//! Sections: how pages lie and how they are numbered.

use bening_core::document::PageNumbers;

/// How the pages of a section look.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pages {
    /// Lying on their side.
    pub(super) landscape: bool,
    /// How numbers are written; no number and no running head without.
    pub(super) numbers: Option<PageNumbers>,
    /// Whether numbers begin anew.
    pub(super) fresh: bool,
}

impl Pages {
    /// Width of the text in twentieths of a point.
    pub(super) fn text_width(self) -> u32 {
        if self.landscape { 14_910 } else { 8_788 }
    }

    /// The properties that end a section.
    pub(super) fn xml(self) -> String {
        let running = self.numbers.map_or("", |_| {
            r#"<w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>"#
        });
        let size = match self.landscape {
            true => {
                r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="964" w:bottom="1021" w:left="964" w:header="567" w:footer="510" w:gutter="0"/>"#
            }
            false => {
                r#"<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1531" w:right="1417" w:bottom="1417" w:left="1701" w:header="850" w:footer="737" w:gutter="0"/>"#
            }
        };
        format!(r#"<w:sectPr>{running}<w:type w:val="nextPage"/>{size}{}</w:sectPr>"#, self.numbering())
    }

    fn numbering(self) -> String {
        let format = match self.numbers {
            None => return String::new(),
            Some(PageNumbers::Roman) => "lowerRoman",
            Some(PageNumbers::Arabic) => "decimal",
        };
        let start = if self.fresh { r#" w:start="1""# } else { "" };
        format!(r#"<w:pgNumType w:fmt="{format}"{start}/>"#)
    }
}
