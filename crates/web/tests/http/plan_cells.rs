//! Saving cells one by one, as the table does: every kind of cell, what is refused, what two people at once see.

use bening_testkit::{TestSite, on_both};
use reqwest::StatusCode;

use crate::ground::{actions, assert_says, cell, plan_json, trail_rows};

on_both!(every_cell_of_the_plan_can_be_saved, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let plan = plan_json(&lead, &site).await;
    let (action, component) = (site.agency.action().to_string(), site.agency.component().to_string());
    let benefit = plan["areas"][0]["benefits"][0]["id"].as_str().unwrap();
    let priority = plan["priorities"][0]["id"].as_str().unwrap();
    for (kind, id, column, was, value, kept) in [
        ("tindakan", action.as_str(), "aksi", "Membentuk tim", " Memilih   tim ", "Memilih tim"),
        ("tindakan", &action, "bukti", "SK Tim\nNotula", "SK Tim\r\n\r\nFoto", "SK Tim\nFoto"),
        ("tindakan", &action, "waktu", "Januari", "Triwulan II", "Triwulan II"),
        ("tindakan", &action, "pic", "Anggota", "Anggota dan Bayu", "Anggota, Bayu"),
        ("tindakan", &action, "target", "", "Tim terbentuk", "Tim terbentuk"),
        ("komponen", &component, "nama", "Tim Kerja", "Tim ZI", "Tim ZI"),
        ("komponen", &component, "sub", "", "MP-P1", "MP-P1"),
        ("manfaat", benefit, "teks", "Komitmen meningkat", "Komitmen naik", "Komitmen naik"),
        ("prioritas", priority, "aksi", "Loket satu pintu", "Loket terpadu", "Loket terpadu"),
        ("prioritas", priority, "target", "", "Semua layanan", "Semua layanan"),
        ("prioritas", priority, "waktu", "", "Jan s.d Juni", "Jan s.d Juni"),
        ("prioritas", priority, "tindak-lanjut", "", "Rapat", "Rapat"),
    ] {
        let answer = lead.save(&cell(&site, kind, id, column), was, value).await;
        assert_eq!(answer.status, StatusCode::OK, "{kind} {column}: {}", answer.body);
        assert_eq!(answer.json()["value"], kept, "{kind} {column}");
        assert_eq!(answer.json()["saved"], "09.00", "{kind} {column}");
    }
    let plan = plan_json(&lead, &site).await;
    let (component, action) = (&plan["areas"][0]["components"][0], &actions(&plan)[0]);
    assert_eq!((&component["name"], &component["sub"]), (&"Tim ZI".into(), &"MP-P1".into()));
    assert_eq!(action["time"]["months"], serde_json::json!([4, 5, 6]));
    assert_eq!(action["pics"], serde_json::json!(["Anggota", "Bayu"]));
    assert_eq!(plan["priorities"][0]["follow_up"], "Rapat");
});

on_both!(the_month_strip_is_saved_as_words, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let strip = cell(&site, "tindakan", site.agency.action(), "bulan");
    for (was, value, words) in [
        ("1", "1,2,6", "Jan, Feb, Jun"),
        ("1,2,6", "3,4,5", "Setiap bulan, Mar s.d Mei"),
        ("3,4,5", "12", "Desember"),
        ("12", "1,2,3,4,5,6,7,8,9,10,11,12", "Jan s.d Desember"),
    ] {
        let answer = lead.save(&strip, was, value).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(answer.json()["value"], value);
        let time = actions(&plan_json(&lead, &site).await)[0]["time"].clone();
        assert!(time["text"].as_str().unwrap().ends_with(words), "{time} for {value}");
        let months: Vec<String> =
            time["months"].as_array().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(months.join(","), value);
    }
    let emptied = lead.save(&strip, "1,2,3,4,5,6,7,8,9,10,11,12", "").await;
    assert_eq!(emptied.json()["value"], "");
    assert!(actions(&plan_json(&lead, &site).await)[0]["time"].is_null());
    assert_eq!(lead.save(&strip, "", "13").await.status, StatusCode::BAD_REQUEST);
});

on_both!(a_saved_time_brings_the_status_and_the_strip_up_to_date, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let id = site.agency.action();
    let answer = lead.save(&cell(&site, "tindakan", id, "waktu"), "Januari", "Desember").await;
    let parts = answer.json()["parts"].clone();
    assert!(
        parts[format!("bulan-{id}")].as_str().unwrap().ends_with("<i class=\"on\">D</i></span>"),
        "{parts}"
    );
    assert!(parts[format!("status-{id}")].as_str().unwrap().contains("chip"), "{parts}");
});

on_both!(what_does_not_fit_a_cell_is_refused_with_what_would, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let before = trail_rows(&site).await;
    let long = "a".repeat(2_001);
    for (column, was, value, sentence) in [
        ("waktu", "Januari", "Janember", "waktu “Janember” tidak dikenali; tulis misalnya “Maret”"),
        ("waktu", "Januari", "Juni s.d Jan", "tidak dikenali"),
        ("aksi", "Membentuk tim", " \n ", "isian ini tidak boleh kosong"),
        ("aksi", "Membentuk tim", &long, "teks terlalu panjang: 2001 huruf, paling banyak 2000"),
        ("bukti", "SK Tim\nNotula", &long, "teks terlalu panjang"),
        ("pic", "Anggota", &long, "teks terlalu panjang"),
    ] {
        let answer = lead.save(&cell(&site, "tindakan", site.agency.action(), column), was, value).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{column}: {}", answer.body);
        let message = answer.json()["message"].as_str().unwrap().to_lowercase();
        assert!(message.contains(&sentence.to_lowercase()), "{message}");
    }
    assert_eq!(trail_rows(&site).await, before);
});

on_both!(a_component_serves_only_a_sub_component_of_its_area, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let path = cell(&site, "komponen", site.agency.component(), "sub");
    for code in ["PP-P1", "MP-P99", "apa saja"] {
        let answer = lead.save(&path, "", code).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}: {}", answer.body);
        assert!(
            answer.json()["message"].as_str().unwrap().contains("pilih salah satu dari: MP-P1"),
            "{code}"
        );
    }
    assert_eq!(lead.save(&path, "", "MP-P2").await.status, StatusCode::OK);
    assert_eq!(lead.save(&path, "MP-P2", "").await.json()["value"], "");
});

on_both!(a_script_whose_session_ended_is_told_so_in_its_own_language, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    site.wait(12 * 3600);
    let answer =
        lead.save(&cell(&site, "tindakan", site.agency.action(), "aksi"), "Membentuk tim", "X").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.json()["message"].as_str().unwrap().starts_with("Sesi Anda berakhir"), "{}", answer.body);
});

on_both!(who_comes_second_is_shown_what_stands_there_and_overwrites_nothing, async |db| {
    let site = TestSite::start(db).await;
    let (first, second) = (site.sign_in("ketua").await, site.sign_in("anggota").await);
    let path = cell(&site, "tindakan", site.agency.action(), "aksi");
    assert_eq!(first.save(&path, "Membentuk tim", "Memilih tim").await.status, StatusCode::OK);
    let before = trail_rows(&site).await;
    let refused = second.save(&path, "Membentuk tim", "Menunjuk tim").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(refused.json()["current"], "Memilih tim");
    assert!(refused.json()["message"].as_str().unwrap().contains("diubah orang lain"), "{}", refused.body);
    assert_eq!(actions(&plan_json(&first, &site).await)[0]["name"], "Memilih tim");
    assert_eq!(trail_rows(&site).await, before);
    let insisting = second.save(&path, "Memilih tim", "Menunjuk tim").await;
    assert_eq!(insisting.status, StatusCode::OK, "having seen it, they may");
    let strip = cell(&site, "tindakan", site.agency.action(), "bulan");
    assert_eq!(second.save(&strip, "2", "3").await.json()["current"], "Januari");
});

on_both!(people_who_save_at_once_lose_nothing_silently, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let path = cell(&site, "tindakan", site.agency.action(), "target");
    let texts: Vec<String> = (0..6).map(|number| format!("Target {number}")).collect();
    let saves = texts.iter().map(|text| lead.save(&path, "", text));
    let answers = futures::future::join_all(saves).await;
    let kept: Vec<_> = answers.iter().filter(|answer| answer.status == StatusCode::OK).collect();
    assert_eq!(kept.len(), 1, "one wins");
    let current = kept[0].json()["value"].clone();
    assert_eq!(actions(&plan_json(&lead, &site).await)[0]["target"], current);
    for lost in answers.iter().filter(|answer| answer.status != StatusCode::OK) {
        assert_eq!((lost.status, &lost.json()["current"]), (StatusCode::CONFLICT, &current));
    }
});

on_both!(saving_the_same_again_is_no_change, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let before = trail_rows(&site).await;
    let path = cell(&site, "tindakan", site.agency.action(), "aksi");
    assert_eq!(lead.save(&path, "Membentuk tim", "Membentuk tim").await.status, StatusCode::OK);
    assert_eq!(trail_rows(&site).await, before);
});

on_both!(cells_that_are_not_there_are_not_found, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (action, nobody) = (site.agency.action(), uuid::Uuid::nil());
    let component = site.agency.component();
    for path in [
        cell(&site, "tindakan", nobody, "aksi"),
        cell(&site, "komponen", nobody, "nama"),
        cell(&site, "komponen", action, "nama"),
        cell(&site, "tindakan", component, "aksi"),
        cell(&site, "tindakan", action, "warna"),
        cell(&site, "lain", action, "aksi"),
        format!("/unit/AIR/rencana/2021/sel/tindakan/{action}/aksi"),
    ] {
        assert_eq!(lead.save(&path, "Membentuk tim", "X").await.status, StatusCode::NOT_FOUND, "{path}");
    }
});

on_both!(a_cell_of_another_unit_is_out_of_reach_under_either_address, async |db| {
    let site = TestSite::start(db).await;
    let (lead, stranger) = (site.sign_in("ketua").await, site.sign_in("asing").await);
    assert_eq!(stranger.post("/unit/API/rencana/2020", &[]).await.status, StatusCode::SEE_OTHER);
    let (trail, action) = (trail_rows(&site).await, site.agency.action());
    for unit in ["AIR", "API"] {
        let path = format!("/unit/{unit}/rencana/2020/sel/tindakan/{action}/aksi");
        assert_eq!(stranger.save(&path, "Membentuk tim", "X").await.status, StatusCode::NOT_FOUND, "{unit}");
        let row = format!("/unit/{unit}/rencana/2020/baris/tindakan/{action}/penghapusan");
        assert_eq!(stranger.post(&row, &[]).await.status, StatusCode::NOT_FOUND, "{unit}");
        let page = stranger.get(&format!("/unit/{unit}/rencana/2020/tindakan/{action}")).await;
        assert_says(&page, StatusCode::NOT_FOUND, "Alamat ini tidak ada");
    }
    assert_eq!(trail_rows(&site).await, trail);
    assert_eq!(actions(&plan_json(&lead, &site).await)[0]["name"], "Membentuk tim");
});

on_both!(evidence_keeps_its_identity_when_it_is_reworded_or_moved, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let path = cell(&site, "tindakan", site.agency.action(), "bukti");
    let evidence = async || actions(&plan_json(&lead, &site).await)[0]["evidence"].clone();
    let (first, second) = (evidence().await[0]["id"].clone(), evidence().await[1]["id"].clone());
    lead.save(&path, "SK Tim\nNotula", "SK Tim Kerja\nNotula").await;
    let reworded = evidence().await;
    assert_eq!((&reworded[0]["title"], &reworded[0]["id"]), (&"SK Tim Kerja".into(), &first));
    lead.save(&path, "SK Tim Kerja\nNotula", "Notula\nFoto\nSK Tim Kerja").await;
    let moved = evidence().await;
    assert_eq!((&moved[0]["id"], &moved[2]["id"]), (&second, &first));
    assert!(moved[1]["id"] != first && moved[1]["id"] != second, "{moved}");
});

on_both!(the_form_of_an_action_saves_all_fields_or_none, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let path = format!("{}/tindakan/{}", site.plan(), site.agency.action());
    let form = |time: &'static str, was: &'static str| {
        [
            ("aksi", "Memilih tim"),
            ("was_aksi", was),
            ("bukti", "SK Tim"),
            ("was_bukti", "SK Tim\r\nNotula"),
            ("waktu", time),
            ("was_waktu", "Januari"),
            ("pic", "Anggota, Ketua"),
            ("was_pic", "Anggota"),
            ("target", "Tim ada"),
            ("was_target", ""),
        ]
    };
    let before = plan_json(&lead, &site).await;
    let refused = lead.post(&path, &form("Janember", "Membentuk tim")).await;
    assert_says(&refused, StatusCode::UNPROCESSABLE_ENTITY, "Waktu “Janember” tidak dikenali");
    assert!(refused.body.contains("Memilih tim"), "what was typed is still there");
    let conflict = lead.post(&path, &form("Maret", "Yang lama")).await;
    assert_says(&conflict, StatusCode::CONFLICT, "diubah orang lain menjadi “Membentuk tim”");
    assert_eq!(plan_json(&lead, &site).await, before);
    assert_eq!(lead.post(&path, &form("Maret", "Membentuk tim")).await.status, StatusCode::SEE_OTHER);
    let after = actions(&plan_json(&lead, &site).await)[0].clone();
    assert_eq!((&after["name"], &after["time"]["text"]), (&"Memilih tim".into(), &"Maret".into()));
    assert_eq!(after["pics"], serde_json::json!(["Anggota", "Ketua"]));
});
