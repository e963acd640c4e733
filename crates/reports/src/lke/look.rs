//! How the cells of the workbook look: heads, areas, questions, and the cells that may be written in.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Text as it stands.
const TEXT: &str = "@";
const POINTS: &str = "0.00";
const PERCENT: &str = "0.00%";
/// As many decimals as there are.
const PLAIN: &str = "General";
const LINE: Color = Color::RGB(0x9f_b0_b5);
const ACCENT: Color = Color::RGB(0x0b_5f_5a);
const AREA: Color = Color::RGB(0xcf_e4_e1);
const SUB: Color = Color::RGB(0xec_f4_f3);
const OPEN: Color = Color::RGB(0xff_fb_e6);
const QUIET: Color = Color::RGB(0x4d_5c_61);

/// All formats.
pub(super) struct Look {
    /// Title of a sheet.
    pub(super) title: Format,
    /// A line below it.
    pub(super) line: Format,
    /// Head of a column.
    pub(super) head: Format,
    /// Text.
    pub(super) body: Format,
    /// Small print.
    pub(super) quiet: Format,
    /// A number as it is.
    pub(super) number: Format,
    /// Points, two decimals.
    pub(super) points: Format,
    /// A share.
    pub(super) percent: Format,
    /// A choice or a note to be filled in.
    pub(super) open_text: Format,
    /// A number to be filled in.
    pub(super) open_number: Format,
    /// Rows of an area.
    pub(super) area: Row,
    /// Rows of a sub-component.
    pub(super) sub: Row,
}

/// The formats of a row that sums up others.
pub(super) struct Row {
    /// Text.
    pub(super) text: Format,
    /// Weight.
    pub(super) number: Format,
    /// Points.
    pub(super) points: Format,
    /// A share.
    pub(super) percent: Format,
}

impl Look {
    pub(super) fn new() -> Self {
        let open = bordered().set_background_color(OPEN).set_unlocked();
        Self {
            title: Format::new().set_bold().set_font_size(14).set_font_color(ACCENT),
            line: Format::new().set_font_size(10).set_font_color(QUIET),
            head: bordered()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(ACCENT)
                .set_align(FormatAlign::VerticalCenter),
            body: bordered().set_num_format(TEXT),
            quiet: bordered().set_num_format(TEXT).set_font_size(9).set_font_color(QUIET),
            number: bordered().set_num_format(PLAIN),
            points: bordered().set_num_format(POINTS),
            percent: bordered().set_num_format(PERCENT),
            open_text: open.clone().set_num_format(TEXT),
            open_number: open.set_num_format(PLAIN),
            area: row(AREA),
            sub: row(SUB),
        }
    }
}

fn row(ground: Color) -> Row {
    let base = bordered().set_bold().set_background_color(ground);
    Row {
        text: base.clone().set_num_format(TEXT),
        number: base.clone().set_num_format(PLAIN),
        points: base.clone().set_num_format(POINTS),
        percent: base.set_num_format(PERCENT),
    }
}

fn bordered() -> Format {
    Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_font_size(10)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
}
