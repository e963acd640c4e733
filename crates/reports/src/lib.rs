//! Official papers: what core has put together becomes PDF, DOCX, XLSX and CSV bytes.
//!
//! Nothing here decides what a paper says. The same input always gives the same bytes: the only time that
//! enters them is the date of the paper.

mod docx;
mod grid;
mod lke;
mod pdf;
mod photo;
mod sheet;
mod text;

use bening_core::document::{Document, Listing, PrintError, Printer, Table};
use bening_core::lke::book::Book;
use bening_core::plan::export::PlanExport;

/// Prints papers. Building one reads the fonts, so keep it for the life of the program.
pub struct Press {
    pdf: pdf::Typesetter,
}

impl Press {
    /// A press with its fonts ready.
    pub fn new() -> Self {
        Self { pdf: pdf::Typesetter::new() }
    }
}

impl Default for Press {
    fn default() -> Self {
        Self::new()
    }
}

impl Printer for Press {
    fn pdf(&self, document: &Document) -> Result<Vec<u8>, PrintError> {
        self.pdf.print(document)
    }

    fn docx(&self, document: &Document) -> Result<Vec<u8>, PrintError> {
        docx::print(document, &|block| self.pdf.picture(block))
    }

    fn plan_xlsx(&self, plan: &PlanExport) -> Result<Vec<u8>, PrintError> {
        sheet::xlsx::plan(plan)
    }

    fn plan_csv(&self, plan: &PlanExport) -> Result<Vec<u8>, PrintError> {
        sheet::csv::plan(plan)
    }

    fn plan_template(&self) -> Result<Vec<u8>, PrintError> {
        sheet::xlsx::template()
    }

    fn tables_xlsx(&self, document: &Document) -> Result<Vec<u8>, PrintError> {
        sheet::tables::print(document)
    }

    fn table_csv(&self, table: &Table) -> Result<Vec<u8>, PrintError> {
        sheet::csv::table(table)
    }

    fn table_xlsx(&self, table: &Table) -> Result<Vec<u8>, PrintError> {
        sheet::xlsx::list(table)
    }

    fn lke_xlsx(&self, book: &Book) -> Result<Vec<u8>, PrintError> {
        lke::workbook(book)
    }

    fn listing_xlsx(&self, listing: &Listing) -> Result<Vec<u8>, PrintError> {
        sheet::listing::listing(listing)
    }
}
