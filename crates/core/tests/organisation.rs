//! Who may give which role, where units may stand, when two roles are one too many, whose a PIC name becomes,
//! and which pictures can be the agency's logo.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;

use bening_core::access::{Actor, Decision, Scope, may_grant};
use bening_core::agency::{LOGO_MAX_BYTES, Logo, LogoKind, LogoRefusal};
use bening_core::id::{ActionId, AssignmentId, ComponentId, PersonId, PlanId, UnitId};
use bening_core::person::{Assignment, Place, Role, is_last_admin};
use bening_core::plan::edit::{Member, claim};
use bening_core::plan::{Action, Component, Pic, Plan};
use bening_core::time::Year;
use bening_core::unit::{Echelon, Unit, may_stand_under};
use chrono::NaiveDate;
use uuid::Uuid;

const ABOVE: UnitId = UnitId(Uuid::from_u128(1));
const HOME: UnitId = UnitId(Uuid::from_u128(2));
const OTHER: UnitId = UnitId(Uuid::from_u128(3));

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, month, day).unwrap()
}

fn held(id: u128, person: u128, role: Role, place: Place) -> Assignment {
    let (id, person) = (AssignmentId(Uuid::from_u128(id)), PersonId(Uuid::from_u128(person)));
    Assignment { id, person, role, place, areas: BTreeSet::new(), from: day(1, 1), until: None }
}

fn actor(role: Role, place: Place) -> Actor {
    let held = held(1, 1, role, place);
    Actor { person: Some(held.person), assignments: vec![held] }
}

fn granted(actor: &Actor, scope: &Scope) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| may_grant(actor, *role, scope) == Decision::Yes).collect()
}

#[test]
fn a_team_lead_gives_only_the_lower_roles_and_only_at_home() {
    let lead = actor(Role::TeamLead, Place::Unit(HOME));
    assert_eq!(granted(&lead, &Scope::unit(HOME, vec![ABOVE])), [Role::AreaMember, Role::Employee]);
    assert_eq!(granted(&lead, &Scope::unit(OTHER, vec![ABOVE])), []);
    assert_eq!(granted(&lead, &Scope::agency()), []);
    let decide = |role, scope: &Scope| may_grant(&lead, role, scope);
    assert_eq!(decide(Role::TeamLead, &Scope::unit(HOME, vec![])), Decision::Forbidden);
    assert_eq!(decide(Role::Employee, &Scope::unit(OTHER, vec![])), Decision::Hidden);
}

#[test]
fn the_admin_gives_every_role_where_it_is_held() {
    let admin = actor(Role::AgencyAdmin, Place::Agency);
    let tpi = [Role::TpiMember, Role::TpiLead, Role::TpiController];
    let at_unit = [Role::UnitHead, Role::TeamLead, Role::AreaMember, Role::Employee];
    assert_eq!(granted(&admin, &Scope::unit(HOME, vec![ABOVE])), [&tpi[..], &at_unit].concat());
    let above = [Role::AgencyAdmin, Role::AgencyHead];
    let agency = [&above[..], &tpi, &[Role::Tpn, Role::TpnKpk, Role::TpnOmbudsman]].concat();
    assert_eq!(granted(&admin, &Scope::agency()), agency);
}

#[test]
fn nobody_else_gives_any_role() {
    for role in Role::ALL.into_iter().filter(|role| ![Role::AgencyAdmin, Role::TeamLead].contains(role)) {
        let place = if role.fits(Place::Agency) { Place::Agency } else { Place::Unit(HOME) };
        assert_eq!(granted(&actor(role, place), &Scope::unit(HOME, vec![])), [], "{role:?}");
    }
    assert_eq!(granted(&Actor::public(), &Scope::unit(HOME, vec![])), []);
}

#[test]
fn a_unit_never_stands_under_itself_however_far_down() {
    let unit = |id: UnitId, code: &str, parent| {
        let (name, head_title) = (code.to_owned(), String::new());
        Unit { id, code: code.parse().unwrap(), name, parent, echelon: Echelon::II, head_title }
    };
    let units = [unit(ABOVE, "AA", None), unit(HOME, "BB", Some(ABOVE)), unit(OTHER, "CC", Some(HOME))];
    assert!(may_stand_under(&units, OTHER, ABOVE));
    assert!(!may_stand_under(&units, ABOVE, ABOVE));
    assert!(!may_stand_under(&units, ABOVE, OTHER));
}

#[test]
fn a_role_repeats_another_only_when_their_days_meet() {
    let first = Assignment { until: Some(day(6, 30)), ..held(1, 1, Role::AreaMember, Place::Unit(HOME)) };
    let from = |from| Assignment { from, ..held(2, 1, Role::AreaMember, Place::Unit(HOME)) };
    assert!(first.repeats(&from(day(6, 30))) && from(day(6, 30)).repeats(&first));
    assert!(!first.repeats(&from(day(7, 1))));
    assert!(!first.repeats(&first));
    assert!(!first.repeats(&held(2, 1, Role::Employee, Place::Unit(HOME))));
    assert!(!first.repeats(&held(2, 2, Role::AreaMember, Place::Unit(HOME))));
    let never = Assignment { until: Some(day(1, 1)), ..from(day(2, 1)) };
    assert!(!first.repeats(&never));
}

#[test]
fn the_last_admin_is_known() {
    let one = held(1, 1, Role::AgencyAdmin, Place::Agency);
    let leaving = Assignment { until: Some(day(12, 31)), ..held(2, 2, Role::AgencyAdmin, Place::Agency) };
    let two = held(3, 3, Role::AgencyAdmin, Place::Agency);
    let head = held(4, 4, Role::AgencyHead, Place::Agency);
    assert!(is_last_admin(&[one.clone(), leaving, head.clone()], one.id, day(6, 1)));
    assert!(!is_last_admin(&[one.clone(), two], one.id, day(6, 1)));
    assert!(!is_last_admin(&[one, head.clone()], head.id, day(6, 1)));
}

#[test]
fn a_new_person_is_tied_to_the_pic_names_that_were_nobodys() {
    let somebody = PersonId(Uuid::from_u128(7));
    let pic = |name: &str, person| Pic { name: name.to_owned(), person };
    let action = |id: u128, pics| Action {
        id: ActionId(Uuid::from_u128(id)),
        name: String::new(),
        evidence: Vec::new(),
        schedule: None,
        pics,
        target: String::new(),
        withdrawn: None,
        approved_in: None,
        done: Vec::new(),
    };
    let mut plan = Plan::empty(PlanId(Uuid::from_u128(1)), HOME, Year::new(2020).unwrap());
    let actions = vec![
        action(1, vec![pic("nover", None), pic("Bayu", None)]),
        action(2, vec![pic("Nover", Some(somebody))]),
        action(3, vec![pic("Nover", None)]),
    ];
    let (id, name) = (ComponentId(Uuid::from_u128(1)), String::new());
    plan.areas[0].components.push(Component { id, name, sub: None, actions });
    let nover = Member { id: PersonId(Uuid::from_u128(9)), name: "Nover".to_owned() };
    assert_eq!(claim(&mut plan, &nover), 2);
    let tied: Vec<_> = plan.actions().flat_map(|placed| &placed.action.pics).map(|pic| pic.person).collect();
    assert_eq!(tied, [Some(nover.id), None, Some(somebody), Some(nover.id)]);
}

#[test]
fn a_logo_is_a_whole_picture_by_its_content() {
    let png = b"\x89PNG\r\n\x1a\n and so on \0\0\0\0IEND\xaeB`\x82".to_vec();
    assert_eq!(Logo::read(png.clone()).unwrap().kind, LogoKind::Png);
    assert_eq!(Logo::read(b"\xff\xd8\xff picture \xff\xd9".to_vec()).unwrap().kind, LogoKind::Jpeg);
    assert_eq!(Logo::read(png[..20].to_vec()), Err(LogoRefusal::Cut));
    assert_eq!(Logo::read(b"<svg onload='alert(1)'/>".to_vec()), Err(LogoRefusal::Unknown));
    let fat = [png, vec![0; LOGO_MAX_BYTES]].concat();
    assert_eq!(Logo::read(fat), Err(LogoRefusal::TooLarge));
}
