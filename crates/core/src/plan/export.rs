//! A plan as data for others: the JSON of `bening plan export --format json`, of the kept versions, and what
//! every other export is made from. The schema is documented in `docs/formats.md`; fields are only ever added.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Action, Area, AreaPlan, Component, Plan, PlanState, Priority, Rhythm, Schedule};
use crate::id::{ActionId, BenefitId, ComponentId, EvidenceId, PlanId, PriorityId};
use crate::time::Year;

/// Name and version of the format.
pub const SCHEMA: &str = "bening.plan/1";

/// A whole plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanExport {
    /// [`SCHEMA`].
    pub schema: String,
    /// Identity.
    pub id: PlanId,
    /// Whose plan.
    pub unit: UnitExport,
    /// For which year.
    pub year: Year,
    /// Where it stands.
    pub state: PlanState,
    /// Newest approved version, 0 before the first.
    pub version: u32,
    /// The six areas in the order of the law.
    pub areas: Vec<AreaExport>,
    /// Priority targets.
    pub priorities: Vec<PriorityExport>,
}

/// The unit a plan belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitExport {
    /// Short code.
    pub code: String,
    /// Full name.
    pub name: String,
}

/// One area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaExport {
    /// Code ("MP").
    pub code: Area,
    /// Official name.
    pub name: String,
    /// Benefits.
    pub benefits: Vec<BenefitExport>,
    /// Components.
    pub components: Vec<ComponentExport>,
}

/// One benefit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenefitExport {
    /// Identity.
    pub id: BenefitId,
    /// Text.
    pub text: String,
}

/// One component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentExport {
    /// Identity.
    pub id: ComponentId,
    /// Number within the area, from 1.
    pub number: usize,
    /// Name.
    pub name: String,
    /// LKE sub-component.
    pub sub: Option<String>,
    /// Actions.
    pub actions: Vec<ActionExport>,
}

/// One action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionExport {
    /// Identity.
    pub id: ActionId,
    /// What will be done.
    pub name: String,
    /// Physical evidence.
    pub evidence: Vec<EvidenceExport>,
    /// When.
    pub time: Option<TimeExport>,
    /// Who, by the names that are printed.
    pub pics: Vec<String>,
    /// Target.
    pub target: String,
    /// Set when withdrawn.
    pub withdrawn: Option<WithdrawnExport>,
    /// Months reported done, 1 to 12.
    pub done: Vec<u32>,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceExport {
    /// Identity.
    pub id: EvidenceId,
    /// Title.
    pub title: String,
}

/// A time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeExport {
    /// As written.
    pub text: String,
    /// Months meant, 1 to 12, in order.
    pub months: Vec<u32>,
    /// One stretch, or due in each month.
    pub rhythm: Rhythm,
}

/// A withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawnExport {
    /// Why.
    pub reason: String,
    /// When.
    pub on: NaiveDate,
}

/// One priority target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorityExport {
    /// Identity.
    pub id: PriorityId,
    /// What will be done.
    pub action: String,
    /// What will have been reached.
    pub target: String,
    /// When.
    pub time: Option<TimeExport>,
    /// What has been done about it.
    pub follow_up: String,
}

impl PlanExport {
    /// The plan as data, for the unit with this code and name.
    pub fn of(plan: &Plan, code: &str, name: &str) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            id: plan.id,
            unit: UnitExport { code: code.to_owned(), name: name.to_owned() },
            year: plan.year,
            state: plan.state,
            version: plan.version,
            areas: plan.areas.iter().map(area).collect(),
            priorities: plan.priorities.iter().map(priority).collect(),
        }
    }

    /// Every action with its area and component.
    pub fn actions(&self) -> impl Iterator<Item = (&AreaExport, &ComponentExport, &ActionExport)> {
        self.areas.iter().flat_map(|area| {
            area.components
                .iter()
                .flat_map(move |component| component.actions.iter().map(move |a| (area, component, a)))
        })
    }
}

fn area(area: &AreaPlan) -> AreaExport {
    let benefits = area.benefits.iter().map(|b| BenefitExport { id: b.id, text: b.text.clone() });
    AreaExport {
        code: area.area,
        name: area.area.name().to_owned(),
        benefits: benefits.collect(),
        components: area.components.iter().enumerate().map(|(index, c)| component(index + 1, c)).collect(),
    }
}

fn component(number: usize, component: &Component) -> ComponentExport {
    ComponentExport {
        id: component.id,
        number,
        name: component.name.clone(),
        sub: component.sub.clone(),
        actions: component.actions.iter().map(action).collect(),
    }
}

/// One action as data; also what the audit trail keeps of it.
pub fn action(action: &Action) -> ActionExport {
    ActionExport {
        id: action.id,
        name: action.name.clone(),
        evidence: action
            .evidence
            .iter()
            .map(|e| EvidenceExport { id: e.id, title: e.title.clone() })
            .collect(),
        time: action.schedule.as_ref().map(time),
        pics: action.pics.iter().map(|pic| pic.name.clone()).collect(),
        target: action.target.clone(),
        withdrawn: action.withdrawn.as_ref().map(|w| WithdrawnExport { reason: w.reason.clone(), on: w.on }),
        done: action.done.iter().map(|done| done.month.number()).collect(),
    }
}

fn time(schedule: &Schedule) -> TimeExport {
    TimeExport {
        text: schedule.text().to_owned(),
        months: schedule.months().iter().map(|month| month.number()).collect(),
        rhythm: schedule.rhythm(),
    }
}

fn priority(priority: &Priority) -> PriorityExport {
    PriorityExport {
        id: priority.id,
        action: priority.action.clone(),
        target: priority.target.clone(),
        time: priority.schedule.as_ref().map(time),
        follow_up: priority.follow_up.clone(),
    }
}
