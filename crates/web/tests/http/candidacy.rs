//! The road to a predicate: steps in order and by the right person, refusals with their rule, what the public sees.

use bening_core::audit::{Actor, Entry};
use bening_core::candidacy::appraisal::{self, Remark, Said, Sitting};
use bening_core::candidacy::{Candidacy, Paper, Stage, Transition};
use bening_core::id::CandidacyId;
use bening_store::candidacy;
use bening_testkit::{Answer, TestSite, Visitor, on_both};
use chrono::{DateTime, NaiveDate};
use reqwest::StatusCode;

use crate::ground::{approve, assert_done, assert_says, trail_rows};
use crate::paper::invitation;

const ROAD: &str = "/unit/AIR/predikat";
const DECLARED: [(&str, &str); 7] = [
    ("predikat", "WBK"),
    ("acara", "Apel pencanangan"),
    ("tempat", "Jakarta"),
    ("tanggal", "2020-01-14"),
    ("oleh", "Direktur Air"),
    ("saksi", "Sri; Ombudsman\nBudi; KPK"),
    ("nomor", "01/PIAGAM/2020"),
];
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn step<'a>(seen: &'a str, on: &'a str) -> [(&'a str, &'a str); 5] {
    let reason = "Alasan yang cukup panjang";
    [("dilihat", seen), ("tanggal", on), ("nomor", "7/KEP/2020"), ("judul", "Keputusan"), ("alasan", reason)]
}

async fn take(who: &Visitor, code: &str, seen: &str, on: &str) -> Answer {
    who.post(&format!("{ROAD}/langkah/{code}"), &step(seen, on)).await
}

/// A road of the unit that stands at a stage with nothing wrong there, kept past the rules.
pub(crate) async fn standing_at(site: &TestSite, predicate: &str, stage: Stage) {
    let by = site.agency.person("direktur");
    let on = NaiveDate::from_ymd_opt(2020, 2, 1).unwrap();
    let paper = Some(Paper { number: "9/RAHASIA".into(), dated: on, title: "Naskah dalam".into() });
    let reason = "catatan yang tidak untuk umum".to_owned();
    let taken =
        Transition { step: "panel".into(), to: stage, on, reason, paper, by, at: DateTime::UNIX_EPOCH };
    let id = CandidacyId(bening_web::chance::fresh());
    let (unit, rules) = (site.agency.unit.id, "permenpanrb-52-2014".to_owned());
    let road = Candidacy { id, unit, rules, predicate: predicate.into(), taken: Vec::new() };
    let tx = site.store.begin().await.unwrap();
    candidacy::begin(&tx, &road).await.unwrap();
    candidacy::add(&tx, road.id, 0, &taken).await.unwrap();
    let form = appraisal::shipped().unwrap().form(stage);
    for item in form.map(|form| &form.items).into_iter().flatten() {
        let said = Said::Verdict("memenuhi".to_owned());
        let note = "Dilihat pada berkas usulan".to_owned();
        let (item, at) = (item.code.clone(), DateTime::UNIX_EPOCH);
        let remark = Remark { round: 0, item, number: 1, said, note, by, at };
        bening_store::appraisal::say(&tx, road.id, &remark).await.unwrap();
    }
    let sitting = Sitting { on, place: "Jakarta".into(), present: Vec::new(), outcome: "Lengkap".into() };
    let moment = (by, DateTime::UNIX_EPOCH);
    bening_store::appraisal::sit(&tx, (road.id, 0, 0), &sitting, moment).await.unwrap();
    tx.commit(Entry::new(Actor::Console, "candidacy.begun", road.id.0), DateTime::UNIX_EPOCH).await.unwrap();
}

on_both!(a_road_begins_with_its_declaration_and_goes_on_step_by_step, async |db| {
    let site = TestSite::start(db).await;
    let (lead, admin) = (site.sign_in("ketua").await, site.sign_in("admin").await);
    assert_done(&lead.post(ROAD, &DECLARED).await);
    let page = lead.get(ROAD).await;
    assert_says(&page, StatusCode::OK, "Ombudsman");
    assert_eq!(page.texts(".road .here b"), ["Dicanangkan"]);
    for format in ["pdf", "docx"] {
        assert_eq!(lead.get(&format!("{ROAD}/piagam/{format}")).await.status, StatusCode::OK);
    }
    assert_eq!(take(&lead, "penetapan-calon", "1", "2020-01-20").await.status, StatusCode::FORBIDDEN);
    assert_done(&take(&admin, "penetapan-calon", "1", "2020-01-20").await);
    assert_says(&take(&lead, "pembangunan", "2", "2020-01-21").await, REFUSED, "tahun ini belum disetujui");
    approve(&site).await;
    assert_done(&take(&lead, "pembangunan", "2", "2020-01-21").await);
    assert_eq!(
        lead.get(ROAD).await.texts("#riwayat tbody b"),
        ["Mulai pembangunan", "Penetapan calon unit", "Pencanangan"]
    );
    assert_says(&lead.get("/predikat").await, StatusCode::OK, "Pembangunan");
    assert_says(&lead.get("/predikat/ekspor").await, StatusCode::OK, "WBK");
});

on_both!(a_step_out_of_order_back_dated_or_overtaken_is_refused_and_leaves_nothing, async |db| {
    let site = TestSite::start(db).await;
    let (lead, admin, tpn) =
        (site.sign_in("ketua").await, site.sign_in("admin").await, site.sign_in("tpn").await);
    assert_done(&lead.post(ROAD, &DECLARED).await);
    let trail = trail_rows(&site).await;
    assert_says(&take(&tpn, "panel", "1", "2020-02-01").await, REFUSED, "Permenpan 52/2014");
    assert_says(&take(&admin, "penetapan-calon", "1", "2020-01-13").await, REFUSED, "mendahului");
    assert_says(&take(&admin, "penetapan-calon", "1", "2020-06-16").await, REFUSED, "belum tiba");
    let bare = [("dilihat", "1"), ("tanggal", "2020-01-20")];
    let without = admin.post(&format!("{ROAD}/langkah/penetapan-calon"), &bare).await;
    assert_says(&without, REFUSED, "tanggal, dan judul naskah");
    assert_says(&lead.post(ROAD, &DECLARED).await, REFUSED, "masih menempuh");
    assert_eq!(trail_rows(&site).await, trail, "a refused step leaves nothing");
    let head = site.sign_in("kepala").await;
    let (one, two) = tokio::join!(
        take(&admin, "penetapan-calon", "1", "2020-01-20"),
        take(&head, "penetapan-calon", "1", "2020-01-20")
    );
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "of two at once one is kept");
    assert_eq!(lead.get(ROAD).await.texts("#riwayat tbody tr").len(), 2);
});

on_both!(a_predicate_is_public_from_its_decree_on_and_a_revocation_bars_the_unit, async |db| {
    let site = TestSite::start(db).await;
    standing_at(&site, "WBK", Stage::Panel).await;
    let (head, visitor) = (site.sign_in("kepala").await, site.visitor());
    for path in ["/publik/predikat", "/publik/predikat.csv", "/publik/predikat.json"] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        for word in ["AIR", "Air Bersih", "RAHASIA"] {
            assert!(!answer.body.contains(word), "{path} leaks {word}");
        }
    }
    assert_done(&take(&head, "penetapan-instansi", "1", "2020-03-01").await);
    let open = visitor.get("/publik/predikat.json").await.json();
    assert_eq!(open["predikat"][0]["nomor_keputusan"], "7/KEP/2020");
    assert_eq!(open["predikat"][0]["keadaan"], "berlaku");
    let proof = format!("/publik/predikat/{}", open["predikat"][0]["id"].as_str().unwrap());
    let decree = visitor.get(&proof).await;
    assert_says(&decree, StatusCode::OK, "7/KEP/2020");
    assert!(!decree.body.contains("<script") && !decree.body.contains("RAHASIA"));
    assert_done(&take(&head, "pencabutan", "2", "2020-04-01").await);
    assert_says(&visitor.get(&proof).await, StatusCode::OK, "dicabut");
    assert!(!visitor.get("/publik/predikat.csv").await.body.contains("Alasan"), "reasons are not public");
    let lead = site.sign_in("ketua").await;
    let again =
        DECLARED.map(|(name, value)| if name == "tanggal" { (name, "2020-05-01") } else { (name, value) });
    assert_says(&lead.post(ROAD, &again).await, REFUSED, "dicabut");
});

on_both!(a_predicate_is_revoked_while_its_unit_is_on_the_way_to_the_next_which_ends_there, async |db| {
    let site = TestSite::start(db).await;
    standing_at(&site, "WBK", Stage::Determined).await;
    standing_at(&site, "WBBM", Stage::Recommended).await;
    let head = site.sign_in("kepala").await;
    assert_says(&head.get(ROAD).await, StatusCode::OK, "Pencabutan predikat (WBK)");
    let mut fields = step("1", "2020-03-01").to_vec();
    fields.push(("predikat", "WBK"));
    assert_done(&head.post(&format!("{ROAD}/langkah/pencabutan"), &fields).await);
    let open = site.visitor().get("/publik/predikat.json").await.json();
    assert_eq!(open["predikat"][0]["keadaan"], "dicabut");
    let proposed = take(&head, "usulan", "1", "2020-03-02").await;
    assert_says(&proposed, REFUSED, "Permenpan 52/2014, pencabutan predikat");
});

on_both!(a_step_rests_on_a_paper_that_was_issued_here_without_typing_it_again, async |db| {
    let site = TestSite::start(db).await;
    let (lead, admin) = (site.sign_in("ketua").await, site.sign_in("admin").await);
    assert_done(&lead.post(ROAD, &DECLARED).await);
    assert_done(&lead.post("/unit/AIR/naskah/baru/undangan", &invitation("2020-01-20", "Senin")).await);
    let page = admin.get(ROAD).await;
    let id = page.body.split("name=\"naskah\"").nth(1).unwrap().split("option value=\"").nth(2).unwrap();
    let id = id.split('"').next().unwrap();
    let with = |id| [("dilihat", "1"), ("tanggal", "2020-01-20"), ("naskah", id)];
    let address = format!("{ROAD}/langkah/penetapan-calon");
    assert_says(&admin.post(&address, &with("lain")).await, StatusCode::BAD_REQUEST, "tidak ada lagi");
    assert_done(&admin.post(&address, &with(id)).await);
    assert_says(&lead.get(ROAD).await, StatusCode::OK, "1/ZI/I/2020, 20 Jan 2020: Undangan");
});
