//! The real plan of 2020, read from its Markdown tables, checked and merged into an empty plan.

use bening_core::id::{PersonId, PlanId, UnitId};
use bening_core::plan::edit::Context;
use bening_core::plan::rows::{self, Checked, Known, UnknownPics};
use bening_core::plan::{Action, AreaPlan, Plan, Schedule};
use bening_core::time::Year;
use uuid::Uuid;

fn checked(text: &str) -> Checked {
    let file = bening_intake::read(text.as_bytes(), Some("rencana.md")).unwrap();
    let known = Known { roster: &[], unknown: UnknownPics::Refuse, subs: &[] };
    rows::check(&file, &known).unwrap()
}

fn merged(text: &str) -> Plan {
    let mut next = 0_u128;
    let mut fresh = || {
        next += 1;
        Uuid::from_u128(next)
    };
    let (id, unit, year) = (PlanId(fresh()), UnitId(fresh()), Year::new(2020).unwrap());
    let by = PersonId(fresh());
    let today = Year::previous(year).map(|y| bening_core::time::Month::LAST.last_day(y)).unwrap();
    let mut context = Context { today, by, roster: &[], fresh: &mut fresh };
    rows::merge(&Plan::empty(id, unit, year), &checked(text), &mut context).unwrap().0
}

fn action_line(action: &Action) -> String {
    let evidence: Vec<&str> = action.evidence.iter().map(|e| e.title.as_str()).collect();
    let time = action.schedule.as_ref().map(Schedule::text).unwrap_or_default();
    format!(
        "    - {}\n      bukti: {}\n      waktu: {time} | pic: {} | target: {}\n",
        action.name,
        evidence.join(" + "),
        action.pic_names(),
        action.target
    )
}

fn area_lines(area: &AreaPlan) -> String {
    let benefits = area.benefits.iter().map(|benefit| format!("  manfaat: {}\n", benefit.text));
    let components = area.components.iter().enumerate().map(|(index, component)| {
        let actions: String = component.actions.iter().map(action_line).collect();
        format!("  {}. {}\n{actions}", index + 1, component.name)
    });
    format!("{}\n{}{}", area.area, benefits.collect::<String>(), components.collect::<String>())
}

#[test]
fn the_plan_of_2020_is_read_completely() {
    let plan = merged(bening_intake::DEMO_PLAN);
    let areas: String = plan.areas.iter().map(area_lines).collect();
    let priorities = plan.priorities.iter().map(|p| {
        let time = p.schedule.as_ref().map(Schedule::text).unwrap_or_default();
        format!(
            "PRIORITAS {}\n  target: {}\n  waktu: {time}\n  tindak lanjut: {}\n",
            p.action, p.target, p.follow_up
        )
    });
    insta::assert_snapshot!(format!("{areas}{}", priorities.collect::<String>()));
}

#[test]
fn what_had_to_be_assumed_about_the_plan_of_2020_is_said() {
    insta::assert_snapshot!(checked(bening_intake::DEMO_PLAN).notes.join("\n"));
}

#[test]
fn the_plan_of_2020_has_as_many_rows_as_its_tables() {
    let plan = merged(bening_intake::DEMO_PLAN);
    let per_area = |count: fn(&AreaPlan) -> usize| plan.areas.iter().map(count).collect::<Vec<_>>();
    assert_eq!(per_area(|a| a.components.len()), [4, 2, 2, 1, 3, 1]);
    assert_eq!(per_area(|a| a.components.iter().map(|c| c.actions.len()).sum()), [7, 2, 2, 2, 3, 1]);
    assert_eq!(per_area(|a| a.benefits.len()), [4, 1, 5, 2, 4, 3]);
    assert_eq!(plan.actions().map(|placed| placed.action.evidence.len()).sum::<usize>(), 21);
    assert_eq!(plan.actions().filter(|p| p.action.schedule.is_none() || p.action.pics.is_empty()).count(), 0);
    assert_eq!(plan.priorities.len(), 1);
}
