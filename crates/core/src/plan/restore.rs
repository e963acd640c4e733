//! Putting a removed row back where it was, from the export the audit trail kept of the plan before.

use super::edit::{Member, Refusal, Row, open, optional_schedule, pics};
use super::export::{ActionExport, AreaExport, ComponentExport, PlanExport};
use super::{Action, Area, Benefit, Component, Evidence, Plan, Priority};

impl PlanExport {
    /// The area in which a row stood; `None` for priority targets and rows it does not hold.
    pub fn area_of(&self, row: Row) -> Option<Area> {
        let holds = |area: &&AreaExport| match row {
            Row::Action(id) => area.components.iter().flat_map(|c| &c.actions).any(|action| action.id == id),
            Row::Component(id) => area.components.iter().any(|component| component.id == id),
            Row::Benefit(id) => area.benefits.iter().any(|benefit| benefit.id == id),
            Row::Priority(_) => false,
        };
        self.areas.iter().find(holds).map(|area| area.code)
    }

    /// Puts a row back into a plan that no longer holds it, at the place it had or at the end.
    ///
    /// # Errors
    /// [`Refusal::Gone`] when the row, or the component of an action, is not there.
    pub fn put_back(&self, plan: &mut Plan, row: Row, roster: &[Member]) -> Result<(), Refusal> {
        open(plan)?;
        let area = self.area_of(row);
        let kept = self.areas.iter().find(|kept| Some(kept.code) == area);
        let into = plan.areas.iter_mut().find(|into| Some(into.area) == area);
        match (row, kept, into) {
            (Row::Priority(_), _, _) => self.put_back_priority(plan, row),
            (_, Some(kept), Some(into)) => put_back_in(kept, into, row, roster),
            _ => Err(Refusal::Gone),
        }
    }

    fn put_back_priority(&self, plan: &mut Plan, row: Row) -> Result<(), Refusal> {
        let is_it = |id| row == Row::Priority(id);
        let there = plan.priorities.iter().any(|priority| is_it(priority.id));
        let place =
            self.priorities.iter().position(|kept| is_it(kept.id)).filter(|_| !there).ok_or(Refusal::Gone)?;
        let kept = &self.priorities[place];
        let schedule = optional_schedule(kept.time.as_ref().map_or("", |time| &time.text))?;
        let (action, target, follow_up) = (kept.action.clone(), kept.target.clone(), kept.follow_up.clone());
        insert(&mut plan.priorities, place, Priority { id: kept.id, action, target, schedule, follow_up });
        Ok(())
    }
}

fn put_back_in(
    kept: &AreaExport,
    into: &mut super::AreaPlan,
    row: Row,
    roster: &[Member],
) -> Result<(), Refusal> {
    match row {
        Row::Benefit(id) if !into.benefits.iter().any(|benefit| benefit.id == id) => {
            let place = kept.benefits.iter().position(|benefit| benefit.id == id).ok_or(Refusal::Gone)?;
            insert(&mut into.benefits, place, Benefit { id, text: kept.benefits[place].text.clone() });
            Ok(())
        }
        Row::Component(id) if !into.components.iter().any(|component| component.id == id) => {
            let place =
                kept.components.iter().position(|component| component.id == id).ok_or(Refusal::Gone)?;
            insert(&mut into.components, place, component(&kept.components[place], roster)?);
            Ok(())
        }
        Row::Action(id) => put_back_action(kept, into, id, roster),
        _ => Err(Refusal::Gone),
    }
}

fn put_back_action(
    kept: &AreaExport,
    into: &mut super::AreaPlan,
    id: crate::id::ActionId,
    roster: &[Member],
) -> Result<(), Refusal> {
    let home =
        kept.components.iter().find(|component| component.actions.iter().any(|action| action.id == id));
    let home = home.ok_or(Refusal::Gone)?;
    let component =
        into.components.iter_mut().find(|component| component.id == home.id).ok_or(Refusal::Gone)?;
    let there = component.actions.iter().any(|action| action.id == id);
    let place =
        home.actions.iter().position(|action| action.id == id).filter(|_| !there).ok_or(Refusal::Gone)?;
    insert(&mut component.actions, place, action(&home.actions[place], roster)?);
    Ok(())
}

fn insert<T>(rows: &mut Vec<T>, place: usize, row: T) {
    rows.insert(place.min(rows.len()), row);
}

fn component(kept: &ComponentExport, roster: &[Member]) -> Result<Component, Refusal> {
    let actions = kept.actions.iter().map(|kept| action(kept, roster)).collect::<Result<_, _>>()?;
    Ok(Component { id: kept.id, name: kept.name.clone(), sub: kept.sub.clone(), actions })
}

/// Only rows that were never approved are removed, so there is neither progress nor withdrawal to bring back.
fn action(kept: &ActionExport, roster: &[Member]) -> Result<Action, Refusal> {
    let evidence = kept.evidence.iter().map(|kept| Evidence { id: kept.id, title: kept.title.clone() });
    Ok(Action {
        evidence: evidence.collect(),
        schedule: optional_schedule(kept.time.as_ref().map_or("", |time| &time.text))?,
        pics: pics(&kept.pics.join(", "), roster)?,
        target: kept.target.clone(),
        ..Action::new(kept.id, kept.name.clone())
    })
}
