//! A plan as a workbook people can work on, and the empty workbook to fill in. Texts are always written as
//! texts: nothing that people typed becomes a formula.

use bening_core::document::{self, PrintError};
use bening_core::plan::Area;
use bening_core::plan::export::PlanExport;
use chrono::Datelike;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Note, Workbook, Worksheet, XlsxError,
};

use super::{HEADINGS, PRIORITY_HEADINGS, plan_rows, priority_row};

/// What to do, and an example; two columns.
const GUIDE: &str = include_str!("../../../../prints/petunjuk.tsv");
/// Widths of the columns of the first sheet, in letters.
const WIDTHS: [f64; 10] = [16.0, 6.0, 19.0, 15.0, 28.0, 28.0, 13.0, 11.0, 27.0, 42.0];
const PRIORITY_WIDTHS: [f64; 4] = [44.0, 44.0, 18.0, 50.0];
/// Not the words of the first sheet, so that an import does not take this one for a plan.
const WITHDRAWN_HEADINGS: [&str; 5] =
    ["Area Asal", "Komponen Asal", "Aksi yang Ditarik", "Tanggal Penarikan", "Alasan Penarikan"];
const WITHDRAWN_WIDTHS: [f64; 5] = [24.0, 30.0, 44.0, 14.0, 50.0];
/// Rows of the template that know the list of areas.
const TEMPLATE_ROWS: u32 = 500;
const TIME_NOTE: &str =
    "Tulis misalnya:\nMaret\nJan s.d Juni\nSetiap bulan, Jan s.d Juni\nTriwulan II\nSemester I";
/// Width of one share of a list, in letters.
const SHARE_WIDTH: f64 = 4.0;
/// Height of a line of 10-point text, and the greatest height a row may have.
const LINE_POINTS: f64 = 13.2;
const ROW_MAX_POINTS: f64 = 409.0;
/// Letters of that size for each unit of a column's width.
const LETTERS_PER_UNIT: f64 = 1.15;
/// A template has no date of its own; this one is the same for ever.
pub(crate) const TEMPLATE_YEAR: i32 = 2026;

pub(crate) fn plan(plan: &PlanExport) -> Result<Vec<u8>, PrintError> {
    write_plan(plan).map_err(failed)
}

pub(crate) fn template() -> Result<Vec<u8>, PrintError> {
    write_template().map_err(failed)
}

/// Any table whose cells span no others, on one sheet.
pub(crate) fn list(list: &document::Table) -> Result<Vec<u8>, PrintError> {
    write_list(list).map_err(failed)
}

fn write_list(list: &document::Table) -> Result<Vec<u8>, XlsxError> {
    let title = list.caption.clone().unwrap_or_default();
    let mut workbook = workbook(&title, "Bening", TEMPLATE_YEAR)?;
    let headings: Vec<&str> = list.columns.iter().map(|column| column.heading.as_str()).collect();
    let widths: Vec<f64> =
        list.columns.iter().map(|column| SHARE_WIDTH * f64::from(column.share + 1)).collect();
    let texts = |row: &Vec<document::Cell>| row.iter().map(|cell| cell.lines.join("\n")).collect();
    let rows: Vec<Vec<String>> = list.rows.iter().map(texts).collect();
    table(workbook.add_worksheet(), &title, &headings, &widths, &rows)?;
    workbook.save_to_buffer()
}

fn failed(error: XlsxError) -> PrintError {
    PrintError(error.to_string())
}

fn write_plan(plan: &PlanExport) -> Result<Vec<u8>, XlsxError> {
    let title = format!("Rencana Kerja Pembangunan ZI {} Tahun {}", plan.unit.name, plan.year);
    let mut workbook = workbook(&title, &plan.unit.name, plan.year.get())?;
    actions(workbook.add_worksheet(), &title, plan)?;
    let rows: Vec<_> = plan.priorities.iter().map(priority_row).collect();
    let sheet = workbook.add_worksheet().set_name("Target Prioritas")?;
    table(sheet, &title, &PRIORITY_HEADINGS, &PRIORITY_WIDTHS, &rows)?;
    withdrawn(&mut workbook, &title, plan)?;
    workbook.save_to_buffer()
}

fn actions(sheet: &mut Worksheet, title: &str, plan: &PlanExport) -> Result<(), XlsxError> {
    let rows = plan_rows(plan);
    table(sheet.set_name("Rencana Kerja")?, title, &HEADINGS, &WIDTHS, &rows)?;
    guards(sheet, rows.len() as u32 + 50)
}

/// Withdrawn actions stand apart: in the first sheet an import would bring them back to life.
fn withdrawn(workbook: &mut Workbook, title: &str, plan: &PlanExport) -> Result<(), XlsxError> {
    let row = |(area, component, action): (&_, &_, &_)| withdrawn_row(area, component, action);
    let rows: Vec<[String; 5]> = plan.actions().filter_map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet().set_name("Ditarik")?;
    table(sheet, title, &WITHDRAWN_HEADINGS, &WITHDRAWN_WIDTHS, &rows)
}

fn withdrawn_row(
    area: &bening_core::plan::export::AreaExport,
    component: &bening_core::plan::export::ComponentExport,
    action: &bening_core::plan::export::ActionExport,
) -> Option<[String; 5]> {
    let withdrawn = action.withdrawn.as_ref()?;
    let on = withdrawn.on;
    let on = format!("{:02}-{:02}-{}", on.day(), on.month(), on.year());
    Some([area.name.clone(), component.name.clone(), action.name.clone(), on, withdrawn.reason.clone()])
}

fn write_template() -> Result<Vec<u8>, XlsxError> {
    let title = "Templat Rencana Kerja Pembangunan ZI";
    let mut workbook = workbook(title, "Bening", TEMPLATE_YEAR)?;
    let sheet = workbook.add_worksheet().set_name("Rencana Kerja")?;
    table(sheet, title, &HEADINGS, &WIDTHS, &[] as &[[String; 10]])?;
    guards(sheet, TEMPLATE_ROWS)?;
    let sheet = workbook.add_worksheet().set_name("Target Prioritas")?;
    table(sheet, title, &PRIORITY_HEADINGS, &PRIORITY_WIDTHS, &[] as &[[String; 4]])?;
    guide(workbook.add_worksheet())?;
    workbook.save_to_buffer()
}

pub(crate) fn workbook(title: &str, author: &str, year: i32) -> Result<Workbook, XlsxError> {
    let made = ExcelDateTime::from_ymd(year as u16, 1, 1)?;
    let about = DocProperties::new().set_title(title).set_author(author).set_creation_datetime(&made);
    let mut workbook = Workbook::new();
    workbook.set_properties(&about);
    Ok(workbook)
}

/// A sheet with a head that stays, filters, and a print set-up.
fn table<R: AsRef<[String]>>(
    sheet: &mut Worksheet,
    title: &str,
    headings: &[&str],
    widths: &[f64],
    rows: &[R],
) -> Result<(), XlsxError> {
    for (column, (heading, width)) in (0..).zip(headings.iter().zip(widths)) {
        sheet.set_column_width(column, *width)?.set_column_format(column, &body())?;
        sheet.write_string_with_format(0, column, *heading, &head())?;
    }
    for (row, cells) in (1..).zip(rows.iter().map(AsRef::as_ref)) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string_with_format(row, column, cell, &bordered())?;
        }
        sheet.set_row_height(row, height(cells.iter().map(String::as_str).zip(widths.iter().copied())))?;
    }
    let last = (rows.len() as u32).max(1);
    sheet.set_row_height(0, 30)?.set_freeze_panes(1, 0)?.autofilter(
        0,
        0,
        last,
        (headings.len() as u16).saturating_sub(1),
    )?;
    print_setup(sheet, title)
}

/// Height of a row in points that shows all its texts: not every program measures wrapped text itself.
pub(crate) fn height<'a>(cells: impl Iterator<Item = (&'a str, f64)>) -> f64 {
    let lines =
        cells.map(|(text, width)| lines(text, (width * LETTERS_PER_UNIT) as usize)).max().unwrap_or(1);
    (lines as f64 * LINE_POINTS + 4.0).min(ROW_MAX_POINTS)
}

/// Lines that a text takes when words are not broken.
fn lines(text: &str, width: usize) -> usize {
    text.lines().map(|line| wrapped(line, width)).sum::<usize>().max(1)
}

fn wrapped(line: &str, width: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in line.split_whitespace().map(|word| word.chars().count()) {
        if used > 0 && used + 1 + word > width {
            lines += 1;
            used = 0;
        }
        used += word + usize::from(used > 0);
        lines += used.saturating_sub(1) / width.max(1);
        used = if used > width { used % width.max(1) } else { used };
    }
    lines
}

pub(crate) fn print_setup(sheet: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
    // An ampersand begins a code in a page header.
    let title: String = title.replace('&', "&&").chars().take(200).collect();
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_header(format!("&L&9{title}")).set_footer("&C&9&P / &N");
    Ok(())
}

/// The list of areas, and how times are written.
fn guards(sheet: &mut Worksheet, rows: u32) -> Result<(), XlsxError> {
    let names = Area::ALL.map(Area::name);
    let areas = DataValidation::new()
        .allow_list_strings(&names)?
        .set_error_title("Area tidak dikenal")?
        .set_error_message("Pilih salah satu dari enam area perubahan.")?
        .set_error_style(DataValidationErrorStyle::Stop);
    sheet.add_data_validation(1, 0, rows, 0, &areas)?;
    sheet.insert_note(0, 6, &Note::new(TIME_NOTE).add_author_prefix(false).set_width(190).set_height(110))?;
    Ok(())
}

fn guide(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Petunjuk")?.set_column_width(0, 20)?.set_column_width(1, 100)?;
    let (strong, plain) = (Format::new().set_bold().set_align(FormatAlign::Top), body());
    for (row, line) in (0..).zip(GUIDE.lines()) {
        let (name, text) = line.split_once('\t').unwrap_or((line, ""));
        sheet.write_string_with_format(row, 0, name, &strong)?;
        sheet.write_string_with_format(row, 1, text, if name == "Kolom" { &strong } else { &plain })?;
        sheet.set_row_height(row, height([(text, 100.0)].into_iter()))?;
    }
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

fn head() -> Format {
    body()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(0x0b_5f_5a))
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x9f_b0_b5))
}

fn bordered() -> Format {
    body().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x9f_b0_b5))
}

/// Text format: what people type next is text as well.
fn body() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@").set_font_size(10)
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn the_lines_of_a_cell_are_counted_without_breaking_words() {
        assert_eq!(lines("", 10), 1);
        assert_eq!(lines("satu dua tiga", 8), 2);
        assert_eq!(lines("satu\ndua", 8), 2);
        assert_eq!(lines("penandatanganan", 8), 2);
    }
}
