//! Units, people, roles, the agency and the trail through HTTP, on both databases.

#![cfg(test)]

use bening_testkit::{Answer, TestDatabase, TestSite, Visitor, on_both};
use reqwest::StatusCode;

const AIR: &str = "/unit/AIR";

/// A smallest whole PNG by the marks that count.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n a picture \0\0\0\0IEND\xaeB`\x82";

async fn add<'a>(by: &Visitor, place: &str, fields: &[(&'a str, &'a str)]) -> Answer {
    let mut form =
        vec![("peran", "anggota-area"), ("mulai", "2020-06-15"), ("sampai", ""), ("jabatan", "Analis")];
    form.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
    form.extend_from_slice(fields);
    by.post(&format!("{place}/orang"), &form).await
}

fn initial_password(page: &Answer) -> String {
    page.texts("code.secret").pop().unwrap_or_else(|| panic!("no password: {}", page.body))
}

/// The undo address and the text of the message left behind.
async fn message(who: &Visitor, page: &str) -> (String, Option<String>) {
    let page = who.get(page).await;
    let undo = page.body.split_once("class=\"toast").and_then(|(_, toast)| toast.split_once("action=\""));
    let undo = undo.and_then(|(_, rest)| rest.split_once('"')).map(|(to, _)| to.to_owned());
    (page.texts(".toast > span:not(.toast-sign)").concat(), undo.filter(|to| to.contains("/p")))
}

fn role_of(page: &Answer, name: &str) -> String {
    let row = page.body.split("<tr>").skip(1).find(|row| row.contains(&format!("<b>{name}</b>"))).unwrap();
    let (_, rest) = row.split_once("/peran/").unwrap();
    rest.split_once('"').unwrap().0.trim_end_matches("/akhir").to_owned()
}

on_both!(a_new_person_gets_a_password_once_and_must_change_it, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let page = add(&lead, AIR, &[("login", "rina"), ("nama", "Rina")]).await;
    assert_eq!(page.status, StatusCode::OK);
    let password = initial_password(&page);
    assert!(password.len() >= 15 && page.headers.get("set-cookie").is_none());
    assert!(!lead.get(AIR).await.body.contains(&password), "the password is shown only once");
    let rina = site.visitor();
    let answer = rina.post("/masuk", &[("nama", "rina"), ("sandi", &password)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(rina.get(AIR).await.location.as_deref(), Some("/akun/sandi"));
});

on_both!(somebody_known_gets_the_role_and_nothing_else, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let answer = add(&lead, AIR, &[("login", "asing"), ("nama", "Nama Lain")]).await;
    assert_eq!(answer.location.as_deref(), Some(AIR));
    assert!(!lead.get(AIR).await.body.contains("Nama Lain"));
    assert_eq!(site.sign_in("asing").await.get(AIR).await.status, StatusCode::OK);
    let again = add(&lead, AIR, &[("login", "asing")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "the same role in the same period");
});

on_both!(a_lead_gives_no_role_of_their_own_rank_or_above, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let (lead, admin) = (site.sign_in("ketua").await, site.sign_in("admin").await);
    for role in ["ketua-tim", "pimpinan-unit", "tpi-anggota", "admin-instansi"] {
        let answer = add(&lead, AIR, &[("login", "rina"), ("nama", "Rina"), ("peran", role)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role}");
    }
    let head = role_of(&admin.get(AIR).await, "Direktur");
    let end = lead.post(&format!("{AIR}/peran/{head}/akhir"), &[]).await;
    assert_eq!(end.status, StatusCode::FORBIDDEN);
    let answer = add(&admin, AIR, &[("login", "rina"), ("nama", "Rina"), ("peran", "ketua-tim")]).await;
    assert_eq!(answer.status, StatusCode::OK);
});

on_both!(a_role_ends_today_and_comes_back_when_that_was_a_mistake, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let member = role_of(&lead.get(AIR).await, "Anggota");
    let role = format!("{AIR}/peran/{member}");
    assert_eq!(lead.post(&format!("{role}/akhir"), &[]).await.location.as_deref(), Some(AIR));
    let (text, undo) = message(&lead, AIR).await;
    assert!(text.contains("berakhir hari ini"), "{text}");
    assert!(lead.get(AIR).await.texts(".chip").contains(&"! berakhir hari ini".to_owned()));
    assert_eq!(lead.post(&undo.unwrap(), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(!lead.get(AIR).await.texts(".chip").contains(&"! berakhir hari ini".to_owned()));
    let stranger = site.sign_in("asing").await;
    assert_eq!(stranger.post(&format!("{role}/akhir"), &[]).await.status, StatusCode::NOT_FOUND);
});

on_both!(the_agency_never_loses_its_last_admin, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let admin = site.sign_in("admin").await;
    let role = role_of(&admin.get("/instansi").await, "Admin");
    let role = format!("/instansi/peran/{role}");
    let end = admin.post(&format!("{role}/akhir"), &[]).await;
    assert_eq!(end.status, StatusCode::UNPROCESSABLE_ENTITY);
    let short = admin.post(&role, &[("mulai", "2020-01-01"), ("sampai", "2020-12-31")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(admin.post("/orang/admin/penonaktifan", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
});

on_both!(a_disabled_account_is_out_at_once, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let (admin, member) = (site.sign_in("admin").await, site.sign_in("anggota").await);
    assert_eq!(member.get(AIR).await.status, StatusCode::OK);
    assert_eq!(admin.post("/orang/anggota/penonaktifan", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(member.get(AIR).await.status, StatusCode::SEE_OTHER);
    let (_, undo) = message(&admin, "/orang/anggota").await;
    assert_eq!(admin.post(&undo.unwrap(), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.sign_in("anggota").await.get(AIR).await.status, StatusCode::OK);
});

on_both!(a_person_added_later_gets_the_actions_that_name_them, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let cell = format!("{}/sel/tindakan/{}/pic", site.plan(), site.agency.action());
    let was = site.agency.plan.actions().next().unwrap().action.pic_names();
    let saved = lead.save(&cell, &was, "Wati").await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let page = add(&lead, AIR, &[("login", "wati"), ("nama", "Wati")]).await;
    assert!(page.texts(".note.info").concat().starts_with("1 tindakan"), "{}", page.body);
    let wati = bening_store::person::by_login(&site.store, &"wati".parse().unwrap()).await.unwrap().unwrap();
    let plan = &site.agency.plan;
    let plan = bening_store::plan::find(&site.store, plan.unit, plan.year).await.unwrap().unwrap();
    assert!(plan.action(site.agency.action()).unwrap().action.is_for(wati.person.id));
});

on_both!(units_keep_their_codes_apart_and_never_stand_in_a_circle, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let admin = site.sign_in("admin").await;
    let fields = |kode, induk| {
        [("kode", kode), ("nama", "Seksi"), ("eselon", "III"), ("induk", induk), ("pimpinan", "Kepala Seksi")]
    };
    assert_eq!(admin.post("/unit", &fields("sek", "AIR")).await.location.as_deref(), Some("/unit/SEK"));
    assert_eq!(admin.post("/unit", &fields("SEK", "AIR")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let circle = admin.post("/unit/AIR/ubah", &fields("AIR", "SEK")).await;
    assert_eq!(circle.status, StatusCode::UNPROCESSABLE_ENTITY);
    let moved = admin.post("/unit/SEK/ubah", &fields("SIR", "API")).await;
    assert_eq!(moved.location.as_deref(), Some("/unit/SIR"));
});

on_both!(the_logo_is_taken_by_its_content_and_shown_to_all, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let (admin, member) = (site.sign_in("admin").await, site.sign_in("pegawai").await);
    let send = async |name: &str, bytes: &[u8]| {
        let part = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().text("_csrf", admin.token().to_owned());
        let form = form.text("nama", "Kementerian Contoh").part("logo", part);
        admin.send(admin.request(reqwest::Method::POST, "/instansi").multipart(form)).await.status
    };
    assert_eq!(send("logo.png", b"<svg onload='alert(1)'/>").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(member.get("/instansi/logo").await.status, StatusCode::NOT_FOUND);
    assert_eq!(send("logo.txt", PICTURE).await, StatusCode::SEE_OTHER);
    assert_eq!(member.get("/instansi/logo").await.headers["content-type"], "image/png");
});

on_both!(the_trail_shows_who_did_what_and_that_it_is_whole, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let (lead, admin) = (site.sign_in("ketua").await, site.sign_in("admin").await);
    add(&lead, AIR, &[("login", "rina"), ("nama", "<b>Rina</b>")]).await;
    let trail = admin.get("/jejak?jenis=person.added").await;
    assert!(trail.body.contains("&#60;b&#62;Rina"), "what people typed is shown, escaped");
    assert!(!trail.body.contains("<b>Rina"));
    assert!(
        lead.get(&format!("{AIR}/jejak")).await.texts("tbody summary").contains(&"Orang ditambah".to_owned())
    );
    let verdict = admin.post("/jejak/pemeriksaan", &[]).await;
    assert!(verdict.texts(".note.ok").concat().contains("Jejak utuh"), "{}", verdict.body);
});

on_both!(search_finds_only_what_one_may_read, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let (member, stranger) = (site.sign_in("pegawai").await, site.sign_in("asing").await);
    let find = async |who: &Visitor, q: &str| {
        let request = who.request(reqwest::Method::GET, &format!("/cari?q={q}")).header("HX-Request", "true");
        who.send(request).await.texts(".results a")
    };
    assert!(find(&member, "air+bersih").await.iter().any(|hit| hit.contains("AIR")));
    assert!(find(&stranger, "air+bersih").await.is_empty());
    assert!(find(&member, "a").await.is_empty() && find(&member, "%25%25").await.is_empty());
});
