//! Writing a plan: both states are laid out as rows, and only rows that differ are written.

use bening_core::plan::{Action, Plan, Priority, Schedule};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::change::Change;
use crate::entity::plan::{
    plan, plan_action, plan_benefit, plan_component, plan_done, plan_evidence, plan_pic, plan_priority,
};
use crate::{Result, WriteTx};

/// A plan laid out as rows.
#[derive(Default)]
struct Rows {
    benefits: Vec<plan_benefit::Model>,
    components: Vec<plan_component::Model>,
    actions: Vec<plan_action::Model>,
    evidence: Vec<plan_evidence::Model>,
    pics: Vec<plan_pic::Model>,
    done: Vec<plan_done::Model>,
    priorities: Vec<plan_priority::Model>,
}

/// Adds a new plan with all its rows.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when the unit has a plan for the year.
pub async fn create(tx: &WriteTx, new: &Plan) -> Result<()> {
    plan::Entity::insert(head(new).into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    sync_rows(tx, Rows::default(), lay_out(new)).await
}

/// Writes what differs between two states of the same plan.
///
/// # Errors
/// When the database refuses; then nothing of this write is kept.
pub async fn save(tx: &WriteTx, before: &Plan, after: &Plan) -> Result<()> {
    if head(before) != head(after) {
        head(after).into_active_model().reset_all().update(tx.conn()).await?;
    }
    sync_rows(tx, lay_out(before), lay_out(after)).await
}

/// Children leave before their parents and arrive after them.
async fn sync_rows(tx: &WriteTx, old: Rows, new: Rows) -> Result<()> {
    let benefits = Change::between(old.benefits, new.benefits, |row| row.id);
    let components = Change::between(old.components, new.components, |row| row.id);
    let actions = Change::between(old.actions, new.actions, |row| row.id);
    let evidence = Change::between(old.evidence, new.evidence, |row| row.id);
    let pics = Change::between(old.pics, new.pics, |row| (row.action_id, row.position));
    let done = Change::between(old.done, new.done, |row| (row.action_id, row.month));
    let priorities = Change::between(old.priorities, new.priorities, |row| row.id);
    let pics = pics.delete(tx).await?;
    let done = done.delete(tx).await?;
    let evidence = evidence.delete(tx).await?;
    let components = components.insert(tx).await?;
    let actions = actions.delete(tx).await?.insert(tx).await?;
    actions.update(tx).await?;
    components.delete(tx).await?.update(tx).await?;
    evidence.insert(tx).await?.update(tx).await?;
    pics.insert(tx).await?.update(tx).await?;
    done.insert(tx).await?.update(tx).await?;
    benefits.delete(tx).await?.insert(tx).await?.update(tx).await?;
    priorities.delete(tx).await?.insert(tx).await?.update(tx).await
}

fn head(plan: &Plan) -> plan::Model {
    plan::Model {
        id: plan.id.0,
        unit_id: plan.unit.0,
        year: plan.year.get() as i16,
        state: plan.state.as_str().to_owned(),
        version: number(plan.version),
        pace: plan.pace.as_str().to_owned(),
    }
}

fn lay_out(plan: &Plan) -> Rows {
    let mut rows = Rows::default();
    for area in &plan.areas {
        let code = area.area.code();
        for (position, benefit) in area.benefits.iter().enumerate() {
            rows.benefits.push(plan_benefit::Model {
                id: benefit.id.0,
                plan_id: plan.id.0,
                area: code.to_owned(),
                position: index(position),
                text: benefit.text.clone(),
            });
        }
        for (position, component) in area.components.iter().enumerate() {
            rows.components.push(plan_component::Model {
                id: component.id.0,
                plan_id: plan.id.0,
                area: code.to_owned(),
                position: index(position),
                name: component.name.clone(),
                sub: component.sub.clone(),
            });
            for (position, action) in component.actions.iter().enumerate() {
                rows.add_action(plan.id.0, component.id.0, position, action);
            }
        }
    }
    rows.priorities = plan.priorities.iter().enumerate().map(|(i, p)| priority(plan.id.0, i, p)).collect();
    rows
}

impl Rows {
    fn add_action(&mut self, plan_id: Uuid, component_id: Uuid, position: usize, action: &Action) {
        let action_id = action.id.0;
        self.actions.push(action_row(plan_id, component_id, position, action));
        self.evidence.extend(action.evidence.iter().enumerate().map(|(position, evidence)| {
            plan_evidence::Model {
                id: evidence.id.0,
                plan_id,
                action_id,
                position: index(position),
                title: evidence.title.clone(),
            }
        }));
        self.pics.extend(action.pics.iter().enumerate().map(|(position, pic)| plan_pic::Model {
            action_id,
            position: index(position),
            plan_id,
            name: pic.name.clone(),
            person_id: pic.person.map(|person| person.0),
        }));
        self.done.extend(action.done.iter().map(|done| plan_done::Model {
            action_id,
            month: done.month.number() as i16,
            plan_id,
            reported_on: done.on,
            person_id: done.by.0,
        }));
    }
}

fn action_row(plan_id: Uuid, component_id: Uuid, position: usize, action: &Action) -> plan_action::Model {
    let (time_text, months, rhythm) = time(action.schedule.as_ref());
    let withdrawn = action.withdrawn.as_ref();
    plan_action::Model {
        id: action.id.0,
        plan_id,
        component_id,
        position: index(position),
        name: action.name.clone(),
        time_text,
        months,
        rhythm,
        target: action.target.clone(),
        approved_in: action.approved_in.map(number),
        withdrawn_on: withdrawn.map(|w| w.on),
        withdrawn_by: withdrawn.map(|w| w.by.0),
        withdrawn_reason: withdrawn.map(|w| w.reason.clone()),
    }
}

fn priority(plan_id: Uuid, position: usize, priority: &Priority) -> plan_priority::Model {
    let (time_text, months, rhythm) = time(priority.schedule.as_ref());
    plan_priority::Model {
        id: priority.id.0,
        plan_id,
        position: index(position),
        action: priority.action.clone(),
        target: priority.target.clone(),
        time_text,
        months,
        rhythm,
        follow_up: priority.follow_up.clone(),
    }
}

fn time(schedule: Option<&Schedule>) -> (Option<String>, Option<i32>, Option<String>) {
    let text = schedule.map(|s| s.text().to_owned());
    (text, schedule.map(|s| s.months().bits()), schedule.map(|s| s.rhythm().as_str().to_owned()))
}

/// Positions and version numbers stay far below two thousand million.
fn index(position: usize) -> i32 {
    i32::try_from(position).unwrap_or(i32::MAX)
}

fn number(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
