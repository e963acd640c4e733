//! Every way in which a plan's rows change. Each edit takes the plan as it is and either changes it or
//! refuses with what the person can do instead; nothing is half-changed, because callers edit a copy.

use chrono::NaiveDate;

use super::{
    Action, Area, Benefit, Component, Done, Evidence, Pic, Plan, PlanState, Priority, Schedule, Withdrawal,
};
use crate::id::{ActionId, BenefitId, ComponentId, EvidenceId, Fresh, PersonId, PriorityId};
use crate::text::{self, TooLong};
use crate::time::Month;

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

/// One editable cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// A cell of an action.
    Action(ActionId, ActionField),
    /// A component's name.
    ComponentName(ComponentId),
    /// The LKE sub-component that a component serves.
    ComponentSub(ComponentId),
    /// A benefit's text.
    Benefit(BenefitId),
    /// A cell of a priority target.
    Priority(PriorityId, PriorityField),
}

/// The cells of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionField {
    /// What will be done.
    Name,
    /// One piece of evidence a line.
    Evidence,
    /// When.
    Time,
    /// Names, separated by commas.
    Pic,
    /// What will have been reached.
    Target,
}

/// The cells of a priority target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriorityField {
    /// What will be done.
    Action,
    /// What will have been reached.
    Target,
    /// When.
    Time,
    /// What has been done about it.
    FollowUp,
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
}

/// Reads a cell as the text a person edits.
pub fn read(plan: &Plan, cell: Cell) -> Option<String> {
    match cell {
        Cell::Action(id, field) => plan.action(id).map(|placed| read_action(placed.action, field)),
        Cell::ComponentName(id) => component(plan, id).map(|c| c.name.clone()),
        Cell::ComponentSub(id) => component(plan, id).map(|c| c.sub.clone().unwrap_or_default()),
        Cell::Benefit(id) => benefit(plan, id).map(|b| b.text.clone()),
        Cell::Priority(id, field) => {
            plan.priorities.iter().find(|p| p.id == id).map(|priority| read_priority(priority, field))
        }
    }
}

fn read_action(action: &Action, field: ActionField) -> String {
    match field {
        ActionField::Name => action.name.clone(),
        ActionField::Evidence => {
            action.evidence.iter().map(|e| e.title.as_str()).collect::<Vec<_>>().join("\n")
        }
        ActionField::Time => time_text(action.schedule.as_ref()),
        ActionField::Pic => action.pic_names(),
        ActionField::Target => action.target.clone(),
    }
}

fn read_priority(priority: &Priority, field: PriorityField) -> String {
    match field {
        PriorityField::Action => priority.action.clone(),
        PriorityField::Target => priority.target.clone(),
        PriorityField::Time => time_text(priority.schedule.as_ref()),
        PriorityField::FollowUp => priority.follow_up.clone(),
    }
}

fn time_text(schedule: Option<&Schedule>) -> String {
    schedule.map(|s| s.text().to_owned()).unwrap_or_default()
}

/// The area a cell belongs to; `None` for priority targets and rows that are gone.
pub fn area_of(plan: &Plan, cell: Cell) -> Option<Area> {
    match cell {
        Cell::Action(id, _) => plan.action(id).map(|placed| placed.area),
        Cell::ComponentName(id) | Cell::ComponentSub(id) => {
            area_where(plan, |a| a.components.iter().any(|c| c.id == id))
        }
        Cell::Benefit(id) => area_where(plan, |a| a.benefits.iter().any(|b| b.id == id)),
        Cell::Priority(..) => None,
    }
}

/// The area in which a component stands.
pub fn area_of_component(plan: &Plan, id: ComponentId) -> Option<Area> {
    area_of(plan, Cell::ComponentName(id))
}

fn area_where(plan: &Plan, holds: impl Fn(&super::AreaPlan) -> bool) -> Option<Area> {
    plan.areas.iter().find(|area| holds(area)).map(|area| area.area)
}

/// Writes a cell. `was` is what the person last saw in it; if something else stands there now, nothing is
/// overwritten and the refusal carries the current text.
pub fn write(
    plan: &mut Plan,
    cell: Cell,
    was: &str,
    value: &str,
    context: &mut Context<'_>,
) -> Result<(), Refusal> {
    open(plan)?;
    let current = read(plan, cell).ok_or(Refusal::Gone)?;
    if same_words(&current, value) && current == value {
        return Ok(());
    }
    if !same_words(&current, was) {
        return Err(Refusal::Conflict { current });
    }
    match cell {
        Cell::Action(id, field) => write_action(action_mut(plan, id)?, field, value, context)?,
        Cell::ComponentName(id) => component_mut(plan, id)?.name = required(value)?,
        Cell::ComponentSub(id) => component_mut(plan, id)?.sub = optional(value)?,
        Cell::Benefit(id) => benefit_mut(plan, id)?.text = required(value)?,
        Cell::Priority(id, field) => write_priority(priority_mut(plan, id)?, field, value)?,
    }
    Ok(())
}

/// Browsers send CRLF line ends; the same words count as unchanged.
fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

fn write_action(
    action: &mut Action,
    field: ActionField,
    value: &str,
    context: &mut Context<'_>,
) -> Result<(), Refusal> {
    if action.withdrawn.is_some() {
        return Err(Refusal::Withdrawn);
    }
    match field {
        ActionField::Name => action.name = required(value)?,
        ActionField::Evidence => {
            action.evidence = reword(&action.evidence, text::lines(value)?, context.fresh)
        }
        ActionField::Time => action.schedule = optional_schedule(value)?,
        ActionField::Pic => action.pics = pics(value, context.roster)?,
        ActionField::Target => action.target = text::line(value)?,
    }
    Ok(())
}

fn write_priority(priority: &mut Priority, field: PriorityField, value: &str) -> Result<(), Refusal> {
    match field {
        PriorityField::Action => priority.action = required(value)?,
        PriorityField::Target => priority.target = text::line(value)?,
        PriorityField::Time => priority.schedule = optional_schedule(value)?,
        PriorityField::FollowUp => priority.follow_up = text::line(value)?,
    }
    Ok(())
}

fn required(value: &str) -> Result<String, Refusal> {
    Some(text::line(value)?).filter(|text| !text.is_empty()).ok_or(Refusal::Empty)
}

fn optional(value: &str) -> Result<Option<String>, Refusal> {
    Ok(Some(text::line(value)?).filter(|text| !text.is_empty()))
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

/// Ties every PIC of this name that belongs to nobody yet to an account; answers how many actions that were.
pub fn claim(plan: &mut Plan, member: &Member) -> usize {
    let components = plan.areas.iter_mut().flat_map(|area| &mut area.components);
    let pics = components.flat_map(|component| &mut component.actions).flat_map(|action| &mut action.pics);
    let own = pics.filter(|pic| pic.person.is_none() && pic.name.eq_ignore_ascii_case(&member.name));
    own.map(|pic| pic.person = Some(member.id)).count()
}

/// New titles for the promised evidence. A title that stays keeps its identity; among the rest, the row in the
/// same position does, so that correcting a typing error does not cut files loose.
pub fn reword(old: &[Evidence], titles: Vec<String>, fresh: &mut dyn Fresh) -> Vec<Evidence> {
    let kept = |title: &str| old.iter().find(|e| e.title == title).map(|e| e.id);
    let claimed: Vec<EvidenceId> = titles.iter().filter_map(|title| kept(title)).collect();
    let mut used: Vec<EvidenceId> = Vec::new();
    let mut evidence = Vec::new();
    for (position, title) in titles.into_iter().enumerate() {
        let in_place = old.get(position).map(|e| e.id).filter(|id| !claimed.contains(id));
        let id = kept(&title).or(in_place).filter(|id| !used.contains(id));
        let id = id.unwrap_or_else(|| EvidenceId::fresh(fresh));
        used.push(id);
        evidence.push(Evidence { id, title });
    }
    evidence
}

/// Adds a benefit to an area.
pub fn add_benefit(
    plan: &mut Plan,
    area: Area,
    value: &str,
    fresh: &mut dyn Fresh,
) -> Result<BenefitId, Refusal> {
    open(plan)?;
    let benefit = Benefit { id: BenefitId::fresh(fresh), text: required(value)? };
    let id = benefit.id;
    area_mut(plan, area)?.benefits.push(benefit);
    Ok(id)
}

/// Adds a component at the end of an area.
pub fn add_component(
    plan: &mut Plan,
    area: Area,
    name: &str,
    fresh: &mut dyn Fresh,
) -> Result<ComponentId, Refusal> {
    open(plan)?;
    let component =
        Component { id: ComponentId::fresh(fresh), name: required(name)?, sub: None, actions: Vec::new() };
    let id = component.id;
    area_mut(plan, area)?.components.push(component);
    Ok(id)
}

/// Adds an action at the end of a component.
pub fn add_action(
    plan: &mut Plan,
    component: ComponentId,
    name: &str,
    fresh: &mut dyn Fresh,
) -> Result<ActionId, Refusal> {
    open(plan)?;
    if plan.actions().count() >= ROWS_MAX {
        return Err(Refusal::Full);
    }
    let action = Action::new(ActionId::fresh(fresh), required(name)?);
    let id = action.id;
    component_mut(plan, component)?.actions.push(action);
    Ok(id)
}

impl Action {
    /// An action of which only the name is known yet.
    pub fn new(id: ActionId, name: String) -> Self {
        Self {
            id,
            name,
            evidence: Vec::new(),
            schedule: None,
            pics: Vec::new(),
            target: String::new(),
            withdrawn: None,
            approved_in: None,
            done: Vec::new(),
        }
    }
}

/// Adds a priority target.
pub fn add_priority(plan: &mut Plan, action: &str, fresh: &mut dyn Fresh) -> Result<PriorityId, Refusal> {
    open(plan)?;
    let id = PriorityId::fresh(fresh);
    let empty = String::new();
    plan.priorities.push(Priority {
        id,
        action: required(action)?,
        target: empty.clone(),
        schedule: None,
        follow_up: empty,
    });
    Ok(id)
}

/// A row that can be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// An action that was never approved.
    Action(ActionId),
    /// A component without approved actions, with all that is in it.
    Component(ComponentId),
    /// A benefit.
    Benefit(BenefitId),
    /// A priority target.
    Priority(PriorityId),
}

/// Removes a row. What was approved once cannot be removed, only withdrawn.
pub fn remove(plan: &mut Plan, row: Row) -> Result<(), Refusal> {
    open(plan)?;
    match row {
        Row::Action(id) => remove_action(plan, id),
        Row::Component(id) => remove_component(plan, id),
        Row::Benefit(id) => {
            benefit(plan, id).ok_or(Refusal::Gone)?;
            plan.areas.iter_mut().for_each(|area| area.benefits.retain(|b| b.id != id));
            Ok(())
        }
        Row::Priority(id) => {
            priority_mut(plan, id)?;
            plan.priorities.retain(|p| p.id != id);
            Ok(())
        }
    }
}

fn remove_action(plan: &mut Plan, id: ActionId) -> Result<(), Refusal> {
    if action_mut(plan, id)?.approved_in.is_some() {
        return Err(Refusal::WithdrawInstead);
    }
    components_mut(plan).for_each(|component| component.actions.retain(|action| action.id != id));
    Ok(())
}

fn remove_component(plan: &mut Plan, id: ComponentId) -> Result<(), Refusal> {
    if component_mut(plan, id)?.actions.iter().any(|action| action.approved_in.is_some()) {
        return Err(Refusal::ComponentInUse);
    }
    plan.areas.iter_mut().for_each(|area| area.components.retain(|c| c.id != id));
    Ok(())
}

/// Which way a row moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// One place towards the top.
    Up,
    /// One place towards the bottom.
    Down,
}

/// Moves an action within its component; at the end of the component it stays where it is.
pub fn move_action(plan: &mut Plan, id: ActionId, direction: Direction) -> Result<(), Refusal> {
    open(plan)?;
    let component =
        components_mut(plan).find(|c| c.actions.iter().any(|a| a.id == id)).ok_or(Refusal::Gone)?;
    shift(&mut component.actions, direction, |action| action.id == id);
    Ok(())
}

/// Moves a component within its area; at the end of the area it stays where it is.
pub fn move_component(plan: &mut Plan, id: ComponentId, direction: Direction) -> Result<(), Refusal> {
    open(plan)?;
    let area =
        plan.areas.iter_mut().find(|a| a.components.iter().any(|c| c.id == id)).ok_or(Refusal::Gone)?;
    shift(&mut area.components, direction, |component| component.id == id);
    Ok(())
}

fn shift<T>(rows: &mut [T], direction: Direction, is_it: impl Fn(&T) -> bool) {
    let Some(here) = rows.iter().position(is_it) else {
        return;
    };
    let there = match direction {
        Direction::Up => here.checked_sub(1),
        Direction::Down => Some(here + 1).filter(|there| *there < rows.len()),
    };
    if let Some(there) = there {
        rows.swap(here, there);
    }
}

/// Withdraws an approved action for a reason of at least ten characters.
pub fn withdraw(plan: &mut Plan, id: ActionId, reason: &str, context: &Context<'_>) -> Result<(), Refusal> {
    if plan.state == PlanState::Draft {
        return Err(Refusal::DeleteInstead);
    }
    open(plan)?;
    let reason = text::line(reason)?;
    let action = action_mut(plan, id)?;
    match () {
        () if action.approved_in.is_none() => return Err(Refusal::DeleteInstead),
        () if action.withdrawn.is_some() => return Err(Refusal::Withdrawn),
        () if reason.chars().count() < 10 => return Err(Refusal::ReasonMissing),
        () => action.withdrawn = Some(Withdrawal { reason, on: context.today, by: context.by }),
    }
    Ok(())
}

/// Takes a withdrawal back.
pub fn reinstate(plan: &mut Plan, id: ActionId) -> Result<(), Refusal> {
    open(plan)?;
    action_mut(plan, id)?.withdrawn = None;
    Ok(())
}

/// Whether the work of a month is being reported done, or the report taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// The work is done.
    Done,
    /// It is not done after all.
    NotDone,
}

/// Reports on the work due in a month. Possible while a plan is approved or being amended.
pub fn report(
    plan: &mut Plan,
    id: ActionId,
    month: Month,
    report: Report,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    if plan.version == 0 {
        return Err(Refusal::NotApproved);
    }
    let (by, on) = (context.by, context.today);
    let action = action_mut(plan, id)?;
    if action.withdrawn.is_some() {
        return Err(Refusal::Withdrawn);
    }
    let due = action.schedule.as_ref().is_some_and(|s| s.due_months().contains(&month));
    if !due {
        return Err(Refusal::NotDue);
    }
    action.done.retain(|done| done.month != month);
    if report == Report::Done {
        action.done.push(Done { month, on, by });
        action.done.sort_by_key(|done| done.month);
    }
    Ok(())
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

fn component_mut(plan: &mut Plan, id: ComponentId) -> Result<&mut Component, Refusal> {
    components_mut(plan).find(|component| component.id == id).ok_or(Refusal::Gone)
}

fn action_mut(plan: &mut Plan, id: ActionId) -> Result<&mut Action, Refusal> {
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
