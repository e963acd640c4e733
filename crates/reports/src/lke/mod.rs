//! The worksheet (LKE) as a workbook that computes itself: a summary, one sheet for each part of the edition, and a
//! hidden sheet that says what the workbook is. Formulas are written with their results.
//!
//! Texts are always written as texts: nothing that people typed becomes a formula.

mod formula;
mod identity;
mod layout;
mod look;
mod part;
mod summary;

use bening_core::document::PrintError;
use bening_core::lke::Side;
use bening_core::lke::book::{Book, Columns, Filling};
use bening_core::scoring::{Score, ScoreError};
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::sheet::xlsx;
use layout::Layout;
use look::Look;

/// Why a workbook cannot be written.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Xlsx(#[from] XlsxError),
    #[error(transparent)]
    Score(#[from] ScoreError),
}

type Done = Result<(), Failure>;

/// A side of the workbook with its columns and what it scores.
struct Scored<'a> {
    side: Side,
    columns: Columns,
    filling: &'a Filling,
    score: Score,
}

pub(crate) fn workbook(book: &Book) -> Result<Vec<u8>, PrintError> {
    write(book).map_err(|failure| PrintError(failure.to_string()))
}

fn write(book: &Book) -> Result<Vec<u8>, Failure> {
    let (layout, look, sides) = (Layout::of(book), Look::new(), scored(book)?);
    let year = book.owner.as_ref().map_or(xlsx::TEMPLATE_YEAR, |owner| owner.year.get());
    let author = book.owner.as_ref().map_or("Bening", |owner| owner.name.as_str());
    let mut workbook = xlsx::workbook(&book.edition.title, author, year)?;
    summary::write(workbook.add_worksheet(), &layout, &look, &sides)?;
    for part in &layout.parts {
        part::write(workbook.add_worksheet(), part, &layout, &look, &sides)?;
    }
    identity::write(workbook.add_worksheet(), &layout, &look)?;
    finished(workbook)
}

fn finished(mut workbook: Workbook) -> Result<Vec<u8>, Failure> {
    Ok(workbook.save_to_buffer()?)
}

fn scored(book: &Book) -> Result<Vec<Scored<'_>>, Failure> {
    let sides = (0..).zip(&book.sides).map(|(place, (side, filling))| {
        let score = Score::of(&book.edition, &filling.sheet)?;
        Ok(Scored { side: *side, columns: Columns::at(place), filling, score })
    });
    sides.collect()
}
