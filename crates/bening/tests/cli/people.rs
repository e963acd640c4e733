//! Units, people and passwords at the command line, and the first sign-in that follows.

use bening_testkit::{Visitor, on_both};

use crate::bench::{Bench, PASSWORD};

on_both!(a_unit_is_added_listed_and_not_added_twice, async |db| {
    let bench = Bench::new(db);
    assert_eq!(bench.run(&["unit", "list"]).well().out, "");
    let added = bench.run(&["unit", "add", "djb", "  Direktorat   Jenderal ", "--eselon", "I"]).well();
    assert_eq!((added.out.as_str(), added.err.as_str()), ("DJB\tDirektorat Jenderal\n", ""));
    bench.run(&["unit", "add", "DBN", "Direktorat Penerimaan", "--parent", "DJB"]).well();
    let listed = bench.run(&["unit", "list"]).well();
    assert_eq!(listed.out, "DBN\tII\tDJB\tDirektorat Penerimaan\nDJB\tI\t-\tDirektorat Jenderal\n");
    bench.run(&["unit", "add", "dbn", "Yang lain"]).refused(3, "kode DBN sudah dipakai unit lain");
    assert_eq!(bench.run(&["unit", "list"]).well().out, listed.out);
    assert_eq!(bench.trail().0, 2, "one entry for each unit, none for the refused one");
});

on_both!(a_unit_that_cannot_be_is_refused, async |db| {
    let bench = Bench::new(db);
    bench.run(&["unit", "add", "X", "Nama"]).refused(2, "kode unit harus 2 sampai 20");
    bench.run(&["unit", "add", "XY", "   "]).refused(3, "nama");
    bench.run(&["unit", "add", "XY", &"a".repeat(3_000)]).refused(3, "terlalu panjang");
    bench.run(&["unit", "add", "XY", "Nama", "--parent", "TIADA"]).refused(4, "unit TIADA belum ada");
    assert_eq!(bench.run(&["unit", "list"]).well().out, "");
});

on_both!(a_new_person_signs_in_with_the_initial_password_and_must_change_it, async |db| {
    let bench = Bench::with_unit(db);
    let add = ["user", "add", "bayu", "--name", "Bayu", "--role", "ketua-tim", "--unit", "DBN"];
    let added = bench.run(&add).well();
    let [login, initial] = <[String; 2]>::try_from(added.cells()).unwrap();
    assert_eq!(login, "bayu");
    assert!(!added.err.contains(&initial), "the password is a result, not a message");
    assert_eq!(bench.run(&["user", "list"]).well().out, "bayu\tBayu\tmust_change_password\tketua-tim\n");

    let served = bench.serve(&[]);
    let mut bayu = Visitor::new(served.address());
    assert_eq!(bayu.sign_in("bayu", &initial).await.status.as_u16(), 303);
    for path in ["/", "/akun", "/unit/DBN/rencana/2020"] {
        assert_eq!(bayu.get(path).await.location.as_deref(), Some("/akun/sandi"), "{path}");
    }
    let change = [("lama", initial.as_str()), ("baru", PASSWORD), ("ulang", PASSWORD)];
    assert_eq!(bayu.post("/akun/sandi", &change).await.location.as_deref(), Some("/"));
    assert_eq!(bayu.get("/").await.status.as_u16(), 200);
    assert_eq!(bench.run(&["user", "list"]).well().out, "bayu\tBayu\tactive\tketua-tim\n");
});

on_both!(a_new_password_from_the_console_ends_the_sessions_of_the_old_one, async |db| {
    let bench = Bench::with_team(db);
    let served = bench.serve(&[]);
    let ketua = bench.sign_in(&served, "ketua").await;
    assert_eq!(ketua.get("/").await.status.as_u16(), 200);
    let again = bench.run(&["user", "passwd", "ketua"]).well().cells();
    assert_eq!(ketua.get("/").await.status.as_u16(), 303, "to the door");
    let mut anew = Visitor::new(served.address());
    assert_eq!(anew.sign_in("ketua", PASSWORD).await.status.as_u16(), 422);
    assert_eq!(anew.sign_in("ketua", &again[1]).await.status.as_u16(), 303);
    assert_eq!(anew.get("/").await.location.as_deref(), Some("/akun/sandi"));
});

on_both!(weak_passwords_are_refused_and_change_nothing, async |db| {
    let bench = Bench::with_team(db);
    let before = bench.trail();
    for (weak, why) in [
        ("pendek", "paling sedikit 15"),
        ("", "paling sedikit 15"),
        ("aaaaaaaaaaaaaaaaaaaa", "mudah ditebak"),
        ("ketuaketuaketua12", "memuat nama Anda"),
    ] {
        bench.fed(&["user", "passwd", "ketua", "--stdin"], weak).refused(3, why);
    }
    bench.fed(&["user", "passwd", "siapa", "--stdin"], PASSWORD).refused(4, "siapa");
    assert_eq!(bench.trail(), before);
});

on_both!(people_who_cannot_be_are_refused, async |db| {
    let bench = Bench::with_team(db);
    let add = |further: &[&str]| bench.run(&[&["user", "add", "baru", "--name", "Baru"], further].concat());
    add(&["--role", "raja"]).refused(2, "peran tidak dikenal");
    add(&["--role", "anggota-area", "--unit", "DBN", "--area", "XX"]).refused(2, "area harus MP");
    add(&["--role", "ketua-tim"]).refused(3, "memerlukan --unit");
    add(&["--role", "admin-instansi", "--unit", "DBN"]).refused(3, "tanpa --unit");
    add(&["--role", "ketua-tim", "--unit", "TIADA"]).refused(4, "unit TIADA belum ada");
    let taken = ["user", "add", "ketua", "--name", "Lain", "--role", "tpn"];
    bench.run(&taken).refused(3, "nama masuk ketua sudah dipakai");
    bench.run(&["user", "add", "baru", "--name", " ", "--role", "tpn"]).refused(3, "nama");
    assert_eq!(bench.run(&["user", "list"]).well().out, "ketua\tKetua\tactive\tketua-tim\n");
});
