//! Conditions tested against facts and scores: grades, yes or no, numbers, kinds of agency, revocation,
//! readings of the per-area minimum, affirmation. Unknown is never met.

#![allow(clippy::expect_used)]

use bening_core::eligibility::{Facts, Force, Reading, Status, Verdict, to_json};
use bening_core::instrument::{Instrument, shipped};
use bening_core::scoring::{Json, Score, UnitFile};

fn edition(id: &str) -> &'static Instrument {
    shipped().by_id(id).expect("shipped")
}

fn facts(edition: &Instrument, text: &str) -> Facts {
    Facts::read(edition, &Json::parse(text).expect("JSON")).expect("facts")
}

/// Facts that meet every condition of both predicates for a ministry's unit.
const ALL: &str = r#"{
    "jenis_instansi": "kl", "opini_bpk": "WTP", "predikat_sakip": "A", "predikat_indeks_rb_kl": "BB",
    "level_spip": 3, "layanan_inti": "ya", "dampak_persepsi": true, "persen_tlhp": "100", "persen_lhkpn": 100,
    "persen_lhkan": "100,00", "tahun_membangun_zi": 1.5, "predikat_sakip_unit": "BB", "predikat_wbk": "ya",
    "tahun_sejak_wbk": 1
}"#;

fn with(changes: &[(&str, Option<&str>)]) -> String {
    let mut all: serde_json::Value = serde_json::from_str(ALL).expect("JSON");
    for (name, value) in changes {
        all[*name] = value.map_or(serde_json::Value::Null, |text| serde_json::from_str(text).expect("JSON"));
    }
    all.to_string()
}

fn best_score(edition: &Instrument) -> Score {
    let year = edition.id.trim_start_matches("permenpanrb-");
    example(edition, &format!("{year}-terbaik"))
}

fn example(edition: &Instrument, name: &str) -> Score {
    let path = format!("{}/../../instruments/examples/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("an example");
    Score::of(edition, &UnitFile::from_json(edition, &text).expect("usable").sheet.expect("answers"))
        .expect("a score")
}

fn status(predicate: &str, facts_text: &str, code: &str) -> Status {
    let edition = edition("permenpanrb-90-2021");
    let verdict = Verdict::of(edition, predicate, &facts(edition, facts_text), None).expect("a verdict");
    verdict.outcome(code).expect("known").status
}

#[test]
fn a_unit_that_meets_everything_is_eligible_for_both() {
    let edition = edition("permenpanrb-90-2021");
    for predicate in ["WBK", "WBBM", "wbk"] {
        let facts = facts(edition, ALL);
        let score = best_score(edition);
        let verdict = Verdict::of(edition, predicate, &facts, Some(&score)).expect("a verdict");
        assert_eq!(verdict.status, Status::Met, "{predicate}");
    }
}

#[test]
fn nothing_stated_is_unknown_and_unknown_is_never_met() {
    for (id, predicate) in [("permenpanrb-52-2014", "WBK"), ("permenpanrb-90-2021", "WBBM")] {
        let edition = edition(id);
        let nothing = Facts::default();
        let verdict = Verdict::of(edition, predicate, &nothing, None).expect("a verdict");
        assert_eq!(verdict.status, Status::Unknown);
        assert!(verdict.outcomes.iter().all(|outcome| outcome.status != Status::Met));
    }
}

#[test]
fn one_missing_fact_keeps_the_whole_from_being_met() {
    let edition = edition("permenpanrb-90-2021");
    let score = best_score(edition);
    let without = facts(edition, &with(&[("level_spip", None)]));
    let verdict = Verdict::of(edition, "WBK", &without, Some(&score)).expect("a verdict");
    assert_eq!(verdict.status, Status::Unknown);
    assert_eq!(verdict.outcome("INST-SPIP").expect("known").status, Status::Unknown);
}

#[test]
fn grades_compare_in_their_own_order_and_not_by_letter() {
    for (grade, wbk, wbbm) in [
        ("D", Status::NotMet, Status::NotMet),
        ("CC", Status::NotMet, Status::NotMet),
        ("B", Status::Met, Status::NotMet),
        ("BB", Status::Met, Status::Met),
        ("a", Status::Met, Status::Met),
        ("AA", Status::Met, Status::Met),
    ] {
        let facts = with(&[("predikat_sakip", Some(&format!("\"{grade}\"")))]);
        assert_eq!(status("WBK", &facts, "INST-SAKIP"), wbk, "{grade}");
        assert_eq!(status("WBBM", &facts, "INST-SAKIP"), wbbm, "{grade}");
    }
}

#[test]
fn only_an_unqualified_opinion_passes() {
    for (opinion, expected) in
        [("WTP", Status::Met), ("WDP", Status::NotMet), ("TW", Status::NotMet), ("TMP", Status::NotMet)]
    {
        assert_eq!(
            status("WBK", &with(&[("opini_bpk", Some(&format!("\"{opinion}\"")))]), "INST-OPINI"),
            expected
        );
    }
}

#[test]
fn a_threshold_is_compared_exactly() {
    assert_eq!(status("WBK", &with(&[("persen_tlhp", Some("\"99.999999\""))]), "UNIT-TLHP"), Status::NotMet);
    let edition = edition("permenpanrb-90-2021");
    let (facts, score) = (facts(edition, ALL), example(edition, "hitungan-tangan-90-2021"));
    let verdict = Verdict::of(edition, "WBK", &facts, Some(&score)).expect("a verdict");
    let ipak = verdict.outcome("NILAI-IPAK").expect("known");
    assert_eq!(ipak.status, Status::NotMet, "an index of 3.599 shows as 15.75 and is less");
    assert_eq!(verdict.outcome("NILAI-PELAYANAN").expect("known").status, Status::Met);
}

#[test]
fn the_rb_index_is_asked_by_kind_of_agency() {
    let unknown = with(&[("jenis_instansi", None), ("predikat_indeks_rb_kl", None)]);
    let pemda = with(&[("jenis_instansi", Some("\"pemda\"")), ("predikat_indeks_rb_pemda", Some("\"CC\""))]);
    let implied = with(&[("jenis_instansi", None)]);
    for (facts, kl, local) in [
        (ALL, Status::Met, Status::NotApplicable),
        (&pemda, Status::NotApplicable, Status::Met),
        (&implied, Status::Met, Status::NotApplicable),
        (&unknown, Status::Unknown, Status::Unknown),
    ] {
        assert_eq!(status("WBK", facts, "INST-RB-KL"), kl);
        assert_eq!(status("WBK", facts, "INST-RB-PEMDA"), local);
    }
}

#[test]
fn the_ban_after_revocation_concerns_only_units_once_withdrawn() {
    let never = with(&[("pernah_dicabut", Some("\"tidak\""))]);
    let recent = with(&[("pernah_dicabut", Some("\"ya\"")), ("tahun_sejak_pencabutan", Some("1.99"))]);
    let long_ago = with(&[("tahun_sejak_pencabutan", Some("2"))]);
    let unsaid = with(&[("pernah_dicabut", Some("\"ya\""))]);
    for (facts, expected) in [
        (ALL, Status::NotApplicable),
        (&never, Status::NotApplicable),
        (&recent, Status::NotMet),
        (&long_ago, Status::Met),
        (&unsaid, Status::Unknown),
    ] {
        assert_eq!(status("WBK", facts, "UNIT-CABUT"), expected);
    }
}

#[test]
fn what_is_uncertain_in_law_only_warns() {
    let edition = edition("permenpanrb-90-2021");
    let (facts, score) = (facts(edition, ALL), best_score(edition));
    let verdict = Verdict::of(edition, "WBBM", &facts, Some(&score)).expect("a verdict");
    let years = verdict.outcome("UNIT-LAMA-WBK").expect("known");
    assert_eq!((years.status, years.force), (Status::NotMet, Force::Warning));
    assert_eq!(verdict.status, Status::Met);
    let json = to_json(&facts, Some(&score), &verdict);
    assert_eq!(json["warnings"], serde_json::json!(["UNIT-LAMA-WBK"]));
}

#[test]
fn both_readings_of_the_area_minimum_are_shown_and_the_default_decides() {
    let edition = edition("permenpanrb-90-2021");
    // Pemenuhan of MP full and reform of MP empty: 50 % together with everything else at its best.
    let path = format!("{}/../../instruments/examples/90-2021-terbaik.json", env!("CARGO_MANIFEST_DIR"));
    let mut file: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("readable")).expect("JSON");
    for code in ["MP-R2a", "MP-R3a"] {
        file["answers"][code] = serde_json::Value::Null;
    }
    let sheet = UnitFile::from_json(edition, &file.to_string()).expect("usable").sheet.expect("answers");
    let score = Score::of(edition, &sheet).expect("a score");
    let facts = facts(edition, ALL);
    let verdict = Verdict::of(edition, "WBK", &facts, Some(&score)).expect("a verdict");

    let together = verdict.outcome("NILAI-AREA").expect("known");
    let apart = verdict.outcome("NILAI-AREA-BAGIAN").expect("known");
    assert_eq!(
        (together.status, together.force, together.reading),
        (Status::Met, Force::Binding, Reading::Default)
    );
    assert_eq!((apart.status, apart.force, apart.reading), (Status::NotMet, Force::Warning, Reading::Other));
    assert_eq!(verdict.status, Status::Met);
    let missed: Vec<&str> = apart
        .areas
        .iter()
        .filter(|line| line.status == Status::NotMet)
        .map(|line| line.code.as_str())
        .collect();
    assert_eq!(missed, ["MP-R"]);
    assert_eq!(
        together.areas.iter().map(|line| line.minimum.plain()).collect::<Vec<_>>(),
        ["4.8", "4.2", "6", "6", "9", "6"]
    );
}

#[test]
fn an_affirmation_is_stated_and_sets_aside_only_what_a_person_chose() {
    let edition = edition("permenpanrb-90-2021");
    let pemda = [
        ("jenis_instansi", Some("\"pemda\"")),
        ("predikat_indeks_rb_pemda", Some("\"C\"")),
        ("predikat_indeks_rb_kl", None),
        ("predikat_sakip", Some("\"C\"")),
    ];
    let score = best_score(edition);
    let verdict_with = |affirmation: &str| {
        let changes = [&pemda[..], &[("afirmasi", Some(affirmation))]].concat();
        let facts = facts(edition, &with(&changes));
        let verdict = Verdict::of(edition, "WBK", &facts, Some(&score)).expect("a verdict");
        (verdict.status, verdict.outcome("INST-SAKIP").map(|o| (o.status, o.force)))
    };
    assert_eq!(verdict_with("null").0, Status::NotMet);
    assert_eq!(verdict_with("\"rsud\"").0, Status::NotMet, "the group alone sets nothing aside");
    let (status, sakip) =
        verdict_with(r#"{"kelompok": "rsud", "dikesampingkan": ["INST-SAKIP", "INST-RB-PEMDA"]}"#);
    assert_eq!(sakip, Some((Status::NotMet, Force::SetAside)));
    assert_eq!(status, Status::Met);
}

#[test]
fn an_affirmation_never_helps_a_ministry_or_sets_aside_a_score() {
    let edition = edition("permenpanrb-90-2021");
    let stated = r#"{"kelompok": "rsud", "dikesampingkan": ["INST-SAKIP"]}"#;
    let ministry = facts(edition, &with(&[("predikat_sakip", Some("\"C\"")), ("afirmasi", Some(stated))]));
    let verdict = Verdict::of(edition, "WBK", &ministry, None).expect("a verdict");
    assert_eq!(verdict.outcome("INST-SAKIP").expect("known").force, Force::Binding);
    assert_eq!(verdict.status, Status::NotMet);

    let score = with(&[("afirmasi", Some(r#"{"kelompok": "rsud", "dikesampingkan": ["NILAI-TOTAL"]}"#))]);
    let problems = Facts::read(edition, &Json::parse(&score).expect("JSON")).expect_err("refused");
    assert!(problems[0].reason.contains("tidak dapat dikesampingkan"));
}

#[test]
fn opinions_year_by_year_are_counted_back_from_the_latest() {
    let edition = edition("permenpanrb-52-2014");
    for (years, expected) in [
        (r#"{"2017": "WTP", "2018": "WTP"}"#, Status::Met),
        (r#"{"2016": "WTP", "2017": "WDP", "2018": "WTP"}"#, Status::NotMet),
        (r#"{"2016": "WTP", "2018": "WTP"}"#, Status::NotMet),
        (r#"{"2018": "WTP", "2017": "WTP", "2016": "TMP"}"#, Status::Met),
        (r#""WTP""#, Status::Unknown),
    ] {
        let facts = facts(edition, &format!("{{\"opini_bpk\": {years}}}"));
        let verdict = Verdict::of(edition, "WBBM", &facts, None).expect("a verdict");
        assert_eq!(verdict.outcome("INST-OPINI").expect("known").status, expected, "{years}");
    }
}

#[test]
fn facts_that_cannot_be_are_refused_with_what_to_write() {
    let edition = edition("permenpanrb-90-2021");
    for (text, part) in [
        (
            r#"{"predikat_sakip": "Z"}"#,
            "predikat_sakip: \"Z\" bukan nilai yang dikenal; pilihannya: D, C, CC, B",
        ),
        (r#"{"persen_tlhp": 101}"#, "paling besar 100"),
        (r#"{"level_spip": -1}"#, "tidak boleh negatif"),
        (r#"{"level_spip": "tiga"}"#, "harus berupa angka"),
        (r#"{"predikat_wbk": "mungkin"}"#, "ya atau tidak"),
        (r#"{"jenis_instansi": "bumn"}"#, "pilihannya: kl, pemda"),
        (r#"{"opini_bpk": {"lalu": "WTP"}}"#, "\"lalu\" bukan tahun"),
        (r#"{"afirmasi": "rumah sakit"}"#, "kelompok \"rumah sakit\" tidak ada"),
        ("[]", "harus berupa objek"),
    ] {
        let problems = Facts::read(edition, &Json::parse(text).expect("JSON")).expect_err(text);
        assert!(problems[0].to_string().contains(part), "{}", problems[0]);
    }
    assert_eq!(facts(edition, r#"{"predikat_skip": "B"}"#).unused, ["predikat_skip"]);
    assert!(Verdict::of(edition, "WTP", &Facts::default(), None).is_err());
}

#[test]
fn every_condition_names_its_source_document_and_citation() {
    for edition in shipped().iter() {
        for predicate in &edition.predicates {
            let facts = Facts::default();
            let verdict = Verdict::of(edition, &predicate.code, &facts, None).expect("a verdict");
            let json = to_json(&facts, None, &verdict);
            for condition in json["conditions"].as_array().expect("a list") {
                for key in ["source_document", "citation", "threshold", "certainty"] {
                    assert!(!condition[key].is_null() && condition[key] != "", "{condition}");
                }
            }
        }
    }
}
