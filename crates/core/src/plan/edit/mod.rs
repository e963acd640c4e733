//! Every way in which a plan's rows change. Each edit takes the plan as it is and either changes it or
//! refuses with what the person can do instead; nothing is half-changed, because callers edit a copy.
//! Here is what all edits share; cells, rows and what is done about the work have a file each.

mod cell;
mod row;
mod work;

pub use cell::{ActionField, Cell, PriorityField, area_of, area_of_component, read, reword, write};
pub use row::{
    Direction, Row, add_action, add_benefit, add_component, add_priority, move_action, move_component, remove,
};
pub use work::{Report, reinstate, report, withdraw};

use chrono::NaiveDate;

use super::{Action, Area, Benefit, Component, Pic, Plan, PlanState, Priority, Schedule};
use crate::id::{ActionId, BenefitId, ComponentId, Fresh, PersonId, PriorityId};
use crate::text::{self, TooLong};

/// Most rows of one kind in a plan; more is a mistake of the file or the hand.
pub const ROWS_MAX: usize = 2_000;

/// Who edits, when, and whom PIC names may mean.
pub struct Context<'a> {
    /// The day.
    pub today: NaiveDate,
    /// The person editing.
    pub by: PersonId,
    /// People of the unit, for telling whose name a PIC is.
    pub roster: &'a [Member],
    /// Where fresh identifiers come from.
    pub fresh: &'a mut dyn Fresh,
}

/// Somebody a PIC name can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The account.
    pub id: PersonId,
    /// The name that plans print.
    pub name: String,
}

/// Why an edit was refused; the words are for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The plan is approved.
    #[error("rencana sudah disetujui; buka perubahan rencana lebih dulu agar dapat disunting")]
    Approved,
    /// The row is gone.
    #[error("baris ini sudah tidak ada; muat ulang halaman untuk melihat keadaan terbaru")]
    Gone,
    /// Somebody else saved the cell meanwhile.
    #[error("isi ini baru saja diubah orang lain menjadi “{current}”; pilih mana yang dipakai")]
    Conflict {
        /// What stands there now.
        current: String,
    },
    /// An approved action cannot be deleted.
    #[error("tindakan yang pernah disetujui tidak dapat dihapus; tarik tindakan itu dengan alasan")]
    WithdrawInstead,
    /// Only approved actions are withdrawn.
    #[error("tindakan ini belum pernah disetujui; hapus saja barisnya")]
    DeleteInstead,
    /// A withdrawal needs a reason.
    #[error("tulis alasan penarikan paling sedikit 10 huruf, misalnya “digabung dengan kegiatan biro SDM”")]
    ReasonMissing,
    /// The action was withdrawn.
    #[error("tindakan ini sudah ditarik dan tidak dapat diubah; batalkan penarikannya lebih dulu")]
    Withdrawn,
    /// A name is required.
    #[error("isian ini tidak boleh kosong")]
    Empty,
    /// Too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// Not a time.
    #[error(transparent)]
    Schedule(#[from] super::schedule::ScheduleError),
    /// A component with actions that cannot go.
    #[error(
        "komponen masih memuat tindakan yang pernah disetujui; tarik atau pindahkan tindakannya lebih dulu"
    )]
    ComponentInUse,
    /// Too many rows.
    #[error("rencana sudah memuat {ROWS_MAX} baris; hapus yang tidak dipakai lebih dulu")]
    Full,
    /// The month is not one in which the work is due.
    #[error("tindakan ini tidak jatuh tempo pada bulan itu; pilih bulan yang ada dalam jadwalnya")]
    NotDue,
    /// Nothing to report on while the plan is a draft.
    #[error("rencana belum disetujui; kemajuan dapat dicatat setelah pimpinan unit menyetujuinya")]
    NotApproved,
    /// Nothing to report on an action that an amendment adds, until it is approved.
    #[error("tindakan ini belum disetujui; kemajuannya dapat dicatat setelah perubahan rencana disetujui")]
    ActionNotApproved,
}

fn required(value: &str) -> Result<String, Refusal> {
    Some(text::line(value)?).filter(|text| !text.is_empty()).ok_or(Refusal::Empty)
}

/// A time, or none where the cell is empty.
pub fn optional_schedule(value: &str) -> Result<Option<Schedule>, Refusal> {
    if value.trim().is_empty() { Ok(None) } else { Ok(Some(Schedule::parse(value)?)) }
}

/// Names separated by comma, semicolon, slash, "dan" or line end, tied to accounts where the name is known.
pub fn pics(value: &str, roster: &[Member]) -> Result<Vec<Pic>, Refusal> {
    let names = text::line(&value.replace('\n', ","))?.replace(" dan ", ",").replace([';', '/', '&'], ",");
    let mut found: Vec<Pic> = Vec::new();
    for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        if !found.iter().any(|pic| pic.name.eq_ignore_ascii_case(name)) {
            found.push(Pic { name: name.to_owned(), person: known(name, roster) });
        }
    }
    Ok(found)
}

fn known(name: &str, roster: &[Member]) -> Option<PersonId> {
    roster.iter().find(|member| member.name.eq_ignore_ascii_case(name)).map(|member| member.id)
}

/// Ties every PIC of this name that belongs to nobody yet to an account; answers how many there were.
pub fn claim(plan: &mut Plan, member: &Member) -> usize {
    let components = plan.areas.iter_mut().flat_map(|area| &mut area.components);
    let pics = components.flat_map(|component| &mut component.actions).flat_map(|action| &mut action.pics);
    let own = pics.filter(|pic| pic.person.is_none() && pic.name.eq_ignore_ascii_case(&member.name));
    own.map(|pic| pic.person = Some(member.id)).count()
}

/// Whether rows may change.
pub fn open(plan: &Plan) -> Result<(), Refusal> {
    if plan.state == PlanState::Approved { Err(Refusal::Approved) } else { Ok(()) }
}

fn area_mut(plan: &mut Plan, area: Area) -> Result<&mut super::AreaPlan, Refusal> {
    plan.areas.iter_mut().find(|candidate| candidate.area == area).ok_or(Refusal::Gone)
}

fn components_mut(plan: &mut Plan) -> impl Iterator<Item = &mut Component> {
    plan.areas.iter_mut().flat_map(|area| area.components.iter_mut())
}

fn component(plan: &Plan, id: ComponentId) -> Option<&Component> {
    plan.areas.iter().flat_map(|area| &area.components).find(|component| component.id == id)
}

pub(crate) fn component_mut(plan: &mut Plan, id: ComponentId) -> Result<&mut Component, Refusal> {
    components_mut(plan).find(|component| component.id == id).ok_or(Refusal::Gone)
}

pub(crate) fn action_mut(plan: &mut Plan, id: ActionId) -> Result<&mut Action, Refusal> {
    components_mut(plan)
        .flat_map(|c| c.actions.iter_mut())
        .find(|action| action.id == id)
        .ok_or(Refusal::Gone)
}

fn benefit(plan: &Plan, id: BenefitId) -> Option<&Benefit> {
    plan.areas.iter().flat_map(|area| &area.benefits).find(|benefit| benefit.id == id)
}

fn benefit_mut(plan: &mut Plan, id: BenefitId) -> Result<&mut Benefit, Refusal> {
    plan.areas.iter_mut().flat_map(|area| area.benefits.iter_mut()).find(|b| b.id == id).ok_or(Refusal::Gone)
}

fn priority_mut(plan: &mut Plan, id: PriorityId) -> Result<&mut Priority, Refusal> {
    plan.priorities.iter_mut().find(|priority| priority.id == id).ok_or(Refusal::Gone)
}
