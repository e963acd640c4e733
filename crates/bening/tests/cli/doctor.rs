//! `bening doctor`, and what supervisors ask a running site.

use bening_testkit::{Visitor, on_both};

use crate::bench::{Bench, bening, names_in};

on_both!(the_doctor_advises_how_to_begin_and_is_content_with_a_prepared_place, async |db| {
    let bench = Bench::new(db);
    let empty = bench.run(&["doctor"]).well();
    assert!(empty.out.contains("saran  belum ada unit"), "{}", empty.out);
    bench.run(&["unit", "add", "DBN", "Direktorat"]).well();
    let nobody = bench.run(&["doctor"]).well();
    assert!(nobody.out.contains("saran  belum ada orang"), "{}", nobody.out);
    bench.run(&["user", "add", "admin", "--name", "Admin", "--role", "admin-instansi"]).well();
    let ready = bench.run(&["doctor"]).well();
    assert!(ready.out.lines().all(|line| line.starts_with("baik   ")), "{}", ready.out);
    assert!(ready.out.contains("1 unit, 1 orang") && ready.out.contains("jejak audit utuh, 2 baris"));
});

on_both!(the_doctor_finds_a_broken_trail, async |db| {
    let bench = Bench::with_unit(db);
    bench.database.tamper("UPDATE audit SET actor = 'visitor'").await;
    let sick = bench.run(&["doctor"]);
    assert_eq!(sick.code, 1);
    assert!(sick.out.contains("GAGAL  jejak audit: baris 1 telah diubah"), "{}", sick.out);
});

#[test]
fn the_doctor_leaves_the_database_and_an_empty_place_for_files_in_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_string_lossy();
    let output = bening(&["doctor", "--data", &data]).well().out;
    assert!(output.contains("dapat ditulis"), "{output}");
    let left = names_in(folder.path());
    let is_known = |name: &std::path::PathBuf| {
        let name = name.to_string_lossy();
        name.starts_with("bening.db") || name == "berkas"
    };
    assert!(left.iter().all(is_known), "{left:?}");
    assert!(names_in(&folder.path().join("berkas/isi")).is_empty());
}

#[test]
fn the_doctor_says_that_a_folder_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("berkas");
    std::fs::write(&file, "").unwrap();
    let sick = bening(&["doctor", "--data", &file.join("data").to_string_lossy()]);
    assert_eq!(sick.code, 1);
    assert!(sick.out.contains("GAGAL  folder data"), "{}", sick.out);
    assert!(sick.out.contains("GAGAL  basis data"), "{}", sick.out);
    assert!(sick.out.contains("baik   lembar kerja"), "the other checks go on: {}", sick.out);
}

on_both!(a_supervisor_hears_that_the_site_lives_and_is_ready, async |db| {
    let bench = Bench::new(db);
    let served = bench.serve(&[]);
    let visitor = Visitor::new(served.address());
    for (path, word) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
        let answer = visitor.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, word));
    }
});
