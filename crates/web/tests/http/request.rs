//! What every request and answer has in common: forged and foreign requests, headers, reading that leaves no trace.

use bening_testkit::{Answer, TestSite, Visitor, on_both};
use reqwest::{Method, StatusCode};

use crate::ground::{actions, assert_done, assert_says, cell, plan_json, post, trail_rows};

const FOREIGN: &str = "Permintaan ini tidak datang dari halaman Bening yang terbuka.";

/// Every page that the team lead can open on a draft.
fn pages(site: &TestSite) -> Vec<String> {
    let plan = site.plan();
    let tabs = ["", "/jadwal", "/tindakan-saya", "/prioritas", "/riwayat", "/dokumen", "/tempel", "/impor"];
    let formats = ["pdf", "docx", "xlsx", "csv", "json"].map(|format| format!("{plan}/ekspor/{format}"));
    let own = ["/", "/akun", "/akun/sandi", "/masuk", "/templat-rencana.xlsx", "/healthz", "/readyz"];
    let none = "/unit/AIR/rencana/2021".to_owned();
    let tabs = tabs.map(|tab| format!("{plan}{tab}"));
    let action = format!("{plan}/tindakan/{}", site.agency.action());
    own.map(str::to_owned).into_iter().chain(tabs).chain(formats).chain([none, action]).collect()
}

on_both!(a_form_without_its_token_or_with_a_wrong_one_changes_nothing, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (trail, plan) = (trail_rows(&site).await, plan_json(&lead, &site).await);
    for forged in [lead.forged(), unarmed(&lead)] {
        for (path, fields) in forms(&site) {
            let answer = forged.post(&path, &fields).await;
            assert_says(&answer, StatusCode::FORBIDDEN, FOREIGN);
        }
        let saved =
            forged.save(&cell(&site, "tindakan", site.agency.action(), "aksi"), "Membentuk tim", "X").await;
        assert_eq!(saved.status, StatusCode::FORBIDDEN);
        let uploaded = forged.upload(&format!("{}/impor", site.plan()), "berkas", "a.csv", b"a".into()).await;
        assert_says(&uploaded, StatusCode::FORBIDDEN, FOREIGN);
    }
    assert_eq!((trail_rows(&site).await, plan_json(&lead, &site).await), (trail, plan));
});

/// The same person whose forms carry an empty token.
fn unarmed(visitor: &Visitor) -> Visitor {
    visitor.with_token("")
}

fn forms(site: &TestSite) -> Vec<(String, Vec<(&'static str, &'static str)>)> {
    let (plan, action) = (site.plan(), site.agency.action());
    vec![
        ("/keluar".to_owned(), vec![]),
        ("/bahasa".to_owned(), vec![("lang", "en")]),
        ("/tema".to_owned(), vec![("theme", "dark")]),
        (format!("{plan}/baris/manfaat"), vec![("area", "MP"), ("teks", "Baru")]),
        (format!("{plan}/baris/tindakan/{action}/penghapusan"), vec![]),
        ("/unit/AIR/rencana/2021".to_owned(), vec![]),
    ]
}

on_both!(a_request_from_another_site_changes_nothing_even_with_the_token, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let trail = trail_rows(&site).await;
    let path = format!("{}/baris/manfaat", site.plan());
    let with = async |name: &str, value: &str| {
        let fields = [("area", "MP"), ("teks", "Baru"), ("_csrf", lead.token())];
        lead.send(lead.request(Method::POST, &path).header(name, value).form(&fields)).await
    };
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://lain.example"),
        ("origin", "null"),
    ] {
        assert_says(&with(name, value).await, StatusCode::FORBIDDEN, FOREIGN);
    }
    assert_eq!(trail_rows(&site).await, trail);
    assert_done(&with("sec-fetch-site", "same-origin").await);
    assert_done(&with("origin", &site.address).await);
});

on_both!(a_stranger_site_cannot_sign_people_in, async |db| {
    let site = TestSite::start(db).await;
    let visitor = site.visitor();
    let fields = [("nama", "ketua"), ("sandi", bening_testkit::agency::PASSWORD)];
    let request =
        visitor.request(Method::POST, "/masuk").header("sec-fetch-site", "cross-site").form(&fields);
    assert_says(&visitor.send(request).await, StatusCode::FORBIDDEN, FOREIGN);
});

on_both!(reading_leaves_no_trace, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (trail, plan) = (trail_rows(&site).await, plan_json(&lead, &site).await);
    for path in pages(&site) {
        let answer = lead.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    }
    assert_eq!((trail_rows(&site).await, plan_json(&lead, &site).await), (trail, plan));
});

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

on_both!(every_answer_keeps_browsers_careful, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let refused = ["/tidak-ada", "/unit/API/rencana/2020", "/unit/AIR/rencana/2020/tindakan/bukan-id"];
    for path in pages(&site).into_iter().chain(refused.map(str::to_owned)) {
        let answer = lead.get(&path).await;
        let policy = header(&answer, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-") && !policy.contains('*'), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{path}");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&answer, "referrer-policy"), "same-origin", "{path}");
        assert_eq!(header(&answer, "cache-control"), "no-store", "{path}");
    }
});

on_both!(pages_hold_no_code_that_the_policy_would_stop, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    for path in pages(&site).into_iter().filter(|path| !path.contains("ekspor")) {
        let answer = lead.get(&path).await;
        assert_eq!(
            answer.texts("[style], style, script:not([src]), [onclick], [onsubmit]").len(),
            0,
            "{path}"
        );
    }
});

on_both!(assets_are_fetched_once_and_for_all, async |db| {
    let site = TestSite::start(db).await;
    for name in ["app.css", "app.js", "htmx.js"] {
        let answer = site.visitor().get(&bening_web::assets::asset(name)).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        assert_eq!(header(&answer, "cache-control"), "public, max-age=31536000, immutable", "{name}");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{name}");
    }
    assert_eq!(site.visitor().get("/aset/lain.css").await.status, StatusCode::NOT_FOUND);
});

on_both!(addresses_that_lead_nowhere_are_told_in_indonesian, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let plan = site.plan();
    for path in ["/tidak-ada", "/unit/XYZ/rencana/2020", "/unit/AIR/rencana/1950", "/unit/AIR/rencana/abc"] {
        assert_says(&lead.get(path).await, StatusCode::NOT_FOUND, "Alamat ini tidak ada");
    }
    let nil = format!("/tindakan/{}", uuid::Uuid::nil());
    for path in ["/ekspor/exe", "/ekspor/json?versi=1", "/lain", &nil] {
        let answer = lead.get(&format!("{plan}{path}")).await;
        assert_says(&answer, StatusCode::NOT_FOUND, "Alamat ini tidak ada");
    }
    for path in ["/tindakan/bukan-id", "/riwayat?dari=satu"] {
        let answer = lead.get(&format!("{plan}{path}")).await;
        assert_says(&answer, StatusCode::BAD_REQUEST, "tidak lengkap atau keliru");
    }
    assert_says(&post(&lead, &site, "/jadwal", &[]).await, StatusCode::NOT_FOUND, "Alamat ini tidak ada");
    assert_says(
        &lead.get(&format!("{plan}/persetujuan")).await,
        StatusCode::NOT_FOUND,
        "Alamat ini tidak ada",
    );
});

on_both!(a_form_sent_after_the_session_ended_leads_home_not_to_a_dead_end, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    site.wait(12 * 3600);
    let answer = post(&lead, &site, "/perubahan", &[]).await;
    assert_eq!(answer.location.as_deref(), Some("/masuk?ke=%2F"));
});

on_both!(words_that_look_like_code_are_shown_as_words, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'";
    let path = cell(&site, "tindakan", site.agency.action(), "aksi");
    assert_eq!(lead.save(&path, "Membentuk tim", evil).await.status, StatusCode::OK);
    assert_eq!(actions(&plan_json(&lead, &site).await)[0]["name"], evil);
    for path in pages(&site).into_iter().filter(|path| !path.contains("ekspor")) {
        let answer = lead.get(&path).await;
        assert!(!answer.body.contains("<script>alert") && !answer.body.contains("<img src=x"), "{path}");
    }
});
