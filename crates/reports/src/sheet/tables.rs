//! A paper's tables and figures as a workbook: what is said in lines on the first sheet, each table on one of its own.
//! Texts are written as texts; whole and decimal numbers as numbers.

use bening_core::document::{Bar, Block, Curve, Document, PrintError, Stroke, Table};
use chrono::Datelike;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartLine, ChartLineDashType, ChartType, Format, FormatAlign, Workbook, Worksheet,
    XlsxError,
};

use super::xlsx::workbook;

/// Width of a column in letters: the least, and for each share of the paper's width.
const LEAST_WIDTH: f64 = 10.0;
const WIDTH_PER_SHARE: f64 = 4.0;
/// Widths of the columns of the first sheet.
const LINE_WIDTHS: [f64; 2] = [44.0, 60.0];

/// Width of the column of labels beside a chart, in letters.
const CHART_LABEL_WIDTH: f64 = 44.0;
/// Size of a chart without its bars, and for each bar, in pixels.
const CHART_PIXELS: (u32, u32) = (640, 120);
const CHART_PIXELS_A_BAR: u32 = 34;
/// Size of a chart of curves.
const CURVES_PIXELS: (u32, u32) = (760, 380);

pub(crate) fn print(document: &Document) -> Result<Vec<u8>, PrintError> {
    write(document).map_err(|error| PrintError(error.to_string()))
}

fn write(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut book: Workbook = workbook(&document.title, &document.author, document.dated.year())?;
    lines(book.add_worksheet().set_name("Ringkasan")?, document)?;
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    for (number, table) in (1..).zip(tables) {
        sheet(book.add_worksheet().set_name(format!("Tabel {number}"))?, table)?;
    }
    let is_chart = |block: &&Block| matches!(block, Block::Bars { .. } | Block::Curves { .. });
    for (number, block) in (1..).zip(document.blocks.iter().filter(is_chart)) {
        let name = format!("Grafik {number}");
        let sheet = book.add_worksheet().set_name(&name)?;
        match block {
            Block::Bars { alt, rows } => chart(sheet, &name, (alt, rows))?,
            Block::Curves { alt, points, curves } => lines_chart(sheet, &name, (alt, points, curves))?,
            _ => {}
        }
    }
    book.save_to_buffer()
}

fn lines(sheet: &mut Worksheet, document: &Document) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(LINE_WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, &document.title, &strong())?;
    let mut row = 2;
    for block in &document.blocks {
        match block {
            Block::Heading { text, .. } => {
                sheet.write_string_with_format(row + 1, 0, text, &strong())?;
                row += 2;
            }
            Block::Details { rows } => {
                for (what, said) in rows {
                    sheet.write_string_with_format(row, 0, what, &wrapped())?;
                    value(sheet, (row, 1), said)?;
                    row += 1;
                }
            }
            Block::Paragraph { text } => row = line(sheet, row, text)?,
            Block::List { items, .. } => {
                for item in items {
                    row = line(sheet, row, item)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn line(sheet: &mut Worksheet, row: u32, text: &str) -> Result<u32, XlsxError> {
    sheet.merge_range(row, 0, row, 1, text, &wrapped())?;
    let letters: f64 = LINE_WIDTHS.iter().sum();
    sheet.set_row_height(row, super::xlsx::height(std::iter::once((text, letters))))?;
    Ok(row + 1)
}

fn sheet(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let caption = table.caption.clone().unwrap_or_default();
    sheet.write_string_with_format(0, 0, caption, &strong())?;
    for (column, heading) in (0..).zip(&table.columns) {
        sheet.set_column_width(column, LEAST_WIDTH.max(f64::from(heading.share) * WIDTH_PER_SHARE))?;
        sheet.write_string_with_format(1, column, &heading.heading, &strong())?;
    }
    for (row, cells) in (2..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            value(sheet, (row, column), &cell.lines.join("\n"))?;
        }
    }
    sheet.set_freeze_panes(2, 0)?;
    Ok(())
}

/// Figures in cells and a native chart of bars over them, so that people can go on with it.
fn chart(sheet: &mut Worksheet, name: &str, (alt, rows): (&str, &[Bar])) -> Result<(), XlsxError> {
    sheet.set_column_width(0, CHART_LABEL_WIDTH)?;
    sheet.write_string_with_format(0, 0, alt, &strong())?;
    for (row, bar) in (1..).zip(rows) {
        sheet.write_string_with_format(row, 0, &bar.label, &wrapped())?;
        value(sheet, (row, 1), &bar.value)?;
    }
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_categories((name, 1, 0, last, 0))
        .set_values((name, 1, 1, last, 1))
        .set_data_label(ChartDataLabel::new().show_value());
    chart.title().set_name(alt);
    chart.legend().set_hidden();
    chart.x_axis().set_reverse();
    chart.y_axis().set_min(0);
    chart.set_width(CHART_PIXELS.0).set_height(CHART_PIXELS.1 + CHART_PIXELS_A_BAR * last);
    chart.set_alt_text(alt);
    sheet.insert_chart(0, 3, &chart)?;
    Ok(())
}

/// Percentages in cells, a column a curve, and a native chart of lines over them.
fn lines_chart(
    sheet: &mut Worksheet,
    name: &str,
    (alt, points, curves): (&str, &[String], &[Curve]),
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, alt, &strong())?;
    for (row, point) in (2..).zip(points) {
        sheet.write_string(row, 0, point)?;
    }
    let last = u32::try_from(points.len()).unwrap_or(u32::MAX).saturating_add(1);
    let mut chart = Chart::new(ChartType::Line);
    for (column, curve) in (1..).zip(curves) {
        sheet.write_string_with_format(1, column, &curve.name, &strong())?;
        for (row, permille) in (2..).zip(&curve.permille) {
            sheet.write_number_with_format(row, column, f64::from(*permille) / 1000.0, &percent_format())?;
        }
        let dash = match curve.stroke {
            Stroke::Dashed => ChartLineDashType::Dash,
            Stroke::Solid => ChartLineDashType::Solid,
        };
        chart
            .add_series()
            .set_name((name, 1, column))
            .set_categories((name, 2, 0, last, 0))
            .set_values((name, 2, column, last, column))
            .set_format(ChartLine::new().set_width(2.25).set_dash_type(dash));
    }
    chart.title().set_name(alt);
    chart.y_axis().set_min(0).set_max(1);
    chart.set_width(CURVES_PIXELS.0).set_height(CURVES_PIXELS.1).set_alt_text(alt);
    sheet.insert_chart(1, 4, &chart)?;
    Ok(())
}

fn percent_format() -> Format {
    Format::new().set_num_format("0.0%")
}

fn value(sheet: &mut Worksheet, (row, column): (u32, u16), text: &str) -> Result<(), XlsxError> {
    match text.replace(',', ".").parse::<f64>().ok().filter(|_| is_number(text)) {
        Some(number) => sheet.write_number_with_format(row, column, number, &number_format(text))?,
        None => sheet.write_string_with_format(row, column, text, &wrapped())?,
    };
    Ok(())
}

/// Digits with at most one comma; anything else people wrote stays a text.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_plain = digits.chars().all(|letter| letter.is_ascii_digit() || letter == ',');
    is_plain && digits.starts_with(|letter: char| letter.is_ascii_digit())
}

fn number_format(text: &str) -> Format {
    let decimals = text.split_once(',').map_or(0, |(_, decimals)| decimals.len());
    let shape = if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(decimals)) };
    Format::new().set_num_format(shape).set_align(FormatAlign::Top).set_align(FormatAlign::Left)
}

fn strong() -> Format {
    Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top)
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}
