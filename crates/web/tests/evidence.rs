//! Evidence through the front door, on both databases: kept once, superseded, resumed, refused, found again.

#![cfg(test)]

use bening_core::plan::export::PlanExport;
use bening_store::files::Bucket;
use bening_testkit::{Answer, TestDatabase, TestSite, Visitor, on_both, on_both_and_bucket};
use reqwest::Method;
use reqwest::multipart::{Form, Part};

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
