//! Files of evidence from the command line: read again, swept, carried by a copy; and a server killed while people
//! send them.

use std::collections::BTreeSet;
use std::time::Duration;

use bening_testkit::{Backend, Served, TestDatabase, Visitor, database, on_both_and_bucket};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use tokio::task::JoinHandle;

use crate::bench::{Bench, bening};

/// How often the server is killed on each database.
const ROUNDS: u64 = 50;
/// People who send files, and people who fill in a month, at the same time.
const WRITERS: usize = 2;
/// Most megabytes of a file on the disk that is full.
const LIMIT_MB: usize = 48;
const JUNE: &str = "/unit/DBN/monev/2020/6";

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

/// Files that were acknowledged, sent one after another until the server no longer answers.
fn send_files(who: Visitor, name: String) -> JoinHandle<Vec<String>> {
    tokio::spawn(async move {
        let mut kept = Vec::new();
        for number in 0.. {
            let name = format!("{name}-{number}");
            match bring(&who, &name).await {
                Ok(answer) if answer.status().as_u16() == 303 => kept.push(name),
                Ok(answer) => panic!("{}", answer.status()),
                Err(_) => break,
            }
        }
        kept
    })
}

/// A row of a month, with the last note that was acknowledged and the last that was sent.
#[derive(Debug, Clone)]
struct Row {
    path: String,
    acknowledged: String,
    sent: String,
}

/// Fills in a row again and again until the server no longer answers.
fn report(who: Visitor, mut row: Row, name: String) -> JoinHandle<Row> {
    tokio::spawn(async move {
        for number in 0.. {
            row.sent = format!("{name}-{number}.");
            let form = [("persen", "40"), ("uraian", &row.sent), ("kendala", ""), ("_csrf", who.token())];
            let Ok(answer) = who.request(Method::POST, &row.path).form(&form).send().await else { break };
            assert_eq!(answer.status().as_u16(), 303, "{:?}", answer.text().await);
            row.acknowledged.clone_from(&row.sent);
        }
        row
    })
}

/// The first rows of June that the team lead may fill in.
async fn rows(lead: &Visitor) -> Vec<Row> {
    let page = lead.get(JUNE).await.body;
    let mark = format!("action=\"{JUNE}/tindakan/");
    let path = |rest: &str| format!("{JUNE}/tindakan/{}", rest.get(..36).unwrap());
    let row = |path| Row { path, acknowledged: String::new(), sent: String::new() };
    let mut paths: Vec<String> = page.split(&mark).skip(1).map(path).collect();
    paths.dedup();
    paths.into_iter().take(WRITERS).map(row).collect()
}

/// Titles of everything in the register, page by page.
async fn titles(who: &Visitor) -> BTreeSet<String> {
    let (mut all, mut next) = (BTreeSet::new(), Some("/unit/DBN/bukti".to_owned()));
    while let Some(path) = next {
        let page = who.get(&path).await;
        all.extend(page.texts("tbody tr td:first-child b"));
        let last = page
            .body
            .split_once("href=\"/unit/DBN/bukti?sesudah=")
            .and_then(|(_, rest)| rest.split('"').next());
        next = last.map(|last| format!("/unit/DBN/bukti?sesudah={last}"));
    }
    all
}

async fn lead_of_the_demo(served: &Served) -> Visitor {
    let mut lead = Visitor::new(served.address());
    assert_eq!(lead.sign_in("bayu", "demo-bening-2020").await.status.as_u16(), 303);
    lead
}

#[test]
fn a_file_for_which_there_is_no_room_is_refused_and_leaves_nothing() {
    database::run_on(Backend::Sqlite, async |db| {
        let bench = Bench::new(db);
        drop(bench.serve(&["--demo"]));
        let served = bench.serve_cramped(LIMIT_MB, &["--demo"]);
        let lead = lead_of_the_demo(&served).await;
        let before = titles(&lead).await;
        let large = Part::bytes([b"%PDF-1.4\n".as_slice(), &vec![b'x'; (LIMIT_MB + 1) * 1_048_576]].concat());
        let form = Form::new().text("_csrf", lead.token().to_owned()).text("jenis", "sk");
        let form = form.part("berkas", large.file_name("besar.pdf"));
        let answer = lead.request(Method::POST, "/unit/DBN/bukti").multipart(form).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 507);
        assert!(answer.text().await.unwrap().contains("Penyimpanan"));
        assert_eq!(bring(&lead, "kecil").await.unwrap().status().as_u16(), 303, "what has room is kept");
        let after = titles(&lead).await;
        assert_eq!(after.difference(&before).collect::<Vec<_>>(), ["kecil"]);
        drop(served);
        bench.run(&["evidence", "verify"]).well();
        let waiting = std::fs::read_dir(bench.folder.path().join("berkas/unggahan")).unwrap().count();
        assert_eq!(waiting, 0, "nothing half uploaded is left");
    });
}

on_both_and_bucket!(every_acknowledged_file_and_report_outlives_fifty_kills, async |db| {
    let bench = Bench::new(db);
    let mut reports = rows(&lead_of_the_demo(&bench.serve(&["--demo"])).await).await;
    assert_eq!(reports.len(), WRITERS, "June can be filled in");
    let mut acknowledged = Vec::new();
    for round in 1..=ROUNDS {
        let served = bench.serve(&["--demo"]);
        let lead = lead_of_the_demo(&served).await;
        let month = lead.get(JUNE).await.text();
        for row in &mut reports {
            let found = [&row.sent, &row.acknowledged].into_iter().find(|note| month.contains(note.as_str()));
            row.acknowledged = found.unwrap_or_else(|| panic!("round {round}: {row:?} is gone")).clone();
        }
        let files: Vec<_> =
            (0..WRITERS).map(|writer| send_files(lead.clone(), format!("bukti {round}-{writer}"))).collect();
        let told: Vec<_> = reports
            .into_iter()
            .enumerate()
            .map(|(writer, row)| report(lead.clone(), row, format!("laporan {round}-{writer}")))
            .collect();
        tokio::time::sleep(Duration::from_millis(120 + 7 * round)).await;
        drop(served);
        for writer in files {
            acknowledged.extend(writer.await.unwrap());
        }
        reports = Vec::new();
        for writer in told {
            reports.push(writer.await.unwrap());
        }
    }
    assert!(!acknowledged.is_empty(), "nothing was acknowledged");
    bench.run(&["evidence", "verify"]).well();
    bench.run(&["audit", "verify"]).well();
    let found = titles(&lead_of_the_demo(&bench.serve(&["--demo"])).await).await;
    let lost: Vec<_> = acknowledged.iter().filter(|name| !found.contains(*name)).collect();
    assert!(lost.is_empty(), "{lost:?} were acknowledged and are gone");
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
