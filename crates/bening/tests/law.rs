//! The commands around the law, through the binary: what they print, and how they fail.

#![allow(clippy::expect_used)]

use std::path::{Path, PathBuf};
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

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../instruments").join(name)
}

const UNIT: &str = r#"{"answers": {"MP-P1a": "Ya", "MP-P1b": "B",
    "PW-R2a": {"harus_ditindaklanjuti": 12, "sedang_diproses": 1, "selesai": 9}, "BA-H1a": {"indeks": "3.60"}},
    "facts": {"opini_bpk": "WTP", "persen_tlhp": 99.5}}"#;

#[test]
fn scoring_prints_every_figure_as_text_with_its_fraction() {
    let folder = tempfile::tempdir().expect("a folder");
    let unit = file(folder.path(), "unit.json", UNIT);
    let score = json(&bening(&["score", "--instrument", "permenpanrb-90-2021", &unit]));
    assert_eq!(score["total"]["score"], "18.38");
    assert_eq!(score["total"]["exact"], "147/8");
    assert_eq!(score["areas"]["PW"]["score"], "2.25");
    assert_eq!(score["area_parts"]["MP-P"]["percent"], "9.38");
    assert_eq!(score["subs"]["MP-P1"]["percent"], "75.00");
    assert_eq!(score["questions"]["BA-H1a"]["score"], "15.75");
    assert_eq!(score["gaps"].as_array().map(Vec::len), Some(109));
    assert!(score["total"].get("calculation").is_none());
}

#[test]
fn an_explained_score_gives_calculation_and_citation_of_each_figure() {
    let folder = tempfile::tempdir().expect("a folder");
    let unit = file(folder.path(), "unit.json", UNIT);
    let score = json(&bening(&["score", "--instrument", "permenpanrb-90-2021", &unit, "--explain"]));
    assert_eq!(score["subs"]["MP-P1"]["calculation"], "(1 + 0.5) / 2 × 0.5 = 0.375");
    assert_eq!(score["areas"]["MP"]["calculation"], "MP-P 0.375 + MP-R 0 = 0.375");
    for group in ["areas", "area_parts", "subs", "questions"] {
        for (code, figure) in score[group].as_object().expect("figures") {
            let is_told = |key: &str| figure[key].as_str().is_some_and(|text| !text.is_empty());
            assert!(is_told("calculation") && is_told("citation"), "{group} {code}");
        }
    }
}

#[test]
fn a_csv_scores_like_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = file(folder.path(), "unit.csv", "code;input;answer\nMP-P1a;;Ya\nBA-H1a;;3,60\n");
    let score = json(&bening(&["score", "--instrument", "permenpanrb-90-2021", &csv]));
    assert_eq!(score["total"]["score"], "16.00");
}

#[test]
fn bad_answers_fail_with_their_codes_and_print_no_score() {
    let folder = tempfile::tempdir().expect("a folder");
    let unit = file(folder.path(), "unit.json", r#"{"answers": {"MP-P1a": "A", "BA-H1a": 5}}"#);
    let output = bening(&["score", "--instrument", "permenpanrb-90-2021", &unit]);
    assert!(!output.status.success() && output.stdout.is_empty());
    assert!(
        errors(&output).contains("MP-P1a: ") && errors(&output).contains("BA-H1a: "),
        "{}",
        errors(&output)
    );
    assert!(!errors(&output).contains("panicked"));
}

#[test]
fn what_cannot_be_read_fails_with_a_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let unit = file(folder.path(), "unit.json", UNIT);
    let zip = file(folder.path(), "unit.zip", "PK");
    let binary = folder.path().join("unit.csv");
    std::fs::write(&binary, [0xff, 0xfe, 0x00]).expect("written");
    for (arguments, part) in [
        (["score", "--instrument", "tidak-ada", &unit], "instrumen \"tidak-ada\" tidak ada"),
        (["score", "--instrument", "permenpanrb-90-2021", &zip], "hanya .json, .csv, dan .xlsx"),
        (["score", "--instrument", "permenpanrb-90-2021", "hilang.json"], "tidak dapat dibuka"),
        (["score", "--instrument", "permenpanrb-90-2021", &binary.to_string_lossy()], "bukan teks UTF-8"),
    ] {
        let output = bening(&arguments);
        assert!(!output.status.success(), "{part}");
        assert!(errors(&output).contains(part), "{}", errors(&output));
    }
}

#[test]
fn eligibility_tells_met_not_met_and_unknown_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let unit = file(folder.path(), "unit.json", UNIT);
    let arguments = ["eligibility", "--instrument", "permenpanrb-90-2021", "--predicate", "WBK", &unit];
    let verdict = json(&bening(&arguments));
    let status = |code: &str| {
        let conditions = verdict["conditions"].as_array().expect("conditions");
        conditions.iter().find(|c| c["code"] == code).expect("known")["status"].clone()
    };
    assert_eq!(verdict["eligible"], false);
    assert_eq!(verdict["gaps"], 109);
    assert_eq!(status("INST-OPINI"), "met");
    assert_eq!(status("UNIT-TLHP"), "not_met");
    assert_eq!(status("UNIT-LHKPN"), "unknown");
    assert_eq!(status("NILAI-IPAK"), "met");
}

#[test]
fn the_checker_passes_the_shipped_editions_and_points_at_what_is_wrong() {
    let path = shipped("permenpanrb-90-2021.toml");
    assert!(bening(&["instrument", "check", &path.to_string_lossy()]).status.success());

    let folder = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(path).expect("readable");
    let broken = file(folder.path(), "rusak.toml", &text.replacen("weight = 0.5", "weight = 0.75", 1));
    let output = bening(&["instrument", "check", &broken]);
    assert!(!output.status.success());
    assert!(
        errors(&output).contains("rusak.toml:87: bobot subkomponen MP-P berjumlah 4.25"),
        "{}",
        errors(&output)
    );

    let other = file(folder.path(), "lain.toml", &text.replacen("permenpanrb-90-2021", "lain", 1));
    assert!(errors(&bening(&["instrument", "check", &other])).contains("bertumpang tindih"));
}

#[test]
fn an_agency_can_use_an_edition_of_its_own_without_a_release() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(shipped("permenpanrb-90-2021.toml")).expect("readable");
    let own = text.replacen(
        "id = \"permenpanrb-90-2021\"",
        "id = \"instansi-2025\"\nreplaces = \"permenpanrb-90-2021\"",
        1,
    );
    let own = file(folder.path(), "instansi.toml", &own);
    assert!(bening(&["instrument", "check", &own]).status.success());
    let unit = file(folder.path(), "unit.json", UNIT);
    assert_eq!(json(&bening(&["score", "--instrument", &own, &unit]))["instrument"], "instansi-2025");
}

#[test]
fn the_editions_can_be_listed_and_shown() {
    let list = String::from_utf8(bening(&["instrument", "list"]).stdout).expect("text");
    assert_eq!(list.lines().count(), 2);
    let shown =
        String::from_utf8(bening(&["instrument", "show", "permenpanrb-52-2014"]).stdout).expect("text");
    assert!(
        shown.contains("MP-P1a")
            && shown.contains("NILAI-TOTAL")
            && shown.contains("opini_wtp_tahun_berturut")
    );
}

#[test]
fn the_cheapest_way_names_improvements_and_what_stays_out_of_reach() {
    let folder = tempfile::tempdir().expect("a folder");
    let unit = file(folder.path(), "unit.json", UNIT);
    let mut arguments = vec!["way", "--instrument", "permenpanrb-90-2021", "--predicate", "WBK", &unit];
    let way = json(&bening(&arguments));
    assert_eq!(way["reached"], false, "no survey of service is there yet");
    let codes = |way: &Value, key: &str, of: &str| -> Vec<String> {
        let rows = way[key].as_array().expect("rows").iter();
        rows.map(|row| row[of].as_str().expect("a code").to_owned()).collect()
    };
    assert_eq!(codes(&way, "missing", "condition"), ["NILAI-PELAYANAN"]);
    arguments.extend(["--surveys", "--effort", "MP-P3a=40"]);
    let full = json(&bening(&arguments));
    assert_eq!(full["reached"], true);
    assert!(codes(&full, "improvements", "question").contains(&"PL-H1a".to_owned()));
    let days =
        |way: &Value| way["improvements"].as_array().expect("rows").iter().map(|r| r["days"].as_u64()).sum();
    assert_eq!(full["days"].as_u64(), days(&full));
    let after = full["total"]["after"]["score"].as_str().and_then(|score| score.parse::<f64>().ok());
    assert!(after >= Some(75.0));
    let refused = bening(&[
        "way",
        "--instrument",
        "permenpanrb-90-2021",
        "--predicate",
        "WBK",
        "--effort",
        "X=0",
        &unit,
    ]);
    assert!(!refused.status.success() && errors(&refused).contains("hari kerja"));
}
