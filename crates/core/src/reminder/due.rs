//! What is due at a unit by its records, and whether it concerns somebody.

use chrono::NaiveDate;

use super::{Due, Kind, Whom};
use crate::access::{self, Action, Actor, Decision, Scope};
use crate::evidence::Evidence;
use crate::followup::FollowUp;
use crate::id::UnitId;
use crate::plan::progress::{self, Standing};
use crate::plan::{Area, Placed, Plan, PlanState};
use crate::survey::{Campaign, CampaignState};
use crate::time::Month;

/// Records of a unit.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Whose.
    pub unit: UnitId,
    /// Plans that may still have something due.
    pub plans: &'a [PlanFacts],
    /// Entries of the registers of follow-up.
    pub follow_ups: &'a [FollowUp],
    /// Evidence.
    pub evidence: &'a [Evidence],
    /// Surveys.
    pub campaigns: &'a [Campaign],
}

/// A plan with the months that were closed.
#[derive(Debug, Clone)]
pub struct PlanFacts {
    /// The plan.
    pub plan: Plan,
    /// Months of monev that were closed.
    pub closed: Vec<Month>,
}

/// What is due, the earliest first.
#[must_use]
pub fn dues(facts: &Facts<'_>, today: NaiveDate) -> Vec<Due> {
    let approved = || facts.plans.iter().filter(|found| found.plan.state != PlanState::Draft);
    let actions = approved().flat_map(|found| actions(&found.plan, today));
    let months = approved().filter_map(month);
    let follow_ups = facts.follow_ups.iter().filter(|entry| entry.state.waits()).map(follow_up);
    let evidence = facts.evidence.iter().filter_map(lapse).filter(|due| due.due_on >= today);
    let surveys = facts.campaigns.iter().filter(|asked| asked.state == CampaignState::Open).map(survey);
    let mut all: Vec<_> = actions.chain(months).chain(follow_ups).chain(evidence).chain(surveys).collect();
    all.sort_by(|one, other| (one.due_on, &one.title).cmp(&(other.due_on, &other.title)));
    all
}

fn actions(plan: &Plan, today: NaiveDate) -> impl Iterator<Item = Due> {
    plan.actions().filter_map(move |placed| action(plan, placed, today))
}

fn action(plan: &Plan, placed: Placed<'_>, today: NaiveDate) -> Option<Due> {
    let due_on = match progress::standing(placed.action, plan.year, today) {
        Standing::Late { since } => since.pred_opt()?,
        Standing::DueNow { by } | Standing::Ahead { by } => by,
        Standing::Withdrawn | Standing::Unplanned | Standing::Done => return None,
    };
    let pics = placed.action.pics.iter().filter_map(|pic| pic.person).collect();
    Some(Due {
        kind: Kind::Action,
        unit: plan.unit,
        subject: placed.action.id.0,
        title: placed.action.name.clone(),
        due_on,
        whom: Whom::People(pics),
    })
}

/// The first month that was not closed; the months after it cannot be closed before.
fn month(found: &PlanFacts) -> Option<Due> {
    let plan = &found.plan;
    let open = plan.pace.periods().find(|period| !found.closed.contains(&period.last()))?;
    Some(Due {
        kind: Kind::Month,
        unit: plan.unit,
        subject: plan.id.0,
        title: format!("Monev {} {}", open.title(), plan.year),
        due_on: open.last().last_day(plan.year),
        whom: Whom::Closers,
    })
}

fn follow_up(entry: &FollowUp) -> Due {
    Due {
        kind: Kind::FollowUp,
        unit: entry.unit,
        subject: entry.id.0,
        title: entry.action.clone(),
        due_on: entry.due_on,
        whom: Whom::People(vec![entry.person]),
    }
}

fn lapse(piece: &Evidence) -> Option<Due> {
    Some(Due {
        kind: Kind::Evidence,
        unit: piece.unit,
        subject: piece.id.0,
        title: piece.details.title.clone(),
        due_on: Month::LAST.last_day(piece.details.valid_for?),
        whom: Whom::People(vec![piece.owner]),
    })
}

fn survey(asked: &Campaign) -> Due {
    Due {
        kind: Kind::Survey,
        unit: asked.unit,
        subject: asked.id.0,
        title: format!("{}, {}", asked.service, asked.period),
        due_on: asked.closes_on,
        whom: Whom::Askers,
    }
}

impl Due {
    /// Whether it concerns somebody, and they may know of it as of now.
    #[must_use]
    pub fn concerns(&self, actor: &Actor, scope: &Scope) -> bool {
        let may = |action, scope: &Scope| access::may(actor, action, scope) == Decision::Yes;
        let verifies = |area: Area| may(Action::VerifyMonev, &scope.clone().area(Some(area)));
        may(Action::ReadUnit, scope)
            && match &self.whom {
                Whom::People(people) => actor.person.is_some_and(|person| people.contains(&person)),
                Whom::Closers => may(Action::CloseMonev, scope) || Area::ALL.into_iter().any(verifies),
                Whom::Askers => may(Action::ManageSurvey, scope),
            }
    }
}
