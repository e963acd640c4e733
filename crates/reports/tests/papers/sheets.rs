//! The workbook, the CSV and the template.

use bening_core::document::Printer as _;
use bening_reports::Press;

use crate::{kept, sample};

#[test]
fn the_same_plan_is_the_same_file() {
    let plan = sample::plan_under_way();
    let press = Press::new();
    let files =
        || [press.plan_xlsx(&plan).unwrap(), press.plan_csv(&plan).unwrap(), press.plan_template().unwrap()];
    let first = files();
    for (name, bytes) in ["rencana.xlsx", "rencana.csv", "templat.xlsx"].iter().zip(&first) {
        kept(name, bytes);
    }
    assert!(first == files());
}
