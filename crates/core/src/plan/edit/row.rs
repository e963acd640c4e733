//! Rows that come, go and move.

use super::{
    ROWS_MAX, Refusal, action_mut, area_mut, benefit, component_mut, components_mut, open, priority_mut,
    required,
};
use crate::id::{ActionId, BenefitId, ComponentId, Fresh, PriorityId};
use crate::plan::{Action, Area, Benefit, Component, Plan, Priority};

/// Adds a benefit to an area.
pub fn add_benefit(
    plan: &mut Plan,
    area: Area,
    value: &str,
    fresh: &mut dyn Fresh,
) -> Result<BenefitId, Refusal> {
    open(plan)?;
    let benefit = Benefit { id: BenefitId::fresh(fresh), text: required(value)? };
    let id = benefit.id;
    area_mut(plan, area)?.benefits.push(benefit);
    Ok(id)
}

/// Adds a component at the end of an area.
pub fn add_component(
    plan: &mut Plan,
    area: Area,
    name: &str,
    fresh: &mut dyn Fresh,
) -> Result<ComponentId, Refusal> {
    open(plan)?;
    let component =
        Component { id: ComponentId::fresh(fresh), name: required(name)?, sub: None, actions: Vec::new() };
    let id = component.id;
    area_mut(plan, area)?.components.push(component);
    Ok(id)
}

/// Adds an action at the end of a component.
pub fn add_action(
    plan: &mut Plan,
    component: ComponentId,
    name: &str,
    fresh: &mut dyn Fresh,
) -> Result<ActionId, Refusal> {
    open(plan)?;
    if plan.actions().count() >= ROWS_MAX {
        return Err(Refusal::Full);
    }
    let action = Action::new(ActionId::fresh(fresh), required(name)?);
    let id = action.id;
    component_mut(plan, component)?.actions.push(action);
    Ok(id)
}

impl Action {
    /// An action of which only the name is known yet.
    pub fn new(id: ActionId, name: String) -> Self {
        Self {
            id,
            name,
            evidence: Vec::new(),
            schedule: None,
            pics: Vec::new(),
            target: String::new(),
            withdrawn: None,
            approved_in: None,
            done: Vec::new(),
        }
    }
}

/// Adds a priority target.
pub fn add_priority(plan: &mut Plan, action: &str, fresh: &mut dyn Fresh) -> Result<PriorityId, Refusal> {
    open(plan)?;
    let id = PriorityId::fresh(fresh);
    let empty = String::new();
    plan.priorities.push(Priority {
        id,
        action: required(action)?,
        target: empty.clone(),
        schedule: None,
        follow_up: empty,
    });
    Ok(id)
}

/// A row that can be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// An action that was never approved.
    Action(ActionId),
    /// A component without approved actions, with all that is in it.
    Component(ComponentId),
    /// A benefit.
    Benefit(BenefitId),
    /// A priority target.
    Priority(PriorityId),
}

/// Removes a row. What was approved once cannot be removed, only withdrawn.
pub fn remove(plan: &mut Plan, row: Row) -> Result<(), Refusal> {
    open(plan)?;
    match row {
        Row::Action(id) => remove_action(plan, id),
        Row::Component(id) => remove_component(plan, id),
        Row::Benefit(id) => {
            benefit(plan, id).ok_or(Refusal::Gone)?;
            plan.areas.iter_mut().for_each(|area| area.benefits.retain(|b| b.id != id));
            Ok(())
        }
        Row::Priority(id) => {
            priority_mut(plan, id)?;
            plan.priorities.retain(|p| p.id != id);
            Ok(())
        }
    }
}

fn remove_action(plan: &mut Plan, id: ActionId) -> Result<(), Refusal> {
    if action_mut(plan, id)?.approved_in.is_some() {
        return Err(Refusal::WithdrawInstead);
    }
    components_mut(plan).for_each(|component| component.actions.retain(|action| action.id != id));
    Ok(())
}

fn remove_component(plan: &mut Plan, id: ComponentId) -> Result<(), Refusal> {
    if component_mut(plan, id)?.actions.iter().any(|action| action.approved_in.is_some()) {
        return Err(Refusal::ComponentInUse);
    }
    plan.areas.iter_mut().for_each(|area| area.components.retain(|c| c.id != id));
    Ok(())
}

/// Which way a row moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// One place towards the top.
    Up,
    /// One place towards the bottom.
    Down,
}

/// Moves an action within its component; at the end of the component it stays where it is.
pub fn move_action(plan: &mut Plan, id: ActionId, direction: Direction) -> Result<(), Refusal> {
    open(plan)?;
    let component =
        components_mut(plan).find(|c| c.actions.iter().any(|a| a.id == id)).ok_or(Refusal::Gone)?;
    shift(&mut component.actions, direction, |action| action.id == id);
    Ok(())
}

/// Moves a component within its area; at the end of the area it stays where it is.
pub fn move_component(plan: &mut Plan, id: ComponentId, direction: Direction) -> Result<(), Refusal> {
    open(plan)?;
    let area =
        plan.areas.iter_mut().find(|a| a.components.iter().any(|c| c.id == id)).ok_or(Refusal::Gone)?;
    shift(&mut area.components, direction, |component| component.id == id);
    Ok(())
}

fn shift<T>(rows: &mut [T], direction: Direction, is_it: impl Fn(&T) -> bool) {
    let Some(here) = rows.iter().position(is_it) else {
        return;
    };
    let there = match direction {
        Direction::Up => here.checked_sub(1),
        Direction::Down => Some(here + 1).filter(|there| *there < rows.len()),
    };
    if let Some(there) = there {
        rows.swap(here, there);
    }
}
