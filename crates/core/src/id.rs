//! Typed identifiers: a `UnitId` can never be handed in where a `PlanId` is meant.
//! How identifiers are made lives outside: fresh ones come in through [`Fresh`].

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A source of identifiers nobody has used before (UUID version 7 in the running program, a counter in tests).
pub trait Fresh {
    /// The next unused identifier.
    fn uuid(&mut self) -> Uuid;
}

impl<F: FnMut() -> Uuid> Fresh for F {
    fn uuid(&mut self) -> Uuid {
        self()
    }
}

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Takes an unused identifier.
            pub fn fresh(source: &mut dyn Fresh) -> Self {
                Self(source.uuid())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

typed_ids! {
    /// A person with an account.
    PersonId,
    /// A government unit.
    UnitId,
    /// A role that a person holds at a place for a period.
    AssignmentId,
    /// A work plan of one unit and year.
    PlanId,
    /// A road of a unit to a predicate.
    CandidacyId,
    /// A keeper of reports by whistleblowers.
    KeeperId,
    /// A report by a whistleblower.
    ReportId,
    /// A text of the integrity pact.
    PactId,
    /// A line of the staff list for the integrity pact.
    StaffId,
    /// A signature under an integrity pact.
    SignatureId,
    /// An official letter that was issued.
    LetterId,
    /// A paper made from a template (*naskah*).
    PaperId,
    /// A benefit (*manfaat*) named for an area of a plan.
    BenefitId,
    /// A component (*komponen*) of a plan.
    ComponentId,
    /// An action (*rencana aksi*) of a plan.
    ActionId,
    /// A piece of physical evidence (*bukti fisik*) that an action promises.
    EvidenceId,
    /// A priority target (*target prioritas*) of a plan.
    PriorityId,
    /// A worksheet (*LKE*) of one unit and year.
    LkeId,
    /// Evidence that a question of a worksheet points to.
    LinkId,
    /// A remark in the thread of a question.
    RemarkId,
    /// A question sent back to the unit.
    ReturnId,
    /// A team of internal assessors (*tim penilai*).
    TeamId,
    /// A blind second reading of a worksheet.
    ReadingId,
    /// A survey campaign.
    CampaignId,
    /// A piece of evidence that is kept.
    ProofId,
    /// That a piece of evidence proves something.
    UseId,
    /// An entry of the register of follow-up (*tindak lanjut*).
    FollowUpId,
    /// Work for the background.
    JobId,
    /// A reminder in somebody's inbox.
    ReminderId,
    /// A line of a register.
    RowId,
    /// Counts of a register that were let out.
    StatisticId,
    /// A meeting (*rapat*) of the team.
    MeetingId,
    /// That somebody was at a meeting.
    AttendanceId,
}
