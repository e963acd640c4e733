//! The matrix of roles and actions, as a text file that is reviewed as a difference.

#![cfg(test)]

use bening_core::access::{Action, Actor, Decision, Scope, may};
use bening_core::id::{AssignmentId, PersonId, UnitId};
use bening_core::person::{Assignment, Place, Reach, Role};
use bening_core::plan::Area;
use chrono::NaiveDate;
use uuid::Uuid;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/access-matrix.txt");

/// Where the actor stands to what they ask about.
#[derive(Clone, Copy)]
enum Standpoint {
    Agency,
    OwnUnit,
    OwnUnitOtherArea,
    OwnUnitOtherAreaButPic,
    UnitBelow,
    OwnUnitAppointed,
    OtherUnit,
    OtherUnitAppointed,
}

const STANDPOINTS: [(Standpoint, &str); 8] = [
    (Standpoint::Agency, "agency"),
    (Standpoint::OwnUnit, "own unit, own area"),
    (Standpoint::OwnUnitOtherArea, "own unit, other area"),
    (Standpoint::OwnUnitOtherAreaButPic, "own unit, other area, own row"),
    (Standpoint::UnitBelow, "unit below"),
    (Standpoint::OwnUnitAppointed, "own unit, appointed as assessor"),
    (Standpoint::OtherUnit, "other unit"),
    (Standpoint::OtherUnitAppointed, "other unit, appointed as assessor"),
];

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, day).unwrap()
}

fn assignment(role: Role) -> Assignment {
    let place = if role.reach() == Reach::Agency { Place::Agency } else { Place::Unit(UnitId(id(1))) };
    let areas = [Area::ChangeManagement].into();
    let (person, id) = (PersonId(id(9)), AssignmentId(id(8)));
    Assignment { id, person, role, place, areas, from: day(1), until: Some(day(20)) }
}

fn scope(standpoint: Standpoint) -> Scope {
    let (own, below, other) = (UnitId(id(1)), UnitId(id(2)), UnitId(id(3)));
    let here = Scope::unit(own, Vec::new());
    match standpoint {
        Standpoint::Agency => Scope::agency(),
        Standpoint::OwnUnit => here.area(Some(Area::ChangeManagement)),
        Standpoint::OwnUnitOtherArea => here.area(Some(Area::Supervision)),
        Standpoint::OwnUnitOtherAreaButPic => here.area(Some(Area::Supervision)).pics(vec![PersonId(id(9))]),
        Standpoint::UnitBelow => Scope::unit(below, vec![own]).area(Some(Area::ChangeManagement)),
        Standpoint::OtherUnit => Scope::unit(other, Vec::new()).area(Some(Area::ChangeManagement)),
        Standpoint::OwnUnitAppointed => here.assessors(vec![PersonId(id(9))]),
        Standpoint::OtherUnitAppointed => Scope::unit(other, Vec::new()).assessors(vec![PersonId(id(9))]),
    }
}

fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Yes => "yes",
        Decision::Forbidden => "403",
        Decision::Hidden => "404",
    }
}

fn actors() -> Vec<(&'static str, Actor)> {
    let person = PersonId(id(9));
    let held = |role: Role| (role.as_str(), Actor::on(day(10), person, vec![assignment(role)]));
    let mut actors = vec![("public", Actor::public()), ("no role", Actor::on(day(10), person, Vec::new()))];
    actors.extend(Role::ALL.map(held));
    actors
}

fn matrix() -> String {
    let mut text = String::from("# Who may do what where; written by the test access_matrix.\n");
    for action in Action::ALL.iter().copied() {
        text += &format!("\n{action:?}\n");
        for (name, actor) in actors() {
            let answers = STANDPOINTS.map(|(standpoint, label)| {
                format!("{label}: {}", word(may(&actor, action, &scope(standpoint))))
            });
            text += &format!("  {name:<22} {}\n", answers.join(" | "));
        }
    }
    text
}

#[test]
fn the_matrix_is_the_one_that_was_reviewed() {
    let now = matrix();
    if std::env::var_os("BENING_UPDATE").is_some() {
        std::fs::write(FILE, &now).unwrap();
    }
    let reviewed = std::fs::read_to_string(FILE).unwrap_or_default();
    assert_eq!(now, reviewed, "set BENING_UPDATE=1 to write {FILE} anew, then review the difference");
}

#[test]
fn a_role_holds_from_its_first_to_its_last_day_and_no_longer() {
    let person = PersonId(id(9));
    let on = |day: NaiveDate| {
        let actor = Actor::on(day, person, vec![assignment(Role::TeamLead)]);
        may(&actor, Action::EditArea, &scope(Standpoint::OwnUnit))
    };
    assert_eq!(on(day(1)), Decision::Yes);
    assert_eq!(on(day(20)), Decision::Yes);
    assert_eq!(on(day(21)), Decision::Hidden);
}

#[test]
fn several_roles_add_up() {
    let person = PersonId(id(9));
    let both = vec![assignment(Role::Employee), assignment(Role::UnitHead)];
    let actor = Actor::on(day(10), person, both);
    assert_eq!(may(&actor, Action::ApprovePlan, &scope(Standpoint::OwnUnit)), Decision::Yes);
    assert_eq!(may(&actor, Action::EditArea, &scope(Standpoint::OwnUnit)), Decision::Forbidden);
}
