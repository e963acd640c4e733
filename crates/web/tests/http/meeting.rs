//! Meetings: who may hold them, who signs when, and what becomes of decisions.

use bening_core::meeting::Capacity;
use bening_store::meeting as store;
use bening_testkit::{TestSite, Visitor, on_both};
use reqwest::StatusCode;

use crate::ground::{approve, assert_done, assert_says};

const TODAY: &str = "2020-06-15";

/// Address of a meeting that the lead held on a day, and the address of its attendance list.
async fn held(site: &TestSite, lead: &Visitor, on: &str) -> (String, String) {
    let everybody = ["ketua", "direktur", "anggota"].map(|login| site.agency.person(login).to_string());
    let mut fields = vec![
        ("jenis", "monev"),
        ("judul", "Rapat monev Juni 2020"),
        ("tanggal", on),
        ("pukul", "09.00"),
        ("tempat", "Ruang rapat"),
        ("agenda", "Realisasi\nKendala"),
        ("tamu", ""),
    ];
    fields.extend(everybody.iter().map(|id| ("undang", id.as_str())));
    let sent = lead.post("/unit/AIR/rapat", &fields).await;
    assert_done(&sent);
    let at = sent.location.clone().unwrap();
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    let meeting = store::by_id(&site.store, id).await.unwrap().unwrap();
    (at, format!("/hadir/{}", meeting.token))
}

async fn present(site: &TestSite, at: &str) -> Vec<(String, Capacity)> {
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    let list = store::present(&site.store, &[id]).await.unwrap();
    list.into_iter().map(|one| (one.name, one.capacity)).collect()
}

on_both!(staff_sign_with_one_press_and_guests_write_who_they_are_each_once, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, code) = held(&site, &lead, TODAY).await;
    let head = site.sign_in("direktur").await;
    assert!(head.get(&code).await.text().contains("Saya hadir"));
    assert_done(&head.post(&code, &[("saya", "1")]).await);
    let guest = site.visitor();
    let fields = [("nama", "Auditor <b>Ani</b>"), ("jabatan", "Inspektorat")];
    assert_done(&guest.post(&code, &fields).await);
    let again = StatusCode::UNPROCESSABLE_ENTITY;
    assert_says(&head.post(&code, &[("saya", "1")]).await, again, "sudah ada pada daftar hadir");
    assert_says(&guest.post(&code, &fields).await, again, "sudah ada pada daftar hadir");
    assert_says(&guest.post(&code, &[("nama", " "), ("jabatan", "")]).await, again, "tulis nama");
    let list = present(&site, &at).await;
    assert_eq!(list.len(), 2, "{list:?}");
    assert_eq!(list[0].1, Capacity::Head, "that the head was there is known");
    assert_eq!(list[1], ("Auditor <b>Ani</b>".to_owned(), Capacity::Guest));
    assert!(!lead.get(&at).await.body.contains("<b>Ani"), "what guests type is text");
});

on_both!(nobody_signs_in_the_name_of_somebody_whose_browser_was_lured, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, code) = held(&site, &lead, TODAY).await;
    let lured = site.sign_in("direktur").await.with_token("bukan-token");
    assert_ne!(lured.post(&code, &[("saya", "1")]).await.status, StatusCode::SEE_OTHER);
    assert!(present(&site, &at).await.is_empty());
});

on_both!(the_code_holds_on_the_day_of_the_meeting_and_on_no_other, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    for day in ["2020-06-14", "2020-06-16"] {
        let (at, code) = held(&site, &lead, day).await;
        assert!(site.visitor().get(&code).await.texts("form[action^='/hadir']").is_empty());
        let refused = site.visitor().post(&code, &[("nama", "Ani"), ("jabatan", "Tamu")]).await;
        assert_says(&refused, StatusCode::UNPROCESSABLE_ENTITY, "hari rapat");
        assert!(present(&site, &at).await.is_empty());
    }
    assert_eq!(site.visitor().get("/hadir/tebakan").await.status, StatusCode::NOT_FOUND);
});

on_both!(minutes_are_written_from_the_day_on_and_decisions_become_follow_ups, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let minutes = [("notula", "Dibahas."), ("keputusan", "Susun SOP\nUnggah SK")];
    let (tomorrow, _) = held(&site, &lead, "2020-06-16").await;
    let early = lead.post(&format!("{tomorrow}/notula"), &minutes).await;
    assert_says(&early, StatusCode::UNPROCESSABLE_ENTITY, "mulai hari rapat");
    let (at, _) = held(&site, &lead, TODAY).await;
    assert_eq!(lead.get(&format!("{at}/cetak/notula/pdf")).await.status, StatusCode::NOT_FOUND);
    assert_done(&lead.post(&format!("{at}/notula"), &minutes).await);
    let page = lead.get(&at).await;
    assert_eq!(page.texts("#notula ol a.btn").len(), 2, "each decision can become a follow-up");
    let origin = "Rapat monev Juni 2020 15 Juni 2020";
    let person = site.agency.person("anggota").to_string();
    let entry = [
        ("tahun", "2020"),
        ("sumber", "rapat"),
        ("asal", origin),
        ("temuan", "Susun SOP"),
        ("sebab", ""),
        ("tindakan", "Susun SOP pelayanan"),
        ("orang", &*person),
        ("batas", "2020-07-01"),
    ];
    assert_done(&lead.post("/unit/AIR/tindak-lanjut", &entry).await);
    let page = lead.get(&at).await;
    assert!(page.texts("#notula ol").concat().contains("Tindak lanjut no. 1"), "{}", page.text());
    assert_eq!(page.texts("#notula ol a.btn").len(), 1);
    for paper in ["undangan/pdf", "undangan/docx", "daftar-hadir/pdf", "notula/pdf", "notula/docx"] {
        let printed = lead.get(&format!("{at}/cetak/{paper}")).await;
        assert_eq!(printed.status, StatusCode::OK, "{paper}");
        assert!(!printed.body.contains("{unit}") && !printed.body.contains("{rapat}"), "{paper}");
    }
    let stranger = site.sign_in("asing").await;
    assert_eq!(stranger.get(&at).await.status, StatusCode::NOT_FOUND);
});

on_both!(that_the_head_was_at_the_meetings_is_a_fact_of_the_worksheet, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let lead = site.sign_in("ketua").await;
    assert_done(&lead.post("/unit/AIR/lke/2020", &[("edisi", "permenpanrb-52-2014")]).await);
    let question = "/unit/AIR/lke/2020/pertanyaan/MP-P3b";
    let offer = lead.get(question).await.texts("#usulan").concat();
    assert!(offer.contains("Belum dapat diusulkan") && offer.contains("rapat monev"), "{offer}");
    let (at, _) = held(&site, &lead, "2020-05-20").await;
    let head = site.agency.person("direktur").to_string();
    assert_done(&lead.post(&format!("{at}/kehadiran"), &[("orang", &*head)]).await);
    let offer = lead.get(question).await.texts("#usulan").concat();
    assert!(offer.contains("Jawaban B") && offer.contains("dihadiri pimpinan: 1 dari"), "{offer}");
});
