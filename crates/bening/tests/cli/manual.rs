//! The manual: every command explains itself in Indonesian, with an example that works as written; usage errors are
//! told apart from refusals; a reader that has seen enough is no failure.

use std::process::Stdio;

use bening_testkit::on_both;

use crate::bench::{Bench, bening, command};

/// Every command that has a page of its own.
const PAGES: [&[&str]; 27] = [
    &[],
    &["serve"],
    &["plan"],
    &["plan", "import"],
    &["plan", "export"],
    &["unit"],
    &["unit", "add"],
    &["unit", "list"],
    &["user"],
    &["user", "add"],
    &["user", "passwd"],
    &["user", "list"],
    &["audit"],
    &["audit", "verify"],
    &["evidence"],
    &["evidence", "verify"],
    &["evidence", "sweep"],
    &["backup"],
    &["restore"],
    &["doctor"],
    &["instrument"],
    &["instrument", "list"],
    &["instrument", "show"],
    &["instrument", "check"],
    &["score"],
    &["eligibility"],
    &["way"],
];

/// Words that only an English sentence has.
const ENGLISH: [&str; 14] = [
    "the",
    "with",
    "this",
    "instead",
    "file",
    "unit's",
    "whose",
    "print",
    "usage",
    "options",
    "commands",
    "arguments",
    "default",
    "example",
];

#[test]
fn every_page_of_the_manual_is_indonesian_and_gives_an_example() {
    for page in PAGES {
        let help = bening(&[page, &["--help"]].concat()).well();
        assert_eq!(help.err, "", "{page:?}");
        let words = help.out.to_lowercase();
        let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-').collect();
        let english: Vec<_> = ENGLISH.iter().filter(|word| words.contains(word)).collect();
        assert!(english.is_empty(), "{page:?} says {english:?}:\n{}", help.out);
        let example = format!("bening {}", page.join(" "));
        let examples = help.out.split("Contoh:").nth(1).unwrap_or_else(|| panic!("{page:?} has no example"));
        assert!(examples.contains(example.trim()), "{page:?}:\n{}", help.out);
    }
}

#[test]
fn the_manual_tells_every_exit_code() {
    let help = bening(&["--help"]).well().out;
    let codes = help.split("Kode keluar").nth(1).unwrap();
    for code in 0..=5 {
        assert!(codes.contains(&format!("{code} ")), "{code}: {codes}");
    }
}

#[test]
fn usage_errors_have_their_own_code_and_print_no_result() {
    for wrong in [&["terbang"][..], &["unit", "add"], &["plan", "export", "--unit", "DBN"], &["--zone", "x"]]
    {
        bening(wrong).refused(2, "");
    }
    let year = ["plan", "export", "--unit", "DBN", "--year", "1820", "--format", "json"];
    bening(&year).refused(2, "tahun harus angka antara 2009 dan 2100");
}

#[test]
fn technical_trouble_has_its_own_code() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bukan-folder");
    std::fs::write(&file, "").unwrap();
    let data = file.join("data").to_string_lossy().into_owned();
    bening(&["unit", "list", "--data", &data]).refused(1, "tidak dapat dibuat");
}

#[test]
fn the_commands_around_the_law_end_with_the_same_codes() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name).to_string_lossy().into_owned()
    };
    let edition = "permenpanrb-90-2021";
    let (broken, sheet) = (file("jawaban.json", "{"), file("jawaban.zip", "PK"));
    bening(&["instrument", "show", "tiada"]).refused(4, "tidak ada");
    bening(&["instrument", "check", &file("edisi.toml", "id = 1")]).refused(3, "");
    bening(&["score", "--instrument", "tiada", &broken]).refused(4, "tidak ada");
    bening(&["score", "--instrument", edition, &broken]).refused(3, "");
    bening(&["score", "--instrument", edition, &sheet]).refused(3, "hanya .json, .csv, dan .xlsx");
    bening(&["score", "--instrument", edition, "tiada.json"]).refused(4, "tiada.json tidak ada");
    bening(&["eligibility", "--instrument", edition, "--predicate", "WBK", &broken]).refused(3, "");
}

#[test]
fn the_embedded_database_needs_nothing_but_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("baru/data").to_string_lossy().into_owned();
    bening(&["unit", "add", "AIR", "Direktorat Air", "--data", &data]).well();
    let listed = bening(&["--data", &data, "unit", "list"]).well();
    assert_eq!(listed.out, "AIR\tII\t-\tDirektorat Air\n");
    assert!(folder.path().join("baru/data/bening.db").is_file());
}

on_both!(a_reader_that_has_seen_enough_is_no_failure, async |db| {
    let bench = Bench::with_plan(db);
    let export = ["plan", "export", "--unit", "DBN", "--year", "2020", "--format", "json"];
    for arguments in [&["unit", "list"][..], &["user", "list"], &["audit", "verify"], &["doctor"], &export] {
        let mut command = command(&[arguments, &["--database", bench.database.url()]].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
        assert_eq!(said, "", "{arguments:?}");
    }
});
