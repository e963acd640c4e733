//! The way every change of a plan goes: reach the unit, lock the plan, ask whether the caller may, let core
//! change a copy, write the difference, record it.

use bening_core::access::Action;
use bening_core::audit::Entry;
use bening_core::id::PersonId;
use bening_core::plan::edit::{Context, Member};
use bening_core::plan::{Area, Plan};
use bening_store::{person, plan};
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::reach::{self, PlanPath, Reached, demand, reach_unit};

/// What a change asks of the caller.
pub(super) struct Need {
    action: Action,
    area: Option<Area>,
    pics: Vec<PersonId>,
}

impl Need {
    /// A right over the whole plan.
    pub(super) fn plan(action: Action) -> Self {
        Self { action, area: None, pics: Vec::new() }
    }

    /// The right to edit rows of an area; without an area, of the priority targets.
    pub(super) fn edit(area: Option<Area>) -> Self {
        let action = area.map_or(Action::EditPriorities, |_| Action::EditArea);
        Self { action, area, pics: Vec::new() }
    }

    /// The right to report on a row.
    pub(super) fn report(area: Area, pics: Vec<PersonId>) -> Self {
        Self { action: Action::ReportProgress, area: Some(area), pics }
    }
}

/// What a change leaves in the audit trail.
pub(super) struct Record {
    /// What was done.
    pub(super) event: &'static str,
    /// To what.
    pub(super) subject: Uuid,
    /// As it was.
    pub(super) before: Value,
    /// As it is.
    pub(super) after: Value,
}

/// A change that was made.
pub(super) struct Changed<T> {
    /// Where.
    pub(super) reached: Reached,
    /// The plan as it is now.
    pub(super) plan: Plan,
    /// What the work returned.
    pub(super) value: T,
}

/// Changes the plan of an address.
///
/// `need` says what right the change takes; it sees the plan, because rows decide whose they are, and answers
/// `None` when the row is not there.
pub(super) async fn change<T>(
    app: &App,
    caller: &Caller,
    path: &PlanPath,
    need: impl FnOnce(&Plan) -> Option<Need> + Send,
    work: impl FnOnce(&mut Plan, &mut Context<'_>) -> Result<(T, Record)> + Send,
) -> Result<Changed<T>> {
    let reached = reach_unit(app, caller, &path.unit, Action::ReadUnit).await?;
    let year = reach::year(&path.tahun)?;
    let roster = roster(app, &reached).await?;
    let tx = app.store().begin().await?;
    let before = plan::lock(&tx, reached.unit.id, year).await?.ok_or(AppError::NotFound)?;
    let need = need(&before).ok_or(AppError::NotFound)?;
    demand(caller, need.action, &reached.scope().area(need.area).pics(need.pics))?;
    let mut after = before.clone();
    let (value, record) = {
        let mut fresh = chance::fresh;
        work(
            &mut after,
            &mut Context { today: app.today(), by: caller.id(), roster: &roster, fresh: &mut fresh },
        )?
    };
    if before != after {
        plan::save(&tx, &before, &after).await?;
        tx.commit(entry(caller, &reached, record), app.now()).await?;
    }
    Ok(Changed { reached, plan: after, value })
}

fn entry(caller: &Caller, reached: &Reached, record: Record) -> Entry {
    Entry::new(caller.audit(), record.event, record.subject)
        .of_unit(reached.unit.id)
        .before(record.before)
        .after(record.after)
}

/// People of the unit whom a PIC name can mean.
pub(super) async fn roster(app: &App, reached: &Reached) -> Result<Vec<Member>> {
    let people = person::members(app.store(), reached.unit.id, app.today()).await?;
    Ok(people.into_iter().map(|person| Member { id: person.id, name: person.name }).collect())
}
