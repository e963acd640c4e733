//! Reminders: what is due at a unit by its records, what people were told, and the addresses of their calendars.
//! What is due and whom it concerns is decided in `bening_core::reminder`.

mod calendar;
mod tell;
mod wish;

use bening_core::evidence::Evidence;
use bening_core::id::{PersonId, ReminderId, UnitId};
use bening_core::reminder::{Due, Facts, Kind, PlanFacts, Reminder, dues};
use bening_core::time::Year;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::entity::reminder::reminder::{Column, Entity, Model};
use crate::{Result, Store, WriteTx, evidence, followup, kept, monev, plan, survey, unreadable};

pub use calendar::{close_calendar, open_calendar, opened_calendar, owner_of_calendar};
pub use tell::tell;
pub use wish::{drop_wish, keep_wish, unread_since, wish_of, wishes};

/// What is due at a unit, by its records of this year and the one before.
///
/// # Errors
/// When the database cannot be read.
pub async fn due_at(store: &Store, unit: UnitId, today: NaiveDate) -> Result<Vec<Due>> {
    let this_year = Year::of(today);
    let (mut plans, mut follow_ups) = (Vec::new(), Vec::new());
    for year in [this_year.previous(), Some(this_year)].into_iter().flatten() {
        if let Some(plan) = plan::find(store, unit, year).await? {
            let closed = monev::months(store, plan.id).await?.into_iter().map(|closed| closed.month);
            plans.push(PlanFacts { closed: closed.collect(), plan });
        }
        follow_ups.extend(followup::list(store, unit, year).await?);
    }
    let evidence: Vec<Evidence> =
        evidence::of_unit(store, unit).await?.into_iter().map(|kept| kept.evidence).collect();
    let campaigns = survey::list(store, unit).await?;
    let facts =
        Facts { unit, plans: &plans, follow_ups: &follow_ups, evidence: &evidence, campaigns: &campaigns };
    Ok(dues(&facts, today))
}

/// What a person was told, the newest first, at most so many.
///
/// # Errors
/// When the database cannot be read.
pub async fn inbox(store: &Store, person: PersonId, most: u64) -> Result<Vec<Reminder>> {
    let rows = of(person).order_by_desc(Column::ToldOn).order_by_asc(Column::DueOn).order_by_asc(Column::Id);
    rows.limit(most).all(store.reads()).await?.into_iter().map(from_row).collect()
}

/// How much of it they have not read.
///
/// # Errors
/// When the database cannot be read.
pub async fn unread(store: &Store, person: PersonId) -> Result<u64> {
    Ok(of(person).filter(Column::ReadAt.is_null()).count(store.reads()).await?)
}

/// Notes that a person has read one thing they were told, or all of it; how much of it was unread.
///
/// # Errors
/// When the database refuses.
pub async fn read(
    tx: &WriteTx,
    person: PersonId,
    which: Option<ReminderId>,
    now: DateTime<Utc>,
) -> Result<u64> {
    let unread = Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(Some(kept(now))))
        .filter(Column::PersonId.eq(person.0))
        .filter(Column::ReadAt.is_null());
    let unread = match which {
        Some(id) => unread.filter(Column::Id.eq(id.0)),
        None => unread,
    };
    Ok(unread.exec(tx.conn()).await?.rows_affected)
}

fn of(person: PersonId) -> Select<Entity> {
    Entity::find().filter(Column::PersonId.eq(person.0))
}

fn from_row(row: Model) -> Result<Reminder> {
    Ok(Reminder {
        id: ReminderId(row.id),
        person: PersonId(row.person_id),
        kind: Kind::parse(&row.kind).ok_or_else(|| unreadable("reminder", "kind"))?,
        unit: UnitId(row.unit_id),
        subject: row.subject,
        title: row.title,
        due_on: row.due_on,
        told_on: row.told_on,
        read_at: row.read_at,
    })
}
