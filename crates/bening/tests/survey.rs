//! The survey commands, through the binary: what they print, and how they fail.

#![allow(clippy::expect_used)]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn bening(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bening")).args(arguments).output().expect("the binary runs")
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", errors(output));
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path.to_string_lossy().into_owned()
}

const SKM: &str = "\u{feff}Waktu;U1;U2;U3;U4;U5;U6;U7;U8;U9\r\n1/2/2026;4;3;3;4;3;3;4;2;3\r\n\
                   2/2/2026;4;3;3;4;3;2;4;3;3\r\n3/2/2026;3;3;3;4;3;3;4;2;3\r\n4/2/2026;3;3;4;4;3;3;3;3;3\r\n";

#[test]
fn the_index_of_a_spreadsheet_export_is_exact_graded_and_warned_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let answers = file(folder.path(), "skm.csv", SKM);
    let output = bening(&["survey", "index", "--survey", "skm", &answers, "--population", "400"]);
    let report = json(&output);
    assert_eq!(report["n"], 4);
    assert_eq!(report["unsur"]["U1"]["sum"], "14.00");
    assert_eq!(report["unsur"]["U6"]["mean"], "2.75");
    assert_eq!(report["index_exact"], "115/36");
    assert_eq!(report["percent"], "79.86");
    assert_eq!(report["category"], "B");
    assert_eq!(report["required_sample"], 196);
    assert_eq!(report["interval"]["confidence"], "0.95");
    let codes: Vec<&str> =
        report["warnings"].as_array().expect("a list").iter().filter_map(|w| w["code"].as_str()).collect();
    assert_eq!(codes, ["small_sample", "ignored_columns"]);
    assert!(errors(&output).contains("memerlukan sedikitnya 196"), "{}", errors(&output));
}

#[test]
fn the_same_file_gives_the_same_interval_and_another_seed_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let answers = file(folder.path(), "skm.csv", SKM);
    let run =
        |more: &[&str]| json(&bening(&[&["survey", "index", "--survey", "skm", &answers], more].concat()));
    assert_eq!(run(&[]), run(&[]));
    let wide = run(&["--confidence", "0.99", "--seed", "7"]);
    assert_eq!((&wide["interval"]["confidence"], &wide["interval"]["seed"]), (&"0.99".into(), &7.into()));
}

#[test]
fn answers_off_the_scale_are_refused_with_line_and_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let answers = file(folder.path(), "spak.csv", "A1,A2,A3,A4,A5\n4,4,4,4,4\n4,4,7,4,4\n");
    let output = bening(&["survey", "index", "--survey", "spak", &answers]);
    assert_eq!(output.status.code(), Some(3));
    assert!(output.stdout.is_empty());
    assert!(errors(&output).contains("baris 3, kolom A3"), "{}", errors(&output));
}

#[test]
fn an_unknown_survey_scale_file_or_population_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let answers = file(folder.path(), "spak.csv", "A1,A2,A3,A4,A5\n4,4,4,4,4\n4,4,4,4,4\n");
    let code = |arguments: &[&str]| bening(&[&["survey", "index"], arguments].concat()).status.code();
    assert_eq!(code(&["--survey", "tidak-ada", &answers]), Some(4));
    assert_eq!(code(&["--survey", "spak", "tidak-ada.csv"]), Some(4));
    assert_eq!(code(&["--survey", "spak", &answers, "--scale", "5"]), Some(3));
    assert_eq!(code(&["--survey", "spak", &answers, "--population", "1"]), Some(3));
    assert_eq!(code(&["--survey", "spak", &answers, "--confidence", "1.5"]), Some(3));
}

#[test]
fn an_agency_reckons_with_a_questionnaire_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let shipped =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../instruments/surveys/korupsi-52-2014.toml");
    let own = std::fs::read_to_string(shipped).expect("readable").replace("korupsi-52-2014", "instansi-1");
    let own = file(folder.path(), "own.toml", &own);
    let answers = file(folder.path(), "own.csv", "K1,K2,K3,K4,K5\n4,4,4,4,3\n");
    assert_eq!(json(&bening(&["survey", "index", "--survey", &own, &answers]))["survey"], "instansi-1");
    assert!(bening(&["survey", "check", &own]).status.success());
    let broken = file(folder.path(), "broken.toml", "id = 1\n");
    assert_eq!(bening(&["survey", "check", &broken]).status.code(), Some(3));
}

#[test]
fn questionnaires_are_listed_and_samples_told() {
    let list = String::from_utf8(bening(&["survey", "list"]).stdout).expect("text");
    assert!(list.lines().any(|line| line.starts_with("skm-14-2017\tskm\t")));
    let told = json(&bening(&["survey", "sample", "--population", "1000", "--margin", "0.03"]));
    assert_eq!(told["required_sample"], 516);
}

#[test]
fn ways_by_which_answers_came_are_read_and_silent_ones_warned_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "K1,K2,K3,K4,K5,kanal\n4,4,4,4,3,link\n4,4,4,4,3,code\n";
    let answers = file(folder.path(), "kanal.csv", text);
    let run = |more: &[&str]| {
        let told = json(&bening(&[&["survey", "index", "--survey", "korupsi-52", &answers], more].concat()));
        let list = told["warnings"].as_array().expect("a list").clone();
        list.iter().map(|one| one["code"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(run(&["--population", "2"]), ["self_selection"]);
    assert_eq!(run(&["--population", "2", "--channels", "link,paper"]), ["missing_strata", "self_selection"]);
    let wrong = bening(&["survey", "index", "--survey", "korupsi-52", &answers, "--channels", "radio"]);
    assert!(!wrong.status.success() && errors(&wrong).contains("saluran yang dikenal"));
}

#[test]
fn a_large_file_is_reckoned_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = "A1,A2,A3,A4,A5\n".to_owned();
    for row in 0..50_000_u32 {
        writeln!(text, "{},{},4,3,4", 1 + row % 4, 1 + row / 4 % 4).expect("a string takes all");
    }
    let answers = file(folder.path(), "besar.csv", &text);
    let report = json(&bening(&["survey", "index", "--survey", "spak", &answers, "--population", "60000"]));
    assert_eq!(report["n"], 50_000);
    assert_eq!(report["index_exact"], "16/5");
}
