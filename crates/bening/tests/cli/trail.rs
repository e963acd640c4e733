//! `bening audit verify` against somebody who writes into the database directly.

use bening_testkit::on_both;

use crate::bench::Bench;

/// Four rows: unit, plan, person, password.
const ROWS: u64 = 4;

on_both!(a_trail_that_nobody_touched_is_sound, async |db| {
    let empty = Bench::new(db);
    assert_eq!(empty.trail(), (0, "0".repeat(64)));
    empty.run(&["unit", "add", "DBN", "Direktorat"]).well();
    let (rows, head) = empty.trail();
    assert_eq!((rows, head.len()), (1, 64));
    empty.run(&["audit", "verify", "--head", &head]).well();
    empty.run(&["audit", "verify", "--head", &"a".repeat(64)]).refused(5, "ekornya diganti");
});

on_both!(a_changed_row_is_named, async |db| {
    let bench = Bench::with_team(db);
    assert_eq!(bench.trail().0, ROWS);
    bench
        .database
        .tamper("UPDATE audit SET after = replace(after, 'Penerimaan', 'Pengeluaran') WHERE seq = 1")
        .await;
    bench.run(&["audit", "verify"]).refused(5, "baris 1 telah diubah");
});

on_both!(a_changed_before_is_found_as_well_as_time_and_person, async |db| {
    let bench = Bench::with_team(db);
    for (break_it, mend_it) in [
        ("before = 'true'", "before = 'null'"),
        ("actor = 'visitor'", "actor = 'console'"),
        ("event = 'plan.removed'", "event = 'plan.imported'"),
    ] {
        bench.database.tamper(&format!("UPDATE audit SET {break_it} WHERE seq = 2")).await;
        bench.run(&["audit", "verify"]).refused(5, "baris 2 telah diubah");
        bench.database.tamper(&format!("UPDATE audit SET {mend_it} WHERE seq = 2")).await;
        assert_eq!(bench.trail().0, ROWS);
    }
});

on_both!(a_removed_row_is_named, async |db| {
    let bench = Bench::with_team(db);
    bench.database.tamper("DELETE FROM audit WHERE seq = 2").await;
    bench.run(&["audit", "verify"]).refused(5, "baris 2 hilang");
});

on_both!(swapped_rows_are_named, async |db| {
    let bench = Bench::with_team(db);
    for (from, to) in [(2, -1), (3, 2), (-1, 3)] {
        bench.database.tamper(&format!("UPDATE audit SET seq = {to} WHERE seq = {from}")).await;
    }
    bench.run(&["audit", "verify"]).refused(5, "baris 2 ");
});

on_both!(a_row_with_a_hash_made_to_fit_breaks_the_next_one, async |db| {
    let bench = Bench::with_team(db);
    let forged = "UPDATE audit SET hash = (SELECT hash FROM audit WHERE seq = 3) WHERE seq = 2";
    bench.database.tamper(forged).await;
    bench.run(&["audit", "verify"]).refused(5, "baris 2 telah diubah");
});

on_both!(a_cut_tail_is_named_and_a_noted_head_proves_it_even_when_covered_up, async |db| {
    let bench = Bench::with_team(db);
    let (_, head) = bench.trail();
    bench.database.tamper("DELETE FROM audit WHERE seq > 2").await;
    bench.run(&["audit", "verify"]).refused(5, "baris setelah 2 hilang: seharusnya sampai baris 4");
    let cover_up = "UPDATE audit_head SET seq = 2, hash = (SELECT hash FROM audit WHERE seq = 2)";
    bench.database.tamper(cover_up).await;
    assert_eq!(bench.trail().0, 2, "the chain alone cannot know");
    bench.run(&["audit", "verify", "--head", &head]).refused(5, "ekornya diganti");
});

on_both!(a_row_written_without_the_head_is_found, async |db| {
    let bench = Bench::with_team(db);
    bench
        .database
        .tamper("UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit WHERE seq = 3)")
        .await;
    bench.run(&["audit", "verify"]).refused(5, "baris 4");
    bench.database.tamper("DELETE FROM audit_head").await;
    bench.run(&["audit", "verify"]).refused(5, "baris 4");
});
