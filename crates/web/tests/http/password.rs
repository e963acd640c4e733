//! Changing one's own password: what is refused with which sentence, and what a change ends.

use bening_testkit::agency::PASSWORD;
use bening_testkit::{Answer, TestSite, Visitor, on_both};
use reqwest::StatusCode;

use crate::ground::{assert_done, assert_says, trail_rows};

const NEW: &str = "perahu layar biru menunggu pasang";

async fn change(visitor: &Visitor, old: &str, new: &str, again: &str) -> Answer {
    visitor.post("/akun/sandi", &[("lama", old), ("baru", new), ("ulang", again)]).await
}

on_both!(a_password_that_breaks_a_rule_is_refused_with_its_sentence, async |db| {
    let site = TestSite::start(db).await;
    let visitor = site.sign_in("direktur").await;
    let before = trail_rows(&site).await;
    let long = "kuda laut minum teh hangat ".repeat(8);
    for (new, sentence) in [
        ("kuda laut", "kata sandi paling sedikit 15 huruf"),
        (long.as_str(), "kata sandi paling banyak 200 huruf"),
        ("direktur-direktur", "kata sandi memuat nama Anda"),
        ("bening bening bening", "kata sandi memuat nama Anda"),
        ("passwordpassword1", "kata sandi ini mudah ditebak"),
        ("123456789012345", "kata sandi ini mudah ditebak"),
        ("aaaaaaaaaaaaaaaaaaaa", "kata sandi ini mudah ditebak"),
        (PASSWORD, "kata sandi baru harus berbeda dari yang lama"),
    ] {
        assert_says(&change(&visitor, PASSWORD, new, new).await, StatusCode::UNPROCESSABLE_ENTITY, sentence);
    }
    let answer = change(&visitor, "bukan sandinya", NEW, NEW).await;
    assert_says(&answer, StatusCode::UNPROCESSABLE_ENTITY, "Kata sandi lama tidak cocok.");
    let answer = change(&visitor, PASSWORD, NEW, "perahu layar biru menunggu surut").await;
    assert_says(&answer, StatusCode::UNPROCESSABLE_ENTITY, "Kedua isian kata sandi baru tidak sama.");
    assert_eq!(trail_rows(&site).await, before);
    site.sign_in("direktur").await;
});

on_both!(a_new_password_replaces_the_old_and_ends_all_other_sessions, async |db| {
    let site = TestSite::start(db).await;
    let (here, elsewhere) = (site.sign_in("ketua").await, site.sign_in("ketua").await);
    let somebody = site.sign_in("anggota").await;
    assert_done(&change(&here, PASSWORD, NEW, NEW).await);
    assert_says(&here.get("/").await, StatusCode::OK, "Kata sandi diganti. Sesi lain telah diakhiri.");
    assert_eq!(elsewhere.get("/akun").await.location.as_deref(), Some("/masuk?ke=%2Fakun"));
    assert_eq!(somebody.get("/akun").await.status, StatusCode::OK);
    let with =
        async |password| site.visitor().post("/masuk", &[("nama", "ketua"), ("sandi", password)]).await;
    assert_eq!(with(PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_done(&with(NEW).await);
});
