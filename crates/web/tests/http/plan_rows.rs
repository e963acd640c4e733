//! Rows of a plan: begun, added, moved, deleted and brought back.

use bening_testkit::{Answer, TestSite, Visitor, on_both};
use reqwest::StatusCode;
use serde_json::Value;

use crate::ground::{actions, amending, assert_done, assert_says, cell, plan_json, post, trail_rows};

on_both!(a_plan_is_begun_once, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let page = lead.get("/unit/AIR/rencana/2021").await;
    assert_says(&page, StatusCode::OK, "Belum ada rencana untuk tahun ini");
    assert_done(&lead.post("/unit/AIR/rencana/2021", &[]).await);
    let before = trail_rows(&site).await;
    let again = lead.post("/unit/AIR/rencana/2021", &[]).await;
    assert_says(&again, StatusCode::CONFLICT, "Data yang sama sudah ada.");
    assert_eq!(trail_rows(&site).await, before);
    let json = lead.get("/unit/AIR/rencana/2021/ekspor/json").await.json();
    assert_eq!((json["state"].as_str(), json["version"].as_u64()), (Some("draft"), Some(0)));
    assert_eq!(json["areas"].as_array().unwrap().len(), 6);
});

on_both!(a_plan_begun_by_several_at_once_is_there_once, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let begun = futures::future::join_all((0..4).map(|_| lead.post("/unit/AIR/rencana/2021", &[]))).await;
    let with = |status| begun.iter().filter(|answer| answer.status == status).count();
    assert_eq!((with(StatusCode::SEE_OTHER), with(StatusCode::CONFLICT)), (1, 3));
});

on_both!(rows_of_every_kind_are_added_at_the_end, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let component = site.agency.component().to_string();
    for (kind, fields) in [
        ("manfaat", vec![("area", "TL"), ("teks", "Lebih cepat")]),
        ("komponen", vec![("area", "TL"), ("teks", " SOP  ")]),
        ("tindakan", vec![("komponen", component.as_str()), ("teks", "Menetapkan agen perubahan")]),
        ("prioritas", vec![("teks", "Layanan daring")]),
    ] {
        let answer = post(&lead, &site, &format!("/baris/{kind}"), &fields).await;
        assert_done(&answer);
        let page = answer.location.unwrap();
        let (page, anchor) = page.split_once("#r-").unwrap();
        assert!(lead.get(page).await.body.contains(anchor), "{kind} is on the page it leads to");
    }
    let plan = plan_json(&lead, &site).await;
    assert_eq!(plan["areas"][1]["benefits"][0]["text"], "Lebih cepat");
    assert_eq!(plan["areas"][1]["components"][0]["name"], "SOP");
    assert_eq!(actions(&plan)[2]["name"], "Menetapkan agen perubahan");
    assert_eq!(plan["priorities"][1]["action"], "Layanan daring");
});

on_both!(rows_without_words_or_without_a_home_are_refused, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let before = trail_rows(&site).await;
    let (component, nil) = (site.agency.component().to_string(), uuid::Uuid::nil().to_string());
    let add = async |kind: &str, fields: &[(&str, &str)]| {
        post(&lead, &site, &format!("/baris/{kind}"), fields).await
    };
    let long = "a".repeat(2_001);
    for text in [" ", &long] {
        let answer = add("tindakan", &[("komponen", &component), ("teks", text)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    }
    assert_eq!(add("tindakan", &[("komponen", &nil), ("teks", "X")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(add("manfaat", &[("area", "XX"), ("teks", "X")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(add("lain", &[("area", "MP"), ("teks", "X")]).await.status, StatusCode::NOT_FOUND);
    let incomplete = add("manfaat", &[("area", "MP")]).await;
    assert_says(&incomplete, StatusCode::BAD_REQUEST, "Isian formulir tidak lengkap");
    assert_eq!(trail_rows(&site).await, before);
});

/// The address behind "Urungkan" on the page that an answer leads to.
async fn undo(visitor: &Visitor, answer: &Answer) -> String {
    assert_done(answer);
    let page = visitor.get(answer.location.as_deref().unwrap()).await;
    let (_, rest) = page.body.split_once("class=\"toast ").unwrap();
    let (_, rest) = rest.split_once("action=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

on_both!(a_deleted_row_comes_back_where_it_was_with_all_it_held, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    fill(&lead, &site).await;
    let before = plan_json(&lead, &site).await;
    for (kind, id) in [
        ("tindakan", &actions(&before)[0]["id"]),
        ("komponen", &before["areas"][0]["components"][0]["id"]),
        ("manfaat", &before["areas"][0]["benefits"][0]["id"]),
        ("prioritas", &before["priorities"][0]["id"]),
    ] {
        let id = id.as_str().unwrap();
        let removed = post(&lead, &site, &format!("/baris/{kind}/{id}/penghapusan"), &[]).await;
        let undo = undo(&lead, &removed).await;
        assert!(!plan_json(&lead, &site).await.to_string().contains(id), "{kind} is gone");
        assert_done(&lead.post(&undo, &[]).await);
        assert_eq!(plan_json(&lead, &site).await, before, "{kind}");
        let twice = lead.post(&undo, &[]).await;
        assert!(twice.status.is_client_error(), "{kind}: {}", twice.status);
        assert_eq!(plan_json(&lead, &site).await, before, "{kind}");
    }
});

/// Every cell of the first rows filled, and a second row behind each.
async fn fill(lead: &Visitor, site: &TestSite) {
    let plan = plan_json(lead, site).await;
    let priority = plan["priorities"][0]["id"].as_str().unwrap();
    let action = site.agency.action();
    for (path, value) in [
        (cell(site, "tindakan", action, "target"), "Tim terbentuk, lengkap"),
        (cell(site, "komponen", site.agency.component(), "sub"), "MP-P1"),
        (cell(site, "prioritas", priority, "target"), "Semua layanan"),
        (cell(site, "prioritas", priority, "waktu"), "Juni"),
        (cell(site, "prioritas", priority, "tindak-lanjut"), "Rapat"),
    ] {
        assert_eq!(lead.save(&path, "", value).await.status, StatusCode::OK, "{path}");
    }
    let pic = lead.save(&cell(site, "tindakan", action, "pic"), "Anggota", "Anggota, Bukan Pegawai").await;
    assert_eq!(pic.status, StatusCode::OK);
    for (kind, area, text) in
        [("komponen", "MP", "Kedua"), ("manfaat", "MP", "Kedua"), ("prioritas", "", "Kedua")]
    {
        assert_done(&post(lead, site, &format!("/baris/{kind}"), &[("area", area), ("teks", text)]).await);
    }
}

on_both!(only_what_was_deleted_here_can_be_brought_back, async |db| {
    let site = TestSite::start(db).await;
    let (lead, stranger) = (site.sign_in("ketua").await, site.sign_in("asing").await);
    let id = site.agency.action();
    let back = format!("/baris/tindakan/{id}/pemulihan");
    assert_eq!(post(&lead, &site, &back, &[]).await.status, StatusCode::NOT_FOUND);
    assert_done(&post(&lead, &site, &format!("/baris/tindakan/{id}/penghapusan"), &[]).await);
    assert_done(&stranger.post("/unit/API/rencana/2020", &[]).await);
    assert_eq!(
        stranger.post(&format!("/unit/API/rencana/2020{back}"), &[]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(actions(&plan_json(&lead, &site).await).len(), 1);
});

on_both!(a_second_deletion_finds_nothing, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let path = format!("/baris/tindakan/{}/penghapusan", site.agency.action());
    assert_done(&post(&lead, &site, &path, &[]).await);
    assert_eq!(post(&lead, &site, &path, &[]).await.status, StatusCode::NOT_FOUND);
});

on_both!(rows_move_one_place_and_stop_at_the_ends, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let before = plan_json(&lead, &site).await;
    let second = actions(&before)[1]["id"].as_str().unwrap();
    let shift = async |kind: &str, id: &str, way: &str| {
        post(&lead, &site, &format!("/baris/{kind}/{id}/urutan"), &[("arah", way)]).await
    };
    assert_done(&shift("tindakan", second, "naik").await);
    assert_eq!(names(&plan_json(&lead, &site).await), ["Rapat bulanan", "Membentuk tim"]);
    assert_done(&shift("tindakan", second, "naik").await);
    assert_eq!(names(&plan_json(&lead, &site).await), ["Rapat bulanan", "Membentuk tim"]);
    assert_done(&shift("tindakan", second, "turun").await);
    assert_eq!(plan_json(&lead, &site).await, before);
    assert_done(&post(&lead, &site, "/baris/komponen", &[("area", "MP"), ("teks", "Kedua")]).await);
    assert_done(&shift("komponen", &site.agency.component().to_string(), "turun").await);
    let components = plan_json(&lead, &site).await["areas"][0]["components"].clone();
    assert_eq!((&components[0]["name"], &components[1]["name"]), (&"Kedua".into(), &"Tim Kerja".into()));
    assert_eq!(shift("tindakan", second, "samping").await.status, StatusCode::BAD_REQUEST);
    let benefit = before["areas"][0]["benefits"][0]["id"].as_str().unwrap();
    assert_eq!(shift("manfaat", benefit, "naik").await.status, StatusCode::NOT_FOUND);
});

fn names(plan: &Value) -> Vec<&str> {
    actions(plan).iter().map(|action| action["name"].as_str().unwrap()).collect()
}

on_both!(an_approved_action_and_its_component_cannot_be_deleted_a_new_one_can, async |db| {
    let site = TestSite::start(db).await;
    let lead = amending(&site).await;
    let component = site.agency.component().to_string();
    let remove = async |kind: &str, id: &str| {
        post(&lead, &site, &format!("/baris/{kind}/{id}/penghapusan"), &[]).await
    };
    let refused = remove("tindakan", &site.agency.action().to_string()).await;
    assert_says(&refused, StatusCode::UNPROCESSABLE_ENTITY, "tarik tindakan itu dengan alasan");
    let refused = remove("komponen", &component).await;
    assert_says(&refused, StatusCode::UNPROCESSABLE_ENTITY, "masih memuat tindakan yang pernah disetujui");
    let added = post(&lead, &site, "/baris/tindakan", &[("komponen", &component), ("teks", "Baru")]).await;
    let (_, new) = added.location.as_deref().unwrap().split_once("#r-").unwrap();
    assert_done(&remove("tindakan", new).await);
    assert_eq!(names(&plan_json(&lead, &site).await), ["Membentuk tim", "Rapat bulanan"]);
});
