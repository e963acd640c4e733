//! Rules that suggest answers: the shipped files are sound, what is wrong with a file is named, and a fact that is
//! missing is never taken for zero.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use bening_core::followup::{FollowUp, Source, State};
use bening_core::id::{FollowUpId, LkeId, PersonId, UnitId};
use bening_core::instrument::shipped;
use bening_core::lke::Lke;
use bening_core::scoring::Answer;
use bening_core::suggestion::{FACTS, Fact, Offers, Records, Rules, SHIPPED_FILES};
use bening_core::time::Year;
use chrono::NaiveDate;
use uuid::Uuid;

fn head(rest: &str) -> String {
    format!(
        "edition = \"permenpanrb-52-2014\"\n[[rule]]\ncode = \"x\"\nquestion = \"MP-P3c\"\ncitation = \"dasar\"\n{rest}"
    )
}

fn problems(text: &str) -> String {
    let found = Rules::parse("x.toml", text, shipped()).expect_err("it is refused");
    found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn sheet() -> Lke {
    Lke {
        id: LkeId(Uuid::nil()),
        unit: UnitId(Uuid::nil()),
        year: Year::new(2020).unwrap(),
        edition: "permenpanrb-52-2014".to_owned(),
        layers: Default::default(),
        evidence: Vec::new(),
        remarks: Vec::new(),
        returns: Vec::new(),
    }
}

fn entry(state: State) -> FollowUp {
    FollowUp {
        id: FollowUpId(Uuid::nil()),
        unit: UnitId(Uuid::nil()),
        year: Year::new(2020).unwrap(),
        number: 1,
        what: "temuan".to_owned(),
        source: Source::Monev,
        origin: String::new(),
        cause: String::new(),
        action: "perbaiki".to_owned(),
        person: PersonId(Uuid::nil()),
        due_on: NaiveDate::from_ymd_opt(2020, 6, 1).unwrap(),
        state,
        steps: Vec::new(),
    }
}

/// What a register of follow-up suggests under a rule.
fn offered(rule: &str, register: &[FollowUp]) -> Offers {
    let rules = Rules::parse("x.toml", &head(rule), shipped()).expect("it is sound");
    let (sheet, today) = (sheet(), NaiveDate::from_ymd_opt(2020, 6, 15).unwrap());
    let records = Records { register, ..Records::bare(sheet.year, today, &sheet) };
    Offers::of(Vec::new(), Some(&rules), &records)
}

const THIRDS: &str = r#"case = [
  { answer = "A", told = "semua", when = ["3 * tindak_lanjut_tuntas >= 2"] },
  { answer = "D", told = "kurang" },
]"#;

#[test]
fn the_shipped_rules_are_sound() {
    for (name, text) in SHIPPED_FILES {
        let rules = Rules::parse(name, text, shipped()).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert!(rules.rules.len() > 5, "{name}");
    }
}

#[test]
fn a_share_is_compared_exactly() {
    let two_of_three = [entry(State::Verified), entry(State::Verified), entry(State::Open)];
    let offers = offered(THIRDS, &two_of_three);
    assert_eq!(offers.all[0].answer, Answer::Choice("A".to_owned()), "two thirds are two thirds");
    assert!(offers.all[0].provenance().contains("2 dari 3"));
    let offers = offered(THIRDS, &two_of_three[1..]);
    assert_eq!(offers.all[0].answer, Answer::Choice("D".to_owned()));
}

#[test]
fn a_missing_fact_is_not_zero_and_no_later_case_answers_in_its_place() {
    let offers = offered(THIRDS, &[]);
    assert!(offers.all.is_empty());
    assert_eq!(offers.lacks[0].facts, [Fact::FollowedUp]);
}

#[test]
fn a_case_that_is_false_anyway_does_not_wait_for_what_is_missing() {
    let rule = r#"case = [
      { answer = "A", told = "keduanya", when = ["rencana_disetujui == 1", "tindak_lanjut_tuntas == 1"] },
      { answer = "D", told = "tidak", when = ["tindak_lanjut_tuntas < 1"] },
    ]"#;
    let offers = offered(rule, &[entry(State::Open)]);
    assert_eq!(offers.all[0].answer, Answer::Choice("D".to_owned()), "whatever the plan is");
    assert!(offered(rule, &[entry(State::Verified)]).all.is_empty(), "then the plan matters");
}

#[test]
fn what_is_wrong_with_a_file_is_named_with_its_line() {
    let of = |answer: &str, when: &str| {
        head(&format!("case = [{{ answer = \"{answer}\", told = \"x\", when = [\"{when}\"] }}]"))
    };
    assert!(problems(&of("Z", "tindak_lanjut_tuntas == 1")).contains("x.toml:6: jawaban \"Z\" tidak ada"));
    assert!(problems(&of("A", "lhkpn == 1")).contains("fakta \"lhkpn\" tidak dikenal"));
    assert!(problems(&of("A", "pokok_tindakan == 1")).contains("memerlukan \"words\""));
    assert!(problems(&of("A", "survei_selesai == 1")).contains("memerlukan \"family\""));
    assert!(problems(&of("A", "1 / tindak_lanjut_tuntas == 1")).contains("membagi dengan nol"));
    let text = of("A", "tindak_lanjut_tuntas == 1").replace("citation", "sumber");
    assert!(problems(&text).contains("tanpa dasar hukum") && problems(&text).contains("\"sumber\""));
    let text = of("A", "tindak_lanjut_tuntas == 1").replace("MP-P3c", "XX-1");
    assert!(problems(&text).contains("pertanyaan XX-1 tidak ada"));
    let always = head("case = [{ answer = \"A\", told = \"x\" }, { answer = \"D\", told = \"y\" }]");
    assert!(problems(&always).contains("harus yang terakhir"));
}

#[test]
fn every_fact_has_one_name() {
    for (name, fact, label, _) in FACTS {
        assert_eq!((Fact::parse(name), fact.name(), fact.label()), (Some(fact), name, label));
    }
}
