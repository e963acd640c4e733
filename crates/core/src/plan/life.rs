//! The life of a plan: draft → approved by the head of the unit → amended and approved again; and the copy
//! of last year's plan. Approved versions are kept as exports by the store and compared in `diff`.

use super::{Action, AreaPlan, Component, Evidence, Plan, PlanState, Priority};
use crate::id::{ActionId, BenefitId, ComponentId, EvidenceId, Fresh, PlanId, PriorityId};
use crate::time::Year;

/// Why a step in a plan's life was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Approving what is approved.
    #[error("rencana ini sudah disetujui")]
    AlreadyApproved,
    /// Approving an empty plan.
    #[error("rencana masih kosong; isi paling sedikit satu tindakan sebelum disetujui")]
    Empty,
    /// Approving actions that nobody can carry out.
    #[error("{} tindakan belum lengkap (waktu atau PIC kosong): {}", .0.len(), .0.join("; "))]
    Incomplete(Vec<String>),
    /// Amending what is not approved.
    #[error("rencana belum disetujui; rancangan dapat langsung disunting")]
    NotApproved,
    /// Copying into a plan that has rows.
    #[error("rencana tahun ini sudah berisi; salinan hanya dapat dibuat ke rencana yang masih kosong")]
    NotEmpty,
    /// The plan to copy has nothing in it.
    #[error("rencana tahun sebelumnya tidak berisi apa pun untuk disalin")]
    NothingToCopy,
}

/// Approves a draft or an amendment: the next version, in which all its actions count as approved.
pub fn approve(plan: &mut Plan) -> Result<u32, Refusal> {
    if plan.state == PlanState::Approved {
        return Err(Refusal::AlreadyApproved);
    }
    if plan.actions().next().is_none() {
        return Err(Refusal::Empty);
    }
    let incomplete = incomplete(plan);
    if !incomplete.is_empty() {
        return Err(Refusal::Incomplete(incomplete));
    }
    plan.version += 1;
    plan.state = PlanState::Approved;
    let version = plan.version;
    actions_mut(plan).for_each(|action| action.approved_in = action.approved_in.or(Some(version)));
    Ok(version)
}

/// Names of actions that still lack a time or a PIC.
pub fn incomplete(plan: &Plan) -> Vec<String> {
    let lacking =
        |action: &Action| action.withdrawn.is_none() && (action.schedule.is_none() || action.pics.is_empty());
    plan.actions().filter(|placed| lacking(placed.action)).map(|placed| placed.action.name.clone()).collect()
}

/// Opens an approved plan for changes.
pub fn amend(plan: &mut Plan) -> Result<(), Refusal> {
    if plan.state != PlanState::Approved {
        return Err(Refusal::NotApproved);
    }
    plan.state = PlanState::Amending;
    Ok(())
}

/// Last year's plan as this year's draft: all rows with new identities and the years in their words moved on;
/// withdrawn actions and what was reported done stay behind.
pub fn copy(from: &Plan, into: &Plan, fresh: &mut dyn Fresh) -> Result<Plan, Refusal> {
    if !into.is_empty() || into.state != PlanState::Draft {
        return Err(Refusal::NotEmpty);
    }
    if from.is_empty() {
        return Err(Refusal::NothingToCopy);
    }
    let years = (from.year, into.year);
    Ok(Plan {
        id: PlanId(into.id.0),
        unit: into.unit,
        year: into.year,
        state: PlanState::Draft,
        version: 0,
        pace: from.pace,
        areas: from.areas.iter().map(|area| copy_area(area, years, fresh)).collect(),
        priorities: from.priorities.iter().map(|priority| copy_priority(priority, years, fresh)).collect(),
    })
}

fn copy_area(area: &AreaPlan, years: (Year, Year), fresh: &mut dyn Fresh) -> AreaPlan {
    let benefits = area.benefits.iter();
    AreaPlan {
        area: area.area,
        benefits: benefits
            .map(|b| super::Benefit { id: BenefitId::fresh(fresh), text: move_on(&b.text, years) })
            .collect(),
        components: area.components.iter().map(|component| copy_component(component, years, fresh)).collect(),
    }
}

fn copy_component(component: &Component, years: (Year, Year), fresh: &mut dyn Fresh) -> Component {
    let kept = component.actions.iter().filter(|action| action.withdrawn.is_none());
    Component {
        id: ComponentId::fresh(fresh),
        name: move_on(&component.name, years),
        sub: component.sub.clone(),
        actions: kept.map(|action| copy_action(action, years, fresh)).collect(),
    }
}

fn copy_action(action: &Action, years: (Year, Year), fresh: &mut dyn Fresh) -> Action {
    let evidence = action.evidence.iter();
    Action {
        evidence: evidence
            .map(|e| Evidence { id: EvidenceId::fresh(fresh), title: move_on(&e.title, years) })
            .collect(),
        schedule: action.schedule.clone(),
        pics: action.pics.clone(),
        target: move_on(&action.target, years),
        ..Action::new(ActionId::fresh(fresh), move_on(&action.name, years))
    }
}

fn copy_priority(priority: &Priority, years: (Year, Year), fresh: &mut dyn Fresh) -> Priority {
    Priority {
        id: PriorityId::fresh(fresh),
        action: move_on(&priority.action, years),
        target: move_on(&priority.target, years),
        schedule: priority.schedule.clone(),
        follow_up: String::new(),
    }
}

fn move_on(text: &str, (from, to): (Year, Year)) -> String {
    text.replace(&from.to_string(), &to.to_string())
}

fn actions_mut(plan: &mut Plan) -> impl Iterator<Item = &mut Action> {
    plan.areas.iter_mut().flat_map(|area| area.components.iter_mut()).flat_map(|c| c.actions.iter_mut())
}
