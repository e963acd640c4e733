//! The worksheet as a workbook, from end to end: written by `bening-reports`, filled in by hand, computed by an
//! independent spreadsheet, read by `bening-intake`, judged by `bening_core`.

#![allow(clippy::expect_used)]

mod filled;
mod hand;
mod recalculated;
mod refused;
mod round_trip;
