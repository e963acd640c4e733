//! The work plan (*Rencana Kerja Pembangunan ZI*) of one unit and year: six areas with benefits,
//! components, actions with evidence, time, PIC and target, and the priority targets.
//!
//! A plan changes only through [`edit`]; how it moves from draft to approved to amended is in
//! [`life`]; files from people become [`rows`] first. Storing and showing live elsewhere.

pub mod area;
pub mod diff;
pub mod edit;
pub mod export;
pub mod life;
pub mod notes;
pub mod paper;
pub mod progress;
mod restore;
pub mod rows;
pub mod schedule;

pub use area::Area;
pub use schedule::{Rhythm, Schedule};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{ActionId, BenefitId, ComponentId, EvidenceId, PersonId, PlanId, PriorityId, UnitId};
use crate::monev::Pace;
use crate::time::{Month, Year};

/// A work plan with all its rows, in printing order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Identity.
    pub id: PlanId,
    /// Whose plan.
    pub unit: UnitId,
    /// For which year.
    pub year: Year,
    /// Where it stands in its life.
    pub state: PlanState,
    /// Number of the newest approved version; 0 before the first approval.
    pub version: u32,
    /// How often it is monitored.
    pub pace: Pace,
    /// The six areas in the order of the law; always all six.
    pub areas: Vec<AreaPlan>,
    /// Priority targets.
    pub priorities: Vec<Priority>,
}

/// Where a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// Being written; rows come and go freely.
    Draft,
    /// Approved by the head of the unit; nothing changes until an amendment is opened.
    Approved,
    /// An approved plan that is being changed; the last approved version still holds.
    Amending,
}

impl PlanState {
    /// Name in the database and in exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Amending => "amending",
        }
    }

    /// From the name in the database.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Draft, Self::Approved, Self::Amending].into_iter().find(|state| state.as_str() == text)
    }
}

/// One of the six areas within a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaPlan {
    /// Which area.
    pub area: Area,
    /// What the area's change is good for (*manfaat*).
    pub benefits: Vec<Benefit>,
    /// Components in order.
    pub components: Vec<Component>,
}

/// One benefit of an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benefit {
    /// Identity.
    pub id: BenefitId,
    /// What it says.
    pub text: String,
}

/// A component: the topic that groups actions, tied to a sub-component of the LKE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Identity.
    pub id: ComponentId,
    /// Name as printed.
    pub name: String,
    /// Code of the LKE sub-component it serves ("MP-P1"), if it was chosen.
    pub sub: Option<String>,
    /// Actions in order.
    pub actions: Vec<Action>,
}

/// One action of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Identity.
    pub id: ActionId,
    /// What will be done.
    pub name: String,
    /// Physical evidence it will leave.
    pub evidence: Vec<Evidence>,
    /// When; absent while it has not been planned.
    pub schedule: Option<Schedule>,
    /// Who answers for it.
    pub pics: Vec<Pic>,
    /// What will have been reached.
    pub target: String,
    /// Set once it was withdrawn after approval.
    pub withdrawn: Option<Withdrawal>,
    /// The version in which it was first approved; absent while it never was.
    pub approved_in: Option<u32>,
    /// Months in which somebody reported it done, in order.
    pub done: Vec<Done>,
}

/// A piece of physical evidence that an action promises (*bukti fisik*).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Identity; survives rewording, so that files can hang on it.
    pub id: EvidenceId,
    /// What it is called.
    pub title: String,
}

/// A person in charge: a name as the plan prints it, tied to an account where one is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pic {
    /// Name as printed.
    pub name: String,
    /// The account, if the name belongs to one.
    pub person: Option<PersonId>,
}

/// That an approved action will not be carried out, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Why; never empty.
    pub reason: String,
    /// Day of the withdrawal.
    pub on: NaiveDate,
    /// Who withdrew it.
    pub by: PersonId,
}

/// That the work due in a month was reported done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// The month whose work it was.
    pub month: Month,
    /// Day of the report.
    pub on: NaiveDate,
    /// Who reported it.
    pub by: PersonId,
}

/// A priority target (*target prioritas*).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priority {
    /// Identity.
    pub id: PriorityId,
    /// What will be done.
    pub action: String,
    /// What will have been reached.
    pub target: String,
    /// When.
    pub schedule: Option<Schedule>,
    /// What has been done about it so far.
    pub follow_up: String,
}

impl Plan {
    /// An empty draft with its six areas.
    pub fn empty(id: PlanId, unit: UnitId, year: Year) -> Self {
        let areas = Area::ALL.map(|area| AreaPlan { area, benefits: Vec::new(), components: Vec::new() });
        Self {
            id,
            unit,
            year,
            state: PlanState::Draft,
            version: 0,
            pace: Pace::default(),
            areas: areas.into(),
            priorities: Vec::new(),
        }
    }

    /// Whether nobody has written anything yet.
    pub fn is_empty(&self) -> bool {
        self.priorities.is_empty()
            && self.areas.iter().all(|a| a.benefits.is_empty() && a.components.is_empty())
    }

    /// Every action with the area and component it stands in, in printing order.
    pub fn actions(&self) -> impl Iterator<Item = Placed<'_>> {
        self.areas.iter().flat_map(|area| {
            area.components.iter().flat_map(move |component| {
                component.actions.iter().map(move |action| Placed { area: area.area, component, action })
            })
        })
    }

    /// An action by identity, with its place.
    pub fn action(&self, id: ActionId) -> Option<Placed<'_>> {
        self.actions().find(|placed| placed.action.id == id)
    }

    /// One of the six areas.
    pub fn area(&self, area: Area) -> Option<&AreaPlan> {
        self.areas.iter().find(|candidate| candidate.area == area)
    }
}

/// An action together with where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    /// The area.
    pub area: Area,
    /// The component.
    pub component: &'a Component,
    /// The action.
    pub action: &'a Action,
}

impl Action {
    /// Whether a person answers for it.
    pub fn is_for(&self, person: PersonId) -> bool {
        self.pics.iter().any(|pic| pic.person == Some(person))
    }

    /// Names of those who answer for it, as printed: "Bayu, Nover".
    pub fn pic_names(&self) -> String {
        self.pics.iter().map(|pic| pic.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}
