//! The desk of the national team: verdicts with a note, each institution its part, objections in time, what others see
//! when; and what guiding a unit once more writes into its next plan.

use bening_core::candidacy::Stage;
use bening_core::lke::{Filled, Layer};
use bening_testkit::{Answer, TestSite, Visitor, on_both};
use reqwest::StatusCode;

use crate::assessment::{sheet, submitted};
use crate::candidacy::standing_at;
use crate::ground::{assert_done, assert_says, trail_rows};

const ROAD: &str = "/unit/AIR/predikat";
const DESK: &str = "/unit/AIR/predikat/penilaian";
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

async fn judge(who: &Visitor, stage: &str, item: &str, seen: &str, said: [&str; 2]) -> Answer {
    let names = ["putusan", "catatan", "dilihat"].map(|name| format!("{name}-{item}"));
    let [verdict, note] = said;
    let fields: Vec<_> = names.iter().map(String::as_str).zip([verdict, note, seen]).collect();
    who.post(&format!("{DESK}/{stage}"), &fields).await
}

async fn take(who: &Visitor, code: &str, seen: &str, on: &str) -> Answer {
    let fields = [
        ("dilihat", seen),
        ("tanggal", on),
        ("nomor", "7/KEP/2020"),
        ("judul", "Keputusan"),
        ("alasan", "Alasan yang cukup panjang"),
    ];
    who.post(&format!("{ROAD}/langkah/{code}"), &fields).await
}

on_both!(a_verdict_needs_its_note_and_older_ones_stay, async |db| {
    let site = TestSite::start(db).await;
    standing_at(&site, "WBK", Stage::AdminSelection).await;
    let tpn = site.sign_in("tpn").await;
    let trail = trail_rows(&site).await;
    let without = judge(&tpn, "admin_selection", "sptjm", "1", ["tidak-memenuhi", "kurang"]).await;
    assert_says(&without, REFUSED, "catatan wajib diisi");
    assert_eq!(without.texts("[name=catatan-sptjm]"), ["kurang"], "nothing typed is lost");
    assert_eq!(trail_rows(&site).await, trail, "a refused form leaves nothing");
    let why = "Tidak ditandatangani pimpinan instansi";
    assert_done(&judge(&tpn, "admin_selection", "sptjm", "1", ["tidak-memenuhi", why]).await);
    let page = tpn.get(DESK).await;
    assert_says(&page, StatusCode::OK, why);
    assert_says(&page, StatusCode::OK, "Dilihat pada berkas usulan");
    let late = judge(&tpn, "admin_selection", "sptjm", "1", ["memenuhi", "Sudah ditandatangani"]).await;
    assert_says(&late, StatusCode::CONFLICT, "Orang lain sudah menulis");
    let elsewhere = judge(&tpn, "panel", "nilai", "0", ["memenuhi", "Belum waktunya dinilai"]).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND, "a stage that was never reached has no form");
});

on_both!(each_institution_sees_and_judges_its_part, async |db| {
    let site = TestSite::start(db).await;
    standing_at(&site, "WBK", Stage::AdminSelection).await;
    let (kpk, ombudsman) = (site.sign_in("kpk").await, site.sign_in("ombudsman").await);
    assert_eq!(
        kpk.get(DESK).await.texts(".appraisal b"),
        ["Tindak lanjut hasil pemeriksaan", "LHKPN dan LHKASN"]
    );
    assert_eq!(ombudsman.get(DESK).await.texts(".appraisal b"), ["Laporan survei"]);
    let why = ["tidak-memenuhi", "Dua wajib lapor belum melapor"];
    assert_says(&judge(&ombudsman, "admin_selection", "lhkpn", "1", why).await, REFUSED, "bagian KPK");
    assert_done(&judge(&kpk, "admin_selection", "lhkpn", "1", why).await);
    assert_says(&kpk.get("/predikat/nasional").await, StatusCode::OK, "1 tidak memenuhi");
    for login in ["ketua", "kepala", "tpi"] {
        let other = site.sign_in(login).await;
        assert_eq!(other.get("/predikat/nasional").await.status, StatusCode::FORBIDDEN, "{login}");
        assert_eq!(
            judge(&other, "admin_selection", "lhkpn", "2", why).await.status,
            StatusCode::FORBIDDEN,
            "{login}"
        );
    }
});

on_both!(an_objection_comes_after_the_verdicts_and_before_its_last_day, async |db| {
    let site = TestSite::start(db).await;
    standing_at(&site, "WBK", Stage::AdminSelection).await;
    let (tpn, admin) = (site.sign_in("tpn").await, site.sign_in("admin").await);
    let why = "Tidak ditandatangani pimpinan instansi";
    assert_done(&judge(&tpn, "admin_selection", "sptjm", "1", ["tidak-memenuhi", why]).await);
    let on = take(&tpn, "analisis-dokumen", "1", "2020-06-15").await;
    assert_says(&on, REFUSED, "Surat pernyataan tanggung jawab mutlak");
    let objection = [("sanggahan-sptjm", "Tanda tangan ada pada halaman dua"), ("dilihat-sptjm", "2")];
    let address = format!("{DESK}/admin_selection/sanggahan");
    assert_says(&admin.post(&address, &objection).await, REFUSED, "setelah langkah sanggahan dicatat");
    site.wait(8 * 24 * 3600);
    let (tpn, admin) = (site.sign_in("tpn").await, site.sign_in("admin").await);
    assert_says(&take(&admin, "sanggahan", "1", "2020-06-23").await, REFUSED, "Batas waktu");
    assert_done(&take(&admin, "sanggahan", "1", "2020-06-22").await);
    assert_done(&admin.post(&address, &objection).await);
    assert_says(&tpn.get("/predikat/nasional").await, StatusCode::OK, "1 disanggah");
    let again = ["memenuhi", "Tanda tangan ditemukan di halaman dua"];
    assert_done(&judge(&tpn, "admin_selection", "sptjm", "3", again).await);
    assert_done(&take(&tpn, "analisis-dokumen", "2", "2020-06-23").await);
    assert_says(&admin.get(DESK).await, StatusCode::OK, "Tanda tangan ada pada halaman dua");
});

on_both!(people_of_the_agency_read_a_form_when_it_is_finished_with, async |db| {
    let site = TestSite::start(db).await;
    standing_at(&site, "WBK", Stage::Interview).await;
    let (lead, tpn) = (site.sign_in("ketua").await, site.sign_in("tpn").await);
    assert!(!lead.get(DESK).await.body.contains("Dilihat pada berkas usulan"));
    assert_eq!(lead.get(&format!("{DESK}/interview/cetak/pdf")).await.status, StatusCode::FORBIDDEN);
    assert_done(&take(&tpn, "observasi-lapangan", "1", "2020-06-15").await);
    assert_says(&lead.get(DESK).await, StatusCode::OK, "Dilihat pada berkas usulan");
    for format in ["pdf", "docx"] {
        let paper = lead.get(&format!("{DESK}/interview/cetak/{format}")).await;
        assert_eq!(paper.status, StatusCode::OK, "{format}");
    }
    let onward = take(&tpn, "panel", "2", "2020-06-15").await;
    assert_says(&onward, REFUSED, "baru ada untuk 0 dari 4");
});

on_both!(guiding_once_more_writes_the_points_lost_into_the_next_plan_once, async |db| {
    let site = TestSite::start(db).await;
    standing_at(&site, "WBK", Stage::Analysis).await;
    let nothing = Filled { state: submitted(&site), round: 1, entries: [].into() };
    let unit = site.agency.unit.clone();
    sheet(&site, &unit, [(Layer::Unit, nothing.clone()), (Layer::TpiController, nothing)]).await;
    let (tpn, lead) = (site.sign_in("tpn").await, site.sign_in("ketua").await);
    assert_eq!(lead.get(&format!("{ROAD}/pembinaan")).await.status, StatusCode::NOT_FOUND);
    assert_done(&take(&tpn, "pembinaan-kembali", "1", "2020-06-15").await);
    assert_says(&lead.get(&format!("{ROAD}/pembinaan")).await, StatusCode::OK, "MP-P1a");
    let plan = || async { lead.get("/unit/AIR/rencana/2021/ekspor/json").await.body };
    let written = plan().await;
    assert_eq!(written.matches("Perbaiki MP-P1a:").count(), 1, "{written}");
    assert!(!written.contains("Perbaiki BA-"), "results are no actions");
    assert_done(&lead.post(&format!("{ROAD}/pembinaan"), &[]).await);
    assert_eq!(plan().await.matches("Perbaiki ").count(), written.matches("Perbaiki ").count(), "once");
    assert_eq!(tpn.post(&format!("{ROAD}/pembinaan"), &[]).await.status, StatusCode::FORBIDDEN);
});
