//! Every page as three roles see it, wide and narrow, light and dark: axe-core finds nothing, the console is silent,
//! nothing sticks out. A page that is added to the URL table is visited without further ado.

use bening_core::time::Year;
use bening_testkit::{Browser, ColorScheme, TestSite, Visitor};
use bening_web::routes;
use reqwest::Method;

use crate::person::{at_screen, site};

const SHEET: &str = "/unit/AIR/lke/2020";

/// The counter's thanks make room for the next person by themselves; axe wants no page to do that.
const EMPTIES_ITSELF: &str = "/s/{token}/kios/terima-kasih";

/// Pages on which colours carry the most; the others share their parts.
const ALSO_DARK: [&str; 5] = ["/", "/rencana/2020", "/jadwal", "/riwayat", "/tempel"];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_wrong_with_the_pages_of_the_team_lead_while_the_plan_is_open() {
    let site = site().await;
    open_for_amendment(&site).await;
    visit_all(&site, "ketua").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_wrong_with_the_pages_of_the_head_of_the_unit_who_may_approve() {
    let site = site().await;
    open_for_amendment(&site).await;
    visit_all(&site, "direktur").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_wrong_with_the_pages_of_the_administrator_of_the_agency() {
    let site = site().await;
    site.sign_in("direktur").await.post(&format!("{}/persetujuan", site.plan()), &[]).await;
    visit_all(&site, "admin").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_wrong_with_empty_plans_and_refusals() {
    let site = site().await;
    let lead = site.sign_in("ketua").await;
    lead.post("/unit/AIR/rencana/2021", &[]).await;
    let browser = at_screen(&site, "ketua", 390).await;
    for path in ["/unit/AIR/rencana/2021", "/unit/AIR/rencana/2021/riwayat", "/unit/AIR/rencana/2022"] {
        check(&browser, &site, path, "ketua").await;
        assert_eq!(browser.console_errors().await.unwrap(), Vec::<String>::new(), "{path}");
    }
    check(&browser, &site, "/unit/API/rencana/2020", "ketua").await;
    check(&browser, &site, "/tidak/ada", "ketua").await;
}

/// Approved, opened again, one cell changed and one action withdrawn: a history with differences.
async fn open_for_amendment(site: &TestSite) {
    let (lead, head) = (site.sign_in("ketua").await, site.sign_in("direktur").await);
    let (plan, action) = (site.plan(), site.agency.action());
    let other = site.agency.plan.areas[0].components[0].actions[1].id;
    let cell = format!("{plan}/sel/tindakan/{action}/aksi");
    assert_eq!(head.post(&format!("{plan}/persetujuan"), &[("catatan", "")]).await.status, 303);
    assert_eq!(lead.post(&format!("{plan}/perubahan"), &[]).await.status, 303);
    assert_eq!(lead.save(&cell, "Membentuk tim", "Membentuk tim kerja").await.status, 200);
    let reason = [("alasan", "Digabung dengan rapat pimpinan")];
    assert_eq!(lead.post(&format!("{plan}/tindakan/{other}/penarikan"), &reason).await.status, 303);
}

/// A worksheet with one answer, and a survey that is open: its identity and the token of its address.
async fn fill(site: &TestSite) -> Survey {
    let lead = site.sign_in("ketua").await;
    lead.post(SHEET, &[("edisi", "permenpanrb-52-2014")]).await;
    let answer = [("jawaban", "Ya"), ("was", r#"{"answer":null,"note":""}"#)];
    assert_eq!(lead.post(&format!("{SHEET}/pertanyaan/MP-P1a"), &answer).await.status, 303);
    let fields = [
        ("kuesioner", "spak-90-2021:4"),
        ("layanan", "Izin air"),
        ("periode", "Triwulan II 2020"),
        ("buka", "2020-06-01"),
        ("tutup", "2020-06-30"),
        ("cara", "open"),
    ];
    let made = lead.post("/unit/AIR/survei", &fields).await.location.unwrap();
    assert_eq!(lead.post(&format!("{made}/pembukaan"), &[]).await.status, 303);
    let id = made.rsplit('/').next().unwrap().to_owned();
    let kept = bening_store::survey::by_id(&site.store, id.parse().unwrap()).await.unwrap().unwrap();
    Survey { id, token: kept.campaign.token }
}

/// A survey to be looked at.
struct Survey {
    id: String,
    token: String,
}

async fn visit_all(site: &TestSite, login: &str) {
    let survey = fill(site).await;
    let paths = pages(site, &survey, &site.sign_in(login).await).await;
    assert!(paths.len() > 8, "{login} sees only {paths:?}");
    let mut found = Vec::new();
    for width in [1280, 390] {
        let browser = at_screen(site, login, width).await;
        for path in &paths {
            found.extend(complaints(&browser, site, path).await);
        }
        let dark =
            paths.iter().filter(|path| width > 900 && ALSO_DARK.iter().any(|dark| path.ends_with(dark)));
        browser.prefer(ColorScheme::Dark).await.unwrap();
        for path in dark {
            found.extend(complaints(&browser, site, path).await);
        }
        found.extend(browser.console_errors().await.unwrap());
    }
    assert!(found.is_empty(), "{login}:\n{}", found.join("\n"));
}

async fn check(browser: &Browser, site: &TestSite, path: &str, login: &str) {
    assert_eq!(complaints(browser, site, path).await, Vec::<String>::new(), "{login}");
}

/// What is wrong with a page.
async fn complaints(browser: &Browser, site: &TestSite, path: &str) -> Vec<String> {
    browser.goto(&format!("{}{path}", site.address)).await.unwrap();
    let axe = browser.axe().await.unwrap().into_iter().map(|found| format!("{path}: {found:?}"));
    let over = browser.overflow_px().await.unwrap();
    axe.chain((over > 0).then(|| format!("{path} can be scrolled sideways by {over} px"))).collect()
}

/// The addresses of the URL table that answer this person with a page.
async fn pages(site: &TestSite, survey: &Survey, person: &Visitor) -> Vec<String> {
    let mut pages = Vec::new();
    let shown = |route: &routes::Route| route.method == Method::GET && route.path != EMPTIES_ITSELF;
    for route in routes::table().into_iter().filter(shown) {
        let path = filled(route.path, site, survey).await;
        let answer = person.get(&path).await;
        let is_page =
            answer.headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        if answer.status == 200 && is_page {
            pages.push(path);
        }
    }
    pages
}

async fn filled(path: &str, site: &TestSite, survey: &Survey) -> String {
    let member = site.agency.person("anggota");
    let held = bening_store::person::all_assignments(&site.store).await.unwrap();
    let role = held.iter().find(|held| held.person == member).map(|held| held.id.to_string()).unwrap();
    let team = bening_store::team::list(&site.store, Year::new(2020).unwrap()).await.unwrap();
    let id = match path {
        path if path.contains("/peran/") => role,
        path if path.contains("/survei/") => survey.id.clone(),
        path if path.contains("/tim/") => team[0].id.to_string(),
        path if path.contains("/instrumen/") => "permenpanrb-52-2014".to_owned(),
        _ => site.agency.action().to_string(),
    };
    let code = if path.contains("/pertanyaan/") { "MP-P1a" } else { "MP-P1" };
    let known = [
        ("{unit}", site.agency.unit.code.as_str()),
        ("{tahun}", "2020"),
        ("{id}", id.as_str()),
        ("{format}", "json"),
        ("{login}", "anggota"),
        ("{kode}", code),
        ("{token}", &survey.token),
        ("{lapisan}", "unit"),
        ("{putaran}", "1"),
        ("{bulan}", "1"),
        ("{versi}", "1"),
        ("{tumpukan}", "1"),
        ("{register}", "gratifikasi"),
        ("{rahasia}", "tidak-pernah-diberikan"),
        ("{laporan}", "00000000-0000-4000-8000-000000000000"),
        ("{jenis}", "undangan"),
        ("{naskah}", "undangan"),
        ("{kumpulan}", "tidak-ada"),
        ("{tahap}", "admin_selection"),
    ];
    let path = known.into_iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value));
    assert!(!path.contains('{'), "say in this test what to put into {path}");
    path
}
