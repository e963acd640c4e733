//! Who may do what: one pure function over what a person is, what they want and where.
//!
//! Nothing else in the program decides access. The matrix of roles and actions is written to
//! `tests/access-matrix.txt` by a test and reviewed as a difference.

mod evidence;

use chrono::NaiveDate;

use crate::id::{PersonId, UnitId};
use crate::person::{Assignment, Place, Role};
use crate::plan::Area;

pub use evidence::may_open_evidence;

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

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Use the own account: home, password, language.
    UseAccount,
    /// See that a unit exists and read its plan, history and papers.
    ReadUnit,
    /// Start a unit's plan for a year, copy last year's, import a file over several areas.
    ComposePlan,
    /// Change rows of an area.
    EditArea,
    /// Change priority targets and the texts of the paper.
    EditPriorities,
    /// Withdraw approved actions, open an amendment.
    AmendPlan,
    /// Approve a plan.
    ApprovePlan,
    /// Report that the work of a month is done.
    ReportProgress,
    /// Verify what was realised of an action in a month.
    VerifyMonev,
    /// Close a month of monev, correct a closed one.
    CloseMonev,
    /// Enter something into the register of follow-up.
    OpenFollowUp,
    /// Say that a follow-up is done.
    CarryOutFollowUp,
    /// Verify a follow-up or open it again.
    VerifyFollowUp,
    /// Read who did what in a unit.
    ReadTrail,
    /// Add and change people and roles of a unit.
    ManagePeople,
    /// Put surveys of a unit together, open, close and freeze them, print posters and codes.
    ManageSurvey,
    /// Let citizens read the result of a survey, and take that back.
    PublishSurvey,
    /// Bring evidence into the keeping of a unit.
    AddEvidence,
    /// Change what is said of evidence and bring new versions; the owner stands for a PIC.
    ChangeEvidence,
    /// Open evidence that is not for everybody at the unit; owner and PICs of what it proves stand for PICs.
    OpenRestricted,
    /// Answer questions of the worksheet for the unit; without an area, those of the results.
    AnswerLke,
    /// Begin, submit and take back the unit's layer of the worksheet.
    SubmitLke,
    /// Assess in the layer of a member of the internal team.
    AssessAsMember,
    /// Assess in the layer of the leader of the internal team.
    AssessAsLead,
    /// Assess in the layer of the quality controller.
    AssessAsController,
    /// Assess in the layers of the national team.
    AssessNationally,
    /// Write the evaluation report of a worksheet: date, addressee, recommendation.
    WriteLhe,
    /// Issue the evaluation report: draw its number.
    IssueLhe,
    /// State facts about the unit that conditions of a predicate ask for, and its affirmation.
    StateUnitFacts,
    /// State facts about the agency that conditions of a predicate ask for.
    StateAgencyFacts,
    /// Form teams of internal assessors and give them units.
    ManageTeams,
    /// See how far the assessment of a unit is, with scores, load and agreement.
    OverseeAssessment,
    /// Declare an own conflict of interest with a unit.
    DeclareConflict,
    /// Answer a blind second reading that bears the own name.
    ReadSecond,
    /// Take the unit's own steps on its road to a predicate, describe its declaration.
    AdvanceCandidacy,
    /// Take the steps of the agency on a unit's road: selection, objection, monitoring, end.
    SelectCandidate,
    /// Propose a unit, decide on its predicate, revoke it.
    DecidePredicate,
    /// Take the steps of the internal team on a unit's road.
    ReviewCandidate,
    /// Take the steps of the national team on a unit's road.
    JudgeCandidate,
    /// Write the text of the integrity pact, keep its staff list, note signatures on paper.
    ManagePacts,
    /// Sign the integrity pact of the unit for oneself.
    SignPact,
    /// Add and change units, the agency's name and logo, roles for the whole agency.
    ManageAgency,
}

impl Action {
    /// All actions, for the matrix.
    pub const ALL: &[Self] = &[
        Self::UseAccount,
        Self::ReadUnit,
        Self::ComposePlan,
        Self::EditArea,
        Self::EditPriorities,
        Self::AmendPlan,
        Self::ApprovePlan,
        Self::ReportProgress,
        Self::VerifyMonev,
        Self::CloseMonev,
        Self::OpenFollowUp,
        Self::CarryOutFollowUp,
        Self::VerifyFollowUp,
        Self::ReadTrail,
        Self::ManagePeople,
        Self::ManageSurvey,
        Self::PublishSurvey,
        Self::AddEvidence,
        Self::ChangeEvidence,
        Self::OpenRestricted,
        Self::AnswerLke,
        Self::SubmitLke,
        Self::AssessAsMember,
        Self::AssessAsLead,
        Self::AssessAsController,
        Self::AssessNationally,
        Self::WriteLhe,
        Self::IssueLhe,
        Self::StateUnitFacts,
        Self::StateAgencyFacts,
        Self::ManageTeams,
        Self::OverseeAssessment,
        Self::DeclareConflict,
        Self::ReadSecond,
        Self::AdvanceCandidacy,
        Self::SelectCandidate,
        Self::DecidePredicate,
        Self::ReviewCandidate,
        Self::JudgeCandidate,
        Self::ManagePacts,
        Self::SignPact,
        Self::ManageAgency,
    ];
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
            | A::OpenRestricted
            | A::VerifyMonev
            | A::OpenFollowUp
            | A::VerifyFollowUp
            | A::AdvanceCandidacy
            | A::ManagePacts
            | A::SignPact
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
    plan || lke || evidence || monev || register || road || unit
}

/// Area members change rows of their areas and report on what lies there.
fn member_may(actor: &Actor, assignment: &Assignment, action: Action, scope: &Scope) -> bool {
    use Action as A;
    let in_area =
        scope.area.is_some_and(|area| assignment.areas.is_empty() || assignment.areas.contains(&area));
    let rows =
        matches!(action, A::EditArea | A::ReportProgress | A::VerifyMonev | A::AnswerLke | A::OpenRestricted);
    let anywhere = matches!(action, A::AddEvidence | A::OpenFollowUp);
    anywhere || (rows && in_area) || employee_may(actor, action, scope)
}

/// Everybody at the unit reads it, and reports on actions and follow-ups that bear their name.
fn employee_may(actor: &Actor, action: Action, scope: &Scope) -> bool {
    use Action as A;
    let is_pic = actor.person.is_some_and(|person| scope.pics.contains(&person));
    let own = matches!(
        action,
        A::ReportProgress | A::CarryOutFollowUp | A::AddEvidence | A::ChangeEvidence | A::OpenRestricted
    );
    matches!(action, A::ReadUnit | A::SignPact) || (own && is_pic)
}
