//! Suggested answers from records: shown with what they rest on, taken or set aside by people, never written by
//! themselves.

use bening_core::lke::Layer;
use bening_core::scoring::Answer;
use bening_core::time::Year;
use bening_testkit::{TestSite, Visitor, on_both};
use reqwest::StatusCode;

use crate::ground::{approve, assert_done, assert_says};

const SHEET: &str = "/unit/AIR/lke/2020";
const NOTHING: &str = r#"{"answer":null,"note":""}"#;

async fn begun(site: &TestSite) -> Visitor {
    let lead = site.sign_in("ketua").await;
    assert_done(&lead.post(SHEET, &[("edisi", "permenpanrb-52-2014")]).await);
    lead
}

async fn stored(site: &TestSite, code: &str) -> Option<(Option<Answer>, String)> {
    let year = Year::new(2020).unwrap();
    let lke = bening_store::lke::find(&site.store, site.agency.unit.id, year).await.unwrap().unwrap();
    lke.entry(Layer::Unit, code).map(|entry| (entry.answer.clone(), entry.note.clone()))
}

fn question(code: &str) -> String {
    format!("{SHEET}/pertanyaan/{code}")
}

on_both!(what_the_records_say_is_suggested_and_becomes_the_answer_when_somebody_accepts, async |db| {
    let site = TestSite::start(db).await;
    let lead = begun(&site).await;
    let page = lead.get(&question("MP-P2a")).await;
    assert!(page.texts("#usulan").concat().contains("Jawaban Tidak"), "{}", page.text());
    approve(&site).await;
    let page = lead.get(&question("MP-P2a")).await;
    let offer = page.texts("#usulan").concat();
    assert!(offer.contains("Jawaban Ya") && offer.contains("rencana kerja disetujui"), "{offer}");
    assert!(offer.contains("butir A.I.2.a"), "the rule says where it comes from: {offer}");
    assert!(lead.get(SHEET).await.texts("#d-MP-P2a").concat().contains("usulan catatan"));
    assert_eq!(stored(&site, "MP-P2a").await, None, "a suggestion never writes by itself");

    let to = format!("{}/usulan", question("MP-P2a"));
    let stale = [("kunci", "aturan.rencana-kerja"), ("usul", "Tidak"), ("was", NOTHING)];
    assert_says(&lead.post(&to, &stale).await, StatusCode::UNPROCESSABLE_ENTITY, "muat ulang halaman");
    let taken = [("kunci", "aturan.rencana-kerja"), ("usul", "Ya"), ("was", NOTHING)];
    assert_done(&lead.post(&to, &taken).await);
    let (answer, note) = stored(&site, "MP-P2a").await.unwrap();
    assert_eq!(answer, Some(Answer::Choice("Ya".to_owned())));
    assert!(note.contains("rencana kerja disetujui: ya"), "the note says where it comes from: {note}");
    let line = lead.get(&format!("{SHEET}/usulan?keadaan=diterima")).await.texts("#usulan tbody tr");
    assert_eq!(line.len(), 1, "{line:?}");
    assert!(line[0].contains("MP-P2a"), "{line:?}");
    assert!(lead.get(SHEET).await.texts("#d-MP-P2a").concat().is_empty());
});

on_both!(what_is_set_aside_stays_with_its_reason_until_the_records_say_something_else, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let lead = begun(&site).await;
    let offer = lead.get(&question("MP-P3a")).await.texts("#usulan").concat();
    assert!(offer.contains("Jawaban D") && offer.contains("0 dari"), "{offer}");
    let to = format!("{}/usulan/pengesampingan", question("MP-P3a"));
    let aside = |reason: &'static str| {
        [("kunci", "aturan.kegiatan-sesuai-rencana"), ("usul", "D"), ("alasan", reason)]
    };
    assert_says(&lead.post(&to, &aside("tidak")).await, StatusCode::UNPROCESSABLE_ENTITY, "paling sedikit");
    assert_done(&lead.post(&to, &aside("Laporan Januari belum dimasukkan PIC")).await);
    assert_eq!(stored(&site, "MP-P3a").await, None);
    let page = lead.get(&question("MP-P3a")).await.texts("#usulan").concat();
    assert!(page.contains("dikesampingkan") && page.contains("belum dimasukkan PIC"), "{page}");
    assert!(lead.get(SHEET).await.texts("#d-MP-P3a").concat().is_empty(), "and the sheet is quiet about it");

    let action = &site.agency.plan.areas[0].components[0].actions[0];
    let told = [("persen", "100"), ("uraian", "SK terbit"), ("kendala", "")];
    let row = format!("/unit/AIR/monev/2020/1/tindakan/{}", action.id);
    assert_done(&site.sign_in("anggota").await.post(&row, &told).await);
    let page = lead.get(&format!("{SHEET}/usulan?keadaan=berubah")).await.texts("#usulan tbody tr").concat();
    assert!(page.contains("MP-P3a") && page.contains("belum dimasukkan PIC"), "{page}");
});

on_both!(a_rule_without_records_suggests_nothing_and_says_which_are_missing, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let lead = begun(&site).await;
    let page = lead.get(&question("MP-P3c")).await;
    let offer = page.texts("#usulan").concat();
    assert!(offer.contains("Belum dapat diusulkan") && offer.contains("tindak lanjut"), "{offer}");
    assert!(page.body.contains("/unit/AIR/tindak-lanjut?tahun=2020"), "and where they are entered");
    let to = format!("{}/usulan", question("MP-P3c"));
    let sent = [("kunci", "aturan.rekomendasi-monev"), ("usul", "D"), ("was", NOTHING)];
    assert_says(&lead.post(&to, &sent).await, StatusCode::UNPROCESSABLE_ENTITY, "muat ulang halaman");
    let outsider = site.sign_in("asing").await;
    let aside = [("kunci", "aturan.rekomendasi-monev"), ("usul", "D"), ("alasan", "bukan urusan saya")];
    assert_eq!(outsider.post(&format!("{to}/pengesampingan"), &aside).await.status, StatusCode::NOT_FOUND);
});
