//! Files of evidence from the command line: read again, swept, carried by a copy; and a server killed while people
//! send them.

use std::time::Duration;

use bening_testkit::{TestDatabase, Visitor, on_both_and_bucket};
use reqwest::Method;
use reqwest::multipart::{Form, Part};

use crate::bench::{Bench, bening};

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

on_both_and_bucket!(every_acknowledged_file_outlives_a_kill_and_matches_its_hash, async |db| {
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

on_both_and_bucket!(a_copy_carries_the_files_and_a_changed_file_is_named, async |db| {
    let bench = Bench::with_team(db);
    let served = bench.serve(&[]);
    let ketua = bench.sign_in(&served, "ketua").await;
    assert_eq!(bring(&ketua, "SK").await.unwrap().status().as_u16(), 303);
    drop(served);
    let copy = bench.path("cadangan.zip");
    bench.run(&["backup", &copy]).well();
    let database = match bench.database.bucket() {
        Some(_) => TestDatabase::with_bucket().await,
        None => TestDatabase::on(bench.database.backend()).await,
    };
    let other = Bench::new(database);
    other.run(&["restore", &copy]).well();
    assert!(other.run(&["evidence", "verify"]).well().out.contains("1 berkas"));
    assert!(other.run(&["evidence", "sweep", "--dry-run"]).well().out.contains("0 berkas"));
    assert!(other.run(&["doctor"]).well().out.contains("penyimpanan bukti"));
});

#[test]
fn half_an_address_of_a_bucket_and_a_key_that_is_none_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let key = folder.path().join("kunci");
    std::fs::write(&key, "tanpa titik dua").unwrap();
    let run = |further: &[&str]| bening(&[&["evidence", "verify", "--data", data], further].concat());
    run(&["--s3-endpoint", "http://127.0.0.1:9"]).refused(3, "--s3-bucket");
    let named = ["--s3-endpoint", "http://127.0.0.1:9", "--s3-bucket", "bukti"];
    run(&named).refused(3, "--s3-key-file");
    run(&[&named[..], &["--s3-key-file", key.to_str().unwrap()]].concat()).refused(3, "NAMA:RAHASIA");
}

#[test]
fn a_bucket_that_does_not_answer_is_named_by_doctor() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let ended = bening(&[
        "doctor",
        "--data",
        data,
        "--s3-endpoint",
        "http://127.0.0.1:9",
        "--s3-bucket",
        "bukti",
        "--s3-key",
        "a:b",
    ]);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!((ended.out + &ended.err).contains("tempat berkas tidak dapat dijangkau"));
}
