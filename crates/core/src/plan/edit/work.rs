//! What is done about an action: carried out, withdrawn, taken up again.

use super::{Context, Refusal, action_mut, open};
use crate::id::ActionId;
use crate::plan::{Done, Plan, PlanState, Withdrawal};
use crate::text;
use crate::time::Month;

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
    if action.approved_in.is_none() {
        return Err(Refusal::ActionNotApproved);
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
