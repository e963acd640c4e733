//! Monev of plans: entries of months, months as they were closed, corrections. Handlers hold the plan's lock
//! (`plan::lock`) while they write here.

use bening_core::id::{ActionId, PersonId, PlanId};
use bening_core::monev::{Closing, Correction, Entry, Figure, Verified};
use bening_core::time::Month;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::entity::monev::{monev_correction, monev_entry, monev_month};
use crate::{Result, Store, WriteTx, unreadable};

/// A closed month without its table: enough for an overview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedMonth {
    /// Which.
    pub month: Month,
    /// Planned and realised, with what was corrected since.
    pub figures: Vec<Figure>,
}

/// What was said of a plan, of all its months: at most twelve rows an action.
///
/// # Errors
/// When the database cannot be read.
pub async fn entries(store: &Store, plan: PlanId) -> Result<Vec<Entry>> {
    read_entries(store.reads(), plan).await
}

/// The same, as the write sees it.
///
/// # Errors
/// When the database cannot be read.
pub async fn entries_now(tx: &WriteTx, plan: PlanId) -> Result<Vec<Entry>> {
    read_entries(tx.conn(), plan).await
}

async fn read_entries<C: ConnectionTrait>(conn: &C, plan: PlanId) -> Result<Vec<Entry>> {
    let rows = monev_entry::Entity::find().filter(monev_entry::Column::PlanId.eq(plan.0));
    rows.order_by_asc(monev_entry::Column::Month).all(conn).await?.into_iter().map(entry).collect()
}

fn entry(row: monev_entry::Model) -> Result<Entry> {
    let verified = row.verified_by.zip(row.verified_on);
    Ok(Entry {
        month: month(row.month)?,
        action: ActionId(row.action_id),
        percent: percent(row.percent)?,
        note: row.note,
        obstacle: row.obstacle,
        by: PersonId(row.filled_by),
        on: row.filled_on,
        verified: verified.map(|(by, on)| Verified { by: PersonId(by), on }),
    })
}

fn month(number: i16) -> Result<Month> {
    let found = u32::try_from(number).ok().and_then(Month::new);
    found.ok_or_else(|| unreadable("monev", "month"))
}

fn percent(number: i16) -> Result<u8> {
    u8::try_from(number).map_err(|_| unreadable("monev", "percent"))
}

/// Keeps what was said of an action in a month that is open.
///
/// # Errors
/// When the database refuses.
pub async fn save_entry(tx: &WriteTx, plan: PlanId, new: &Entry) -> Result<()> {
    use monev_entry::Column as C;
    let row = monev_entry::Model {
        plan_id: plan.0,
        month: number(new.month),
        action_id: new.action.0,
        percent: i16::from(new.percent),
        note: new.note.clone(),
        obstacle: new.obstacle.clone(),
        filled_by: new.by.0,
        filled_on: new.on,
        verified_by: new.verified.map(|verified| verified.by.0),
        verified_on: new.verified.map(|verified| verified.on),
    };
    let said = [C::Percent, C::Note, C::Obstacle, C::FilledBy, C::FilledOn, C::VerifiedBy, C::VerifiedOn];
    let replace = OnConflict::columns([C::PlanId, C::Month, C::ActionId]).update_columns(said).to_owned();
    let insert = monev_entry::Entity::insert(row.into_active_model().reset_all());
    insert.on_conflict(replace).exec_without_returning(tx.conn()).await?;
    Ok(())
}

fn number(month: Month) -> i16 {
    i16::try_from(month.number()).unwrap_or_default()
}

/// The closed months of a plan in order, without their tables.
///
/// # Errors
/// When the database cannot be read.
pub async fn months(store: &Store, plan: PlanId) -> Result<Vec<ClosedMonth>> {
    read_months(store.reads(), plan).await
}

/// The same, as the write sees it.
///
/// # Errors
/// When the database cannot be read.
pub async fn months_now(tx: &WriteTx, plan: PlanId) -> Result<Vec<ClosedMonth>> {
    read_months(tx.conn(), plan).await
}

async fn read_months<C: ConnectionTrait>(conn: &C, plan: PlanId) -> Result<Vec<ClosedMonth>> {
    let rows = monev_month::Entity::find()
        .select_only()
        .columns([monev_month::Column::Month, monev_month::Column::Figures])
        .filter(monev_month::Column::PlanId.eq(plan.0))
        .order_by_asc(monev_month::Column::Month)
        .into_tuple::<(i16, serde_json::Value)>()
        .all(conn)
        .await?;
    let read = |(number, figures)| Ok(ClosedMonth { month: month(number)?, figures: from_json(figures)? });
    rows.into_iter().map(read).collect()
}

/// A month as it was closed.
///
/// # Errors
/// When the database cannot be read.
pub async fn closing(store: &Store, plan: PlanId, month: Month) -> Result<Option<Closing>> {
    read_closing(store.reads(), plan, month).await
}

/// The same, as the write sees it.
///
/// # Errors
/// When the database cannot be read.
pub async fn closing_now(tx: &WriteTx, plan: PlanId, month: Month) -> Result<Option<Closing>> {
    read_closing(tx.conn(), plan, month).await
}

async fn read_closing<C: ConnectionTrait>(conn: &C, plan: PlanId, month: Month) -> Result<Option<Closing>> {
    let row = monev_month::Entity::find_by_id((plan.0, number(month))).one(conn).await?;
    let read = |row: monev_month::Model| {
        Ok(Closing {
            month,
            by: PersonId(row.closed_by),
            on: row.closed_on,
            conclusion: row.conclusion,
            rows: from_json(row.snapshot)?,
            figures: from_json(row.closed_figures)?,
        })
    };
    row.map(read).transpose()
}

/// Closes a month for good.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when it is closed.
pub async fn close(tx: &WriteTx, plan: PlanId, closing: &Closing) -> Result<()> {
    let row = monev_month::Model {
        plan_id: plan.0,
        month: number(closing.month),
        closed_by: closing.by.0,
        closed_on: closing.on,
        conclusion: closing.conclusion.clone(),
        snapshot: to_json(&closing.rows)?,
        closed_figures: to_json(&closing.figures)?,
        figures: to_json(&closing.figures)?,
    };
    monev_month::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// What was corrected of a month, in order.
///
/// # Errors
/// When the database cannot be read.
pub async fn corrections(store: &Store, plan: PlanId, month: Month) -> Result<Vec<Correction>> {
    read_corrections(store.reads(), plan, month).await
}

/// The same, as the write sees it.
///
/// # Errors
/// When the database cannot be read.
pub async fn corrections_now(tx: &WriteTx, plan: PlanId, month: Month) -> Result<Vec<Correction>> {
    read_corrections(tx.conn(), plan, month).await
}

async fn read_corrections<C: ConnectionTrait>(
    conn: &C,
    plan: PlanId,
    month: Month,
) -> Result<Vec<Correction>> {
    let rows = monev_correction::Entity::find()
        .filter(monev_correction::Column::PlanId.eq(plan.0))
        .filter(monev_correction::Column::Month.eq(number(month)))
        .order_by_asc(monev_correction::Column::Id)
        .all(conn)
        .await?;
    let read = |row: monev_correction::Model| {
        Ok(Correction {
            month,
            action: ActionId(row.action_id),
            percent: percent(row.percent)?,
            note: row.note,
            obstacle: row.obstacle,
            reason: row.reason,
            by: PersonId(row.person_id),
            on: row.corrected_on,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Adds a correction under a new identity (ordered by time), and the figures that follow from it.
///
/// # Errors
/// When the database refuses.
pub async fn correct(
    tx: &WriteTx,
    id: Uuid,
    plan: PlanId,
    new: &Correction,
    figures: &[Figure],
) -> Result<()> {
    let row = monev_correction::Model {
        id,
        plan_id: plan.0,
        month: number(new.month),
        action_id: new.action.0,
        percent: i16::from(new.percent),
        note: new.note.clone(),
        obstacle: new.obstacle.clone(),
        reason: new.reason.clone(),
        person_id: new.by.0,
        corrected_on: new.on,
    };
    let insert = monev_correction::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    monev_month::Entity::update_many()
        .col_expr(monev_month::Column::Figures, Expr::value(to_json(&figures)?))
        .filter(monev_month::Column::PlanId.eq(plan.0))
        .filter(monev_month::Column::Month.eq(number(new.month)))
        .exec(tx.conn())
        .await?;
    Ok(())
}

fn to_json(value: &impl Serialize) -> Result<serde_json::Value> {
    serde_json::to_value(value).map_err(|error| unreadable("monev_month", error.to_string()))
}

fn from_json<T: DeserializeOwned>(value: serde_json::Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| unreadable("monev_month", error.to_string()))
}
