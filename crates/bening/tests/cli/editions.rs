//! An agency's own editions and wording from the command line.

use bening_testkit::on_both;

use crate::bench::Bench;

const LABELS: &str = "instrument = \"permenpanrb-90-2021\"\norigin = \"LKE resmi\"\n[question.\"MP-P1a\"]\nlabel = \"Kata resmi\"\n";

on_both!(an_own_edition_and_wording_are_checked_kept_and_recorded, async |db| {
    let bench = Bench::new(db);
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    };
    let (_, shipped) = bening_core::instrument::SHIPPED_FILES[1];
    let taken = bench.run(&["instrument", "load", &file("bawaan.toml", shipped)]);
    assert!(taken.code == 3 && taken.err.contains("milik edisi bawaan"), "{taken:?}");
    let own = shipped.replacen("id = \"permenpanrb", "id = \"instansi\"\nreplaces = \"permenpanrb", 1);
    let loaded = bench.run(&["instrument", "load", &file("edisi.toml", &own)]).well();
    assert!(loaded.out.contains("edisi instansi dimuat (versi 1)"), "{}", loaded.out);
    let words = bench.run(&["instrument", "labels", &file("label.toml", LABELS)]).well();
    assert!(words.out.contains("label untuk permenpanrb-90-2021"), "{}", words.out);
    let table = file("label.csv", "kode,label\nMP-P1a,Kata resmi\nMP-P1b,Kata lain\n");
    let unsaid = bench.run(&["instrument", "labels", &table]);
    assert!(unsaid.code == 3 && unsaid.err.contains("--for"), "{unsaid:?}");
    let again = bench.run(&["instrument", "labels", &table, "--for", "instansi"]).well();
    assert!(again.out.contains("label untuk instansi dimuat (versi 1)"), "{}", again.out);
    let wrong = bench.run(&[
        "instrument",
        "labels",
        &file("x.csv", "kode,label\nZZ,a\nMP,b\nMP,c\n"),
        "--for",
        "instansi",
    ]);
    assert!(wrong.code == 3 && wrong.err.contains("x.csv:2:") && wrong.err.contains("x.csv:4:"), "{wrong:?}");
    let sheet = file("jawaban.json", r#"{"answers": {"MP-P1a": "Ya"}}"#);
    let scored = bench.run(&["score", "--instrument", "instansi", &sheet]).well();
    assert!(scored.out.contains("\"instrument\": \"instansi\""), "{}", scored.out);
    assert!(bench.run(&["instrument", "list"]).well().out.contains("instansi"));
    assert!(bench.run(&["instrument", "show", "instansi"]).well().out.contains("Kata lain"));
    assert_eq!(bench.run(&["audit", "verify"]).well().out.matches("3 baris").count(), 1);
});
