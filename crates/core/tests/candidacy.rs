//! The road to a predicate: every stage with every step, and what is refused with which rule.

#![cfg(test)]

use bening_core::candidacy::decide::{Asked, Facts, Refusal, begin, take};
use bening_core::candidacy::pact::{Pact, Prose, Signature, Staff, Way, seal, signed};
use bening_core::candidacy::rules::{Rules, SHIPPED_FILES, shipped};
use bening_core::candidacy::{Candidacy, Paper, Stage, Transition};
use bening_core::id::{CandidacyId, PactId, PersonId, SignatureId, StaffId, UnitId};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/candidacy-matrix.txt");

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn me() -> (PersonId, DateTime<Utc>, NaiveDate) {
    (PersonId(Uuid::nil()), DateTime::UNIX_EPOCH, day(2024, 5, 31))
}

fn road(rules: &Rules, predicate: &str, stage: Stage) -> Candidacy {
    let (by, at, _) = me();
    let taken = Transition {
        step: "-".into(),
        to: stage,
        on: day(2024, 1, 2),
        reason: String::new(),
        paper: None,
        by,
        at,
    };
    Candidacy {
        id: CandidacyId(Uuid::nil()),
        unit: UnitId(Uuid::nil()),
        rules: rules.id.clone(),
        predicate: predicate.to_owned(),
        taken: if stage == Stage::Start { Vec::new() } else { vec![taken] },
    }
}

fn asked(road: &Candidacy, on: NaiveDate) -> Asked {
    let paper = Paper { number: "1/ZI".into(), dated: on, title: "Naskah".into() };
    Asked { on, reason: "Alasan yang cukup panjang".into(), paper: Some(paper), seen: road.taken.len() }
}

fn all_well() -> Facts {
    Facts {
        plan_approved: true,
        lke_submitted: true,
        tpi_submitted: true,
        lhe_issued: true,
        conditions_open: Some(Vec::new()),
        pacts: (3, 3),
        appraisal: None,
        taken_by_others: 0,
    }
}

/// Rules with a quota and a deadline, which the shipped ones need not have.
fn strict() -> Rules {
    let text = SHIPPED_FILES[0].1.to_owned()
        + "\n[[quota]]\nstep = \"usulan\"\nunits = 2\ncitation = \"Surat Kuota\"\n\
           \n[[deadline]]\nstep = \"usulan\"\nmonth = 5\nday = 31\ncitation = \"Surat Batas\"\n";
    Rules::parse(&text).unwrap()
}

fn matrix() -> String {
    let mut text = String::from(
        "# Where every step leads from every stage; \"-\" is refused. Written by the test candidacy.\n",
    );
    for rules in shipped() {
        for predicate in ["WBK", "WBBM"] {
            text += &format!("\n{} {predicate}\n", rules.id);
            for stage in Stage::ALL {
                let road = road(rules, predicate, stage);
                let outcome =
                    |code: &str| take(rules, &road, code, asked(&road, day(2024, 5, 31)), &all_well(), me());
                let steps = rules.steps.iter().map(|step| match outcome(&step.code) {
                    Ok(taken) => format!("{}={}", step.code, taken.to.as_str()),
                    Err(_) => format!("{}=-", step.code),
                });
                text += &format!("  {:<16} {}\n", stage.as_str(), steps.collect::<Vec<_>>().join(" "));
            }
        }
    }
    text
}

#[test]
fn every_stage_with_every_step_is_as_it_was_reviewed() {
    let now = matrix();
    if std::env::var_os("BENING_UPDATE").is_some() {
        std::fs::write(FILE, &now).unwrap();
    }
    let reviewed = std::fs::read_to_string(FILE).unwrap_or_default();
    assert_eq!(now, reviewed, "set BENING_UPDATE=1 to write {FILE} anew, then review the difference");
}

#[test]
fn the_rules_and_papers_that_come_with_bening_can_be_read() {
    for (name, text) in SHIPPED_FILES {
        Rules::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    assert_eq!(shipped().len(), SHIPPED_FILES.len());
    Prose::charter().unwrap();
    Prose::pact().unwrap();
}

#[test]
fn rules_with_a_step_twice_an_unknown_step_or_a_dead_end_are_not_used() {
    let text = SHIPPED_FILES[0].1;
    let wrong = |from: &str, to: &str| Rules::parse(&text.replace(from, to)).unwrap_err().to_string();
    assert!(wrong("code = \"wawancara\"", "code = \"panel\"").contains("dua kali"));
    assert!(wrong("from = [\"review\"]", "from = [\"start\"]").contains("tidak dapat ditinggalkan"));
    let deadline = "\n[[deadline]]\nstep = \"entah\"\nmonth = 5\nday = 31\ncitation = \"x\"\n";
    assert!(Rules::parse(&format!("{text}{deadline}")).unwrap_err().to_string().contains("entah"));
    let no_day = "\n[[deadline]]\nstep = \"usulan\"\nmonth = 2\nday = 31\ncitation = \"x\"\n";
    assert!(Rules::parse(&format!("{text}{no_day}")).unwrap_err().to_string().contains("bukan tanggal"));
}

#[test]
fn a_proposal_is_refused_after_the_deadline_and_over_the_quota_with_the_source() {
    let rules = strict();
    let road = road(&rules, "WBK", Stage::Recommended);
    let (by, at, _) = me();
    let on = |on: NaiveDate, others: u32| {
        let facts = Facts { taken_by_others: others, ..all_well() };
        take(&rules, &road, "usulan", asked(&road, on), &facts, (by, at, day(2024, 7, 1)))
    };
    assert!(on(day(2024, 5, 31), 1).is_ok());
    assert!(on(day(2024, 6, 1), 0).unwrap_err().to_string().contains("Surat Batas"));
    assert!(on(day(2024, 5, 31), 2).unwrap_err().to_string().contains("Surat Kuota"));
}

#[test]
fn a_step_is_refused_back_dated_in_the_future_without_paper_reason_or_signatures() {
    let rules = &shipped()[0];
    let road = road(rules, "WBK", Stage::Recommended);
    let good = asked(&road, day(2024, 5, 31));
    let say =
        |code: &str, asked: Asked, facts: &Facts| take(rules, &road, code, asked, facts, me()).unwrap_err();
    let back = Asked { on: day(2024, 1, 1), ..good.clone() };
    assert!(
        matches!(say("usulan", back, &all_well()), Refusal::BackDated { last, .. } if last == day(2024, 1, 2))
    );
    let ahead = Asked { on: day(2024, 6, 1), ..good.clone() };
    assert!(matches!(say("usulan", ahead, &all_well()), Refusal::Future(_)));
    assert!(matches!(say("usulan", Asked { paper: None, ..good.clone() }, &all_well()), Refusal::NoPaper(_)));
    let silent = Asked { reason: "ya".into(), ..good.clone() };
    assert!(matches!(say("penghentian", silent, &all_well()), Refusal::NoReason(_)));
    assert_eq!(say("usulan", Asked { seen: 0, ..good.clone() }, &all_well()), Refusal::Overtaken);
    let unsigned = Facts { pacts: (2, 3), ..all_well() };
    assert!(say("usulan", good.clone(), &unsigned).to_string().contains("2 dari 3"));
    let failing = Facts { conditions_open: Some(vec!["X-1".into()]), ..all_well() };
    assert!(say("usulan", good.clone(), &failing).to_string().contains("X-1"));
    assert!(matches!(say("panel", good, &all_well()), Refusal::OutOfOrder { .. }));
}

#[test]
fn after_a_revocation_nothing_begins_until_the_ban_is_over() {
    let rules = &shipped()[0];
    let revoked = [road(rules, "WBK", Stage::Revoked)];
    assert!(matches!(begin(rules, &revoked, "WBK", day(2026, 1, 1)), Err(Refusal::Banned { .. })));
    assert_eq!(begin(rules, &revoked, "WBK", day(2026, 1, 2)), Ok(()));
}

#[test]
fn one_road_at_a_time_and_the_higher_predicate_only_upon_the_lower() {
    let rules = &shipped()[0];
    let on = day(2024, 5, 1);
    assert!(matches!(begin(rules, &[], "WBBM", on), Err(Refusal::Prerequisite { .. })));
    assert_eq!(begin(rules, &[], "WBK", on), Ok(()));
    let held = [road(rules, "WBK", Stage::Monitored)];
    let held = held.map(|mut road| {
        road.taken[0].to = Stage::Determined;
        road
    });
    assert_eq!(begin(rules, &held, "WBBM", on), Ok(()));
    assert!(matches!(begin(rules, &held, "WBK", on), Err(Refusal::Held(_))));
    let building = [road(rules, "WBK", Stage::Building)];
    assert!(matches!(begin(rules, &building, "WBK", on), Err(Refusal::Underway(_))));
}

#[test]
fn a_signature_counts_for_the_text_it_was_set_under_and_no_other() {
    let unit = UnitId(Uuid::nil());
    let pact = |number: u128, text: &str| Pact {
        id: PactId(Uuid::from_u128(number)),
        unit,
        year: 2024,
        version: 1,
        text: text.into(),
    };
    let (old, new) = (pact(1, "Jujur."), pact(2, "Jujur selalu."));
    let staff = Staff {
        id: StaffId(Uuid::from_u128(9)),
        unit,
        name: "Ani".into(),
        number: String::new(),
        title: "Analis".into(),
        person: None,
        from: day(2024, 1, 1),
        until: None,
    };
    let (by, at, on) = me();
    let seal = seal(&old, staff.id, Way::Account, at);
    let signature = Signature {
        id: SignatureId(Uuid::nil()),
        staff: staff.id,
        pact: old.id,
        way: Way::Account,
        on,
        at,
        by,
        seal,
    };
    let of =
        |pact: &Pact| signed(std::slice::from_ref(&staff), std::slice::from_ref(&signature), Some(pact), on);
    assert_eq!(of(&old), (1, 1));
    assert_eq!(of(&new), (0, 1), "a text changed after signing has to be signed again");
    assert!(
        !signature.is_whole(&Pact { text: "Lain.".into(), ..old.clone() }),
        "an altered text breaks the seal"
    );
    let moved = Signature { at: at + chrono::Duration::seconds(1), ..signature.clone() };
    assert!(!moved.is_whole(&old), "another moment breaks the seal");
}
