//! The assessment of all units: teams, conflicts of interest, the overview, blind second readings.

use std::collections::BTreeMap;

use bening_core::audit::{Actor, Entry as Trail};
use bening_core::id::{LkeId, ReadingId};
use bening_core::instrument::{Instrument, shipped};
use bening_core::lke::{Entry, Filled, Layer, LayerState, Lke};
use bening_core::scoring::Answer;
use bening_core::time::Year;
use bening_core::unit::Unit;
use bening_store::{lke, reading, team};
use bening_testkit::{Answer as Page, TestSite, Visitor, on_both};
use chrono::DateTime;
use reqwest::StatusCode;

use crate::ground::{assert_done, assert_says, trail_rows};

fn year() -> Year {
    Year::new(2019).unwrap()
}

fn edition() -> &'static Instrument {
    shipped().by_id("permenpanrb-52-2014").unwrap()
}

/// A layer in which every question with choices has its best answer.
fn best(site: &TestSite, note: &str, state: LayerState) -> Filled {
    let (by, at) = (site.agency.person("ketua"), DateTime::UNIX_EPOCH);
    let answered = edition().questions().filter_map(|(_, _, question)| {
        let answer = Some(Answer::Choice(question.options.first()?.answer.clone()));
        Some((question.code.clone(), Entry { answer, note: note.to_owned(), by, at }))
    });
    let entries: BTreeMap<String, Entry> = answered.collect();
    Filled { state, round: 1, entries }
}

pub(crate) fn submitted(site: &TestSite) -> LayerState {
    LayerState::Submitted { by: site.agency.person("ketua"), at: DateTime::UNIX_EPOCH }
}

/// Keeps a worksheet with these layers.
pub(crate) async fn sheet(
    site: &TestSite,
    unit: &Unit,
    layers: impl IntoIterator<Item = (Layer, Filled)>,
) -> Lke {
    let id = LkeId(bening_web::chance::fresh());
    let mut new = Lke::empty(id, unit.id, year(), edition().id.clone());
    new.layers = layers.into_iter().collect();
    let tx = site.store.begin().await.unwrap();
    lke::create(&tx, &new).await.unwrap();
    tx.commit(Trail::new(Actor::Console, "lke.begun", id.0), DateTime::UNIX_EPOCH).await.unwrap();
    new
}

async fn form(admin: &Visitor, name: &str) -> String {
    let formed = admin.post("/penilaian/tim", &[("tahun", "2019"), ("nama", name)]).await;
    assert_done(&formed);
    formed.location.unwrap()
}

pub(crate) async fn seat(admin: &Visitor, site: &TestSite, team: &str, login: &str, seat: &str) -> Page {
    let person = site.agency.person(login).to_string();
    admin.post(&format!("{team}/anggota"), &[("orang", &person), ("kursi", seat)]).await
}

on_both!(a_team_gets_its_letter_members_and_units_and_they_may_assess, async |db| {
    let site = TestSite::start(db).await;
    let admin = site.sign_in("admin").await;
    let team = form(&admin, "Tim Satu").await;
    let letter = [("nama", "Tim Satu"), ("surat", "ST-7/2020"), ("tanggal", "2020-03-02")];
    assert_done(&admin.post(&team, &letter).await);
    assert_done(&seat(&admin, &site, &team, "tpi", "anggota").await);
    assert_done(&seat(&admin, &site, &team, "tpi-ketua", "ketua").await);
    assert_done(&admin.post(&format!("{team}/unit"), &[("unit", "AIR"), ("unit", "API")]).await);
    let assessors = team::assessors(&site.store, site.agency.unit.id, year()).await.unwrap();
    assert_eq!(assessors.len(), 2);
    assert_says(&admin.get("/penilaian/tim?tahun=2019").await, StatusCode::OK, "ST-7/2020, 2 Maret 2020");
    let page = admin.get(&team).await;
    assert_eq!(page.texts("#unit tbody tr").len(), 2);
    assert_eq!(page.texts("#anggota tbody tr").len(), 2);
    let board = admin.get("/penilaian?tahun=2019").await;
    assert_eq!(board.texts("#beban-tim tbody td.num")[0], "2");
});

on_both!(what_a_rule_refuses_leaves_the_teams_as_they_were, async |db| {
    let site = TestSite::start(db).await;
    let admin = site.sign_in("admin").await;
    let (first, second) = (form(&admin, "Tim Satu").await, form(&admin, "Tim Dua").await);
    assert_done(&admin.post(&format!("{first}/unit"), &[("unit", "AIR")]).await);
    let before = trail_rows(&site).await;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let both = admin.post(&format!("{second}/unit"), &[("unit", "API"), ("unit", "AIR")]).await;
    assert_says(&both, refused, "Direktorat Air Bersih: unit ini sudah dinilai Tim Satu");
    assert_says(
        &seat(&admin, &site, &first, "tpi", "ketua").await,
        refused,
        "hanya untuk orang dengan peran",
    );
    assert_says(&admin.post(&format!("{first}/pembubaran"), &[]).await, refused, "masih mempunyai unit");
    let taken = admin.post("/penilaian/tim", &[("tahun", "2019"), ("nama", "tim satu")]).await;
    assert_says(&taken, refused, "sudah bernama Tim Satu");
    assert_eq!(trail_rows(&site).await, before);
    let teams = team::list(&site.store, year()).await.unwrap();
    assert_eq!(teams.iter().map(|team| team.units.len()).sum::<usize>(), 1);
});

on_both!(a_declared_conflict_ends_the_right_to_assess_the_unit_until_it_is_withdrawn, async |db| {
    let site = TestSite::start(db).await;
    let (admin, assessor) = (site.sign_in("admin").await, site.sign_in("tpi").await);
    let team = form(&admin, "Tim Satu").await;
    assert_done(&seat(&admin, &site, &team, "tpi", "anggota").await);
    assert_done(&admin.post(&format!("{team}/unit"), &[("unit", "AIR")]).await);
    let count = async || team::assessors(&site.store, site.agency.unit.id, year()).await.unwrap().len();
    assert_eq!(count().await, 1);
    let short = assessor.post("/penilaian/konflik", &[("unit", "AIR"), ("alasan", "adik")]).await;
    assert_says(&short, StatusCode::UNPROCESSABLE_ENTITY, "Tulis alasan benturan kepentingan");
    let reason = "adik saya kepala loket <b>unit</b>";
    assert_done(&assessor.post("/penilaian/konflik", &[("unit", "AIR"), ("alasan", reason)]).await);
    assert_eq!(count().await, 0);
    assert_says(&admin.get("/penilaian/konflik").await, StatusCode::OK, reason);
    assert_says(&admin.get(&team).await, StatusCode::OK, "benturan kepentingan Tpi");
    assert_done(&admin.post(&format!("{team}/anggota/{}/penghapusan", site.agency.person("tpi")), &[]).await);
    let again = seat(&admin, &site, &team, "tpi", "anggota").await;
    assert_says(&again, StatusCode::UNPROCESSABLE_ENTITY, "menyatakan benturan kepentingan");
    assert_done(&assessor.post("/penilaian/konflik/AIR/pencabutan", &[]).await);
    assert_done(&seat(&admin, &site, &team, "tpi", "anggota").await);
    assert_eq!(count().await, 1);
});

on_both!(nobody_withdraws_the_conflict_of_somebody_else, async |db| {
    let site = TestSite::start(db).await;
    let (own, other) = (site.sign_in("tpi").await, site.sign_in("tpi-ketua").await);
    let fields = [("unit", "AIR"), ("alasan", "pernah bekerja di sana")];
    assert_done(&own.post("/penilaian/konflik", &fields).await);
    let answer = other.post("/penilaian/konflik/AIR/pencabutan", &[]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(!other.get("/penilaian/konflik").await.text().contains("pernah bekerja"));
    assert_eq!(team::conflicts(&site.store).await.unwrap().len(), 1);
});

on_both!(scores_are_shown_to_a_side_only_once_the_side_before_is_done, async |db| {
    let site = TestSite::start(db).await;
    let (tpi, tpn) = (site.sign_in("tpi").await, site.sign_in("tpn").await);
    sheet(&site, &site.agency.unit, [(Layer::Unit, best(&site, "", LayerState::Open))]).await;
    let done = [Layer::Unit, Layer::TpiMember, Layer::TpiLead, Layer::TpiController];
    let layers = done.map(|layer| (layer, best(&site, "", submitted(&site))));
    sheet(&site, &site.agency.other, layers).await;
    let board = tpi.get("/penilaian?tahun=2019&urut=tahap").await;
    assert_says(&board, StatusCode::OK, "Diisi unit");
    let scores = board.texts(".party-score");
    assert_eq!(scores.len(), 3, "unit, then unit and TPI: {scores:?}");
    assert_eq!(scores[0], "·", "a unit that has not submitted");
    assert_eq!(scores[1], scores[2]);
    assert!(board.text().contains("WBK 75") && board.text().contains("WBBM 85"));
    let national = tpn.get("/penilaian?tahun=2019").await;
    let seen = national.texts("#unit tbody td:first-child b");
    assert_eq!(seen, ["Direktorat Api Unggun"], "TPI is not done with the other");
    assert!(national.texts("#beban-tim").is_empty());
});

on_both!(the_overview_is_filtered_ordered_and_had_as_csv, async |db| {
    let site = TestSite::start(db).await;
    let admin = site.sign_in("admin").await;
    sheet(&site, &site.agency.unit, [(Layer::Unit, best(&site, "", submitted(&site)))]).await;
    let names = async |query: &str| {
        admin.get(&format!("/penilaian?tahun=2019{query}")).await.texts("#unit tbody td:first-child b")
    };
    assert_eq!(names("").await, ["Direktorat Air Bersih", "Direktorat Api Unggun"]);
    assert_eq!(names("&urut=nilai").await, ["Direktorat Api Unggun", "Direktorat Air Bersih"]);
    assert_eq!(names("&tahap=belum").await, ["Direktorat Api Unggun"]);
    assert_eq!(names("&q=air").await, ["Direktorat Air Bersih"]);
    let file = admin.get("/penilaian/ekspor?tahun=2019&q=air").await;
    assert_eq!(file.body.lines().count(), 2, "{}", file.body);
    assert!(file.body.contains("\"AIR\",\"Direktorat Air Bersih\""), "{}", file.body);
    assert!(admin.get("/penilaian?tahun=2018").await.texts(".party").is_empty(), "another year");
});

/// A unit assessed by `tpi`, and a second reading of it drawn for `cadangan-tpi`; the address of the reading.
async fn drawn(site: &TestSite, admin: &Visitor) -> String {
    let first = best(site, "catatan rahasia penilai pertama", LayerState::Open);
    let layers = [(Layer::Unit, best(site, "sudah ada SK", submitted(site))), (Layer::TpiMember, first)];
    let lke = sheet(site, &site.agency.unit, layers).await;
    let reader = site.agency.person("cadangan-tpi").to_string();
    let fields = [("unit", "AIR"), ("tahun", "2019"), ("orang", reader.as_str())];
    assert_done(&admin.post("/penilaian/pembacaan", &fields).await);
    let found = reading::of_sheets(&site.store, &[lke.id]).await.unwrap();
    format!("/penilaian/pembacaan/{}", found[0].id)
}

on_both!(a_second_reader_sees_the_unit_and_not_the_first_assessor, async |db| {
    let site = TestSite::start(db).await;
    let (admin, reader) = (site.sign_in("admin").await, site.sign_in("cadangan-tpi").await);
    let path = drawn(&site, &admin).await;
    let page = reader.get(&path).await;
    assert_says(&page, StatusCode::OK, "sudah ada SK");
    assert!(!page.body.contains("catatan rahasia"));
    assert!(page.texts("input[checked]").is_empty() && !page.body.contains(" checked"));
    for (login, status) in [("tpi", StatusCode::FORBIDDEN), ("admin", StatusCode::FORBIDDEN)] {
        assert_eq!(site.sign_in(login).await.get(&path).await.status, status, "{login}");
    }
    assert_eq!(site.sign_in("asing").await.get(&path).await.status, StatusCode::NOT_FOUND);
    let board = reader.get("/penilaian?tahun=2019").await;
    assert_eq!(board.texts(".party-score").last().map(String::as_str), Some("·"), "the TPI score is hidden");
    let own: ReadingId = path.rsplit('/').next().unwrap().parse().unwrap();
    let kept = reading::find(&site.store, own).await.unwrap().unwrap();
    assert!(reading::is_blind(&site.store, kept.lke, kept.reader).await.unwrap());
});

on_both!(a_second_reading_is_saved_bit_by_bit_and_ends_in_agreement, async |db| {
    let site = TestSite::start(db).await;
    let (admin, reader) = (site.sign_in("admin").await, site.sign_in("cadangan-tpi").await);
    let path = drawn(&site, &admin).await;
    let id: ReadingId = path.rsplit('/').next().unwrap().parse().unwrap();
    let kept = async || reading::find(&site.store, id).await.unwrap().unwrap();
    let codes: Vec<String> = kept().await.questions.keys().cloned().collect();
    let names: Vec<String> = codes.iter().map(|code| format!("j:{code}")).collect();
    let wrong = reader.post(&path, &[(&names[0], "Z"), ("aksi", "simpan")]).await;
    assert_says(&wrong, StatusCode::UNPROCESSABLE_ENTITY, "bukan jawaban yang tersedia");
    let best = |code: &str| edition().question(code).unwrap().2.options[0].answer.clone();
    let first = best(&codes[0]);
    let early = reader.post(&path, &[(&names[0], &first), ("aksi", "selesai")]).await;
    assert_says(&early, StatusCode::UNPROCESSABLE_ENTITY, "pertanyaan belum dijawab");
    let now = kept().await;
    assert_eq!(now.questions.values().filter(|second| second.answer.is_some()).count(), 1);
    let answers: Vec<String> = codes.iter().map(|code| best(code)).collect();
    let mut fields: Vec<(&str, &str)> =
        names.iter().zip(&answers).map(|(name, answer)| (name.as_str(), answer.as_str())).collect();
    fields.push(("aksi", "selesai"));
    assert_done(&reader.post(&path, &fields).await);
    assert!(kept().await.finished_at.is_some());
    let late = reader.post(&path, &fields).await;
    assert_says(&late, StatusCode::UNPROCESSABLE_ENTITY, "sudah diselesaikan");
    let board = admin.get("/penilaian?tahun=2019").await;
    let all = format!("sepakat pada {n} dari {n} jawaban", n = codes.len());
    assert_says(&board, StatusCode::OK, &all);
    assert_eq!(board.texts("#kesepakatan tbody tr").len(), codes.len());
});

on_both!(a_second_reading_is_not_drawn_for_the_team_nor_before_the_unit_submits, async |db| {
    let site = TestSite::start(db).await;
    let admin = site.sign_in("admin").await;
    let team = form(&admin, "Tim Satu").await;
    assert_done(&seat(&admin, &site, &team, "tpi", "anggota").await);
    assert_done(&admin.post(&format!("{team}/unit"), &[("unit", "AIR")]).await);
    let draw = async |login: &str, unit: &str| {
        let person = site.agency.person(login).to_string();
        let fields = [("unit", unit), ("tahun", "2019"), ("orang", person.as_str())];
        admin.post("/penilaian/pembacaan", &fields).await
    };
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    assert_says(&draw("cadangan-tpi", "AIR").await, refused, "belum mengajukan");
    sheet(&site, &site.agency.unit, [(Layer::Unit, best(&site, "", submitted(&site)))]).await;
    assert_says(&draw("tpi", "AIR").await, refused, "anggota tim yang menilai unit");
    assert_says(&draw("ketua", "AIR").await, refused, "peran TPI");
    assert_done(&draw("cadangan-tpi", "AIR").await);
    assert_says(&draw("cadangan-tpi", "AIR").await, refused, "sudah mendapat pembacaan kedua");
});

on_both!(a_blind_reader_opens_the_worksheet_without_what_assessors_said, async |db| {
    let site = TestSite::start(db).await;
    let (admin, reader) = (site.sign_in("admin").await, site.sign_in("cadangan-tpi").await);
    let path = drawn(&site, &admin).await;
    let code = &edition().questions().next().unwrap().2.code;
    for page in ["", "?tampil=beda", "/riwayat", "/lhe", "/posisi", &format!("/pertanyaan/{code}")] {
        let page = reader.get(&format!("/unit/AIR/lke/2019{page}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(!page.body.contains("catatan rahasia"), "{}", page.text());
    }
    let said =
        reader.post(&format!("/unit/AIR/lke/2019/pertanyaan/{code}/catatan"), &[("isi", "halo")]).await;
    assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", said.body);
    assert!(path.starts_with("/penilaian/pembacaan/"));
});

on_both!(home_names_the_worksheets_whose_turn_has_come_for_the_assessor, async |db| {
    let site = TestSite::start(db).await;
    let (admin, tpi, tpn) =
        (site.sign_in("admin").await, site.sign_in("tpi").await, site.sign_in("tpn").await);
    let named = async |who: &Visitor| who.get("/").await.texts("[aria-labelledby=menunggu-h] li a");
    sheet(&site, &site.agency.unit, [(Layer::Unit, best(&site, "", submitted(&site)))]).await;
    let done = [Layer::Unit, Layer::TpiMember, Layer::TpiLead, Layer::TpiController];
    let layers = done.map(|layer| (layer, best(&site, "", submitted(&site))));
    sheet(&site, &site.agency.other, layers).await;
    assert!(named(&tpi).await.is_empty(), "not appointed yet");
    let team = form(&admin, "Tim Satu").await;
    assert_done(&seat(&admin, &site, &team, "tpi", "anggota").await);
    assert_done(&admin.post(&format!("{team}/unit"), &[("unit", "AIR"), ("unit", "API")]).await);
    assert_eq!(named(&tpi).await, ["Direktorat Air Bersih · LKE 2019"], "the other is past the member");
    assert_eq!(named(&tpn).await, ["Direktorat Api Unggun · LKE 2019"], "TPI is not done with the first");
    let reason = [("unit", "AIR"), ("alasan", "adik saya kepala loket")];
    assert_done(&tpi.post("/penilaian/konflik", &reason).await);
    assert!(named(&tpi).await.is_empty(), "not with a conflict of interest");
    let lead = site.sign_in("ketua").await.get("/").await;
    assert!(lead.texts("#menunggu-h").is_empty(), "who assesses nothing has no such card");
});

on_both!(home_tells_a_second_reader_what_was_drawn, async |db| {
    let site = TestSite::start(db).await;
    let (admin, reader) = (site.sign_in("admin").await, site.sign_in("cadangan-tpi").await);
    let path = drawn(&site, &admin).await;
    let home = reader.get("/").await;
    assert!(home.body.contains(&path), "{}", home.body);
    assert_eq!(home.texts("[aria-labelledby=menunggu-h] li a"), ["Direktorat Air Bersih 2019"]);
});
