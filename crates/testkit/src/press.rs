//! A printer that prints JSON, for tests of what is printed and not of how it looks.

use bening_core::document::{Document, Listing, PrintError, Printer, Table};
use bening_core::lke::book::Book;
use bening_core::plan::export::PlanExport;

/// Prints JSON: what papers look like is tested where they are made; here only that they can be had.
pub(crate) struct PlainPress;

fn as_json(what: &impl serde::Serialize) -> Result<Vec<u8>, PrintError> {
    serde_json::to_vec(what).map_err(|error| PrintError(error.to_string()))
}

impl Printer for PlainPress {
    fn pdf(&self, document: &Document) -> Result<Vec<u8>, PrintError> {
        as_json(document)
    }

    fn docx(&self, document: &Document) -> Result<Vec<u8>, PrintError> {
        as_json(document)
    }

    fn plan_xlsx(&self, plan: &PlanExport) -> Result<Vec<u8>, PrintError> {
        as_json(plan)
    }

    fn plan_csv(&self, plan: &PlanExport) -> Result<Vec<u8>, PrintError> {
        as_json(plan)
    }

    fn plan_template(&self) -> Result<Vec<u8>, PrintError> {
        as_json(&"template")
    }

    fn tables_xlsx(&self, document: &Document) -> Result<Vec<u8>, PrintError> {
        as_json(document)
    }

    fn table_csv(&self, table: &Table) -> Result<Vec<u8>, PrintError> {
        as_json(table)
    }

    fn table_xlsx(&self, table: &Table) -> Result<Vec<u8>, PrintError> {
        as_json(table)
    }

    fn lke_xlsx(&self, book: &Book) -> Result<Vec<u8>, PrintError> {
        as_json(&(&book.edition.id, book.owner.as_ref().map(|owner| &owner.code)))
    }

    fn listing_xlsx(&self, listing: &Listing) -> Result<Vec<u8>, PrintError> {
        as_json(listing)
    }
}
