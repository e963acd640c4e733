//! Files of evidence from the command line: read again, swept, carried by a copy; and a server killed while people
//! send them.

use std::time::Duration;

use bening_testkit::{TestDatabase, Visitor, on_both};
use reqwest::Method;
use reqwest::multipart::{Form, Part};

use crate::bench::Bench;

/// How often the server is killed on each database.
const ROUNDS: u64 = 10;

/// Bytes of a file that nobody else sends.
fn bytes(name: &str) -> Vec<u8> {
    [b"%PDF-1.4\n", name.as_bytes(), &vec![b'x'; 300_000]].concat()
}

async fn bring(who: &Visitor, name: &str) -> reqwest::Result<reqwest::Response> {
    let form = Form::new()
        .text("_csrf", who.token().to_owned())
        .text("jenis", "sk")
        .part("berkas", Part::bytes(bytes(name)).file_name(format!("{name}.pdf")));
    who.request(Method::POST, "/unit/DBN/bukti").multipart(form).send().await
}

on_both!(every_acknowledged_file_outlives_a_kill_and_matches_its_hash, async |db| {
    let bench = Bench::with_team(db);
    let mut acknowledged = Vec::new();
    for round in 1..=ROUNDS {
        let served = bench.serve(&[]);
        let ketua = bench.sign_in(&served, "ketua").await;
        let writers: Vec<_> = (0..3)
            .map(|writer| {
                let ketua = ketua.clone();
                tokio::spawn(async move {
                    let mut kept = Vec::new();
                    for number in 0.. {
                        let name = format!("bukti {round}-{writer}-{number}");
                        match bring(&ketua, &name).await {
                            Ok(answer) if answer.status().as_u16() == 303 => kept.push(name),
                            Ok(answer) => panic!("{}", answer.status()),
                            Err(_) => break,
                        }
                    }
                    kept
                })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(400 + 37 * round)).await;
        drop(served);
        for writer in writers {
            acknowledged.extend(writer.await.unwrap());
        }
    }
    assert!(!acknowledged.is_empty(), "nothing was acknowledged");
    let verified = bench.run(&["evidence", "verify"]);
    verified.well();
    let served = bench.serve(&[]);
    let ketua = bench.sign_in(&served, "ketua").await;
    for name in &acknowledged {
        let found = ketua.get(&format!("/unit/DBN/bukti?cari={}", name.replace(' ', "+"))).await;
        assert!(found.text().contains(name.as_str()), "{name} was acknowledged and is gone");
    }
    bench.run(&["audit", "verify"]).well();
});

on_both!(a_copy_carries_the_files_and_a_changed_file_is_named, async |db| {
    let bench = Bench::with_team(db);
    let served = bench.serve(&[]);
    let ketua = bench.sign_in(&served, "ketua").await;
    assert_eq!(bring(&ketua, "SK").await.unwrap().status().as_u16(), 303);
    drop(served);
    let copy = bench.path("cadangan.zip");
    bench.run(&["backup", &copy]).well();
    let other = Bench::new(TestDatabase::on(bench.database.backend()).await);
    other.run(&["restore", &copy]).well();
    assert!(other.run(&["evidence", "verify"]).well().out.contains("1 berkas"));
    assert!(other.run(&["evidence", "sweep", "--dry-run"]).well().out.contains("0 berkas"));
});
