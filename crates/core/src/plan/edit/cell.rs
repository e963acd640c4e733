//! Reading and writing single cells.

use super::{
    Context, Refusal, action_mut, benefit, benefit_mut, component, component_mut, open, optional_schedule,
    pics, priority_mut, required,
};
use crate::id::{ActionId, BenefitId, ComponentId, EvidenceId, Fresh, PriorityId};
use crate::plan::{Action, Area, AreaPlan, Evidence, Plan, Priority, Schedule};
use crate::text;

/// One editable cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// A cell of an action.
    Action(ActionId, ActionField),
    /// A component's name.
    ComponentName(ComponentId),
    /// The LKE sub-component that a component serves.
    ComponentSub(ComponentId),
    /// A benefit's text.
    Benefit(BenefitId),
    /// A cell of a priority target.
    Priority(PriorityId, PriorityField),
}

/// The cells of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionField {
    /// What will be done.
    Name,
    /// One piece of evidence a line.
    Evidence,
    /// When.
    Time,
    /// Names, separated by commas.
    Pic,
    /// What will have been reached.
    Target,
}

/// The cells of a priority target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriorityField {
    /// What will be done.
    Action,
    /// What will have been reached.
    Target,
    /// When.
    Time,
    /// What has been done about it.
    FollowUp,
}

/// Reads a cell as the text a person edits.
pub fn read(plan: &Plan, cell: Cell) -> Option<String> {
    match cell {
        Cell::Action(id, field) => plan.action(id).map(|placed| read_action(placed.action, field)),
        Cell::ComponentName(id) => component(plan, id).map(|c| c.name.clone()),
        Cell::ComponentSub(id) => component(plan, id).map(|c| c.sub.clone().unwrap_or_default()),
        Cell::Benefit(id) => benefit(plan, id).map(|b| b.text.clone()),
        Cell::Priority(id, field) => {
            plan.priorities.iter().find(|p| p.id == id).map(|priority| read_priority(priority, field))
        }
    }
}

fn read_action(action: &Action, field: ActionField) -> String {
    match field {
        ActionField::Name => action.name.clone(),
        ActionField::Evidence => {
            action.evidence.iter().map(|e| e.title.as_str()).collect::<Vec<_>>().join("\n")
        }
        ActionField::Time => time_text(action.schedule.as_ref()),
        ActionField::Pic => action.pic_names(),
        ActionField::Target => action.target.clone(),
    }
}

fn read_priority(priority: &Priority, field: PriorityField) -> String {
    match field {
        PriorityField::Action => priority.action.clone(),
        PriorityField::Target => priority.target.clone(),
        PriorityField::Time => time_text(priority.schedule.as_ref()),
        PriorityField::FollowUp => priority.follow_up.clone(),
    }
}

fn time_text(schedule: Option<&Schedule>) -> String {
    schedule.map(|s| s.text().to_owned()).unwrap_or_default()
}

/// The area a cell belongs to; `None` for priority targets and rows that are gone.
pub fn area_of(plan: &Plan, cell: Cell) -> Option<Area> {
    match cell {
        Cell::Action(id, _) => plan.action(id).map(|placed| placed.area),
        Cell::ComponentName(id) | Cell::ComponentSub(id) => {
            area_where(plan, |a| a.components.iter().any(|c| c.id == id))
        }
        Cell::Benefit(id) => area_where(plan, |a| a.benefits.iter().any(|b| b.id == id)),
        Cell::Priority(..) => None,
    }
}

/// The area in which a component stands.
pub fn area_of_component(plan: &Plan, id: ComponentId) -> Option<Area> {
    area_of(plan, Cell::ComponentName(id))
}

fn area_where(plan: &Plan, holds: impl Fn(&AreaPlan) -> bool) -> Option<Area> {
    plan.areas.iter().find(|area| holds(area)).map(|area| area.area)
}

/// Writes a cell. `was` is what the person last saw in it; if something else stands there now, nothing is
/// overwritten and the refusal carries the current text.
pub fn write(
    plan: &mut Plan,
    cell: Cell,
    was: &str,
    value: &str,
    context: &mut Context<'_>,
) -> Result<(), Refusal> {
    open(plan)?;
    let current = read(plan, cell).ok_or(Refusal::Gone)?;
    if same_words(&current, value) && current == value {
        return Ok(());
    }
    if !same_words(&current, was) {
        return Err(Refusal::Conflict { current });
    }
    match cell {
        Cell::Action(id, field) => write_action(action_mut(plan, id)?, field, value, context)?,
        Cell::ComponentName(id) => component_mut(plan, id)?.name = required(value)?,
        Cell::ComponentSub(id) => component_mut(plan, id)?.sub = optional(value)?,
        Cell::Benefit(id) => benefit_mut(plan, id)?.text = required(value)?,
        Cell::Priority(id, field) => write_priority(priority_mut(plan, id)?, field, value)?,
    }
    Ok(())
}

/// Browsers send CRLF line ends; the same words count as unchanged.
fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

fn write_action(
    action: &mut Action,
    field: ActionField,
    value: &str,
    context: &mut Context<'_>,
) -> Result<(), Refusal> {
    if action.withdrawn.is_some() {
        return Err(Refusal::Withdrawn);
    }
    match field {
        ActionField::Name => action.name = required(value)?,
        ActionField::Evidence => {
            action.evidence = reword(&action.evidence, text::lines(value)?, context.fresh)
        }
        ActionField::Time => action.schedule = optional_schedule(value)?,
        ActionField::Pic => action.pics = pics(value, context.roster)?,
        ActionField::Target => action.target = text::line(value)?,
    }
    Ok(())
}

fn write_priority(priority: &mut Priority, field: PriorityField, value: &str) -> Result<(), Refusal> {
    match field {
        PriorityField::Action => priority.action = required(value)?,
        PriorityField::Target => priority.target = text::line(value)?,
        PriorityField::Time => priority.schedule = optional_schedule(value)?,
        PriorityField::FollowUp => priority.follow_up = text::line(value)?,
    }
    Ok(())
}

fn optional(value: &str) -> Result<Option<String>, Refusal> {
    Ok(Some(text::line(value)?).filter(|text| !text.is_empty()))
}

/// New titles for the promised evidence. A title that stays keeps its identity; among the rest, the row in the
/// same position does, so that correcting a typing error does not cut files loose.
pub fn reword(old: &[Evidence], titles: Vec<String>, fresh: &mut dyn Fresh) -> Vec<Evidence> {
    let kept = |title: &str| old.iter().find(|e| e.title == title).map(|e| e.id);
    let claimed: Vec<EvidenceId> = titles.iter().filter_map(|title| kept(title)).collect();
    let mut used: Vec<EvidenceId> = Vec::new();
    let mut evidence = Vec::new();
    for (position, title) in titles.into_iter().enumerate() {
        let in_place = old.get(position).map(|e| e.id).filter(|id| !claimed.contains(id));
        let id = kept(&title).or(in_place).filter(|id| !used.contains(id));
        let id = id.unwrap_or_else(|| EvidenceId::fresh(fresh));
        used.push(id);
        evidence.push(Evidence { id, title });
    }
    evidence
}
