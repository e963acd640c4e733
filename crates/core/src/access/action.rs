//! What somebody can want to do, each a right of its own. Who holds which is in `access`.

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
    /// Show counts of a register to everybody, and take that back.
    PublishStatistics,
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
    /// Give verdicts on those items of the national appraisal that are the part of the KPK.
    AppraiseForKpk,
    /// Give verdicts on those that are the part of the ombudsman.
    AppraiseForOmbudsman,
    /// Read lines of a register that are not open to the whole unit; whoever wrote the line stands for a PIC.
    ReadRegister,
    /// Write a line of one's own into a register that is open to everybody at the unit.
    EnterRegister,
    /// Keep a register: write its lines, take their steps, import.
    KeepRegister,
    /// Decide on lines of a register where somebody above those who keep it does.
    JudgeRegister,
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
        Self::PublishStatistics,
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
        Self::AppraiseForKpk,
        Self::AppraiseForOmbudsman,
        Self::ReadRegister,
        Self::EnterRegister,
        Self::KeepRegister,
        Self::JudgeRegister,
        Self::ManagePacts,
        Self::SignPact,
        Self::ManageAgency,
    ];
}
