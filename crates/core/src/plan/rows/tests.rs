//! Tests of checking and merging through their public doors.

use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::id::{PersonId, PlanId, UnitId};
use crate::plan::edit::{Context, Member, Refusal};
use crate::plan::life;
use crate::plan::{Area, Plan};
use crate::time::Year;

/// Identifiers that count upwards.
fn counter(start: u128) -> impl FnMut() -> Uuid {
    let mut next = start;
    move || {
        next += 1;
        Uuid::from_u128(next)
    }
}

fn empty_plan() -> Plan {
    let id = Uuid::from_u128(1);
    Plan::empty(PlanId(id), UnitId(id), Year::new(2026).unwrap())
}

fn roster() -> Vec<Member> {
    ["Bayu", "Nover"].iter().zip(10..).map(|(name, id)| member(name, id)).collect()
}

fn member(name: &str, id: u128) -> Member {
    Member { id: PersonId(Uuid::from_u128(id)), name: name.to_owned() }
}

fn merged_with(plan: &Plan, checked: &Checked, start: u128) -> Result<(Plan, Changes), Refusal> {
    let mut fresh = counter(start);
    let (today, by) = (NaiveDate::from_ymd_opt(2026, 1, 5).unwrap(), PersonId(Uuid::from_u128(2)));
    merge(plan, checked, &mut Context { today, by, roster: &[], fresh: &mut fresh })
}

fn merged(plan: &Plan, file: &PlanFile) -> (Plan, Changes) {
    merged_with(plan, &good(file), 1_000).unwrap()
}

const NOBODY: Known<'static> = Known { roster: &[], unknown: UnknownPics::Refuse, subs: &[] };

fn good(file: &PlanFile) -> Checked {
    check(file, &NOBODY).unwrap_or_else(|problems| panic!("{}", lines(&problems)))
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
}

/// Rows from text: area | number | component | action | evidence | time | PIC | target.
fn file(text: &str) -> PlanFile {
    let rows = text.lines().zip(2..).map(|(line, row)| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let cell = |index: usize| cells.get(index).copied().unwrap_or_default().to_owned();
        RawRow {
            row,
            area: cell(0),
            number: cell(1),
            component: cell(2),
            action: cell(3),
            evidence: items::split(&cell(4)),
            time: cell(5),
            pic: cell(6),
            target: cell(7),
            ..RawRow::default()
        }
    });
    PlanFile { rows: rows.collect(), ..PlanFile::default() }
}

fn one_row() -> PlanFile {
    file("MP | 1 | Tim Kerja | Membentuk tim | SK | Januari | Bayu | Tim terbentuk")
}

#[test]
fn empty_cells_take_over_time_and_target_in_the_component_and_the_pic_in_the_area() {
    let file = file(
        "Manajemen Perubahan | 1 | Tim Kerja | Memilih | SK | Januari | Bayu | Terpilih\n\
         | | | Menetapkan | SK | | |\n\
         | 2 | Rencana | Menyusun | Dokumen | Maret | |\n\
         Penguatan Pengawasan | 1 | SPIP | Menilai | Register | | |",
    );
    let (plan, _) = merged(&empty_plan(), &file);
    let rows: Vec<(String, String, &str)> = plan
        .actions()
        .map(|placed| {
            let time = placed.action.schedule.as_ref().map(|s| s.text().to_owned()).unwrap_or_default();
            (time, placed.action.pic_names(), placed.action.target.as_str())
        })
        .collect();
    let expected = [
        ("Januari", "Bayu", "Terpilih"),
        ("Januari", "Bayu", "Terpilih"),
        ("Maret", "Bayu", ""),
        ("", "", ""),
    ];
    assert_eq!(rows, expected.map(|(time, pic, target)| (time.to_owned(), pic.to_owned(), target)));
}

#[test]
fn a_dash_means_none_and_is_not_filled_from_above() {
    let file = file("MP | 1 | Tim | Satu | - | Januari | Bayu | T\n | | | Dua | - | - | – | -");
    let (plan, _) = merged(&empty_plan(), &file);
    let second = plan.actions().nth(1).unwrap().action;
    assert!(second.schedule.is_none() && second.pics.is_empty() && second.target.is_empty());
    assert!(plan.actions().all(|placed| placed.action.evidence.is_empty()));
}

#[test]
fn evidence_beside_a_tall_action_cell_belongs_to_that_action() {
    let file =
        file("MP | 1 | Tim | Satu | SK | Januari | Bayu | T\n | | | | Foto | | |\n | 1 | | | Laporan | | |");
    let (plan, _) = merged(&empty_plan(), &file);
    let titles: Vec<&str> =
        plan.actions().next().unwrap().action.evidence.iter().map(|e| e.title.as_str()).collect();
    assert_eq!(titles, ["SK", "Foto", "Laporan"]);
}

#[test]
fn every_problem_of_a_file_is_named_at_once_with_its_place() {
    let mut file = file(
        "MP | 1 | Tim | Satu | SK | Janember | Bayu | T\n\
         | 1 | Lain | Dua | SK | Januari | Budi | T\n\
         Area 51 | 1 | X | Tiga | SK | Triwulan V | Bayu | T\n\
         PW | 1 | SPIP | | SK | Januari | Bayu | T\n\
         | 7 | | Empat | SK | Januari | Bayu | T",
    );
    file.rows[0].target = "x".repeat(2_001);
    file.rows[3].sheet = Some("Pengawasan".to_owned());
    file.rows[4].sheet = Some("Pengawasan".to_owned());
    file.priorities.push(RawPriority { row: 9, target: "T".to_owned(), ..RawPriority::default() });
    file.problems.push(Problem {
        at: At { sheet: None, row: 3, column: Some(column::TARGET) },
        message: "galat".to_owned(),
    });
    let roster = roster();
    let known = Known { roster: &roster, unknown: UnknownPics::Refuse, subs: &[] };
    insta::assert_snapshot!(lines(&check(&file, &known).unwrap_err()));
}

#[test]
fn unknown_pics_are_kept_as_names_when_that_is_wanted() {
    let roster = roster();
    let known = Known { roster: &roster, unknown: UnknownPics::KeepAsNames, subs: &[] };
    let file = file("MP | 1 | Tim | Satu | SK | Januari | bayu, Budi | T\n | | | Dua | SK | | Budi |");
    let checked = check(&file, &known).unwrap();
    assert!(checked.notes.iter().any(|note| note == "PIC tanpa akun, dipakai sebagai nama saja: Budi"));
    let pics = checked.areas[0].components[0].actions[0].pics.value().unwrap();
    assert_eq!(pics.iter().map(|pic| pic.person.is_some()).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_file_with_more_rows_than_a_plan_can_have_is_one_problem() {
    let rows = vec![one_row().rows[0].clone(); 2_001];
    let problems = check(&PlanFile { rows, ..PlanFile::default() }, &NOBODY).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.contains("2001 baris"), "{}", problems[0]);
}

#[test]
fn a_file_without_rows_is_a_problem() {
    assert!(lines(&check(&PlanFile::default(), &NOBODY).unwrap_err()).contains("tidak ada satu baris pun"));
}

fn subs() -> Vec<Sub> {
    let sub = |code: &str, name: &str, area| Sub { code: code.to_owned(), name: name.to_owned(), area };
    vec![
        sub("MP-P1", "Penyusunan Tim Kerja", Area::ChangeManagement),
        sub("MP-P2", "Rencana Pembangunan Zona Integritas", Area::ChangeManagement),
        sub("PW-P1", "Pengendalian Gratifikasi", Area::Supervision),
    ]
}

#[test]
fn a_new_component_is_linked_to_the_sub_component_whose_name_is_alike() {
    let subs = subs();
    let known = Known { subs: &subs, ..NOBODY };
    let checked = check(&one_row(), &known).unwrap();
    let (plan, _) = merged_with(&empty_plan(), &checked, 50).unwrap();
    assert_eq!(plan.areas[0].components[0].sub.as_deref(), Some("MP-P1"));
    let (again, changes) = merged_with(&merged(&empty_plan(), &one_row()).0, &checked, 90).unwrap();
    assert_eq!(again.areas[0].components[0].sub, None, "a component that is there keeps its link");
    assert!(changes.is_nothing());
}

#[test]
fn a_sub_component_of_another_area_is_a_problem_that_lists_the_right_ones() {
    let subs = subs();
    let known = Known { subs: &subs, ..NOBODY };
    let mut file = one_row();
    file.rows[0].sub = "PW-P1".to_owned();
    let problems = lines(&check(&file, &known).unwrap_err());
    assert!(problems.contains("MP-P1 (Penyusunan Tim Kerja), MP-P2"), "{problems}");
    file.rows[0].sub = "mp-p2 Rencana".to_owned();
    assert_eq!(check(&file, &known).unwrap().areas[0].components[0].sub, SubCell::Named("MP-P2".to_owned()));
}

#[test]
fn merging_updates_what_is_there_adds_what_is_new_and_removes_nothing() {
    let (plan, _) = merged(&empty_plan(), &one_row());
    let file = file(
        "MP | 4 | tim  kerja | MEMBENTUK TIM | Foto | Feb | | \n\
         | | | Melatih tim | | | Nover | T2",
    );
    let (new, changes) = merged(&plan, &file);
    let (old, first) = (plan.actions().next().unwrap().action, new.actions().next().unwrap().action);
    assert_eq!(
        (first.id, first.name.as_str(), first.target.as_str()),
        (old.id, "Membentuk tim", "Tim terbentuk")
    );
    let titles: Vec<&str> = first.evidence.iter().map(|evidence| evidence.title.as_str()).collect();
    assert_eq!(titles, ["SK", "Foto"]);
    assert_eq!(first.evidence[0].id, old.evidence[0].id, "files hang on evidence");
    assert_eq!(changes.rows[1].change, Change::Updated(vec![Field::Evidence, Field::Time]));
    assert_eq!(changes.rows[2].change, Change::New);
    assert_eq!(changes.to_string(), "1 baris baru, 1 diperbarui, 1 tetap");
}

#[test]
fn an_approved_plan_is_not_merged_into() {
    let (mut plan, _) = merged(&empty_plan(), &one_row());
    life::approve(&mut plan).unwrap();
    assert_eq!(merged_with(&plan, &good(&one_row()), 9), Err(Refusal::Approved));
}

#[test]
fn a_withdrawn_action_stays_withdrawn() {
    let (mut plan, _) = merged(&empty_plan(), &one_row());
    life::approve(&mut plan).unwrap();
    life::amend(&mut plan).unwrap();
    let id = plan.actions().next().unwrap().action.id;
    let (today, by) = (NaiveDate::from_ymd_opt(2026, 1, 5).unwrap(), PersonId(Uuid::from_u128(2)));
    let mut fresh = counter(70);
    let context = Context { today, by, roster: &[], fresh: &mut fresh };
    crate::plan::edit::withdraw(&mut plan, id, "digabung dengan biro", &context).unwrap();
    let (same, changes) = merged(&plan, &file("MP | | Tim Kerja | Membentuk tim | Foto | Maret | Nover | X"));
    assert_eq!(same, plan);
    assert_eq!(changes.rows[1].change, Change::Withdrawn);
}

/// What a plan says, without identities.
fn content(plan: &Plan) -> String {
    let mut export = serde_json::to_value(crate::plan::export::PlanExport::of(plan, "DBN", "")).unwrap();
    without_ids(&mut export);
    serde_json::to_string_pretty(&export).unwrap()
}

fn without_ids(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            fields.remove("id");
            fields.values_mut().for_each(without_ids);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(without_ids),
        _ => (),
    }
}

/// A short text that repeats often, so that names meet, with signs that mean something in files.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "Tim",
            "tim",
            "SK; Foto",
            "A\"B",
            "=1+1",
            "1. Satu",
            "Jan, Feb",
            "É \u{1F600}"
        ])
        .prop_map(str::to_owned),
        "[A-Za-z][A-Za-z0-9 ,;'\"/.-]{0,12}[A-Za-z0-9]",
    ]
    .prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn cell(cells: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop_oneof![2 => cells, 1 => Just("-".to_owned()), 1 => Just(String::new())]
}

fn times() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "Januari",
        "Jan s.d Juni",
        "Setiap bulan, Jan s.d Mar",
        "Triwulan II",
        "Jan, Apr",
    ])
    .prop_map(str::to_owned)
}

fn raw_rows() -> impl Strategy<Value = RawRow> {
    let texts = (0..6_usize, words(), words(), prop::collection::vec(words(), 0..3));
    let cells = (
        cell(times()),
        cell(prop::sample::select(vec!["Bayu", "Bayu, Nover"]).prop_map(str::to_owned)),
        cell(words()),
    );
    (texts, cells, prop::collection::vec(words(), 0..2)).prop_map(
        |((area, component, action, evidence), (time, pic, target), benefits)| RawRow {
            area: Area::ALL[area].name().to_owned(),
            component,
            action,
            evidence,
            time,
            pic,
            target,
            benefits,
            ..RawRow::default()
        },
    )
}

fn files() -> impl Strategy<Value = PlanFile> {
    let priority =
        (words(), words(), cell(times()), words()).prop_map(|(action, target, time, follow_up)| {
            RawPriority { action, target, time, follow_up, ..RawPriority::default() }
        });
    (prop::collection::vec(raw_rows(), 0..12), prop::collection::vec(priority, 0..3))
        .prop_filter("something", |(rows, priorities)| rows.len() + priorities.len() > 0)
        .prop_map(|(rows, priorities)| PlanFile { rows, priorities, ..PlanFile::default() })
}

proptest! {
    #[test]
    fn a_plan_written_out_and_merged_into_an_empty_one_says_the_same(file in files()) {
        let (plan, _) = merged(&empty_plan(), &file);
        let (copy, changes) = merged(&empty_plan(), &written(&plan));
        prop_assert_eq!(content(&copy), content(&plan));
        prop_assert!(changes.rows.iter().all(|row| row.change == Change::New));
    }

    #[test]
    fn a_plan_written_out_and_merged_into_itself_stays_as_it_is(file in files()) {
        let (plan, _) = merged(&empty_plan(), &file);
        let (same, changes) = merged(&plan, &written(&plan));
        prop_assert_eq!(&same, &plan);
        prop_assert!(changes.is_nothing(), "{}", changes);
    }

    #[test]
    fn merging_the_same_file_twice_changes_nothing_the_second_time(first in files(), second in files()) {
        let (plan, _) = merged(&merged(&empty_plan(), &first).0, &second);
        let (same, _) = merged_with(&plan, &good(&second), 90_000).unwrap();
        prop_assert_eq!(same, plan);
    }

    #[test]
    fn merging_never_removes_an_action_or_its_evidence(first in files(), second in files()) {
        let (plan, _) = merged(&empty_plan(), &first);
        let (later, _) = merged_with(&plan, &good(&second), 90_000).unwrap();
        for placed in plan.actions() {
            let kept = later.action(placed.action.id).unwrap().action;
            prop_assert!(placed.action.evidence.iter().all(|evidence| kept.evidence.contains(evidence)));
        }
    }
}
