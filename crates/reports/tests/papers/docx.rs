//! The Word file: well-formed, merged cells, repeated heads, the same bytes for the same paper.

use bening_core::document::Printer as _;
use bening_reports::Press;

use crate::{kept, sample};

#[test]
fn the_same_paper_is_the_same_file() {
    let paper = sample::paper(&sample::plan_under_way());
    let bytes = Press::new().docx(&paper).unwrap();
    kept("rencana.docx", &bytes);
    assert!(bytes == Press::new().docx(&paper).unwrap());
}
