//! `bening backup` while people work, and `bening restore`: into either database, into an empty place only, all or
//! nothing.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use bening_testkit::{Backend, TestDatabase, Visitor, on_both};
use tokio::task::JoinHandle;

use crate::bench::{Bench, actions, names_in};

/// The rows of each table in a copy, in any order.
fn tables(copy: &str) -> BTreeMap<String, Vec<String>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(std::fs::read(copy).unwrap())).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut tables = BTreeMap::new();
    for name in names {
        let mut text = String::new();
        zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
        rows.sort();
        tables.insert(name, rows);
    }
    tables
}

/// Saves the target of the first action again and again, until told to stop.
fn keep_writing(ketua: Visitor, bench: &Bench) -> (JoinHandle<()>, Arc<AtomicBool>, Arc<AtomicUsize>) {
    let plan = bench.json();
    let (id, mut was) =
        (actions(&plan)[0]["id"].clone(), actions(&plan)[0]["target"].as_str().unwrap().to_owned());
    let path = format!("/unit/DBN/rencana/2020/sel/tindakan/{}/target", id.as_str().unwrap());
    let (stop, count) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let (stopped, counted) = (stop.clone(), count.clone());
    let writer = tokio::spawn(async move {
        while !stopped.load(Ordering::Relaxed) {
            let value = format!("nilai {}", counted.load(Ordering::Relaxed) + 1);
            assert_eq!(ketua.save(&path, &was, &value).await.status.as_u16(), 200);
            was = value;
            counted.fetch_add(1, Ordering::Relaxed);
        }
    });
    (writer, stop, count)
}

/// A copy made while somebody writes; gives its path.
async fn copy_at_work(bench: &Bench) -> String {
    let served = bench.serve(&[]);
    let ketua = bench.sign_in(&served, "ketua").await;
    let (writer, stop, count) = keep_writing(ketua, bench);
    while count.load(Ordering::Relaxed) < 3 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let before = count.load(Ordering::Relaxed);
    let copy = bench.path("cadangan.zip");
    tokio::task::block_in_place(|| bench.run(&["backup", &copy]).well());
    let after = count.load(Ordering::Relaxed);
    stop.store(true, Ordering::Relaxed);
    writer.await.unwrap();
    assert!(after > before, "people went on working: {before}, {after}");
    copy
}

on_both!(a_copy_made_at_work_comes_back_whole_on_either_database, async |db| {
    let bench = Bench::with_team(db);
    let copy = copy_at_work(&bench).await;
    let contents = tables(&copy);
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let other = Bench::new(TestDatabase::on(backend).await);
        let told = other.run(&["restore", &copy]).well().cells();
        let (rows, head) = other.trail();
        assert_eq!(told[1..], [format!("jejak audit {rows} baris"), head.clone()]);
        bench.run(&["audit", "verify", "--head", &head]).well();
        let again = other.path("lagi.zip");
        other.run(&["backup", &again]).well();
        assert_eq!(tables(&again), contents, "{backend:?}");
        let target = actions(&other.json())[0]["target"].as_str().unwrap().to_owned();
        let last = contents["tables/audit.jsonl"].iter().filter(|row| row.contains("plan.cell.saved"));
        assert!(
            last.clone().any(|row| row.contains(&format!("{target}\\\""))),
            "{target}: rows of one moment"
        );
        assert_eq!(last.count(), target.strip_prefix("nilai ").unwrap().parse::<usize>().unwrap());
        let served = other.serve(&[]);
        other.sign_in(&served, "ketua").await;
    }
});

on_both!(only_an_empty_place_takes_a_copy, async |db| {
    let bench = Bench::with_plan(db);
    let copy = bench.path("cadangan.zip");
    bench.run(&["backup", &copy]).well();
    let (plan, trail) = (bench.json(), bench.trail());
    bench.run(&["restore", &copy]).refused(3, "sudah berisi data");
    assert_eq!((bench.json(), bench.trail()), (plan, trail));
});

on_both!(a_broken_copy_is_refused_and_nothing_of_it_stays, async |db| {
    let bench = Bench::with_team(db);
    let copy = bench.path("cadangan.zip");
    bench.run(&["backup", &copy]).well();
    let whole = std::fs::read(&copy).unwrap();
    let empty = Bench::new(TestDatabase::on(bench.database.backend()).await);
    let mut flipped = whole.clone();
    let audit = whole.windows(18).position(|name| name == b"tables/audit.jsonl").unwrap();
    flipped[audit + 18 + 60..audit + 18 + 70].fill(0x55);
    for (name, bytes) in [
        ("terpotong.zip", &whole[..whole.len() / 2]),
        ("ekor.zip", &whole[..whole.len() - 30]),
        ("terbalik.zip", &flipped),
        ("teks.zip", b"bukan zip"),
        ("kosong.zip", b""),
    ] {
        let refused = empty.run(&["restore", &empty.file(name, bytes)]);
        refused.refused(3, "bukan cadangan Bening yang utuh");
        assert_eq!(empty.run(&["unit", "list"]).well().out, "", "{name}");
        assert_eq!(empty.trail().0, 0, "{name}");
    }
    empty.run(&["restore", &empty.path("tiada.zip")]).refused(4, "tiada.zip tidak ada");
    empty.run(&["restore", &copy]).well();
    assert_eq!((empty.json(), empty.trail()), (bench.json(), bench.trail()));
});

on_both!(a_copy_whose_trail_was_rewritten_is_refused, async |db| {
    let bench = Bench::with_team(db);
    bench.database.tamper("UPDATE audit SET actor = 'visitor' WHERE seq = 2").await;
    let copy = bench.path("cadangan.zip");
    bench.run(&["backup", &copy]).well();
    let empty = Bench::new(TestDatabase::on(bench.database.backend()).await);
    empty.run(&["restore", &copy]).refused(5, "baris 2 telah diubah");
    assert_eq!(empty.run(&["user", "list"]).well().out, "");
});

on_both!(a_copy_never_overwrites_a_file_and_leaves_no_half_one, async |db| {
    let bench = Bench::with_unit(db);
    let taken = bench.file("cadangan.zip", "milik orang");
    bench.run(&["backup", &taken]).refused(3, "sudah ada; pilih nama lain");
    assert_eq!(std::fs::read_to_string(&taken).unwrap(), "milik orang");
    assert_eq!(names_in(bench.folder.path()).len(), 1);
    bench.run(&["backup", &bench.path("tiada/cadangan.zip")]).refused(1, "tidak dapat dibuat");
    bench.run(&["backup", &bench.path("baru.zip")]).well();
    assert_eq!(names_in(bench.folder.path()).len(), 2);
});

on_both!(a_large_tree_of_units_comes_back_in_any_order_of_its_rows, async |db| {
    let bench = Bench::with_unit(db);
    let rows: Vec<String> = (0..450)
        .map(|number| {
            let id = format!("01890000-0000-7000-8000-{number:012}");
            let id = if bench.database.backend() == Backend::Sqlite {
                format!("x'{}'", id.replace('-', ""))
            } else {
                format!("'{id}'")
            };
            format!("({id}, 'U{number:03}', 'Unit {number}', 'III', '')")
        })
        .collect();
    let into = "INSERT INTO unit (id, code, name, echelon, head_title) VALUES";
    bench.database.tamper(&format!("{into} {}", rows.join(", "))).await;
    let below = "UPDATE unit SET parent_id = (SELECT id FROM unit WHERE code = 'U449') WHERE code = 'U000'";
    bench.database.tamper(below).await;
    let copy = bench.path("cadangan.zip");
    bench.run(&["backup", &copy]).well();
    let empty = Bench::new(TestDatabase::on(bench.database.backend()).await);
    empty.run(&["restore", &copy]).well();
    assert_eq!(empty.run(&["unit", "list"]).well().out, bench.run(&["unit", "list"]).well().out);
});
