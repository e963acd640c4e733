//! Reporting the work of a month done, or not done after all.

use bening_core::audit::{Actor, Entry};
use bening_core::id::AssignmentId;
use bening_core::person::{Assignment, Place, Role};
use bening_core::plan::Area;
use bening_store::person;
use bening_testkit::{Answer, TestSite, Visitor, on_both};
use reqwest::StatusCode;

use crate::ground::{
    actions, amending, approve, assert_done, assert_says, cell, plan_json, post, trail_rows,
};

async fn report(visitor: &Visitor, site: &TestSite, month: &str, state: &str) -> Answer {
    let path = format!("/tindakan/{}/laporan", site.agency.action());
    post(visitor, site, &path, &[("bulan", month), ("keadaan", state)]).await
}

on_both!(a_pic_reports_a_month_done_and_takes_it_back, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let pic = site.sign_in("anggota").await;
    let late = pic.get(&format!("{}/tindakan-saya", site.plan())).await;
    assert_says(&late, StatusCode::OK, "hari lewat");
    assert_done(&report(&pic, &site, "1", "selesai").await);
    assert_says(&pic.get(&site.plan()).await, StatusCode::OK, "Januari: dicatat selesai.");
    assert_eq!(actions(&plan_json(&pic, &site).await)[0]["done"], serde_json::json!([1]));
    assert_done(&report(&pic, &site, "1", "belum").await);
    assert_eq!(actions(&plan_json(&pic, &site).await)[0]["done"], serde_json::json!([]));
});

on_both!(months_of_recurring_work_are_reported_one_by_one, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let lead = site.sign_in("ketua").await;
    let id = actions(&plan_json(&lead, &site).await)[1]["id"].as_str().unwrap().to_owned();
    for month in ["6", "2", "2"] {
        let path = format!("/tindakan/{id}/laporan");
        assert_done(&post(&lead, &site, &path, &[("bulan", month), ("keadaan", "selesai")]).await);
    }
    assert_eq!(actions(&plan_json(&lead, &site).await)[1]["done"], serde_json::json!([2, 6]));
});

on_both!(what_cannot_be_reported_is_refused_with_the_reason, async |db| {
    let site = TestSite::start(db).await;
    let pic = site.sign_in("anggota").await;
    let draft = report(&pic, &site, "1", "selesai").await;
    assert_says(
        &draft,
        StatusCode::UNPROCESSABLE_ENTITY,
        "Rencana belum disetujui; kemajuan dapat dicatat setelah",
    );
    approve(&site).await;
    let before = trail_rows(&site).await;
    let early = report(&pic, &site, "2", "selesai").await;
    assert_says(&early, StatusCode::UNPROCESSABLE_ENTITY, "tidak jatuh tempo pada bulan itu");
    assert_eq!(report(&pic, &site, "13", "selesai").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(report(&pic, &site, "1", "mungkin").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(trail_rows(&site).await, before);
});

on_both!(a_withdrawn_action_is_not_reported_on, async |db| {
    let site = TestSite::start(db).await;
    let lead = amending(&site).await;
    let withdraw = format!("/tindakan/{}/penarikan", site.agency.action());
    assert_done(&post(&lead, &site, &withdraw, &[("alasan", "digabung dengan kegiatan lain")]).await);
    let answer = report(&lead, &site, "1", "selesai").await;
    assert_says(&answer, StatusCode::UNPROCESSABLE_ENTITY, "sudah ditarik");
});

on_both!(an_action_that_an_amendment_adds_is_reported_once_it_is_approved, async |db| {
    let site = TestSite::start(db).await;
    let lead = amending(&site).await;
    let component = site.agency.component().to_string();
    let new =
        post(&lead, &site, "/baris/tindakan", &[("komponen", &component), ("teks", "Menilai tim")]).await;
    let id = new.location.as_deref().unwrap().split_once("#r-").unwrap().1.to_owned();
    for (column, value) in [("waktu", "Maret"), ("pic", "Ketua")] {
        let saved = lead.save(&cell(&site, "tindakan", id.as_str(), column), "", value).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    }
    let mine = format!("{}/tindakan-saya", site.plan());
    let offers = async || lead.get(&mine).await.texts("form[action$='/laporan'] button").len();
    assert_eq!(offers().await, 0, "no button for what is refused");
    let report = async || {
        post(&lead, &site, &format!("/tindakan/{id}/laporan"), &[("bulan", "3"), ("keadaan", "selesai")])
            .await
    };
    assert_says(&report().await, StatusCode::UNPROCESSABLE_ENTITY, "Tindakan ini belum disetujui");
    approve(&site).await;
    assert_eq!(offers().await, 1);
    assert_done(&report().await);
});

on_both!(an_employee_who_is_not_the_pic_may_not_report, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    for login in ["pegawai", "direktur", "tpi"] {
        let somebody = site.sign_in(login).await;
        let answer = report(&somebody, &site, "1", "selesai").await;
        assert_says(&answer, StatusCode::FORBIDDEN, "Peran Anda di unit ini tidak memuat tindakan tersebut");
    }
    let stranger = site.sign_in("asing").await;
    assert_eq!(report(&stranger, &site, "1", "selesai").await.status, StatusCode::NOT_FOUND);
});

on_both!(a_member_of_another_area_may_report_where_their_name_stands, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    join_area(&site, "pegawai", Area::PublicService).await;
    let member = site.sign_in("pegawai").await;
    let pic = cell(&site, "tindakan", site.agency.action(), "pic");
    approve(&site).await;
    assert_eq!(report(&member, &site, "1", "selesai").await.status, StatusCode::FORBIDDEN);
    assert_done(&post(&lead, &site, "/perubahan", &[]).await);
    assert_eq!(lead.save(&pic, "Anggota", "Anggota, pegawai").await.status, StatusCode::OK);
    let mine = member.get(&format!("{}/tindakan-saya", site.plan())).await;
    assert_says(&mine, StatusCode::OK, "Membentuk tim");
    assert_done(&report(&member, &site, "1", "selesai").await);
});

/// Makes somebody a member of an area's team.
async fn join_area(site: &TestSite, login: &str, area: Area) {
    let assignment = Assignment {
        id: AssignmentId(bening_web::chance::fresh()),
        person: site.agency.person(login),
        role: Role::AreaMember,
        place: Place::Unit(site.agency.unit.id),
        areas: [area].into(),
        from: bening_testkit::agency::first_day(),
        until: None,
    };
    let tx = site.store.begin().await.unwrap();
    person::assign(&tx, &assignment).await.unwrap();
    let entry = Entry::new(Actor::Console, "assignment.given", assignment.id.0);
    tx.commit(entry, chrono::DateTime::UNIX_EPOCH).await.unwrap();
}

on_both!(after_a_report_people_return_to_where_they_were_and_nowhere_else, async |db| {
    let site = TestSite::start(db).await;
    approve(&site).await;
    let pic = site.sign_in("anggota").await;
    let path = format!("/tindakan/{}/laporan", site.agency.action());
    let mine = format!("{}/tindakan-saya", site.plan());
    for (back, to) in [(mine.as_str(), mine.as_str()), ("/", "/"), ("https://lain.example", &site.plan())] {
        let fields = [("bulan", "1"), ("keadaan", "selesai"), ("kembali", back)];
        assert_eq!(post(&pic, &site, &path, &fields).await.location.as_deref(), Some(to));
    }
});
