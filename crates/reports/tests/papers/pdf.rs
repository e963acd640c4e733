//! The PDF: every cell is in its text, nothing people type is markup, strange characters do not stop it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use bening_core::document::Printer as _;
use bening_core::plan::export::PlanExport;
use bening_reports::Press;

use crate::{kept, sample};

fn print(plan: &PlanExport) -> Vec<u8> {
    Press::new().pdf(&sample::paper(plan)).unwrap()
}

/// The text as poppler reads it, white space folded; `None` where poppler is not installed.
fn text(pdf: &[u8]) -> Option<String> {
    let command = Command::new("pdftotext")
        .args(["-raw", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = command.ok()?;
    let mut stdin = child.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let feeding = std::thread::spawn(move || stdin.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    feeding.join().unwrap().unwrap();
    Some(folded(&String::from_utf8(output.stdout).unwrap()))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cells(plan: &PlanExport) -> Vec<String> {
    let mut cells = Vec::new();
    for area in &plan.areas {
        cells.extend(area.benefits.iter().map(|benefit| benefit.text.clone()));
        cells.extend(area.components.iter().map(|component| component.name.clone()));
    }
    for (_, _, action) in plan.actions() {
        cells.extend([action.name.clone(), action.target.clone(), action.pics.join(", ")]);
        cells.extend(action.evidence.iter().map(|piece| piece.title.clone()));
        cells.extend(action.time.iter().map(|time| time.text.clone()));
    }
    for priority in &plan.priorities {
        cells.extend([priority.action.clone(), priority.target.clone(), priority.follow_up.clone()]);
    }
    cells
}

#[test]
fn every_cell_of_the_plan_is_found_in_the_text_of_the_pdf() {
    let plan = sample::plan();
    let bytes = print(&plan);
    kept("rencana.pdf", &bytes);
    kept("berjalan.pdf", &print(&sample::plan_under_way()));
    let Some(text) = text(&bytes) else { return };
    let missing: Vec<_> = cells(&plan).into_iter().filter(|cell| !text.contains(&folded(cell))).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
