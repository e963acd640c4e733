//! Evidence on lines of registers: opened by who may open the line, and one piece for many uses.

use bening_core::plan::export::PlanExport;
use bening_testkit::{Answer, TestDatabase, TestSite, Visitor, on_both};
use reqwest::Method;
use reqwest::multipart::{Form, Part};

const GIFT: [(&str, &str); 9] = [
    ("tahun", "2020"),
    ("k-barang", "Parsel buah"),
    ("k-jenis", "makanan"),
    ("k-nilai", "450000"),
    ("k-diterima", "2020-06-10"),
    ("k-sikap", "diterima"),
    ("k-peristiwa", "Idulfitri"),
    ("k-pemberi", "PT Contoh Bara"),
    ("k-hubungan", "wajib bayar"),
];

/// A gift that an employee reports: its page, and the word by which evidence is hung on it.
async fn gift(site: &TestSite, by: &Visitor) -> (String, String) {
    let made = by.post(&format!("/unit/{}/pengawasan/gratifikasi", site.agency.unit.code), &GIFT).await;
    let page = made.location.unwrap();
    let id = page.rsplit('/').next().unwrap().to_owned();
    (page, format!("baris.2020.gratifikasi.{id}"))
}

async fn bring(site: &TestSite, by: &Visitor, target: &str) -> Answer {
    let form = Form::new()
        .text("_csrf", by.token().to_owned())
        .text("jenis", "lain")
        .text("judul", "Foto parsel")
        .part("berkas", Part::bytes(b"%PDF-1.4 parsel".to_vec()).file_name("parsel.pdf"));
    let path = format!("/unit/{}/bukti?untuk={target}", site.agency.unit.code);
    by.send(by.request(Method::POST, &path).multipart(form)).await
}

/// Where the only piece of evidence is.
async fn piece(site: &TestSite) -> String {
    let kept = bening_store::evidence::of_unit(&site.store, site.agency.unit.id).await.unwrap();
    assert_eq!(kept.len(), 1);
    format!("/unit/{}/bukti/{}", site.agency.unit.code, kept[0].evidence.id)
}

/// The word of what the first action of the plan promises.
async fn promised(site: &TestSite, lead: &Visitor) -> String {
    let plan = lead.get(&format!("{}/ekspor/json", site.plan())).await;
    let plan: PlanExport = serde_json::from_str(&plan.body).unwrap();
    let found = plan.actions().find_map(|(_, _, action)| Some((action.id, action.evidence.first()?.id)));
    let (action, promised) = found.unwrap();
    format!("aksi.2020.{action}.{promised}")
}

on_both!(what_proves_a_line_of_keepers_is_hidden_from_colleagues, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let (author, colleague) = (site.sign_in("pegawai").await, site.sign_in("anggota").await);
    let (page, word) = gift(&site, &author).await;
    assert_eq!(bring(&site, &colleague, &word).await.status.as_u16(), 404);
    let done = bring(&site, &author, &word).await;
    assert_eq!(done.status.as_u16(), 303, "{}", done.body);
    let (piece, file) = (piece(&site).await, format!("{}/berkas/1", piece(&site).await));
    for who in ["pegawai", "ketua", "direktur"] {
        let who = site.sign_in(who).await;
        assert!(who.get(&page).await.body.contains("Foto parsel"));
        assert_eq!((who.get(&piece).await.status.as_u16(), who.get(&file).await.status.as_u16()), (200, 200));
    }
    let list = format!("/unit/{}/bukti", site.agency.unit.code);
    for who in ["anggota", "tpi", "admin", "asing"] {
        let who = site.sign_in(who).await;
        assert_eq!((who.get(&piece).await.status.as_u16(), who.get(&file).await.status.as_u16()), (404, 404));
        assert!(!who.get(&list).await.body.contains("Foto parsel"));
    }
});

on_both!(a_piece_that_also_proves_an_action_is_as_open_as_the_action, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let (author, lead) = (site.sign_in("pegawai").await, site.sign_in("ketua").await);
    let (page, word) = gift(&site, &author).await;
    bring(&site, &author, &word).await;
    let (piece, colleague) = (piece(&site).await, site.sign_in("anggota").await);
    assert_eq!(colleague.get(&piece).await.status.as_u16(), 404);
    let action = promised(&site, &lead).await;
    let used = lead.post(&format!("{piece}/pemakaian"), &[("untuk", &action)]).await;
    assert_eq!(used.status.as_u16(), 303, "{}", used.body);
    assert_eq!(colleague.get(&piece).await.status.as_u16(), 200);
    assert_eq!(colleague.get(&page).await.status.as_u16(), 404, "the line stays where it was");
});
