//! Signing in and out: who gets in, how long it takes after failures, what the cookie is worth.

use std::net::{IpAddr, Ipv4Addr};

use bening_core::audit::{Actor, Entry};
use bening_core::person::{Login, Standing};
use bening_store::person;
use bening_testkit::agency::PASSWORD;
use bening_testkit::{Answer, TestDatabase, TestSite, Visitor, on_both};
use chrono::DateTime;
use reqwest::StatusCode;

use crate::ground::{assert_done, assert_says, trail_rows};

const NO_MATCH: &str = "Nama masuk atau kata sandi tidak cocok.";

async fn try_in(visitor: &Visitor, login: &str, password: &str) -> Answer {
    visitor.post("/masuk", &[("nama", login), ("sandi", password)]).await
}

async fn fail(visitor: &Visitor, login: &str, times: usize) {
    for _ in 0..times {
        let answer = try_in(visitor, login, "bukan sandinya").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    }
}

fn session_cookie(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").into_iter().map(|line| line.to_str().unwrap());
    cookies.filter(|line| line.starts_with("bening_session=")).collect()
}

on_both!(a_wrong_password_and_an_unknown_name_are_answered_alike, async |db| {
    let site = TestSite::start(db).await;
    let wrong = try_in(&site.visitor(), "ketua", "bukan sandinya").await;
    assert_says(&wrong, StatusCode::UNPROCESSABLE_ENTITY, NO_MATCH);
    for name in ["entah", "", "bukan nama!", &"x".repeat(5_000)] {
        let unknown = try_in(&site.visitor(), name, "bukan sandinya").await;
        assert_says(&unknown, StatusCode::UNPROCESSABLE_ENTITY, NO_MATCH);
        assert_eq!(unknown.texts("main p"), wrong.texts("main p"));
    }
});

on_both!(a_name_with_hidden_characters_is_just_another_unknown_name, async |db| {
    let site = TestSite::start(db).await;
    for name in ["ke\0tua", "\u{202e}autek", "ketua\u{7}x", "'; DROP TABLE person; --"] {
        let unknown = try_in(&site.visitor(), name, "bukan\0sandinya").await;
        assert_says(&unknown, StatusCode::UNPROCESSABLE_ENTITY, NO_MATCH);
    }
});

on_both!(the_wait_grows_to_a_quarter_of_an_hour_and_no_further, async |db| {
    let site = TestSite::start(db).await;
    let visitor = site.visitor();
    fail(&visitor, "ketua", 1).await;
    for failures in [30, 66, 67, 1_000_000] {
        site.tamper(&format!("UPDATE sign_in_failure SET failures = {failures}")).await;
        let answer = try_in(&visitor, "ketua", PASSWORD).await;
        assert_says(&answer, StatusCode::TOO_MANY_REQUESTS, "coba lagi dalam 900 detik");
    }
});

on_both!(a_name_is_taken_as_people_type_it, async |db| {
    let site = TestSite::start(db).await;
    assert_done(&try_in(&site.visitor(), " Ketua ", PASSWORD).await);
});

on_both!(a_sign_in_form_that_is_cut_short_is_told_in_indonesian, async |db| {
    let site = TestSite::start(db).await;
    let answer = site.visitor().post("/masuk", &[("nama", "ketua")]).await;
    assert_says(&answer, StatusCode::BAD_REQUEST, "isian formulir ini tidak lengkap atau keliru");
});

on_both!(three_failures_make_the_name_wait_ever_longer, async |db| {
    let site = TestSite::start(db).await;
    let visitor = site.visitor();
    fail(&visitor, "ketua", 3).await;
    for wait_s in [1, 2, 4] {
        let answer = try_in(&visitor, "ketua", PASSWORD).await;
        assert_says(&answer, StatusCode::TOO_MANY_REQUESTS, &format!("coba lagi dalam {wait_s} detik"));
        assert_eq!(answer.headers["retry-after"], wait_s.to_string());
        site.wait(wait_s);
        fail(&visitor, "ketua", 1).await;
    }
    site.wait(8);
    assert_done(&try_in(&visitor, "ketua", PASSWORD).await);
    fail(&visitor, "ketua", 3).await;
});

on_both!(waiting_is_for_one_name_at_one_address, async |db| {
    let site = TestSite::start(db).await;
    fail(&site.visitor(), "ketua", 3).await;
    assert_eq!(try_in(&site.visitor(), "ketua", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_done(&try_in(&site.visitor(), "anggota", PASSWORD).await);
    let elsewhere = site.visitor_from(IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2)));
    assert_done(&try_in(&elsewhere, "ketua", PASSWORD).await);
});

on_both!(guesses_made_at_once_are_judged_one_by_one, async |db| {
    let site = TestSite::start(db).await;
    let visitor = site.visitor();
    let passwords = ["salah 1", "salah 2", "salah 3", "salah 4", "salah 5", "salah 6"];
    let guesses = passwords.map(|password| try_in(&visitor, "ketua", password));
    let answers = futures::future::join_all(guesses).await;
    let with = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!(with(StatusCode::UNPROCESSABLE_ENTITY), 3);
    assert_eq!(with(StatusCode::TOO_MANY_REQUESTS), 3);
    let next = try_in(&visitor, "ketua", PASSWORD).await;
    assert_says(&next, StatusCode::TOO_MANY_REQUESTS, "coba lagi dalam 1 detik");
});

on_both!(a_disabled_account_does_not_get_in_and_its_sessions_end, async |db| {
    let site = TestSite::start(db).await;
    let signed_in = site.sign_in("anggota").await;
    stand(&site, "anggota", Standing::Disabled).await;
    let answer = try_in(&site.visitor(), "anggota", PASSWORD).await;
    assert_says(&answer, StatusCode::UNPROCESSABLE_ENTITY, NO_MATCH);
    let location = signed_in.get("/akun").await.location;
    assert_eq!(location.as_deref(), Some("/masuk?ke=%2Fakun"));
});

async fn stand(site: &TestSite, login: &str, standing: Standing) {
    let login: Login = login.parse().unwrap();
    let found = person::by_login(&site.store, &login).await.unwrap().unwrap().person;
    let tx = site.store.begin().await.unwrap();
    person::update(&tx, &bening_core::person::Person { standing, ..found.clone() }).await.unwrap();
    let entry = Entry::new(Actor::Console, "person.saved", found.id.0);
    tx.commit(entry, DateTime::UNIX_EPOCH).await.unwrap();
}

on_both!(an_initial_password_is_changed_before_anything_else, async |db| {
    let site = TestSite::start(db).await;
    let ketua = site.sign_in("ketua").await;
    stand(&site, "ketua", Standing::MustChangePassword).await;
    for path in ["/", "/akun", &site.plan(), &format!("{}/ekspor/json", site.plan())] {
        assert_eq!(ketua.get(path).await.location.as_deref(), Some("/akun/sandi"), "{path}");
    }
    let before = trail_rows(&site).await;
    let component = site.agency.component().to_string();
    let add = format!("{}/baris/tindakan", site.plan());
    let answer = ketua.post(&add, &[("komponen", &component), ("teks", "Baru")]).await;
    assert_eq!(answer.location.as_deref(), Some("/akun/sandi"));
    assert_eq!(trail_rows(&site).await, before);
    let page = ketua.get("/akun/sandi").await;
    assert_says(&page, StatusCode::OK, "Pilih kata sandi sendiri sebelum melanjutkan.");
    let new = "perahu layar biru menunggu pasang";
    let changed = ketua.post("/akun/sandi", &[("lama", PASSWORD), ("baru", new), ("ulang", new)]).await;
    assert_done(&changed);
    assert_eq!(ketua.get(&site.plan()).await.status, StatusCode::OK);
});

on_both!(the_session_cookie_is_out_of_reach_of_scripts_and_other_sites, async |db| {
    let site = TestSite::start(db).await;
    let cookie = session_cookie(&try_in(&site.visitor(), "ketua", PASSWORD).await);
    for flag in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age=43200"] {
        assert!(cookie.contains(flag), "{flag} in {cookie}");
    }
});

on_both!(a_cookie_leads_to_nobody_who_reads_the_database, async |db| {
    let site = TestSite::start(db).await;
    let cookie = session_cookie(&try_in(&site.visitor(), "ketua", PASSWORD).await);
    let (_, secret) = cookie.split(';').next().unwrap().split_once('=').unwrap();
    let mut copy = std::io::Cursor::new(Vec::new());
    bening_store::backup::backup(&site.store, &mut copy).await.unwrap();
    let everything = unzipped(copy.into_inner());
    assert!(everything.contains(&bening_web::chance::digest(secret)), "the copy holds all there is");
    assert!(!everything.contains(secret), "the cookie is kept in clear");
    assert!(!everything.contains(PASSWORD), "the password is kept in clear");
});

fn unzipped(bytes: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let entries = (0..archive.len()).map(|index| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_index(index).unwrap(), &mut text).unwrap();
        text
    });
    entries.collect()
}

on_both!(signing_out_ends_the_session_for_whoever_kept_the_cookie, async |db| {
    let site = TestSite::start(db).await;
    let visitor = site.visitor();
    let cookie = session_cookie(&try_in(&visitor, "ketua", PASSWORD).await);
    let kept = cookie.split(';').next().unwrap().to_owned();
    let with_cookie = async || {
        site.visitor().send(visitor.request(reqwest::Method::GET, "/akun").header("cookie", &kept)).await
    };
    assert_eq!(with_cookie().await.status, StatusCode::OK);
    let signed_in = site.sign_in("ketua").await;
    let token = with_cookie().await.csrf().unwrap();
    let out = visitor.request(reqwest::Method::POST, "/keluar").form(&[("_csrf", &token)]);
    assert_eq!(visitor.send(out).await.location.as_deref(), Some("/masuk"));
    assert_eq!(with_cookie().await.location.as_deref(), Some("/masuk?ke=%2Fakun"));
    assert_eq!(signed_in.get("/akun").await.status, StatusCode::OK, "other sessions go on");
});

on_both!(a_session_survives_a_restart_and_ends_after_a_working_day, async |db| {
    let mut site = TestSite::start(db).await;
    let before = site.sign_in("ketua").await;
    site.restart().await;
    let visitor = before.at(&site);
    assert_eq!(visitor.get(&site.plan()).await.status, StatusCode::OK);
    site.wait(12 * 3600);
    assert_eq!(visitor.get("/").await.location.as_deref(), Some("/masuk?ke=%2F"));
});

on_both!(
    after_signing_in_people_get_where_they_wanted_but_never_to_another_site,
    async |db: TestDatabase| {
        let site = TestSite::start(db).await;
        let arrive = async |next: &str| {
            let fields = [("nama", "ketua"), ("sandi", PASSWORD), ("ke", next)];
            site.visitor().post("/masuk", &fields).await.location.unwrap()
        };
        assert_eq!(arrive(&site.plan()).await, site.plan());
        for elsewhere in ["https://lain.example", "//lain.example", "/\\lain.example", "", "/\r\nx: y"] {
            assert_eq!(arrive(elsewhere).await, "/", "{elsewhere:?}");
        }
    }
);
