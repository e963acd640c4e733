//! The life of a plan: approved, closed to edits, amended, withdrawn from, compared, copied into the next year.

use bening_testkit::{TestSite, Visitor, on_both};
use reqwest::StatusCode;

use crate::ground::{
    actions, amending, approve, assert_done, assert_says, cell, plan_json, post, trail_rows,
};

const REASON: &str = "digabung dengan kegiatan biro SDM";

on_both!(an_empty_plan_is_not_approved, async |db| {
    let site = TestSite::start(db).await;
    assert_done(&site.sign_in("ketua").await.post("/unit/AIR/rencana/2021", &[]).await);
    let head = site.sign_in("direktur").await;
    let answer = head.post("/unit/AIR/rencana/2021/persetujuan", &[]).await;
    assert_says(&answer, StatusCode::UNPROCESSABLE_ENTITY, "Rencana masih kosong");
    assert_eq!(head.post("/unit/AIR/rencana/2022/persetujuan", &[]).await.status, StatusCode::NOT_FOUND);
});

on_both!(a_plan_with_gaps_is_not_approved_and_the_gaps_are_named, async |db| {
    let site = TestSite::start(db).await;
    let (lead, head) = (site.sign_in("ketua").await, site.sign_in("direktur").await);
    lead.save(&cell(&site, "tindakan", site.agency.action(), "pic"), "Anggota", "").await;
    let component = site.agency.component().to_string();
    post(&lead, &site, "/baris/tindakan", &[("komponen", &component), ("teks", "Tanpa waktu")]).await;
    let before = trail_rows(&site).await;
    let answer = post(&head, &site, "/persetujuan", &[]).await;
    let gaps = "2 tindakan belum lengkap (waktu atau PIC kosong): Membentuk tim; Tanpa waktu";
    assert_says(&answer, StatusCode::UNPROCESSABLE_ENTITY, gaps);
    assert_eq!(trail_rows(&site).await, before);
    assert_eq!(plan_json(&lead, &site).await["state"], "draft");
});

on_both!(approval_keeps_the_plan_with_note_and_name, async |db| {
    let site = TestSite::start(db).await;
    let head = site.sign_in("direktur").await;
    let answer = post(&head, &site, "/persetujuan", &[("catatan", "Sesuai rapat 10 Juni")]).await;
    assert_done(&answer);
    assert_says(&head.get(&site.plan()).await, StatusCode::OK, "Rencana disetujui sebagai versi 1.");
    let history = head.get(&format!("{}/riwayat", site.plan())).await;
    assert_says(&history, StatusCode::OK, "Versi 1");
    assert_says(&history, StatusCode::OK, "Direktur · 15 Jun 2020 09.00 · “Sesuai rapat 10 Juni”");
    let plan = plan_json(&head, &site).await;
    assert_eq!((plan["state"].as_str(), plan["version"].as_u64()), (Some("approved"), Some(1)));
    let again = post(&head, &site, "/persetujuan", &[]).await;
    assert_says(&again, StatusCode::UNPROCESSABLE_ENTITY, "Rencana ini sudah disetujui");
});

on_both!(two_approvals_at_once_make_one_version, async |db| {
    let site = TestSite::start(db).await;
    let head = site.sign_in("direktur").await;
    let answers = futures::future::join_all((0..3).map(|_| post(&head, &site, "/persetujuan", &[]))).await;
    let with = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((with(StatusCode::SEE_OTHER), with(StatusCode::UNPROCESSABLE_ENTITY)), (1, 2));
    assert_eq!(plan_json(&head, &site).await["version"], 1);
});

on_both!(the_text_of_the_paper_is_kept_when_it_fits, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let paper = async |day: &'static str| {
        let fields = [("tempat", "Bandung"), ("tanggal", day), ("jabatan", ""), ("nama", ""), ("latar", "")];
        let rest = [("pengantar", "Satu.\r\n\r\nDua."), ("dasar", "")];
        post(&lead, &site, "/dokumen", &[&fields[..], &rest[..]].concat()).await
    };
    let before = trail_rows(&site).await;
    let refused = paper("14 Januari").await;
    assert_says(&refused, StatusCode::UNPROCESSABLE_ENTITY, "tahun-bulan-hari, misalnya 2020-01-14");
    assert!(refused.body.contains("Bandung"), "what was typed is still there");
    assert_eq!(trail_rows(&site).await, before);
    assert_done(&paper("2020-01-14").await);
    assert_eq!(trail_rows(&site).await, before + 1);
    let kept = lead.get(&format!("{}/ekspor/pdf", site.plan())).await;
    assert!(kept.body.contains("Bandung") && kept.body.contains("Dua."), "{}", kept.body);
});

on_both!(an_approved_plan_is_closed_to_every_edit, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let lead = site.sign_in("ketua").await;
    let (trail, plan) = (trail_rows(&site).await, plan_json(&lead, &site).await);
    let (action, component) = (site.agency.action(), site.agency.component().to_string());
    let refusal = "Rencana sudah disetujui; buka perubahan rencana lebih dulu";
    for (path, fields) in [
        ("/baris/tindakan".to_owned(), vec![("komponen", component.as_str()), ("teks", "X")]),
        ("/baris/manfaat".to_owned(), vec![("area", "MP"), ("teks", "X")]),
        (format!("/baris/tindakan/{action}/penghapusan"), vec![]),
        (format!("/baris/tindakan/{action}/urutan"), vec![("arah", "turun")]),
        (format!("/tindakan/{action}/penarikan"), vec![("alasan", REASON)]),
        (format!("/tindakan/{action}/pembatalan-penarikan"), vec![]),
        ("/tempel".to_owned(), vec![("area", "MP"), ("teks", "Tim\tRapat\tSK\tJanuari\tAnggota\tAda")]),
    ] {
        let answer = post(&lead, &site, &path, &fields).await;
        assert_says(&answer, StatusCode::UNPROCESSABLE_ENTITY, refusal);
    }
    let saved = lead.save(&cell(&site, "tindakan", action, "aksi"), "Membentuk tim", "X").await;
    assert_eq!(saved.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(saved.json()["message"].as_str().unwrap().starts_with(refusal), "{}", saved.body);
    let page = lead.get(&site.plan()).await;
    assert_eq!(page.texts("main textarea, main [contenteditable]").len(), 0, "nothing looks editable");
    assert_eq!((trail_rows(&site).await, plan_json(&lead, &site).await), (trail, plan));
});

on_both!(only_an_approved_plan_is_opened_for_changes, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let refused = post(&lead, &site, "/perubahan", &[]).await;
    assert_says(&refused, StatusCode::UNPROCESSABLE_ENTITY, "Rencana belum disetujui");
    approve(&site).await;
    assert_done(&post(&lead, &site, "/perubahan", &[]).await);
    assert_eq!(plan_json(&lead, &site).await["state"], "amending");
    let twice = post(&lead, &site, "/perubahan", &[]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
});

on_both!(an_action_is_withdrawn_only_with_a_reason_and_may_come_back, async |db| {
    let site = TestSite::start(db).await;
    let lead = amending(&site).await;
    let path = format!("/tindakan/{}/penarikan", site.agency.action());
    for reason in ["", "malas", "         pendek        "] {
        let answer = post(&lead, &site, &path, &[("alasan", reason)]).await;
        assert_says(
            &answer,
            StatusCode::UNPROCESSABLE_ENTITY,
            "Tulis alasan penarikan paling sedikit 10 huruf",
        );
    }
    assert_done(&post(&lead, &site, &path, &[("alasan", REASON)]).await);
    let withdrawn = actions(&plan_json(&lead, &site).await)[0]["withdrawn"].clone();
    assert_eq!((&withdrawn["reason"], &withdrawn["on"]), (&REASON.into(), &"2020-06-15".into()));
    assert_says(&lead.get(&site.plan()).await, StatusCode::OK, REASON);
    let saved = lead.save(&cell(&site, "tindakan", site.agency.action(), "aksi"), "Membentuk tim", "X").await;
    assert!(saved.body.contains("batalkan penarikannya lebih dulu"), "{}", saved.body);
    let twice = post(&lead, &site, &path, &[("alasan", REASON)]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    let back = format!("/tindakan/{}/pembatalan-penarikan", site.agency.action());
    assert_done(&post(&lead, &site, &back, &[]).await);
    assert!(actions(&plan_json(&lead, &site).await)[0]["withdrawn"].is_null());
});

on_both!(what_was_never_approved_is_deleted_not_withdrawn, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let path = format!("/tindakan/{}/penarikan", site.agency.action());
    let draft = post(&lead, &site, &path, &[("alasan", REASON)]).await;
    assert_says(&draft, StatusCode::UNPROCESSABLE_ENTITY, "belum pernah disetujui; hapus saja barisnya");
    let lead = amending(&site).await;
    let component = site.agency.component().to_string();
    let new = post(&lead, &site, "/baris/tindakan", &[("komponen", &component), ("teks", "Baru")]).await;
    let (_, id) = new.location.as_deref().unwrap().split_once("#r-").unwrap();
    let answer = post(&lead, &site, &format!("/tindakan/{id}/penarikan"), &[("alasan", REASON)]).await;
    assert_says(&answer, StatusCode::UNPROCESSABLE_ENTITY, "belum pernah disetujui; hapus saja barisnya");
});

/// Changes one of everything in an amended plan, and has it approved as version 2.
async fn second_version(site: &TestSite) -> Visitor {
    let lead = amending(site).await;
    let component = site.agency.component().to_string();
    let action = site.agency.action();
    assert_eq!(
        lead.save(&cell(site, "tindakan", action, "aksi"), "Membentuk tim", "Memilih tim").await.status,
        StatusCode::OK
    );
    let new =
        post(&lead, site, "/baris/tindakan", &[("komponen", &component), ("teks", "Menilai tim")]).await;
    let id = new.location.as_deref().unwrap().split_once("#r-").unwrap().1.to_owned();
    for (column, value) in [("waktu", "Desember"), ("pic", "Anggota")] {
        assert_eq!(
            lead.save(&cell(site, "tindakan", id.as_str(), column), "", value).await.status,
            StatusCode::OK
        );
    }
    let plan = plan_json(&lead, site).await;
    let benefit = plan["areas"][0]["benefits"][0]["id"].as_str().unwrap();
    assert_done(&post(&lead, site, &format!("/baris/manfaat/{benefit}/penghapusan"), &[]).await);
    let second = actions(&plan)[1]["id"].as_str().unwrap();
    assert_done(&post(&lead, site, &format!("/tindakan/{second}/penarikan"), &[("alasan", REASON)]).await);
    approve(site).await;
    lead
}

on_both!(versions_are_kept_and_compared, async |db| {
    let site = TestSite::start(db).await;
    let lead = second_version(&site).await;
    let history = async |query: &str| lead.get(&format!("{}/riwayat{query}", site.plan())).await;
    let between = history("?dari=1&ke=2").await;
    let rows = between.texts("table.diff tbody tr");
    for words in ["Memilih tim", "Membentuk tim Memilih tim", "Menilai tim", "ditarik", REASON, "dihapus"] {
        assert!(rows.iter().any(|row| row.contains(words)), "{words} in {rows:#?}");
    }
    assert_says(&between, StatusCode::OK, &format!("{} perbedaan", rows.len()));
    assert_says(&history("?dari=2&ke=0").await, StatusCode::OK, "Tidak ada perbedaan.");
    let forgotten = history("?dari=7").await;
    assert_eq!(forgotten.status, StatusCode::NOT_FOUND);
});

on_both!(an_old_version_is_exported_as_it_was, async |db| {
    let site = TestSite::start(db).await;
    let lead = second_version(&site).await;
    let version =
        async |number: u32| lead.get(&format!("{}/ekspor/json?versi={number}", site.plan())).await.json();
    let (first, second) = (version(1).await, version(2).await);
    assert_eq!(actions(&first)[0]["name"], "Membentuk tim");
    assert_eq!(first["areas"][0]["benefits"][0]["text"], "Komitmen meningkat");
    assert_eq!(actions(&second)[0]["name"], "Memilih tim");
    assert_eq!(actions(&second)[0]["id"], actions(&first)[0]["id"]);
    assert_eq!(second, plan_json(&lead, &site).await);
    let missing = lead.get(&format!("{}/ekspor/json?versi=3", site.plan())).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
});

on_both!(last_years_plan_is_copied_without_what_belongs_to_its_year, async |db| {
    let site = TestSite::start(db).await;
    let lead = amending(&site).await;
    let (action, second) = (site.agency.action(), actions(&plan_json(&lead, &site).await)[1]["id"].clone());
    let named =
        lead.save(&cell(&site, "tindakan", action, "aksi"), "Membentuk tim", "Membentuk tim 2020").await;
    assert_eq!(named.status, StatusCode::OK);
    let withdraw = format!("/tindakan/{}/penarikan", second.as_str().unwrap());
    assert_done(&post(&lead, &site, &withdraw, &[("alasan", REASON)]).await);
    let done = [("bulan", "1"), ("keadaan", "selesai")];
    assert_done(&post(&lead, &site, &format!("/tindakan/{action}/laporan"), &done).await);
    let from = plan_json(&lead, &site).await;
    let copied = lead.post("/unit/AIR/rencana/2021/salinan", &[("dari", "2020")]).await;
    assert_eq!(copied.location.as_deref(), Some("/unit/AIR/rencana/2021"));
    let into = lead.get("/unit/AIR/rencana/2021/ekspor/json").await.json();
    assert_eq!((into["state"].as_str(), into["version"].as_u64()), (Some("draft"), Some(0)));
    assert_eq!(actions(&into).len(), 1, "the withdrawn one stays behind");
    let action = &actions(&into)[0];
    assert_eq!((&action["name"], &action["done"]), (&"Membentuk tim 2021".into(), &serde_json::json!([])));
    assert_eq!((&action["time"], &action["pics"]), (&actions(&from)[0]["time"], &actions(&from)[0]["pics"]));
    assert_ne!(action["id"], actions(&from)[0]["id"]);
    assert_ne!(action["evidence"][0]["id"], actions(&from)[0]["evidence"][0]["id"]);
    assert_eq!(plan_json(&lead, &site).await, from, "the source stays as it is");
});

on_both!(a_copy_needs_a_source_and_an_unused_year, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let copy = async |into: &str, from: &str| {
        lead.post(&format!("/unit/AIR/rencana/{into}/salinan"), &[("dari", from)]).await
    };
    assert_eq!(copy("2021", "2019").await.status, StatusCode::NOT_FOUND);
    assert_eq!(copy("2021", "lama").await.status, StatusCode::NOT_FOUND);
    assert_eq!(copy("2020", "2020").await.status, StatusCode::CONFLICT);
    assert_done(&lead.post("/unit/AIR/rencana/2019", &[]).await);
    let answer = copy("2021", "2019").await;
    assert_says(&answer, StatusCode::UNPROCESSABLE_ENTITY, "tidak berisi apa pun untuk disalin");
    assert_eq!(lead.get("/unit/AIR/rencana/2021/ekspor/json").await.status, StatusCode::NOT_FOUND);
});
