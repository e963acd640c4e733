//! The worksheet's answers: saving one by one, what two people at once see, what is no answer, views, layers.

use bening_testkit::{Answer, TestSite, Visitor, on_both};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::ground::{assert_done, assert_says, trail_rows};

/// The worksheet of the agency's unit.
pub(crate) const SHEET: &str = "/unit/AIR/lke/2020";
/// A layer that says nothing.
pub(crate) const NOTHING: &str = r#"{"answer":null,"note":""}"#;

/// Begins the worksheet as the team lead.
pub(crate) async fn begin(site: &TestSite) -> Visitor {
    let lead = site.sign_in("ketua").await;
    assert_done(&lead.post(SHEET, &[("edisi", "permenpanrb-52-2014")]).await);
    lead
}

/// Saves an answer as the script does.
pub(crate) async fn put(visitor: &Visitor, code: &str, was: &str, fields: &[(&str, &str)]) -> Answer {
    let mut fields = fields.to_vec();
    fields.extend([("was", was), ("_csrf", visitor.token())]);
    let request = visitor.request(Method::PUT, &format!("{SHEET}/jawaban/{code}"));
    visitor.send(request.header("accept", "application/json").form(&fields)).await
}

/// Saves an answer that was not there before.
pub(crate) async fn answer(visitor: &Visitor, code: &str, given: &str) -> Answer {
    let answer = put(visitor, code, NOTHING, &[("jawaban", given)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{code} {given}: {}", answer.body);
    answer
}

on_both!(an_answer_saves_itself_and_tells_what_follows, async |db| {
    let site = TestSite::start(db).await;
    let lead = begin(&site).await;
    let saved = answer(&lead, "MP-P1a", "Ya").await.json();
    assert_eq!(saved["value"], r#"{"answer":{"choice":"Ya"},"note":""}"#);
    assert_eq!((&saved["fields"]["jawaban"], &saved["saved"]), (&json!("Ya"), &json!("09.00")));
    for part in ["v-MP-P1a", "d-MP-P1a", "s-MP-P1", "a-MP", "lke-total", "lke-small", "n-kosong"] {
        let html = saved["parts"][part].as_str().unwrap_or_default();
        assert!(html.contains(&format!("id=\"{part}\"")), "{part}: {html}");
    }
    let index = put(&lead, "BA-H1a", NOTHING, &[("jawaban", "3,60")]).await.json();
    assert!(index["parts"]["a-BA"].as_str().unwrap().contains("13,50"), "{index}");
    let counts = [("isian.temuan", "10"), ("isian.ditindaklanjuti", "9")];
    let ratio = put(&lead, "BA-H2a", NOTHING, &counts).await.json();
    assert_eq!(ratio["fields"], json!({ "isian.temuan": "10", "isian.ditindaklanjuti": "9" }));
    let page = lead.get(SHEET).await;
    assert_eq!(page.texts("#v-BA-H2a"), ["0,90"]);
    assert!(page.body.contains("name=\"j-MP-P1a\" value=\"Ya\" checked"), "the answer is on the page");
});

on_both!(an_answer_is_taken_out_again, async |db| {
    let site = TestSite::start(db).await;
    let lead = begin(&site).await;
    let was = answer(&lead, "MP-P1a", "Ya").await.json()["value"].as_str().unwrap().to_owned();
    let emptied = put(&lead, "MP-P1a", &was, &[]).await;
    assert_eq!(emptied.json()["value"], NOTHING);
    assert_eq!(lead.get(SHEET).await.texts("#v-MP-P1a"), ["–"]);
});

on_both!(two_people_in_one_answer_do_not_overwrite_each_other, async |db| {
    let site = TestSite::start(db).await;
    let lead = begin(&site).await;
    let member = site.sign_in("anggota").await;
    answer(&lead, "MP-P1b", "A").await;
    let refused = put(&member, "MP-P1b", NOTHING, &[("jawaban", "B"), ("catatan", "lain")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    let current: Value = serde_json::from_str(refused.json()["current"].as_str().unwrap()).unwrap();
    assert_eq!((&current["text"], &current["fields"]["jawaban"]), (&json!("A"), &json!("A")));
    let chosen = put(&member, "MP-P1b", current["was"].as_str().unwrap(), &[("jawaban", "B")]).await;
    assert_eq!(chosen.status, StatusCode::OK, "{}", chosen.body);
});

on_both!(what_is_no_answer_is_refused_and_leaves_nothing, async |db| {
    let site = TestSite::start(db).await;
    let lead = begin(&site).await;
    let rows = trail_rows(&site).await;
    for (code, fields, status) in [
        ("MP-P1a", &[("jawaban", "Mungkin")][..], 422),
        ("MP-P1b", &[("jawaban", "E")], 422),
        ("BA-H1a", &[("jawaban", "4,01")], 422),
        ("BA-H1a", &[("jawaban", "-1")], 422),
        ("BA-H1a", &[("jawaban", "tinggi")], 422),
        ("BA-H2a", &[("isian.temuan", "10")], 422),
        ("BA-H2a", &[("isian.temuan", "-1"), ("isian.ditindaklanjuti", "0")], 422),
        ("BA-H2a", &[("isian.temuan", "1.000"), ("isian.ditindaklanjuti", "0")], 422),
        ("BA-H2a", &[("isian.temuan", "9"), ("isian.ditindaklanjuti", "10")], 422),
        ("BA-H2a", &[("isian.temuan", "9"), ("isian.lain", "1"), ("isian.ditindaklanjuti", "1")], 422),
        ("XX-1", &[("jawaban", "Ya")], 404),
    ] {
        let answer = put(&lead, code, NOTHING, fields).await;
        assert_eq!(answer.status.as_u16(), status, "{code} {fields:?}: {}", answer.body);
    }
    let unread = put(&lead, "MP-P1a", "bukan json", &[("jawaban", "Ya")]).await;
    assert_eq!(unread.status, StatusCode::BAD_REQUEST, "{}", unread.body);
    assert_eq!(trail_rows(&site).await, rows, "nothing was written");
    assert_eq!(lead.get(SHEET).await.texts("#n-kosong"), lead.get(SHEET).await.texts("#n-semua"));
});

on_both!(members_answer_their_areas_only_and_results_belong_to_the_lead, async |db| {
    let site = TestSite::start(db).await;
    begin(&site).await;
    let member = site.sign_in("anggota").await;
    answer(&member, "MP-P1a", "Ya").await;
    for code in ["PW-P1a", "BA-H1a"] {
        assert_eq!(
            put(&member, code, NOTHING, &[("jawaban", "1")]).await.status,
            StatusCode::FORBIDDEN,
            "{code}"
        );
    }
    let employee = site.sign_in("pegawai").await;
    assert_eq!(put(&employee, "MP-P1a", NOTHING, &[("jawaban", "Ya")]).await.status, StatusCode::FORBIDDEN);
    assert!(!employee.get(SHEET).await.body.contains("data-answer"), "a reader has nothing to answer in");
});

on_both!(views_show_the_rows_that_are_asked_for, async |db| {
    let site = TestSite::start(db).await;
    let lead = begin(&site).await;
    answer(&lead, "MP-P1a", "Ya").await;
    answer(&lead, "MP-P1b", "B").await;
    let codes = async |query: &str| lead.get(&format!("{SHEET}{query}")).await.texts(".lke-row > .lke-code");
    assert_eq!(codes("?tampil=tanpa-bukti").await, ["MP-P1a", "MP-P1b"]);
    assert!(!codes("?tampil=kosong").await.contains(&"MP-P1a".to_owned()));
    assert!(codes("?tampil=hilang").await.contains(&"MP-P1b".to_owned()));
    assert!(!codes("?tampil=hilang").await.contains(&"MP-P1a".to_owned()));
    assert_eq!(codes("?tampil=dikembalikan").await, [""; 0]);
    assert!(codes("?area=BA").await.iter().all(|code| code.starts_with("BA")));
    assert_eq!(codes("?cari=MP-P1a").await, ["MP-P1a"]);
});

on_both!(the_form_of_a_question_works_without_script, async |db| {
    let site = TestSite::start(db).await;
    let lead = begin(&site).await;
    let question = format!("{SHEET}/pertanyaan/MP-P1a");
    let fields = [("jawaban", "Ya"), ("catatan", "SK 12/2020"), ("was", NOTHING)];
    assert_done(&lead.post(&question, &fields).await);
    assert_says(&lead.get(&question).await, StatusCode::OK, "SK 12/2020");
    let again =
        lead.post(&question, &[("jawaban", "Tidak"), ("catatan", "milik saya"), ("was", NOTHING)]).await;
    assert_says(&again, StatusCode::CONFLICT, "baru saja diubah orang lain");
    assert_eq!(again.texts("#f-catatan"), ["milik saya"], "what was typed is kept");
    let evidence = [("nama", "SK Tim"), ("tempat", "https://contoh.go.id/sk")];
    assert_done(&lead.post(&format!("{question}/bukti"), &evidence).await);
    let page = lead.get(&question).await;
    assert!(page.body.contains("rel=\"noopener noreferrer\""), "links say nothing about us");
    assert_says(
        &lead.post(&format!("{question}/bukti"), &[]).await,
        StatusCode::UNPROCESSABLE_ENTITY,
        "Isi nama bukti",
    );
});

on_both!(a_score_opens_to_its_calculation, async |db| {
    let site = TestSite::start(db).await;
    let lead = begin(&site).await;
    answer(&lead, "MP-P1a", "Ya").await;
    for (code, words) in [("MP-P1", "(1 + 0) / 2"), ("MP", "MP-P"), ("total", "pengungkit")] {
        assert_says(&lead.get(&format!("{SHEET}/perhitungan/{code}")).await, StatusCode::OK, words);
    }
    assert_eq!(lead.get(&format!("{SHEET}/perhitungan/XX")).await.status, StatusCode::NOT_FOUND);
});
