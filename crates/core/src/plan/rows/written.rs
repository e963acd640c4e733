//! A plan as the rows of a file: what spreadsheets and CSV files are made from, and what [`super::check`] and
//! [`super::merge`] turn into the same plan again.

use super::{PlanFile, RawPriority, RawRow};
use crate::plan::{Action, AreaPlan, Component, Plan, Priority, Schedule};

/// Every row of the plan with all cells filled; "-" stands where there is deliberately nothing, because an
/// empty cell means "as above". Withdrawn actions are left out.
pub fn written(plan: &Plan) -> PlanFile {
    let mut rows: Vec<RawRow> = plan.areas.iter().flat_map(of_area).collect();
    rows.iter_mut().zip(1..).for_each(|(row, number)| row.row = number);
    let first = rows.len() as u32 + 1;
    let priorities = plan.priorities.iter().zip(first..).map(|(priority, row)| of_priority(priority, row));
    PlanFile { rows, priorities: priorities.collect(), ..PlanFile::default() }
}

fn of_area(area: &AreaPlan) -> Vec<RawRow> {
    let mut rows: Vec<RawRow> = area
        .components
        .iter()
        .zip(1..)
        .flat_map(|(component, number)| of_component(component, number))
        .collect();
    let benefits: Vec<String> = area.benefits.iter().map(|benefit| benefit.text.clone()).collect();
    if rows.is_empty() && !benefits.is_empty() {
        rows.push(RawRow::default());
    }
    rows.iter_mut().for_each(|row| row.area = area.area.name().to_owned());
    if let Some(first) = rows.first_mut() {
        first.benefits = benefits;
    }
    rows
}

fn of_component(component: &Component, number: usize) -> Vec<RawRow> {
    let live: Vec<&Action> = component.actions.iter().filter(|action| action.withdrawn.is_none()).collect();
    let head = RawRow {
        number: number.to_string(),
        component: component.name.clone(),
        sub: or_dash(component.sub.as_deref().unwrap_or_default()),
        ..RawRow::default()
    };
    match live.is_empty() {
        true => vec![head],
        false => live.into_iter().map(|action| of_action(&head, action)).collect(),
    }
}

fn of_action(head: &RawRow, action: &Action) -> RawRow {
    RawRow {
        action: action.name.clone(),
        evidence: action.evidence.iter().map(|evidence| evidence.title.clone()).collect(),
        time: or_dash(action.schedule.as_ref().map(Schedule::text).unwrap_or_default()),
        pic: or_dash(&action.pic_names()),
        target: or_dash(&action.target),
        ..head.clone()
    }
}

fn of_priority(priority: &Priority, row: u32) -> RawPriority {
    RawPriority {
        sheet: None,
        row,
        action: priority.action.clone(),
        target: priority.target.clone(),
        time: priority.schedule.as_ref().map(Schedule::text).unwrap_or_default().to_owned(),
        follow_up: priority.follow_up.clone(),
    }
}

fn or_dash(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.to_owned() }
}
