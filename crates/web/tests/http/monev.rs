//! Monev of a month from filling in to a correction, and the register of follow-up, as people use them.

use bening_core::monev::Status;
use bening_core::time::Month;
use bening_store::monev as store;
use bening_testkit::{Answer, TestSite, Visitor, on_both};
use reqwest::StatusCode;

use crate::ground::{approve, assert_done, assert_says, plan_json, trail_rows};

const MONTHS: &str = "/unit/AIR/monev/2020";

fn row(site: &TestSite, month: u32, action: usize) -> String {
    let action = &site.agency.plan.areas[0].components[0].actions[action];
    format!("{MONTHS}/{month}/tindakan/{}", action.id)
}

async fn fill(who: &Visitor, to: &str, percent: &str, note: &str, obstacle: &str) -> Answer {
    who.post(to, &[("persen", percent), ("uraian", note), ("kendala", obstacle)]).await
}

/// Fills in and verifies both rows of January; the month can be closed then.
async fn ready(site: &TestSite, member: &Visitor, lead: &Visitor) {
    for action in [0, 1] {
        let to = row(site, 1, action);
        assert_done(&fill(member, &to, "100", "Dilaksanakan", "").await);
        assert_done(&lead.post(&format!("{to}/verifikasi"), &[]).await);
    }
}

on_both!(what_a_pic_fills_in_is_reported_in_the_plan_and_verified_by_somebody_else, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let (member, lead) = (site.sign_in("anggota").await, site.sign_in("ketua").await);
    let to = row(&site, 1, 0);
    assert_done(&fill(&member, &to, "100", "SK terbit", "").await);
    let done = &plan_json(&lead, &site).await["areas"][0]["components"][0]["actions"][0]["done"];
    assert_eq!(*done, serde_json::json!([1]));
    let own = member.post(&format!("{to}/verifikasi"), &[]).await;
    assert_says(&own, StatusCode::UNPROCESSABLE_ENTITY, "diverifikasi oleh orang lain");
    assert_done(&lead.post(&format!("{to}/verifikasi"), &[]).await);
    assert_says(&lead.get(&format!("{MONTHS}/1")).await, StatusCode::OK, "SK terbit");
    assert_done(&fill(&member, &to, "60", "SK ditarik lagi", "Salah nama").await);
    let plan = &plan_json(&lead, &site).await["areas"][0]["components"][0]["actions"][0]["done"];
    assert_eq!(plan.as_array().map(Vec::len), Some(0), "less than all takes the report back");
    let entries = store::entries(&site.store, site.agency.plan.id).await.unwrap();
    assert_eq!((entries[0].percent, entries[0].verified), (60, None), "and nobody has verified that");
});

on_both!(what_is_no_realisation_is_refused_and_leaves_nothing, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let member = site.sign_in("anggota").await;
    let stranger = site.sign_in("asing").await;
    let before = trail_rows(&site).await;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    for percent in ["", "101", "-1", "5.5", "x"] {
        assert_says(&fill(&member, &row(&site, 1, 0), percent, "a", "").await, refused, "0 sampai 100");
    }
    assert_says(&fill(&member, &row(&site, 1, 0), "50", " ", "").await, refused, "apa yang sudah dikerjakan");
    assert_says(&fill(&member, &row(&site, 7, 0), "50", "a", "").await, refused, "belum dimulai");
    assert_eq!(fill(&stranger, &row(&site, 1, 0), "50", "a", "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(trail_rows(&site).await, before);
});

on_both!(a_month_is_closed_when_nothing_is_missing_and_never_changes_after, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let (member, lead) = (site.sign_in("anggota").await, site.sign_in("ketua").await);
    let closing = format!("{MONTHS}/1/penutupan");
    assert_eq!(lead.post(&closing, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_says(&lead.get(&format!("{MONTHS}/1")).await, StatusCode::OK, "2 realisasi belum diisi PIC");
    ready(&site, &member, &lead).await;
    assert_eq!(member.post(&closing, &[]).await.status, StatusCode::FORBIDDEN);
    assert_done(&lead.post(&closing, &[("simpulan", "Baik <b>sekali</b>")]).await);
    let refused = fill(&member, &row(&site, 1, 0), "10", "Ternyata belum", "").await;
    assert_says(&refused, StatusCode::UNPROCESSABLE_ENTITY, "sudah ditutup");
    let back = format!("{}/tindakan/{}/laporan", site.plan(), site.agency.action());
    let back = member.post(&back, &[("bulan", "1"), ("keadaan", "belum")]).await;
    assert_says(&back, StatusCode::UNPROCESSABLE_ENTITY, "catat koreksi");
    let plan = site.agency.plan.id;
    let closed = || store::closing(&site.store, plan, Month::FIRST);
    let frozen = closed().await.unwrap().unwrap();
    assert!(frozen.rows.iter().all(|row| row.status == Status::Done && row.percent == 100));
    let fix = format!("{}/koreksi", row(&site, 1, 0));
    let told = [("persen", "40"), ("uraian", "SK belum diteken"), ("alasan", "pendek")];
    assert_says(&lead.post(&fix, &told).await, StatusCode::UNPROCESSABLE_ENTITY, "alasan koreksi");
    let told =
        [("persen", "40"), ("uraian", "SK belum diteken"), ("alasan", "SK ternyata belum ditandatangani")];
    assert_done(&lead.post(&fix, &told).await);
    assert_eq!(closed().await.unwrap().unwrap(), frozen, "what was closed stays");
    let page = lead.get(&format!("{MONTHS}/1")).await;
    assert_says(&page, StatusCode::OK, "SK ternyata belum ditandatangani");
    assert!(page.text().contains("Baik <b>sekali</b>"), "{}", page.text());
    let months = store::months(&site.store, plan).await.unwrap();
    assert!(months[0].figures[0].real < frozen.figures[0].real, "the figures follow the correction");
    let report = lead.get(&format!("{MONTHS}/1/laporan/pdf")).await;
    assert_says(&report, StatusCode::OK, "SK ternyata belum ditandatangani");
});

on_both!(a_half_year_is_reported_with_all_its_months_and_a_head_reads_it_in_one_page, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let (member, lead) = (site.sign_in("anggota").await, site.sign_in("ketua").await);
    for (action, percent, obstacle) in [(0, "100", ""), (1, "30", "Anggaran dialihkan")] {
        let to = row(&site, 1, action);
        assert_done(&fill(&member, &to, percent, "Dilaksanakan", obstacle).await);
        assert_done(&lead.post(&format!("{to}/verifikasi"), &[]).await);
    }
    assert_done(&lead.post(&format!("{MONTHS}/1/penutupan"), &[("simpulan", "Tim sudah terbentuk")]).await);
    let head = site.sign_in("direktur").await;
    let paper = head.get(&format!("{MONTHS}/semester-1/laporan/pdf")).await;
    for said in ["Semester I", "Januari", "Tim sudah terbentuk", "Anggaran dialihkan", "Konsep"] {
        assert_says(&paper, StatusCode::OK, said);
    }
    for format in ["docx", "xlsx"] {
        assert_eq!(head.get(&format!("{MONTHS}/triwulan-1/laporan/{format}")).await.status, StatusCode::OK);
    }
    for wrong in ["semester-3/laporan/pdf", "triwulan-0/laporan/pdf", "13/laporan/pdf", "1/laporan/csv"] {
        assert_eq!(head.get(&format!("{MONTHS}/{wrong}")).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let brief = head.get(&format!("{MONTHS}/ringkas")).await;
    for said in ["Tim sudah terbentuk", "Perlu keputusan", "terlambat"] {
        assert_says(&brief, StatusCode::OK, said);
    }
});

on_both!(months_are_closed_in_order, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let lead = site.sign_in("ketua").await;
    assert_says(&lead.get(&format!("{MONTHS}/2")).await, StatusCode::OK, "Januari belum ditutup");
    assert_says(&lead.get(MONTHS).await, StatusCode::OK, "Kurva S");
});

on_both!(a_plan_monitored_by_quarters_is_filled_in_and_closed_for_three_months_together, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let (member, lead) = (site.sign_in("anggota").await, site.sign_in("ketua").await);
    let pace = format!("{MONTHS}/irama");
    assert_eq!(member.post(&pace, &[("irama", "quarter")]).await.status, StatusCode::FORBIDDEN);
    assert_done(&lead.post(&pace, &[("irama", "quarter")]).await);
    assert_eq!(lead.get(&format!("{MONTHS}/2")).await.headers["location"], format!("{MONTHS}/3"));
    assert_says(&lead.get(&format!("{MONTHS}/3")).await, StatusCode::OK, "Triwulan I 2020");
    assert_eq!(fill(&member, &row(&site, 2, 1), "100", "a", "").await.status, StatusCode::NOT_FOUND);
    for action in [0, 1] {
        let to = row(&site, 3, action);
        assert_done(&fill(&member, &to, "100", "Dilaksanakan", "").await);
        assert_done(&lead.post(&format!("{to}/verifikasi"), &[]).await);
    }
    let done = &plan_json(&lead, &site).await["areas"][0]["components"][0]["actions"][1]["done"];
    assert_eq!(*done, serde_json::json!([1, 2, 3]), "all meetings of the quarter");
    assert_done(&lead.post(&format!("{MONTHS}/3/penutupan"), &[("simpulan", "Lancar")]).await);
    let back =
        format!("{}/tindakan/{}/laporan", site.plan(), site.agency.plan.areas[0].components[0].actions[1].id);
    let back = member.post(&back, &[("bulan", "2"), ("keadaan", "belum")]).await;
    assert_says(&back, StatusCode::UNPROCESSABLE_ENTITY, "catat koreksi");
    assert_says(&lead.get(&format!("{MONTHS}/3/laporan/pdf")).await, StatusCode::OK, "Triwulan I");
    let late = lead.post(&pace, &[("irama", "month")]).await;
    assert_says(&late, StatusCode::UNPROCESSABLE_ENTITY, "sebelum realisasi pertama");
    assert_says(&lead.get(MONTHS).await, StatusCode::OK, "Monev Triwulan II");
    assert_says(&lead.get(&format!("{MONTHS}/ringkas")).await, StatusCode::OK, "Lancar");
});

async fn opened(site: &TestSite, who: &Visitor, fields: &[(&str, &str)]) -> Answer {
    let person = site.agency.person("anggota").to_string();
    let mut all = vec![("tahun", "2020"), ("sumber", "monev"), ("temuan", "Loket <i>gelap</i>")];
    all.extend([("tindakan", "Pasang lampu"), ("orang", person.as_str()), ("batas", "2020-06-01")]);
    all.extend(fields);
    who.post("/unit/AIR/tindak-lanjut", &all).await
}

on_both!(a_follow_up_is_verified_by_somebody_else_than_who_did_it, async |db| {
    let site = TestSite::start(db).await;
    let (member, lead, head) =
        (site.sign_in("anggota").await, site.sign_in("ketua").await, site.sign_in("direktur").await);
    let entry = opened(&site, &lead, &[]).await.location.unwrap();
    let list = lead.get("/unit/AIR/tindak-lanjut?keadaan=terlambat").await;
    assert_says(&list, StatusCode::OK, "Loket <i>gelap</i>");
    let early = lead.post(&format!("{entry}/verifikasi"), &[]).await;
    assert_says(&early, StatusCode::UNPROCESSABLE_ENTITY, "belum dilaporkan selesai");
    let (done, verified) = (format!("{entry}/penyelesaian"), format!("{entry}/verifikasi"));
    assert_says(
        &member.post(&done, &[("bukti", "foto")]).await,
        StatusCode::UNPROCESSABLE_ENTITY,
        "buktinya",
    );
    assert_done(&lead.post(&done, &[("bukti", "Foto lampu, 10 Juni 2020")]).await);
    assert_eq!(member.post(&verified, &[]).await.status, StatusCode::FORBIDDEN);
    assert_says(&lead.post(&verified, &[]).await, StatusCode::UNPROCESSABLE_ENTITY, "orang lain");
    assert_done(&head.post(&verified, &[]).await);
    assert_says(&lead.get("/unit/AIR/tindak-lanjut").await, StatusCode::OK, "100,0 %");
    let again = format!("{entry}/pembukaan-kembali");
    assert_eq!(head.post(&again, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_done(&head.post(&again, &[("alasan", "Lampu padam lagi sejak kemarin")]).await);
    assert_says(&lead.get(&entry).await, StatusCode::OK, "Lampu padam lagi sejak kemarin");
    assert_says(&lead.get("/unit/AIR/tindak-lanjut").await, StatusCode::OK, "0,0 %");
});

on_both!(an_entry_of_another_unit_is_not_there, async |db| {
    let site = TestSite::start(db).await;
    let (lead, stranger) = (site.sign_in("ketua").await, site.sign_in("asing").await);
    let entry = opened(&site, &lead, &[]).await.location.unwrap();
    let there = entry.replace("/AIR/", "/API/");
    assert_eq!(stranger.get(&there).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(&entry).await.status, StatusCode::NOT_FOUND);
    let export = lead.get("/unit/AIR/tindak-lanjut/ekspor/csv").await;
    assert_says(&export, StatusCode::OK, "Pasang lampu");
});

on_both!(an_obstacle_becomes_a_follow_up_in_one_step, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let (member, lead) = (site.sign_in("anggota").await, site.sign_in("ketua").await);
    assert_done(&fill(&member, &row(&site, 1, 0), "50", "Draf SK", "Anggaran & waktu").await);
    let page = lead.get(&format!("{MONTHS}/1")).await;
    let link = page.body.split('"').find(|part| part.contains("/tindak-lanjut/baru")).unwrap();
    let form = lead.get(&link.replace("&amp;", "&").replace("&#38;", "&")).await;
    assert_eq!(form.texts("#f-temuan"), ["Anggaran & waktu"]);
});
