//! Reading a plan: one query a table, put together in memory.

use std::collections::HashMap;

use bening_core::id::{ActionId, BenefitId, ComponentId, EvidenceId, PersonId, PlanId, PriorityId, UnitId};
use bening_core::monev::Pace;
use bening_core::plan::schedule::Months;
use bening_core::plan::{
    Action, Area, Benefit, Component, Done, Evidence, Pic, Plan, PlanState, Priority, Rhythm, Schedule,
    Withdrawal,
};
use bening_core::time::{Month, Year};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::plan::{
    plan, plan_action, plan_benefit, plan_component, plan_done, plan_evidence, plan_pic, plan_priority,
};
use crate::{Result, Store, WriteTx, unreadable};

/// A plan as it stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Identity.
    pub id: PlanId,
    /// Whose.
    pub unit: UnitId,
    /// For which year.
    pub year: Year,
    /// Where it stands.
    pub state: PlanState,
    /// Newest approved version.
    pub version: u32,
}

/// Plans of the given units, newest year first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(store: &Store, units: &[UnitId]) -> Result<Vec<Found>> {
    let rows = plan::Entity::find()
        .filter(plan::Column::UnitId.is_in(units.iter().map(|unit| unit.0)))
        .order_by_desc(plan::Column::Year)
        .all(store.reads())
        .await?;
    rows.into_iter().map(|row| head(&row)).collect()
}

/// Of the given units, the one with the newest plan.
///
/// # Errors
/// When the database cannot be read.
pub async fn liveliest(store: &Store, units: &[UnitId]) -> Result<Option<UnitId>> {
    let newest = plan::Entity::find()
        .filter(plan::Column::UnitId.is_in(units.iter().map(|unit| unit.0)))
        .order_by_desc(plan::Column::Year)
        .one(store.reads())
        .await?;
    Ok(newest.map(|row| UnitId(row.unit_id)))
}

/// The plan of a unit for a year.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(store: &Store, unit: UnitId, year: Year) -> Result<Option<Plan>> {
    let row = by_year(unit, year).one(store.reads()).await?;
    match row {
        Some(row) => rows_of(store.reads(), &row).await.map(Some),
        None => Ok(None),
    }
}

/// The plan of a unit for a year, held until the write ends, so that two edits never cross.
///
/// # Errors
/// When the database cannot be read.
pub async fn lock(tx: &WriteTx, unit: UnitId, year: Year) -> Result<Option<Plan>> {
    let row = by_year(unit, year).lock_exclusive().one(tx.conn()).await?;
    match row {
        Some(row) => rows_of(tx.conn(), &row).await.map(Some),
        None => Ok(None),
    }
}

fn by_year(unit: UnitId, year: Year) -> sea_orm::Select<plan::Entity> {
    plan::Entity::find()
        .filter(plan::Column::UnitId.eq(unit.0))
        .filter(plan::Column::Year.eq(year.get() as i16))
}

fn head(row: &plan::Model) -> Result<Found> {
    let year = Year::new(row.year.into()).ok_or_else(|| unreadable("plan", "year"))?;
    let state = PlanState::parse(&row.state).ok_or_else(|| unreadable("plan", "state"))?;
    let version = row.version.unsigned_abs();
    Ok(Found { id: PlanId(row.id), unit: UnitId(row.unit_id), year, state, version })
}

/// Rows that hang on an action, by action.
struct Hanging {
    evidence: HashMap<Uuid, Vec<Evidence>>,
    pics: HashMap<Uuid, Vec<Pic>>,
    done: HashMap<Uuid, Vec<Done>>,
}

async fn rows_of<C: ConnectionTrait>(conn: &C, row: &plan::Model) -> Result<Plan> {
    let found = head(row)?;
    let mut plan = Plan::empty(found.id, found.unit, found.year);
    (plan.state, plan.version) = (found.state, found.version);
    plan.pace = Pace::parse(&row.pace).ok_or_else(|| unreadable("plan", "pace"))?;
    let mut hanging = hanging(conn, row.id).await?;
    let mut actions: HashMap<Uuid, Vec<Action>> = HashMap::new();
    for action in plan_action::Entity::find()
        .filter(plan_action::Column::PlanId.eq(row.id))
        .order_by_asc(plan_action::Column::Position)
        .all(conn)
        .await?
    {
        actions.entry(action.component_id).or_default().push(action_from(action, &mut hanging)?);
    }
    add_benefits(conn, &mut plan).await?;
    add_components(conn, &mut plan, actions).await?;
    plan.priorities = priorities(conn, row.id).await?;
    Ok(plan)
}

async fn hanging<C: ConnectionTrait>(conn: &C, plan: Uuid) -> Result<Hanging> {
    let mut hanging = Hanging { evidence: HashMap::new(), pics: HashMap::new(), done: HashMap::new() };
    let evidence = plan_evidence::Entity::find().filter(plan_evidence::Column::PlanId.eq(plan));
    for row in evidence.order_by_asc(plan_evidence::Column::Position).all(conn).await? {
        let evidence = Evidence { id: EvidenceId(row.id), title: row.title };
        hanging.evidence.entry(row.action_id).or_default().push(evidence);
    }
    let pics = plan_pic::Entity::find().filter(plan_pic::Column::PlanId.eq(plan));
    for row in pics.order_by_asc(plan_pic::Column::Position).all(conn).await? {
        let pic = Pic { name: row.name, person: row.person_id.map(PersonId) };
        hanging.pics.entry(row.action_id).or_default().push(pic);
    }
    let done = plan_done::Entity::find().filter(plan_done::Column::PlanId.eq(plan));
    for row in done.order_by_asc(plan_done::Column::Month).all(conn).await? {
        let month =
            Month::new(row.month.unsigned_abs().into()).ok_or_else(|| unreadable("plan_done", "month"))?;
        let done = Done { month, on: row.reported_on, by: PersonId(row.person_id) };
        hanging.done.entry(row.action_id).or_default().push(done);
    }
    Ok(hanging)
}

fn action_from(row: plan_action::Model, hanging: &mut Hanging) -> Result<Action> {
    let withdrawn = match (row.withdrawn_on, row.withdrawn_by, row.withdrawn_reason) {
        (Some(on), Some(by), Some(reason)) => Some(Withdrawal { reason, on, by: PersonId(by) }),
        _ => None,
    };
    Ok(Action {
        id: ActionId(row.id),
        name: row.name,
        evidence: hanging.evidence.remove(&row.id).unwrap_or_default(),
        schedule: schedule(row.time_text, row.months, row.rhythm.as_deref())?,
        pics: hanging.pics.remove(&row.id).unwrap_or_default(),
        target: row.target,
        withdrawn,
        approved_in: row.approved_in.map(i32::unsigned_abs),
        done: hanging.done.remove(&row.id).unwrap_or_default(),
    })
}

fn schedule(text: Option<String>, months: Option<i32>, rhythm: Option<&str>) -> Result<Option<Schedule>> {
    let (Some(text), Some(months), Some(rhythm)) = (text, months, rhythm) else { return Ok(None) };
    let months = Months::from_bits(months).ok_or_else(|| unreadable("plan_action", "months"))?;
    let rhythm = Rhythm::parse(rhythm).ok_or_else(|| unreadable("plan_action", "rhythm"))?;
    Ok(Some(Schedule::stored(text, months, rhythm)))
}

async fn add_benefits<C: ConnectionTrait>(conn: &C, plan: &mut Plan) -> Result<()> {
    let rows = plan_benefit::Entity::find().filter(plan_benefit::Column::PlanId.eq(plan.id.0));
    for row in rows.order_by_asc(plan_benefit::Column::Position).all(conn).await? {
        area(plan, &row.area)?.benefits.push(Benefit { id: BenefitId(row.id), text: row.text });
    }
    Ok(())
}

async fn add_components<C: ConnectionTrait>(
    conn: &C,
    plan: &mut Plan,
    mut actions: HashMap<Uuid, Vec<Action>>,
) -> Result<()> {
    let rows = plan_component::Entity::find().filter(plan_component::Column::PlanId.eq(plan.id.0));
    for row in rows.order_by_asc(plan_component::Column::Position).all(conn).await? {
        let actions = actions.remove(&row.id).unwrap_or_default();
        let component = Component { id: ComponentId(row.id), name: row.name, sub: row.sub, actions };
        area(plan, &row.area)?.components.push(component);
    }
    Ok(())
}

fn area<'a>(plan: &'a mut Plan, code: &str) -> Result<&'a mut bening_core::plan::AreaPlan> {
    let area = Area::from_code(code).ok_or_else(|| unreadable("plan", format!("area {code:?}")))?;
    plan.areas.get_mut(area.index()).ok_or_else(|| unreadable("plan", "areas"))
}

async fn priorities<C: ConnectionTrait>(conn: &C, plan: Uuid) -> Result<Vec<Priority>> {
    let rows = plan_priority::Entity::find().filter(plan_priority::Column::PlanId.eq(plan));
    let rows = rows.order_by_asc(plan_priority::Column::Position).all(conn).await?;
    rows.into_iter().map(priority_from).collect()
}

fn priority_from(row: plan_priority::Model) -> Result<Priority> {
    Ok(Priority {
        id: PriorityId(row.id),
        action: row.action,
        target: row.target,
        schedule: schedule(row.time_text, row.months, row.rhythm.as_deref())?,
        follow_up: row.follow_up,
    })
}
