//! The evaluation report: written by assessors, issued once with a number, then the same for everybody.

use bening_testkit::{TestSite, Visitor, on_both};
use reqwest::StatusCode;

use crate::ground::{assert_done, assert_says, trail_rows};
use crate::lke::{SHEET, answer, begin};

const LHE: &str = "/unit/AIR/lke/2020/lhe";

/// What assessors write into the report of the agency's unit.
pub(crate) const WORDING: [(&str, &str); 11] = [
    ("tanggal", "2020-06-15"),
    ("kota", "Jakarta"),
    ("tujuan", "Direktur Air Bersih"),
    ("surat_tugas", "ST-1/2020"),
    ("tanggal_tugas", "2020-01-02"),
    ("periode", "Januari s.d. Desember 2020"),
    ("dasar", "Peraturan Menteri Contoh Nomor 1 Tahun 2020"),
    ("rekomendasi", "WBK"),
    ("saran", "Lengkapi notulen rapat <b>bulanan</b>."),
    ("jabatan", "Pengendali Teknis"),
    ("nama", "Dalnis"),
];

/// The worksheet through all three seats of the internal team; the controller.
async fn assessed(site: &TestSite) -> Visitor {
    let lead = begin(site).await;
    answer(&lead, "MP-P1a", "Ya").await;
    let submit = format!("{SHEET}/pengajuan");
    assert_done(&lead.post(&submit, &[]).await);
    let member = site.sign_in("tpi").await;
    assert_done(&member.post(&format!("{SHEET}/persetujuan/MP-P1"), &[]).await);
    for login in ["tpi", "tpi-ketua", "dalnis"] {
        assert_done(&site.sign_in(login).await.post(&submit, &[]).await);
    }
    site.sign_in("dalnis").await
}

on_both!(a_report_is_written_issued_once_and_then_read_by_the_unit, async |db| {
    let site = TestSite::start(db).await;
    let (controller, lead) = (assessed(&site).await, site.sign_in("ketua").await);
    assert_says(&lead.get(LHE).await, StatusCode::OK, "Laporan hasil evaluasi belum diterbitkan");
    assert_eq!(lead.get(&format!("{LHE}/pdf")).await.status, StatusCode::NOT_FOUND);
    assert_done(&controller.post(LHE, &WORDING).await);
    let draft = controller.get(LHE).await;
    assert_says(&draft, StatusCode::OK, "Semua isian lengkap.");
    assert_says(&draft, StatusCode::OK, "syaratnya belum terpenuhi atau belum diketahui");
    assert!(!draft.body.contains("<b>bulanan</b>"), "what people typed is text");
    assert_done(&controller.post(&format!("{LHE}/penerbitan"), &[]).await);
    let issued = lead.get(LHE).await;
    assert_says(&issued, StatusCode::OK, "001/LHE.ZI/AIR/VI/2020");
    for format in ["pdf", "docx"] {
        assert_eq!(lead.get(&format!("{LHE}/{format}")).await.status, StatusCode::OK, "{format}");
    }
    let before = trail_rows(&site).await;
    let again = controller.post(&format!("{LHE}/penerbitan"), &[]).await;
    assert_says(&again, StatusCode::UNPROCESSABLE_ENTITY, "sudah terbit dengan nomor");
    assert_eq!(trail_rows(&site).await, before);
});

on_both!(a_report_that_lacks_something_is_not_issued_and_draws_no_number, async |db| {
    let site = TestSite::start(db).await;
    let controller = assessed(&site).await;
    let issue = format!("{LHE}/penerbitan");
    let early = controller.post(&issue, &[]).await;
    assert_says(&early, StatusCode::UNPROCESSABLE_ENTITY, "rekomendasi belum dipilih");
    let with = |name: &'static str, value: &'static str| {
        WORDING.map(|(field, typed)| if field == name { (field, value) } else { (field, typed) })
    };
    let unknown = controller.post(LHE, &with("rekomendasi", "emas")).await;
    assert_says(&unknown, StatusCode::UNPROCESSABLE_ENTITY, "Predikat \"emas\" tidak ada");
    let no_day = controller.post(LHE, &with("tanggal", "kemarin")).await;
    assert_says(&no_day, StatusCode::UNPROCESSABLE_ENTITY, "tahun-bulan-hari");
    assert!(no_day.body.contains("Lengkapi notulen"), "what was typed comes back");
    assert_done(&controller.post(LHE, &with("tanggal", "2020-06-30")).await);
    let ahead = controller.post(&issue, &[]).await;
    assert_eq!(ahead.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", ahead.body);
    assert_done(&controller.post(LHE, &WORDING).await);
    assert_says(&controller.get(LHE).await, StatusCode::OK, "001/LHE.ZI/AIR");
});

on_both!(only_the_controller_issues_and_the_unit_writes_nothing, async |db| {
    let site = TestSite::start(db).await;
    let controller = assessed(&site).await;
    assert_done(&controller.post(LHE, &WORDING).await);
    let issue = format!("{LHE}/penerbitan");
    for login in ["ketua", "direktur", "tpi"] {
        let somebody = site.sign_in(login).await;
        assert_eq!(somebody.post(&issue, &[]).await.status, StatusCode::FORBIDDEN, "{login}");
    }
    for login in ["ketua", "direktur"] {
        let somebody = site.sign_in(login).await;
        assert_eq!(somebody.post(LHE, &WORDING).await.status, StatusCode::FORBIDDEN, "{login}");
    }
});
