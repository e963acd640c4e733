//! The printed document from the data of the real plan: PDF read with poppler, DOCX with LibreOffice.

use std::path::Path;
use std::process::Command;

use bening_testkit::on_both;
use bening_testkit::paper::{Reading, office_convert, pdf_text};
use serde_json::Value;

use crate::bench::{Bench, actions, folded};

/// Every cell of the tables III.2 and III.3, the points of a list one by one. That the exported plan holds what the
/// seed holds is proven in `import`.
fn cells(plan: &Value) -> Vec<String> {
    let mut cells = Vec::new();
    for area in plan["areas"].as_array().unwrap() {
        cells.extend(area["benefits"].as_array().unwrap().iter().map(|benefit| benefit["text"].clone()));
        cells
            .extend(area["components"].as_array().unwrap().iter().map(|component| component["name"].clone()));
    }
    for action in actions(plan) {
        cells.extend([action["name"].clone(), action["time"]["text"].clone(), action["target"].clone()]);
        cells.extend(action["pics"].as_array().unwrap().iter().cloned());
        cells.extend(action["evidence"].as_array().unwrap().iter().map(|piece| piece["title"].clone()));
    }
    for priority in plan["priorities"].as_array().unwrap() {
        let time = &priority["time"]["text"];
        let told = [&priority["action"], &priority["target"], time, &priority["follow_up"]];
        cells.extend(told.map(Value::clone));
    }
    cells.iter().map(|cell| folded(cell.as_str().unwrap())).collect()
}

#[track_caller]
fn holds_all(text: &str, plan: &Value, what: &str) {
    let (text, cells) = (folded(text), cells(plan));
    assert_eq!(cells.len(), 125, "of the seed");
    let missing: Vec<_> = cells.into_iter().filter(|cell| !text.contains(cell)).collect();
    assert!(missing.is_empty(), "{what} lacks {missing:#?}");
}

fn pdf_info(pdf: &Path) -> String {
    let output =
        Command::new("pdfinfo").arg(pdf).output().expect("poppler, which `cargo xtask test` installs");
    String::from_utf8(output.stdout).unwrap()
}

on_both!(the_printed_plan_holds_every_cell_and_is_the_same_twice, async |db| {
    let bench = Bench::with_plan(db);
    let files = ["satu.pdf", "dua.pdf"].map(|name| bench.path(name));
    for file in &files {
        bench.plan("export", &["--format", "pdf", "-o", file]).well();
    }
    let [first, second] = files.each_ref().map(|file| std::fs::read(file).unwrap());
    assert!(first == second, "the same plan is the same bytes");
    let (plan, pdf) = (bench.json(), Path::new(&files[0]));
    for reading in [Reading::Written, Reading::Running] {
        holds_all(&pdf_text(pdf, reading).unwrap(), &plan, &format!("{reading:?}"));
    }
    let says = |needle: &str| first.windows(needle.len()).any(|window| window == needle.as_bytes());
    assert!(says("<pdfaid:part>2</pdfaid:part>"), "PDF/A-2");
    let info = pdf_info(pdf);
    let fact =
        |name: &str| info.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).unwrap_or("");
    assert_eq!((fact("PDF version:"), fact("Tagged:"), fact("Encrypted:")), ("1.7", "yes", "no"), "{info}");
    assert!(fact("Title:").to_lowercase().contains("zona integritas"), "{info}");
    let pages: usize = fact("Pages:").parse().unwrap();
    assert!((8..=40).contains(&pages), "{pages} pages");
});

on_both!(the_word_file_opens_elsewhere_and_holds_every_cell, async |db| {
    let bench = Bench::with_plan(db);
    let file = bench.path("rencana.docx");
    bench.plan("export", &["--format", "docx", "-o", &file]).well();
    let folder = bench.folder.path();
    let text = office_convert(Path::new(&file), "txt:Text (encoded):UTF8", folder).unwrap();
    holds_all(&std::fs::read_to_string(text).unwrap(), &bench.json(), "the Word file");
});

on_both!(a_plan_goes_to_standard_output_when_no_file_is_named, async |db| {
    let bench = Bench::with_plan(db);
    let csv = bench.plan("export", &["--format", "csv"]).well();
    assert!(csv.out.starts_with('\u{feff}') && csv.out.contains("Pembentukan Tim Kerja ZI DBN 2020"));
    assert_eq!(csv.err, "");
    let no_folder = bench.path("tiada/rencana.csv");
    bench.plan("export", &["--format", "csv", "-o", &no_folder]).refused(1, "tidak dapat ditulis");
    bench.plan("export", &["--format", "json", "--version-number", "7"]).refused(4, "versi 7");
});
