//! The PDF: every cell is in its text, nothing people type is markup, strange characters do not stop it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use bening_core::agency::{Logo, LogoKind};
use bening_core::document::{Block, Printer as _};
use bening_core::plan::PlanState;
use bening_core::plan::export::PlanExport;
use bening_reports::Press;

use crate::{kept, sample};

fn print(plan: &PlanExport) -> Vec<u8> {
    Press::new().pdf(&sample::paper(plan)).unwrap()
}

/// The text as poppler reads it, white space folded; `None` where poppler is not installed.
pub fn text(pdf: &[u8]) -> Option<String> {
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

pub fn folded(text: &str) -> String {
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

#[test]
fn the_same_paper_is_the_same_file_even_from_another_press() {
    let plan = sample::plan_under_way();
    assert!(print(&plan) == print(&plan));
}

#[test]
fn the_file_says_that_it_is_pdf_a_and_accessible() {
    let bytes = print(&sample::plan());
    let says = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    assert!(says(b"<pdfaid:part>2</pdfaid:part>") && says(b"<pdfaid:conformance>A</pdfaid:conformance>"));
    assert!(says(b"<pdfuaid:part>1</pdfuaid:part>"));
    assert!(says(b"2020-03-05"), "the only date is the one of the paper");
}

#[test]
fn what_people_type_is_never_read_as_markup_and_cannot_stop_the_print() {
    let hostile = "#panic(\"x\") *a* _b_ $x$ </x> \\ @y [z] {tahun} // /* \u{202e}abc\u{2066} \u{1f600} \u{e000} \u{0} \u{627}";
    let mut plan = sample::plan();
    let action = &mut plan.areas[0].components[0].actions[0];
    action.name = hostile.to_owned();
    action.target = hostile.to_owned();
    action.pics = vec![hostile.to_owned(), "Sangatpanjangsekalinamaorangini".repeat(3)];
    action.evidence[0].title = hostile.to_owned();
    plan.areas[0].components[0].name = "Satukatayangsangatpanjangtanpaspasi".repeat(20);
    plan.unit.name = format!("Unit {hostile}");
    let bytes = print(&plan);
    kept("ganjil.pdf", &bytes);
    let Some(text) = text(&bytes) else { return };
    let printed = "#panic(\"x\") *a* _b_ $x$ </x> \\ @y [z] {tahun} // /* abc ? ?";
    assert!(text.contains(printed), "{text}");
}

#[test]
fn a_withdrawn_action_is_printed_with_its_reason() {
    let bytes = print(&sample::plan_under_way());
    let Some(text) = text(&bytes) else { return };
    assert!(text.contains("Ditarik 17 Februari 2020: aplikasi digantikan sistem kementerian"));
}

#[test]
fn a_plan_that_nobody_approved_says_so_on_its_cover() {
    let mut plan = sample::plan();
    plan.state = PlanState::Draft;
    let mut paper = sample::paper(&plan);
    let png = sample::logo();
    paper.cover.as_mut().unwrap().logo = Some(Logo { kind: LogoKind::Png, bytes: png });
    let bytes = Press::new().pdf(&paper).unwrap();
    kept("rancangan.pdf", &bytes);
    let Some(text) = text(&bytes) else { return };
    assert!(text.contains("Rancangan, belum disetujui"));
}

#[test]
fn cells_longer_than_a_page_and_empty_plans_are_printed() {
    let mut plan = sample::plan();
    let long = "kata panjang ".repeat(150);
    let action = &mut plan.areas[0].components[0].actions[0];
    action.target.clone_from(&long);
    action.evidence[0].title = long;
    let many = plan.areas[1].components[0].actions[0].clone();
    plan.areas[1].components[0].actions = vec![many; 40];
    plan.areas[2].components.clear();
    plan.areas[3].components[0].actions.clear();
    plan.areas[4].benefits.clear();
    plan.priorities.clear();
    let bytes = print(&plan);
    kept("panjang.pdf", &bytes);
    let Some(text) = text(&bytes) else { return };
    assert_eq!(text.matches("kata panjang").count(), 300);
    assert_eq!(text.matches("Evaluasi/Perbaikan SOP").count(), 40);
    for words in
        ["Belum ada komponen untuk area ini.", "Belum ada rencana aksi.", "Belum ada target prioritas"]
    {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn no_placeholder_stays_open_in_the_paper() {
    let paper = sample::paper(&sample::plan_under_way());
    let json = serde_json::to_string(&paper.blocks).unwrap();
    let words: Vec<String> = [paper.title].into_iter().chain(paper.cover.unwrap().title).collect();
    let open = |text: &str| {
        text.split('{').skip(1).any(|rest| rest.chars().next().is_some_and(|c| c.is_ascii_lowercase()))
    };
    assert!(!open(&json) && !words.iter().any(|line| open(line)), "{json}");
    assert!(paper.blocks.iter().any(|block| matches!(block, Block::Scheme { .. })));
}
