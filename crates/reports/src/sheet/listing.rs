//! A plain list as a workbook. Texts are always written as texts.

use bening_core::document::{Listing, PrintError};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::xlsx::TEMPLATE_YEAR;

/// Width of a column, in letters.
const WIDTH: f64 = 28.0;

pub(crate) fn listing(listing: &Listing) -> Result<Vec<u8>, PrintError> {
    write(listing).map_err(|error| PrintError(error.to_string()))
}

fn write(listing: &Listing) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same list is the same file, whenever it is made.
    let day = ExcelDateTime::from_ymd(u16::try_from(TEMPLATE_YEAR).unwrap_or(2026), 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(&listing.title).set_creation_datetime(&day));
    let (bold, wrap) = (Format::new().set_bold(), Format::new().set_text_wrap());
    let sheet = workbook.add_worksheet();
    for (column, head) in (0_u16..).zip(&listing.head) {
        sheet.set_column_width(column, WIDTH)?;
        sheet.write_string_with_format(0, column, head, &bold)?;
    }
    for (line, row) in (1_u32..).zip(&listing.rows) {
        for (column, text) in (0_u16..).zip(row) {
            sheet.write_string_with_format(line, column, text, &wrap)?;
        }
    }
    workbook.save_to_buffer()
}
