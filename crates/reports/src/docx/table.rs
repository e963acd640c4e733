//! Tables: merged cells, a head that is repeated on every page, rows that stay whole when that costs little.

use bening_core::document::{Align, Cell, Column, SchemeBox, Table};

use super::CELL_BULLETS;
use super::xml::{numbered, paragraph, run, styled};
use crate::grid::{self, Place};

const ACCENT: &str = "0B5F5A";
const TINT: &str = "E6F1EF";
/// Rows with a longer cell may go on over the page.
const WHOLE_MAX_CHARS: usize = 260;

/// A table as wide as the text.
pub(super) fn xml(table: &Table, text_width: u32) -> String {
    let widths = widths(table, text_width);
    let caption = table.caption.as_ref().map(|caption| {
        let cell = cell(&shaded(text_width, widths.len(), ACCENT), &paragraph("CellCaption", caption));
        row("<w:cantSplit/><w:tblHeader/>", &cell)
    });
    let head = |(column, width): (&Column, &u32)| {
        let text = styled("CellHead", side(column.align), &run("", &column.heading));
        cell(&shaded(*width, 1, TINT), &text)
    };
    let heads: String = table.columns.iter().zip(&widths).map(head).collect();
    let body: String = grid::rows(table).iter().map(|places| body_row(table, places, &widths)).collect();
    framed(&widths, &(caption.unwrap_or_default() + &row("<w:cantSplit/><w:tblHeader/>", &heads) + &body))
}

/// A box of a scheme: its title over its items, two side by side.
pub(super) fn scheme_box(content: &SchemeBox, text_width: u32) -> String {
    let columns = content.items.len().clamp(1, 2);
    let widths = vec![text_width / columns as u32; columns];
    let centred = |style, text| styled(style, r#"<w:jc w:val="center"/>"#, &run("", text));
    let title = cell(&shaded(text_width, columns, ACCENT), &centred("CellCaption", &content.title));
    let items = content.items.chunks(columns).map(|items| {
        let mut cells = String::new();
        for (index, width) in widths.iter().enumerate() {
            let text = items.get(index).map_or("", String::as_str);
            cells += &cell(&shaded(*width, 1, TINT), &centred("Cell", text));
        }
        row("<w:cantSplit/>", &cells)
    });
    framed(&widths, &(row("<w:cantSplit/>", &title) + &items.collect::<String>()))
}

fn widths(table: &Table, text_width: u32) -> Vec<u32> {
    let total: u32 = table.columns.iter().map(|column| column.share).sum();
    table.columns.iter().map(|column| column.share * text_width / total.max(1)).collect()
}

fn framed(widths: &[u32], rows: &str) -> String {
    let grid: String = widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
    let total: u32 = widths.iter().sum();
    format!(
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="Paper"/><w:tblW w:w="{total}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"#
    )
}

fn row(properties: &str, cells: &str) -> String {
    format!("<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>")
}

fn cell(properties: &str, paragraphs: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>")
}

fn shaded(width: u32, columns: usize, colour: &str) -> String {
    let span = sized(width, columns);
    format!(r#"{span}<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>"#)
}

fn sized(width: u32, columns: usize) -> String {
    format!(r#"<w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{columns}"/>"#)
}

fn body_row(table: &Table, places: &[Place<'_>], widths: &[u32]) -> String {
    let letters = |cell: &Cell| cell.lines.iter().map(|line| line.chars().count()).sum::<usize>();
    let short = places.iter().all(|place| match place {
        Place::Begins { cell, .. } => cell.rowspan > 1 || letters(cell) < WHOLE_MAX_CHARS,
        Place::Spanned { .. } => true,
    });
    let cells: String = places.iter().map(|place| placed(table, place, widths)).collect();
    row(if short { "<w:cantSplit/>" } else { "" }, &cells)
}

fn placed(table: &Table, place: &Place<'_>, widths: &[u32]) -> String {
    let (x, content, merge) = match place {
        Place::Begins { x, cell } if cell.rowspan > 1 => (*x, *cell, r#"<w:vMerge w:val="restart"/>"#),
        Place::Begins { x, cell } => (*x, *cell, ""),
        Place::Spanned { x, cell } => (*x, *cell, "<w:vMerge/>"),
    };
    let columns = (content.colspan as usize).clamp(1, widths.len() - x);
    let size = sized(widths[x..x + columns].iter().sum(), columns);
    let text = match place {
        Place::Begins { .. } => paragraphs(content, side(table.columns[x].align)),
        Place::Spanned { .. } => styled("Cell", "", ""),
    };
    cell(&(size + merge), &text)
}

fn paragraphs(cell: &Cell, side: &str) -> String {
    let strike = if cell.struck.is_some() { "<w:strike/>" } else { "" };
    let strong = if cell.strong { "<w:b/>" } else { "" };
    let marker = if cell.bulleted { numbered(CELL_BULLETS) } else { String::new() };
    let line =
        |line: &String| styled("Cell", &format!("{marker}{side}"), &run(&format!("{strong}{strike}"), line));
    let remark = cell.struck.as_ref().map(|remark| styled("Cell", side, &run("<w:i/>", remark)));
    let all: String = cell.lines.iter().map(line).chain(remark).collect();
    // A cell without a paragraph is no cell to a word processor, and its row falls apart.
    if all.is_empty() { styled("Cell", "", "") } else { all }
}

fn side(align: Align) -> &'static str {
    match align {
        Align::Start => "",
        Align::Center => r#"<w:jc w:val="center"/>"#,
        Align::End => r#"<w:jc w:val="right"/>"#,
    }
}
