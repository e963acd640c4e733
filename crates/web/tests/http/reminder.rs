//! What people are told: the inbox, the calendar for other programs, digests by mail.

use bening_core::reminder::{Rules, Wish};
use bening_store::reminder as store;
use bening_testkit::site::SITE;
use bening_testkit::{TestSite, Visitor, on_both};
use bening_web::chance;
use bening_web::reminder::digest::letter;
use chrono::NaiveDate;
use reqwest::StatusCode;

use crate::ground::{approve, assert_done, assert_says};

const WISH: &str = "/akun/pengingat";

/// Tells everybody what is due on 10 March 2020: January was not closed.
async fn told(site: &TestSite) {
    approve(site).await;
    let (today, now) = (NaiveDate::from_ymd_opt(2020, 3, 10).unwrap(), chrono::DateTime::UNIX_EPOCH);
    let rules = Rules::shipped().unwrap();
    assert!(store::tell(&site.store, &rules, today, now, &mut chance::fresh).await.unwrap() > 0);
}

async fn wish(who: &Visitor, address: &str, hour: &str) -> StatusCode {
    let fields = [("alamat", address), ("irama", "daily"), ("jam", hour)];
    who.post(WISH, &fields).await.status
}

async fn kept_wish(site: &TestSite, login: &str) -> Option<Wish> {
    store::wish_of(&site.store, site.agency.person(login)).await.unwrap()
}

on_both!(the_inbox_shows_what_was_told_until_it_is_read, async |db| {
    let site = TestSite::start(db).await;
    told(&site).await;
    let lead = site.sign_in("ketua").await;
    let page = lead.get("/kotak").await;
    assert_says(&page, StatusCode::OK, "lewat batas waktu");
    assert!(page.body.contains("/unit/AIR/monev/2020/"), "the way to what is due: {}", page.text());
    assert!(
        !site.sign_in("asing").await.get("/kotak").await.body.contains("/unit/AIR/"),
        "of others nothing"
    );
    assert_done(&lead.post("/kotak/pembacaan", &[]).await);
    assert_eq!(store::unread(&site.store, site.agency.person("ketua")).await.unwrap(), 0);
});

on_both!(a_calendar_is_read_by_its_secret_address_until_that_is_taken_away, async |db| {
    let site = TestSite::start(db).await;
    told(&site).await;
    let lead = site.sign_in("ketua").await;
    let page = lead.post("/akun/kalender", &[]).await;
    let start = page.body.find("/kalender/").unwrap();
    let address = page.body[start..].split('"').next().unwrap().to_owned();
    let feed = site.visitor().get(&address).await;
    assert_eq!(feed.headers["content-type"], "text/calendar; charset=utf-8");
    for said in ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "SUMMARY:", "END:VCALENDAR"] {
        assert!(feed.body.contains(said), "{said}: {}", feed.body);
    }
    assert_done(&lead.post("/akun/kalender/pencabutan", &[]).await);
    assert_eq!(site.visitor().get(&address).await.status, StatusCode::NOT_FOUND);
});

on_both!(a_digest_says_what_is_new_with_its_way_and_nothing_twice, async |db| {
    let site = TestSite::start(db).await;
    told(&site).await;
    let lead = site.sign_in("ketua").await;
    assert_eq!(wish(&lead, "Ketua <ketua@contoh.go.id>", "7").await, StatusCode::SEE_OTHER);
    let (app, rules) = (site.app_with_mail(), Rules::shipped().unwrap().mail);
    let kept = kept_wish(&site, "ketua").await.unwrap();
    let mail = letter(&app, &kept, &rules).await.unwrap().unwrap();
    assert_eq!(mail.to, "ketua@contoh.go.id");
    assert!(mail.text.contains(&format!("{SITE}/unit/AIR/monev/2020/")), "{}", mail.text);
    assert!(mail.html.unwrap().contains(&format!("{SITE}{WISH}")), "the way to end it");
    let later = Wish { last_on: NaiveDate::from_ymd_opt(2020, 6, 15), ..kept.clone() };
    assert_eq!(letter(&app, &later, &rules).await.unwrap(), None, "nothing is told twice");
    let stranger = Wish { person: site.agency.person("asing"), ..kept.clone() };
    assert_eq!(letter(&app, &stranger, &rules).await.unwrap(), None, "others are told nothing");
    assert_done(&lead.post("/kotak/pembacaan", &[]).await);
    assert_eq!(letter(&app, &kept, &rules).await.unwrap(), None, "what was read is not mailed");
});

on_both!(a_wish_that_cannot_be_met_changes_nothing, async |db| {
    let site = TestSite::start(db).await;
    let member = site.sign_in("anggota").await;
    assert_eq!(wish(&member, "anggota@contoh.go.id", "8").await, StatusCode::SEE_OTHER);
    for (address, hour) in [("bukan alamat", "8"), ("anggota@contoh.go.id", "3"), ("", "8")] {
        assert_eq!(wish(&member, address, hour).await, StatusCode::UNPROCESSABLE_ENTITY, "{address} {hour}");
    }
    let kept = kept_wish(&site, "anggota").await.unwrap();
    assert_eq!((kept.address.as_str(), kept.hour), ("anggota@contoh.go.id", 8));
    assert_says(&member.get(WISH).await, StatusCode::OK, "Peladen surel belum diatur");
    assert_done(&member.post(&format!("{WISH}/penghentian"), &[]).await);
    assert_eq!(kept_wish(&site, "anggota").await, None);
});
