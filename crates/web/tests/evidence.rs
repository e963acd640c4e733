//! Evidence through the front door, on both databases: kept once, superseded, resumed, refused, found again.

#![cfg(test)]

use bening_core::plan::export::PlanExport;
use std::io::{Cursor, Read};

use bening_core::audit::Entry;
use bening_core::evidence::{Details, Evidence, Secrecy};
use bening_core::id::ProofId;
use bening_store::evidence as store;
use bening_store::files::Bucket;
use bening_testkit::{Answer, TestDatabase, TestSite, Visitor, on_both, on_both_and_bucket};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use sha2::{Digest, Sha256};

const PDF: &[u8] = b"%PDF-1.4\n% sebuah surat keputusan\n%%EOF";

fn register(site: &TestSite) -> String {
    format!("/unit/{}/bukti", site.agency.unit.code)
}

async fn bring(who: &Visitor, path: &str, name: &str, bytes: &[u8]) -> Answer {
    let form = Form::new()
        .text("_csrf", who.token().to_owned())
        .text("jenis", "sk")
        .text("berlaku", "2020")
        .part("berkas", Part::bytes(bytes.to_vec()).file_name(name.to_owned()));
    who.send(who.request(Method::POST, path).multipart(form)).await
}

async fn kept(site: &TestSite) -> Vec<bening_core::evidence::Kept> {
    bening_store::evidence::of_unit(&site.store, site.agency.unit.id).await.unwrap()
}

/// How many files lie in the place of files: as many as a register that names none would leave over.
async fn files(site: &TestSite) -> usize {
    let far = chrono::DateTime::<chrono::Utc>::MAX_UTC;
    site.store.files().unwrap().orphans(&[], far).await.unwrap().len()
}

on_both_and_bucket!(the_same_file_of_two_people_at_once_lies_there_once, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let path = register(&site);
    let (one, other) =
        tokio::join!(bring(&lead, &path, "SK.pdf", PDF), bring(&lead, &path, "sk lagi.pdf", PDF));
    assert_eq!((one.status.as_u16(), other.status.as_u16()), (303, 303), "{} {}", one.body, other.body);
    assert_eq!(kept(&site).await.len(), 2);
    assert_eq!(files(&site).await, 1);
});

on_both_and_bucket!(
    a_new_version_supersedes_the_old_one_which_can_still_be_opened,
    async |database: TestDatabase| {
        let site = TestSite::start(database).await;
        let lead = site.sign_in("ketua").await;
        bring(&lead, &register(&site), "SK.pdf", PDF).await;
        let page = format!("{}/{}", register(&site), kept(&site).await[0].evidence.id);
        let newer = [PDF, b"\nubahan"].concat();
        assert_eq!(bring(&lead, &format!("{page}/versi"), "SK 2.pdf", &newer).await.status.as_u16(), 303);
        let (old, new) =
            (lead.get(&format!("{page}/berkas/1")).await, lead.get(&format!("{page}/berkas/2")).await);
        assert_eq!((old.body.as_bytes(), new.body.as_bytes()), (PDF, newer.as_slice()));
        assert_eq!(new.headers["content-type"], "application/pdf");
        assert_eq!(new.headers["x-content-type-options"], "nosniff");
        assert_eq!(bring(&lead, &format!("{page}/versi"), "SK 2.pdf", &newer).await.status.as_u16(), 422);
        assert_eq!(site.sign_in("asing").await.get(&format!("{page}/berkas/1")).await.status.as_u16(), 404);
    }
);

on_both_and_bucket!(an_upload_cut_in_the_middle_goes_on_where_it_stands, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let uploads = format!("/unit/{}/unggahan", site.agency.unit.code);
    let size = PDF.len().to_string();
    let begun = lead.post(&uploads, &[("nama", "../../SK.pdf"), ("ukuran", &size)]).await;
    let id = begun.json()["id"].as_str().unwrap().to_owned();
    let piece = async |offset: usize, bytes: &'static [u8]| {
        let request = lead.request(Method::PATCH, &format!("{uploads}/{id}")).body(bytes);
        let request = request.header("upload-offset", offset).header("x-csrf-token", lead.token());
        lead.send(request).await
    };
    assert_eq!(piece(0, &PDF[..10]).await.status.as_u16(), 204);
    let wrong = piece(3, &PDF[3..]).await;
    assert_eq!((wrong.status.as_u16(), wrong.headers["upload-offset"].to_str().unwrap()), (409, "10"));
    let early = Form::new().text("_csrf", lead.token().to_owned()).text("unggahan", id.clone());
    let early = lead.send(lead.request(Method::POST, &register(&site)).multipart(early)).await;
    assert_eq!(early.status.as_u16(), 409, "half a file is not kept");
    assert!(kept(&site).await.is_empty());
    let stands = lead.send(lead.request(Method::HEAD, &format!("{uploads}/{id}"))).await;
    assert_eq!(stands.headers["upload-offset"], "10");
    let other = site.sign_in("direktur").await.get(&format!("{uploads}/{id}")).await;
    assert_eq!(other.status.as_u16(), 404, "nobody else goes on with it");
    assert_eq!(piece(10, &PDF[10..]).await.status.as_u16(), 204);
    let form =
        Form::new().text("_csrf", lead.token().to_owned()).text("jenis", "sk").text("unggahan", id.clone());
    let answer = lead.send(lead.request(Method::POST, &register(&site)).multipart(form)).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
    let all = kept(&site).await;
    assert_eq!((all.len(), all[0].versions[0].file.name.as_str()), (1, "SK.pdf"));
    assert!(site.store.files().unwrap().is_sound(&all[0].versions[0].file.sha256).await.unwrap());
});

on_both_and_bucket!(what_could_run_or_burst_is_refused_and_leaves_nothing, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let svg: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let polyglot = [b"<html><script>1</script>".as_slice(), PDF].concat();
    for (name, bytes) in
        [("gambar.pdf", svg), ("halaman.pdf", &polyglot), ("kosong.pdf", b""), ("x.pdf", b"MZ\x90\0\0")]
    {
        let answer = bring(&lead, &register(&site), name, bytes).await;
        assert_eq!(answer.status.as_u16(), 422, "{name}: {}", answer.body);
    }
    assert!(kept(&site).await.is_empty());
    assert_eq!(std::fs::read_dir(site.files().join("unggahan")).unwrap().count(), 0);
});

/// An archive of files with these names and contents.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

on_both!(
    documents_with_macros_and_bombs_are_refused_whatever_they_are_called,
    async |database: TestDatabase| {
        let site = TestSite::start(database).await;
        let lead = site.sign_in("ketua").await;
        let kinds: &[u8] = b"<Types><Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>";
        let names: Vec<String> = (0..5001).map(|number| format!("word/{number}")).collect();
        let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
        for (name, bytes, said) in [
            ("a.docx", zipped(&[("word/document.xml", b"<w/>"), ("word/vbaProject.bin", b"x")]), "makro"),
            ("b.docx", zipped(&[("[Content_Types].xml", kinds), ("word/document.xml", b"<w/>")]), "makro"),
            ("c.docx", zipped(&many), "mengembang"),
        ] {
            let answer = bring(&lead, &register(&site), name, &bytes).await;
            assert_eq!(answer.status.as_u16(), 422, "{name}");
            assert!(answer.text().contains(said), "{name}: {}", answer.text());
        }
        assert!(kept(&site).await.is_empty());
    }
);

on_both!(a_name_of_four_thousand_letters_is_cut_and_leads_nowhere_else, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let name = format!("../../{}.pdf", "é".repeat(4000));
    let answer = bring(&lead, &register(&site), &name, PDF).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    let file = kept(&site).await.remove(0).versions.remove(0).file;
    assert!(
        file.name.chars().count() < 300 && !file.name.contains('/') && file.name.ends_with(".pdf"),
        "{file:?}"
    );
    assert!(site.store.files().unwrap().is_sound(&file.sha256).await.unwrap());
});

on_both!(without_a_place_for_files_nothing_is_half_kept, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    std::fs::write(site.files(), "bukan folder").unwrap();
    let answer = bring(&lead, &register(&site), "SK.pdf", PDF).await;
    assert_eq!(answer.status.as_u16(), 503, "{}", answer.body);
    assert!(kept(&site).await.is_empty());
});

on_both!(a_bucket_that_does_not_answer_is_said_and_nothing_is_half_kept, async |database: TestDatabase| {
    let word = || "test".to_owned();
    let (endpoint, prefix) = ("http://127.0.0.1:9".to_owned(), String::new());
    let bucket = Bucket { endpoint, name: word(), region: word(), prefix, key: word(), secret: word() };
    let site = TestSite::over_bucket(database, bucket).await;
    let lead = site.sign_in("ketua").await;
    let answer = bring(&lead, &register(&site), "SK.pdf", PDF).await;
    assert_eq!(answer.status.as_u16(), 503, "{}", answer.body);
    assert!(!answer.body.contains("127.0.0.1:9"), "the address of the store is nobody's business");
    assert!(kept(&site).await.is_empty());
    assert_eq!(std::fs::read_dir(site.files().join("unggahan")).unwrap().count(), 0);
});

on_both_and_bucket!(
    evidence_of_an_action_is_ticked_off_and_that_of_another_year_warns,
    async |database: TestDatabase| {
        let site = TestSite::start(database).await;
        let lead = site.sign_in("ketua").await;
        let plan = lead.get(&format!("{}/ekspor/json", site.plan())).await;
        let plan: PlanExport = serde_json::from_str(&plan.body).unwrap();
        let promise =
            plan.actions().find_map(|(_, _, action)| Some((action.id, action.evidence.first()?.id)));
        let (action, promised) = promise.unwrap();
        let page = format!("{}/tindakan/{action}", site.plan());
        assert!(lead.get(&page).await.texts("#bukti")[0].contains("belum ada berkas"));
        let aim = format!("{}?untuk=aksi.2020.{action}.{promised}", register(&site));
        assert_eq!(lead.get(&aim).await.status.as_u16(), 200);
        bring(&lead, &aim, "SK Tim.pdf", PDF).await;
        let shown = &lead.get(&page).await.texts("#bukti")[0];
        assert!(shown.contains("SK Tim") && !shown.contains("bukti tahun lain"), "{shown}");
        let id = kept(&site).await[0].evidence.id;
        let fields = [("judul", "SK Tim"), ("jenis", "sk"), ("berlaku", "2019"), ("sifat", "open")];
        assert_eq!(lead.post(&format!("{}/{id}", register(&site)), &fields).await.status.as_u16(), 303);
        assert!(lead.get(&page).await.texts("#bukti")[0].contains("bukti tahun lain"));
        let used = kept(&site).await[0].uses[0].id;
        let detach = format!("{}/{id}/pemakaian/{used}/pembatalan", register(&site));
        assert_eq!(lead.post(&detach, &[]).await.status.as_u16(), 303);
        assert_eq!(kept(&site).await.len(), 1, "the evidence stays");
    }
);

/// A piece without a file, as old as its number is small.
fn piece(site: &TestSite, number: u32, secrecy: Secrecy) -> Evidence {
    let (owner, unit) = (site.agency.person("ketua"), site.agency.unit.id);
    let id = ProofId(uuid::Uuid::from_u128(u128::from(number)));
    let details = Details {
        title: format!("Daftar Hadir ÉTAPE {number:04}"),
        kind: if number.is_multiple_of(2) { "sk" } else { "lain" }.to_owned(),
        dated: chrono::NaiveDate::from_ymd_opt(2018 + i32::from(number > 100), 3, 1),
        number: format!("50%/{number}"),
        valid_for: None,
        secrecy,
    };
    let at = chrono::DateTime::UNIX_EPOCH;
    Evidence { id, unit, details, link: "https://contoh.go.id".to_owned(), owner, at }
}

async fn fill(site: &TestSite, pieces: impl Iterator<Item = Evidence>) {
    let tx = site.store.begin().await.unwrap();
    for piece in pieces {
        store::add(&tx, &piece).await.unwrap();
    }
    let entry = Entry::new(bening_core::audit::Actor::Console, "evidence.added", site.agency.unit.id.0);
    tx.commit(entry, chrono::DateTime::UNIX_EPOCH).await.unwrap();
}

on_both!(the_register_is_searched_and_paged_in_the_database, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    fill(&site, (1..=250).map(|number| piece(&site, number, Secrecy::Open))).await;
    let lead = site.sign_in("ketua").await;
    let rows = async |question: &str| {
        lead.get(&format!("{}{question}", register(&site))).await.texts("tbody tr td:first-child b")
    };
    assert_eq!(rows("?cari=%C3%A9tape+0007").await, ["Daftar Hadir ÉTAPE 0007"]);
    assert_eq!(rows("?cari=50%25/7+hadir").await.len(), 11, "a per-cent sign is a per-cent sign");
    assert_eq!(rows("?tahun=2018").await.len(), 100);
    assert_eq!(rows("?jenis=sk&tahun=2018").await.len(), 50);
    assert!(rows("?keadaan=berakhir").await.is_empty());
    assert_eq!(rows("?keadaan=lepas&cari=0250").await.len(), 1);
    let mut seen = rows("").await;
    let second = uuid::Uuid::from_u128(151);
    seen.extend(rows(&format!("?sesudah={second}")).await);
    let third = uuid::Uuid::from_u128(51);
    seen.extend(rows(&format!("?sesudah={third}")).await);
    let whole: Vec<String> = (1..=250).rev().map(|n| format!("Daftar Hadir ÉTAPE {n:04}")).collect();
    assert_eq!(seen, whole, "every piece once, the newest first");
});

on_both!(restricted_evidence_neither_shows_nor_hides_what_lies_behind_it, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    fill(&site, std::iter::once(piece(&site, 1, Secrecy::Open))).await;
    fill(&site, (2..=450).map(|number| piece(&site, number, Secrecy::Restricted))).await;
    let page = site.sign_in("pegawai").await.get(&register(&site)).await;
    assert_eq!(page.texts("tbody tr td:first-child b"), ["Daftar Hadir ÉTAPE 0001"]);
});

on_both!(a_monthly_report_carries_evidence_until_the_month_is_closed, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let (lead, member) = (site.sign_in("ketua").await, site.sign_in("anggota").await);
    let head = site.sign_in("direktur").await;
    let approval = head.post(&format!("{}/persetujuan", site.plan()), &[("catatan", "")]).await;
    assert_eq!(approval.status.as_u16(), 303, "{}", approval.body);
    let actions: Vec<_> = site.agency.plan.areas[0].components[0].actions.iter().map(|a| a.id).collect();
    let month = format!("/unit/{}/monev/2020/1", site.agency.unit.code);
    let aim = |action| format!("{}?untuk=monev.2020.1.{action}", register(&site));
    let fill = [("persen", "100"), ("uraian", "Dilaksanakan"), ("kendala", "")];
    for action in &actions[..2] {
        assert_eq!(member.post(&format!("{month}/tindakan/{action}"), &fill).await.status.as_u16(), 303);
    }
    assert!(member.get(&month).await.texts(".proofs")[0].contains("belum ada berkas"));
    assert_eq!(bring(&member, &aim(actions[0]), "Notula.pdf", PDF).await.status.as_u16(), 303);
    assert!(member.get(&month).await.texts(".proofs")[0].contains("Notula"));
    let stranger = site.sign_in("pegawai").await;
    assert_ne!(bring(&stranger, &aim(actions[1]), "x.pdf", PDF).await.status.as_u16(), 303);
    let future = format!("{}?untuk=monev.2020.12.{}", register(&site), actions[0]);
    assert_eq!(bring(&member, &future, "x.pdf", PDF).await.status.as_u16(), 422);
    for action in &actions[..2] {
        let verified = lead.post(&format!("{month}/tindakan/{action}/verifikasi"), &[]).await;
        assert_eq!(verified.status.as_u16(), 303, "{}", verified.body);
    }
    let closed = lead.post(&format!("{month}/penutupan"), &[("simpulan", "Baik")]).await;
    assert_eq!(closed.status.as_u16(), 303, "{}", closed.body);
    let late = bring(&member, &aim(actions[1]), "x.pdf", PDF).await;
    assert!(late.status.as_u16() == 422 && late.text().contains("sudah ditutup"), "{}", late.text());
    assert_eq!(kept(&site).await.len(), 1);
});

/// The worksheet of 2020 with files for two questions, the second one brought first.
async fn sheet_with_files(site: &TestSite, lead: &Visitor) -> String {
    let sheet = format!("/unit/{}/lke/2020", site.agency.unit.code);
    let begun = lead.post(&sheet, &[("edisi", "permenpanrb-52-2014")]).await;
    assert_eq!(begun.status.as_u16(), 303, "{}", begun.body);
    for (code, name, further) in
        [("MP-P1b", "../b.pdf", "b"), ("MP-P1a", "a.pdf", ""), ("MP-P1a", "b.pdf", "b")]
    {
        let aim = format!("{}?untuk=soal.2020.{code}", register(site));
        let brought = bring(lead, &aim, name, &[PDF, further.as_bytes()].concat()).await;
        assert_eq!(brought.status.as_u16(), 303, "{}", brought.body);
    }
    format!("{sheet}/bukti")
}

async fn fetched(who: &Visitor, path: &str, accepting: &str) -> Vec<u8> {
    let answer = who.request(Method::GET, path).header("accept-encoding", accepting).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    let is_packed = answer.headers().contains_key("content-encoding");
    let bytes = answer.bytes().await.unwrap().to_vec();
    if !is_packed {
        return bytes;
    }
    let mut whole = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut whole).unwrap();
    whole
}

on_both_and_bucket!(
    the_zip_of_evidence_lies_in_the_order_of_the_form_with_its_hashes,
    async |db: TestDatabase| {
        let site = TestSite::start(db).await;
        let lead = site.sign_in("ketua").await;
        let packs = sheet_with_files(&site, &lead).await;
        for accepting in ["identity", "gzip"] {
            let bytes = fetched(&lead, &format!("{packs}/MP"), accepting).await;
            let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
            let files = ["001-MP-P1a/01-a.pdf", "001-MP-P1a/02-b.pdf", "002-MP-P1b/01-b.pdf"];
            assert_eq!(
                names,
                [&["00-indeks.xlsx", "00-sidik-sha256.txt"], &files[..]].concat(),
                "{accepting}"
            );
            let mut manifest = String::new();
            zip.by_name("00-sidik-sha256.txt").unwrap().read_to_string(&mut manifest).unwrap();
            let mut listed = String::new();
            for name in files {
                let mut contents = Vec::new();
                zip.by_name(name).unwrap().read_to_end(&mut contents).unwrap();
                listed += &format!("{}  {name}\n", hex::encode(Sha256::digest(&contents)));
            }
            assert_eq!(manifest, listed, "each line is the hash of the file it names");
            let mut index = String::new();
            zip.by_name("00-indeks.xlsx").unwrap().read_to_string(&mut index).unwrap();
            assert!(files.iter().all(|name| index.contains(name)), "{index}");
        }
        let one = fetched(&lead, &format!("{packs}/MP-P1b"), "identity").await;
        assert_eq!(zip::ZipArchive::new(Cursor::new(one)).unwrap().len(), 3);
        let empty = lead.get(&format!("{packs}/MP-P2a")).await;
        assert_ne!(empty.status.as_u16(), 200, "no ZIP without files");
        assert_eq!(site.sign_in("asing").await.get(&format!("{packs}/MP")).await.status.as_u16(), 404);
    }
);
