//! The worksheet on its way through the layers: submitting, freezing, assessing, sending back, history.

use bening_testkit::{TestSite, Visitor, on_both};
use reqwest::StatusCode;

use crate::ground::{assert_done, assert_says};
use crate::lke::{NOTHING, SHEET, answer, begin, put};

const REASON: &str = "Berita acara belum memuat semua unsur.";

/// A sheet whose unit said A to one question and submitted; the member of the internal team is at it.
async fn submitted(site: &TestSite) -> (Visitor, Visitor) {
    let lead = begin(site).await;
    answer(&lead, "MP-P1a", "Ya").await;
    answer(&lead, "MP-P1b", "A").await;
    assert_done(&lead.post(&format!("{SHEET}/pengajuan"), &[]).await);
    (lead, site.sign_in("tpi").await)
}

on_both!(a_submitted_layer_is_frozen_until_it_is_opened_again, async |db| {
    let site = TestSite::start(db).await;
    let (lead, _) = submitted(&site).await;
    let refused = put(&lead, "MP-P2a", NOTHING, &[("jawaban", "Ya")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("dibekukan"), "{}", refused.body);
    let open = format!("{SHEET}/pembatalan-pengajuan");
    assert_says(&lead.post(&open, &[("alasan", "ya")]).await, StatusCode::UNPROCESSABLE_ENTITY, "10 huruf");
    assert_done(&lead.post(&open, &[("alasan", "Ada bukti yang tertinggal.")]).await);
    answer(&lead, "MP-P2a", "Ya").await;
    assert_done(&lead.post(&format!("{SHEET}/pengajuan"), &[]).await);
    let history = lead.get(&format!("{SHEET}/riwayat")).await;
    assert_eq!(history.texts("#pengajuan td:nth-child(2)"), ["1", "2"]);
    let first = lead.get(&format!("{SHEET}/riwayat/unit/1")).await;
    assert_says(&first, StatusCode::OK, "seperti diajukan 15 Jun 2020");
    assert_ne!(first.text(), lead.get(&format!("{SHEET}/riwayat/unit/2")).await.text());
});

on_both!(an_assessor_who_differs_says_why_and_nobody_is_overwritten, async |db| {
    let site = TestSite::start(db).await;
    let (lead, member) = submitted(&site).await;
    let silent = put(&member, "MP-P1b", NOTHING, &[("jawaban", "B")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("alasan"), "{}", silent.body);
    let said = put(&member, "MP-P1b", NOTHING, &[("jawaban", "B"), ("catatan", REASON)]).await;
    assert_eq!(said.status, StatusCode::OK, "{}", said.body);
    let agreed = put(&member, "MP-P1a", NOTHING, &[("setuju", "ya")]).await;
    assert_eq!(agreed.json()["fields"]["jawaban"], "Ya");
    let row =
        member.get(SHEET).await.texts("#r-MP-P1b .lke-cell .on, #r-MP-P1b .lke-cell input[checked] + span");
    assert_eq!(row, ["A", "B"], "both layers stand beside each other");
    assert!(!lead.get(SHEET).await.text().contains(REASON), "drafts of the assessors are theirs");
    assert!(!lead.get(&format!("{SHEET}/pertanyaan/MP-P1b")).await.text().contains(REASON));
});

on_both!(the_unit_sees_the_assessment_when_the_last_assessor_submits, async |db| {
    let site = TestSite::start(db).await;
    let (lead, member) = submitted(&site).await;
    let submit = format!("{SHEET}/pengajuan");
    let early = member.post(&submit, &[]).await;
    assert_says(&early, StatusCode::UNPROCESSABLE_ENTITY, "belum dinilai");
    assert_done(&member.post(&format!("{SHEET}/persetujuan/MP-P1"), &[]).await);
    for login in ["tpi", "tpi-ketua", "dalnis"] {
        assert!(lead.get(SHEET).await.texts("th.lke-cell").iter().all(|side| side != "TPI"));
        assert_done(&site.sign_in(login).await.post(&submit, &[]).await);
    }
    assert_eq!(lead.get(SHEET).await.texts("#area-MP th.lke-cell"), ["Unit", "TPI"]);
});

on_both!(the_home_of_an_assessor_tells_whose_turn_a_worksheet_is, async |db| {
    let site = TestSite::start(db).await;
    let (lead, member) = submitted(&site).await;
    let named = async |who: &Visitor| who.get("/").await.texts("[aria-labelledby=menunggu-h] li a").len();
    assert_eq!(named(&lead).await, 0, "the unit assesses nothing");
    assert_eq!(named(&member).await, 1);
    let second = site.sign_in("tpi-ketua").await;
    assert_eq!(named(&second).await, 0, "not yet");
    assert_done(&member.post(&format!("{SHEET}/persetujuan/MP-P1"), &[]).await);
    assert_done(&member.post(&format!("{SHEET}/pengajuan"), &[]).await);
    assert_eq!(named(&member).await, 0, "done");
    assert_eq!(named(&second).await, 1);
});

on_both!(agreeing_with_many_can_be_undone, async |db| {
    let site = TestSite::start(db).await;
    let (_, member) = submitted(&site).await;
    assert_done(&member.post(&format!("{SHEET}/persetujuan/MP-P1"), &[]).await);
    assert_eq!(member.get(SHEET).await.texts("#v-MP-P1a"), ["1,00"]);
    let undo = format!("{SHEET}/persetujuan/MP-P1/pembatalan?kode=MP-P1a,MP-P1b");
    assert_done(&member.post(&undo, &[]).await);
    assert_eq!(member.get(SHEET).await.texts("#v-MP-P1a"), ["–"]);
});

on_both!(a_question_goes_back_with_a_deadline_and_returns, async |db| {
    let site = TestSite::start(db).await;
    let (lead, member) = submitted(&site).await;
    let question = format!("{SHEET}/pertanyaan/MP-P1b");
    let back = format!("{question}/pengembalian");
    let past = member.post(&back, &[("batas", "2020-06-15"), ("alasan", REASON)]).await;
    assert_says(&past, StatusCode::UNPROCESSABLE_ENTITY, "setelah hari ini");
    assert_done(&member.post(&back, &[("batas", "2020-06-20"), ("alasan", REASON)]).await);
    assert_eq!(lead.get(SHEET).await.texts("#n-dikembalikan"), ["1"]);
    assert_says(&lead.get(&question).await, StatusCode::OK, "Perbaiki sebelum 20 Jun 2020");
    assert_says(&lead.get("/").await, StatusCode::OK, "20 Jun 2020");
    let was = r#"{"answer":{"choice":"A"},"note":""}"#;
    assert_eq!(put(&lead, "MP-P1b", was, &[("jawaban", "B")]).await.status, StatusCode::OK);
    assert_eq!(
        put(&lead, "MP-P1a", was, &[("jawaban", "Ya")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_done(&lead.post(&format!("{question}/perbaikan"), &[]).await);
    assert_eq!(lead.get(SHEET).await.texts("#n-dikembalikan"), ["0"]);
    assert_eq!(lead.get(&format!("{SHEET}/riwayat/unit/2")).await.status, StatusCode::OK);
    assert_done(&member.post(&format!("{question}/catatan"), &[("teks", "Terima kasih, cukup.")]).await);
    assert_says(&lead.get(&question).await, StatusCode::OK, "Terima kasih, cukup.");
});

on_both!(assessors_without_an_appointment_only_read, async |db| {
    let site = TestSite::start(db).await;
    submitted(&site).await;
    let stranger = site.sign_in("cadangan-tpi").await;
    assert!(!stranger.get(SHEET).await.body.contains("data-answer"));
    assert_eq!(put(&stranger, "MP-P1a", NOTHING, &[("jawaban", "Ya")]).await.status, StatusCode::FORBIDDEN);
});
