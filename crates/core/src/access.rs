//! Who may do what: one pure function over what a person is, what they want and where.
//!
//! Nothing else in the program decides access. The matrix of roles and actions is written to
//! `tests/access-matrix.txt` by a test and reviewed as a difference.

mod action;
mod evidence;

use chrono::NaiveDate;

use crate::id::{PersonId, UnitId};
use crate::person::{Assignment, Place, Role};
use crate::plan::Area;

pub use action::Action;
pub use evidence::{Lines, may_open_evidence};

/// Somebody who asks, with the roles that hold today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who; `None` is the public.
    pub person: Option<PersonId>,
    /// What they are, where, and for which areas.
    pub assignments: Vec<Assignment>,
}

impl Actor {
    /// Somebody who is not signed in.
    pub fn public() -> Self {
        Self { person: None, assignments: Vec::new() }
    }

    /// A person with those of their roles that hold on a day.
    pub fn on(day: NaiveDate, person: PersonId, assignments: Vec<Assignment>) -> Self {
        let assignments = assignments.into_iter().filter(|a| a.holds_on(day)).collect();
        Self { person: Some(person), assignments }
    }
}

/// Where somebody wants to do it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// The unit; `None` is the agency itself.
    pub unit: Option<UnitId>,
    /// Units above it, nearest first.
    pub above: Vec<UnitId>,
    /// The area of the row, if one is meant.
    pub area: Option<Area>,
    /// Those who answer for the row.
    pub pics: Vec<PersonId>,
    /// Internal assessors appointed for the unit and without a conflict of interest there.
    pub assessors: Vec<PersonId>,
}

impl Scope {
    /// The agency itself.
    pub fn agency() -> Self {
        Self::default()
    }

    /// A unit under others.
    pub fn unit(unit: UnitId, above: Vec<UnitId>) -> Self {
        Self { unit: Some(unit), above, ..Self::default() }
    }

    /// The place whose roles this scope is about.
    pub fn place(&self) -> Place {
        self.unit.map_or(Place::Agency, Place::Unit)
    }

    /// An area of the unit's plan.
    pub fn area(self, area: Option<Area>) -> Self {
        Self { area, ..self }
    }

    /// A row for which these people answer.
    pub fn pics(self, pics: Vec<PersonId>) -> Self {
        Self { pics, ..self }
    }

    /// A worksheet that these people were appointed to assess.
    pub fn assessors(self, assessors: Vec<PersonId>) -> Self {
        Self { assessors, ..self }
    }
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Go ahead.
    Yes,
    /// They may know it exists but not do this: 403.
    Forbidden,
    /// They may not even know it exists: 404.
    Hidden,
}

/// Decides whether an actor may do something somewhere.
pub fn may(actor: &Actor, action: Action, scope: &Scope) -> Decision {
    match () {
        () if actor.person.is_none() => Decision::Hidden,
        () if action == Action::UseAccount || grants(actor, action, scope) => Decision::Yes,
        () if scope.unit.is_none() || grants(actor, Action::ReadUnit, scope) => Decision::Forbidden,
        () => Decision::Hidden,
    }
}

/// Decides whether an actor may give, change or end a role somewhere.
///
/// Whoever manages the people of a unit fills its lower ranks, members of areas and employees. Heads, team leads
/// and every role that assesses units are given by those who manage the agency. A role fits only where it is held:
/// a head of the agency cannot be made at a unit.
pub fn may_grant(actor: &Actor, role: Role, scope: &Scope) -> Decision {
    let needed = match role {
        Role::AreaMember | Role::Employee => Action::ManagePeople,
        _ => Action::ManageAgency,
    };
    match may(actor, needed, scope) {
        Decision::Yes if !role.fits(scope.place()) => Decision::Forbidden,
        decision => decision,
    }
}

fn grants(actor: &Actor, action: Action, scope: &Scope) -> bool {
    actor.assignments.iter().any(|assignment| grants_as(actor, assignment, action, scope))
}

/// How far an assignment lies from the unit asked about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// For the whole agency.
    Agency,
    /// At the unit itself.
    Here,
    /// At a unit above it.
    Above,
    /// Elsewhere.
    Elsewhere,
}

fn reach(assignment: &Assignment, scope: &Scope) -> Reach {
    match assignment.place {
        Place::Agency => Reach::Agency,
        Place::Unit(unit) if scope.unit == Some(unit) => Reach::Here,
        Place::Unit(unit) if scope.above.contains(&unit) => Reach::Above,
        Place::Unit(_) => Reach::Elsewhere,
    }
}

fn grants_as(actor: &Actor, assignment: &Assignment, action: Action, scope: &Scope) -> bool {
    let reach = reach(assignment, scope);
    if reach == Reach::Elsewhere {
        return false;
    }
    let here = reach == Reach::Here;
    match assignment.role {
        Role::AgencyAdmin => matches!(
            action,
            Action::ReadUnit
                | Action::ReadTrail
                | Action::ManagePeople
                | Action::ManageTeams
                | Action::StateAgencyFacts
                | Action::OverseeAssessment
                | Action::SelectCandidate
                | Action::ManageAgency
        ),
        Role::AgencyHead => {
            matches!(action, Action::ReadUnit | Action::SelectCandidate | Action::DecidePredicate)
        }
        Role::Tpn => {
            matches!(
                action,
                Action::ReadUnit
                    | Action::AssessNationally
                    | Action::OverseeAssessment
                    | Action::OpenRestricted
                    | Action::JudgeCandidate
            )
        }
        Role::TpnKpk => matches!(action, Action::ReadUnit | Action::AppraiseForKpk),
        Role::TpnOmbudsman => matches!(action, Action::ReadUnit | Action::AppraiseForOmbudsman),
        Role::TpiMember => assessor_may(actor, action, Action::AssessAsMember, scope),
        Role::TpiLead => {
            action == Action::ReadTrail
                || assessor_may(actor, action, Action::AssessAsLead, scope)
                || assesses(actor, action, Action::WriteLhe, scope)
                || assesses(actor, action, Action::ReviewCandidate, scope)
        }
        Role::TpiController => {
            matches!(action, Action::ReadTrail | Action::ManageTeams)
                || assessor_may(actor, action, Action::AssessAsController, scope)
                || assesses(actor, action, Action::WriteLhe, scope)
                || assesses(actor, action, Action::ReviewCandidate, scope)
                || assesses(actor, action, Action::IssueLhe, scope)
        }
        Role::UnitHead if here => head_may(action) || employee_may(actor, action, scope),
        Role::UnitHead => matches!(action, Action::ReadUnit | Action::ReadTrail),
        Role::TeamLead => here && lead_may(action),
        Role::AreaMember => here && member_may(actor, assignment, action, scope),
        Role::Employee => here && employee_may(actor, action, scope),
    }
}

/// Internal assessors see every unit they reach, say where they are not neutral, and read a second time what was
/// drawn for them.
fn assessor_may(actor: &Actor, action: Action, own: Action, scope: &Scope) -> bool {
    let is_drawn_for = actor.person.is_some_and(|person| scope.pics.contains(&person));
    matches!(action, Action::ReadUnit | Action::OverseeAssessment | Action::DeclareConflict)
        || assesses(actor, action, Action::OpenRestricted, scope)
        || (action == Action::ReadSecond && is_drawn_for)
        || assesses(actor, action, own, scope)
}

/// Internal assessors work only where they were appointed and have no conflict of interest.
fn assesses(actor: &Actor, action: Action, own: Action, scope: &Scope) -> bool {
    action == own && actor.person.is_some_and(|person| scope.assessors.contains(&person))
}

fn head_may(action: Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::ReadUnit
            | A::ApprovePlan
            | A::AmendPlan
            | A::EditPriorities
            | A::ReadTrail
            | A::SubmitLke
            | A::StateUnitFacts
            | A::PublishSurvey
            | A::PublishStatistics
            | A::OpenRestricted
            | A::VerifyMonev
            | A::OpenFollowUp
            | A::VerifyFollowUp
            | A::AdvanceCandidacy
            | A::ManagePacts
            | A::SignPact
            | A::ReadRegister
            | A::JudgeRegister
    )
}

fn lead_may(action: Action) -> bool {
    use Action as A;
    let plan =
        matches!(action, A::ComposePlan | A::EditArea | A::EditPriorities | A::AmendPlan | A::ReportProgress);
    let lke = matches!(action, A::AnswerLke | A::SubmitLke | A::StateUnitFacts);
    let evidence = matches!(action, A::AddEvidence | A::ChangeEvidence | A::OpenRestricted);
    let monev = matches!(action, A::VerifyMonev | A::CloseMonev);
    let register = matches!(action, A::OpenFollowUp | A::CarryOutFollowUp | A::VerifyFollowUp);
    let road = matches!(action, A::AdvanceCandidacy | A::ManagePacts | A::SignPact);
    let unit = matches!(action, A::ReadUnit | A::ReadTrail | A::ManagePeople | A::ManageSurvey);
    let kept = matches!(action, A::ReadRegister | A::EnterRegister | A::KeepRegister | A::JudgeRegister);
    plan || lke || evidence || monev || register || road || unit || kept
}

/// Area members change rows of their areas and report on what lies there.
fn member_may(actor: &Actor, assignment: &Assignment, action: Action, scope: &Scope) -> bool {
    use Action as A;
    let in_area =
        scope.area.is_some_and(|area| assignment.areas.is_empty() || assignment.areas.contains(&area));
    let work = matches!(action, A::EditArea | A::ReportProgress | A::VerifyMonev | A::AnswerLke);
    let rows = work || matches!(action, A::OpenRestricted | A::ReadRegister | A::KeepRegister);
    let anywhere = matches!(action, A::AddEvidence | A::OpenFollowUp);
    anywhere || (rows && in_area) || employee_may(actor, action, scope)
}

/// Everybody at the unit reads it, and reports on actions and follow-ups that bear their name.
fn employee_may(actor: &Actor, action: Action, scope: &Scope) -> bool {
    use Action as A;
    let is_pic = actor.person.is_some_and(|person| scope.pics.contains(&person));
    let own = matches!(
        action,
        A::ReportProgress
            | A::CarryOutFollowUp
            | A::AddEvidence
            | A::ChangeEvidence
            | A::OpenRestricted
            | A::ReadRegister
    );
    matches!(action, A::ReadUnit | A::SignPact | A::EnterRegister) || (own && is_pic)
}
