//! Questions of the unit beside the official ones, the sample for a chosen margin, and channels that brought nothing.

use bening_core::survey::{Options, Report, Table, method, shipped, to_json};
use bening_store::survey as store;
use bening_testkit::{TestSite, Visitor, on_both};
use serde_json::Value;

use crate::survey::{answer, draft, kept, list};

const SET: [(&str, &str); 7] = [
    ("nama", "Ruang layanan"),
    ("id1", "Apakah ruang tunggu <b>nyaman</b>?"),
    ("en1", "Was the waiting room comfortable?"),
    ("jenis1", "ya"),
    ("id2", "Seberapa mudah tempat ini ditemukan?"),
    ("en2", "How easy was this place to find?"),
    ("jenis2", "skala"),
];

async fn set(site: &TestSite, lead: &Visitor) -> String {
    let base = format!("{}/pertanyaan", list(site));
    assert_eq!(lead.post(&base, &SET).await.status.as_u16(), 303);
    let sets = store::own_sets(&site.store, &[site.agency.unit.id]).await.unwrap();
    sets[0].1.id.to_string()
}

/// An open campaign that asks the set, with more fields: its address.
pub(crate) async fn campaign(site: &TestSite, lead: &Visitor, more: &[(&str, &str)]) -> String {
    let fields = [
        ("kuesioner", "spak-90-2021:4"),
        ("layanan", "Izin air"),
        ("periode", "Triwulan II 2020"),
        ("populasi", "1000"),
        ("buka", "2020-06-01"),
        ("tutup", "2020-06-30"),
        ("cara", "open"),
    ];
    let made = lead.post(&list(site), &[&fields, more].concat()).await;
    assert_eq!(made.status.as_u16(), 303, "{}", made.text());
    let at = made.location.unwrap();
    assert_eq!(lead.post(&format!("{at}/pembukaan"), &[]).await.status.as_u16(), 303);
    at
}

on_both!(own_questions_are_asked_in_both_languages_frozen_and_never_counted, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let id = set(&site, &lead).await;
    let at = campaign(&site, &lead, &[("sendiri", &id)]).await;
    let form = format!("/s/{}", kept(&site, &at).await.campaign.token);
    let citizen = site.visitor();
    let page = citizen.get(&form).await;
    assert!(page.text().contains("Apakah ruang tunggu <b>nyaman</b>?"), "typed markup is text");
    let guest = site.visitor();
    guest.post("/bahasa", &[("lang", "en"), ("back", &form)]).await;
    let english = guest.get(&form).await.text();
    assert!(english.contains("Was the waiting room comfortable?") && !english.contains("ruang tunggu"));
    let beside = [("T1", "ya"), ("T2", "1")];
    assert_eq!(answer(&citizen, &form, "4", &beside).await.status.as_u16(), 303);
    assert_eq!(answer(&site.visitor(), &form, "3", &[("T1", "mungkin")]).await.status.as_u16(), 422);
    assert_eq!(
        answer(&site.visitor(), &form, "3", &[("T1", "tidak"), ("T2", "2")]).await.status.as_u16(),
        303
    );
    for step in ["penutupan", "pembekuan"] {
        assert_eq!(lead.post(&format!("{at}/{step}"), &[]).await.status.as_u16(), 303);
    }
    let csv = lead.get(&format!("{at}/data/csv")).await.body;
    assert!(csv.lines().next().unwrap().ends_with("kanal,tanggal,T1,T2"), "{csv}");
    assert!(csv.contains(",ya,1\n") && csv.contains(",tidak,2\n"), "{csv}");
    let json: Value = serde_json::from_str(&lead.get(&format!("{at}/data/json")).await.body).unwrap();
    assert_eq!(json["own"]["questions"][0]["counts"]["ya"], 1);
    assert_eq!(json["own"]["questions"][1]["mean_exact"], "3/2");
    assert_eq!(json["report"]["index_exact"], "7/2", "answers of 4 and 3, whatever was said beside");
    let asked = shipped().find("spak-90-2021").unwrap();
    let (responses, ignored) = Table::read(asked, asked.scale(Some(4)).unwrap(), &csv).unwrap();
    assert!(ignored.contains(&"T1".to_owned()));
    let options = Options { population: Some(1000), ..Options::default() };
    let again = to_json(&Report::of(&responses, method().unwrap(), &options).unwrap());
    assert_eq!(again, json["report"], "the published file gives the same figures to the last digit");
    let board = lead.get(&at).await;
    assert!(board.texts("#sendiri tbody tr").concat().contains("tidak: 1"), "{}", board.text());
    let paper = lead.get(&format!("{at}/laporan/pdf")).await.body;
    assert!(paper.contains("Ruang layanan") && paper.contains("tidak pernah dihitung dalam indeks"));
});

on_both!(a_new_version_leaves_what_was_asked_and_other_units_see_nothing, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let id = set(&site, &lead).await;
    let at = draft(&site, &lead, ("", "")).await;
    let used = campaign(&site, &lead, &[("sendiri", &id)]).await;
    let base = format!("{}/pertanyaan", list(&site));
    let one_language = [("nama", "Ruang"), ("id1", "Hanya ini?"), ("en1", "")];
    let refused = lead.post(&format!("{base}/{id}"), &one_language).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(refused.body.contains("value=\"Hanya ini?\""), "what was typed comes back");
    let changed = [("nama", "Ruang"), ("id1", "Lain?"), ("en1", "Other?"), ("jenis1", "tulisan")];
    assert_eq!(lead.post(&format!("{base}/{id}"), &changed).await.status.as_u16(), 303);
    let (_, stands) = store::own_set(&site.store, id.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((stands.version, stands.questions.len()), (2, 1));
    assert_eq!(kept(&site, &used).await.campaign.own.unwrap().version, 1);
    assert!(kept(&site, &at).await.campaign.own.is_none());
    let stranger = site.sign_in("asing").await;
    assert_eq!(stranger.get(&format!("{base}/{id}")).await.status.as_u16(), 404);
    let theirs = stranger.get("/unit/API/survei/pertanyaan").await;
    assert!(theirs.status.as_u16() != 200 || !theirs.text().contains("Ruang"), "{}", theirs.text());
});

on_both!(a_chosen_margin_has_its_own_sample_and_a_silent_channel_is_warned_about, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let aim = [("galat", "3"), ("taraf", "0.95"), ("kanal_link", "ya"), ("kanal_paper", "ya")];
    let at = campaign(&site, &lead, &aim).await;
    let form = format!("/s/{}", kept(&site, &at).await.campaign.token);
    assert_eq!(answer(&site.visitor(), &form, "4", &[]).await.status.as_u16(), 303);
    let board = lead.get(&at).await;
    assert_eq!(board.texts(".stat-figure")[1..3], ["278", "516"], "as `bening survey sample` says");
    assert!(board.text().contains("galat 3%, taraf 95%"), "{}", board.text());
    assert!(board.text().contains("Krejcie & Morgan (1970)"), "how it was reckoned");
    let warnings = board.texts(".note.warn").concat();
    assert!(warnings.contains("saluran yang direncanakan: formulir kertas"), "{warnings}");
    assert!(warnings.contains("memilih dirinya sendiri") && warnings.contains("516"), "{warnings}");
    for step in ["penutupan", "pembekuan"] {
        assert_eq!(lead.post(&format!("{at}/{step}"), &[]).await.status.as_u16(), 303);
    }
    let json: Value = serde_json::from_str(&lead.get(&format!("{at}/data/json")).await.body).unwrap();
    let report = &json["report"];
    assert_eq!((&report["required_sample"], &report["sample"]["required_usual"]), (&516.into(), &278.into()));
    let codes: Vec<&str> =
        report["warnings"].as_array().unwrap().iter().filter_map(|one| one["code"].as_str()).collect();
    for code in ["small_sample", "missing_strata", "self_selection"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    for wrong in [("galat", "120"), ("galat", "x"), ("taraf", "0.77"), ("sendiri", "x")] {
        let fields = [("kuesioner", "spak-90-2021:4"), ("layanan", "a"), ("periode", "b"), ("cara", "open")];
        let dates = [("buka", "2020-06-01"), ("tutup", "2020-06-30"), wrong];
        let refused = lead.post(&list(&site), &[&fields[..], &dates[..]].concat()).await;
        assert_eq!(refused.status.as_u16(), 422, "{wrong:?}");
    }
});

on_both!(what_was_withdrawn_is_not_served_from_a_cache, async |db| {
    let site = TestSite::start(db).await;
    let (lead, head) = (site.sign_in("ketua").await, site.sign_in("direktur").await);
    let at = campaign(&site, &lead, &[]).await;
    let form = format!("/s/{}", kept(&site, &at).await.campaign.token);
    assert_eq!(answer(&site.visitor(), &form, "4", &[]).await.status.as_u16(), 303);
    for step in ["penutupan", "pembekuan"] {
        assert_eq!(lead.post(&format!("{at}/{step}"), &[]).await.status.as_u16(), 303);
    }
    lead.post(&format!("{at}/laporan"), &[("temuan", "-"), ("tindak_lanjut", "Loket kedua.")]).await;
    assert_eq!(head.post(&format!("{at}/publikasi"), &[]).await.status.as_u16(), 303);
    let page = format!("/publik/survei/AIR/{}", at.rsplit('/').next().unwrap());
    let citizen = site.visitor();
    for address in [page.clone(), format!("{page}/data/csv")] {
        let first = citizen.request(reqwest::Method::GET, &address).send().await.unwrap();
        let cache = first.headers()["cache-control"].to_str().unwrap().to_owned();
        assert!(cache.contains("no-cache") && !cache.contains("max-age"), "{cache}");
        let mark = first.headers()["etag"].clone();
        let again = || citizen.request(reqwest::Method::GET, &address).header("if-none-match", mark.clone());
        assert_eq!(again().send().await.unwrap().status().as_u16(), 304);
        assert_eq!(head.post(&format!("{at}/publikasi/pembatalan"), &[]).await.status.as_u16(), 303);
        assert_eq!(again().send().await.unwrap().status().as_u16(), 404, "{address}");
        assert_eq!(head.post(&format!("{at}/publikasi"), &[]).await.status.as_u16(), 303);
    }
});
