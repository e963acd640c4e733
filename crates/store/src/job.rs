//! Work for the background: handed in with the write it belongs to, taken by one worker at a time, ended once.
//!
//! Taking, going on and failing are bookkeeping and leave no entry in the trail; that is the second narrow door beside
//! that of citizens' answers. What a job changes for people is written like everything else, with an entry, in the
//! transaction that ends it ([`end_with`]).

use bening_core::id::JobId;
use bening_core::job::{self, Job, New, Refusal, State, Task};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockBehavior, LockType, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select, UpdateMany,
};
use uuid::Uuid;

use crate::entity::job::job::{Column, Entity, Model};
use crate::{Result, Store, WriteTx, kept, unreadable};

/// A job that a worker holds.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Which.
    pub id: JobId,
    /// What is to be done.
    pub task: Task,
    /// The how many-th time, from 1.
    pub attempt: u32,
    lease: Uuid,
}

/// The job belongs to another worker by now, who took it over when this one was silent for too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost;

/// Hands a job in with a write; `false` when there is one of that key already.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue(tx: &WriteTx, new: &New, now: DateTime<Utc>) -> Result<bool> {
    let task = serde_json::to_value(&new.task).map_err(|error| unreadable("job", error.to_string()))?;
    let row = Model {
        id: new.id.0,
        kind: new.task.kind().to_owned(),
        key: new.key.clone(),
        task: Some(task),
        state: State::Waiting.as_str().to_owned(),
        run_at: kept(new.run_at),
        attempts: 0,
        lease: None,
        lease_until: None,
        done: 0,
        total: 0,
        error: String::new(),
        created_at: kept(now),
        ended_at: None,
    };
    let insert = Entity::insert(row.into_active_model().reset_all());
    let unless_there = OnConflict::column(Column::Key).do_nothing().to_owned();
    Ok(insert.on_conflict(unless_there).exec_without_returning(tx.conn()).await? > 0)
}

/// Hands in a job that belongs to nobody's write: what the program does by itself, every day.
///
/// # Errors
/// When the database refuses.
pub async fn schedule(store: &Store, new: &New, now: DateTime<Utc>) -> Result<bool> {
    if Entity::find().filter(Column::Key.eq(&new.key)).one(store.reads()).await?.is_some() {
        return Ok(false);
    }
    let tx = store.begin().await?;
    let is_new = enqueue(&tx, new, now).await?;
    tx.commit_bookkeeping().await?;
    Ok(is_new)
}

/// Takes the job whose turn it is, if there is one; nobody else has it until the lease runs out.
///
/// # Errors
/// When the database refuses.
pub async fn claim(store: &Store, lease: Uuid, now: DateTime<Utc>) -> Result<Option<Claim>> {
    if ready(now).one(store.reads()).await?.is_none() {
        return Ok(None);
    }
    let tx = store.begin().await?;
    let turn = ready(now).lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let Some(row) = turn.one(tx.conn()).await? else { return Ok(None) };
    let claim = match readable(&row, lease) {
        Ok(claim) => claim,
        Err(reason) => {
            give_up(&tx, row.id, &reason, now).await?;
            tx.commit_bookkeeping().await?;
            return Ok(None);
        }
    };
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Running.as_str()))
        .col_expr(Column::Attempts, Expr::value(row.attempts.saturating_add(1)))
        .col_expr(Column::Lease, Expr::value(Some(lease)))
        .col_expr(Column::LeaseUntil, Expr::value(Some(kept(now + job::LEASE))));
    update.filter(Column::Id.eq(row.id)).exec(tx.conn()).await?;
    tx.commit_bookkeeping().await?;
    Ok(Some(claim))
}

/// The job as a worker holds it; not when nobody understands it, or it took its workers down too often.
fn readable(row: &Model, lease: Uuid) -> std::result::Result<Claim, String> {
    let attempt = row.attempts.unsigned_abs().saturating_add(1);
    if attempt > job::ATTEMPTS_MAX {
        return Err("berhenti di tengah jalan berkali-kali".to_owned());
    }
    let task = row.task.clone().ok_or("isinya sudah dilupakan")?;
    let task = serde_json::from_value(task).map_err(|error| format!("tidak dikenal: {error}"))?;
    Ok(Claim { id: JobId(row.id), task, attempt, lease })
}

async fn give_up(tx: &WriteTx, id: Uuid, reason: &str, now: DateTime<Utc>) -> Result<()> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Failed.as_str()))
        .col_expr(Column::Error, Expr::value(reason))
        .col_expr(Column::EndedAt, Expr::value(Some(kept(now))));
    update.filter(Column::Id.eq(id)).exec(tx.conn()).await?;
    Ok(())
}

/// What waits for its time, and what somebody began and was silent about for too long.
fn ready(now: DateTime<Utc>) -> Select<Entity> {
    let waits =
        Condition::all().add(Column::State.eq(State::Waiting.as_str())).add(Column::RunAt.lte(kept(now)));
    let orphaned = Condition::all()
        .add(Column::State.eq(State::Running.as_str()))
        .add(Column::LeaseUntil.lt(Some(kept(now))));
    Entity::find().filter(Condition::any().add(waits).add(orphaned)).order_by_asc(Column::RunAt).limit(1)
}

/// Says that the work goes on, and how far it is.
///
/// # Errors
/// When the database refuses.
pub async fn go_on(
    store: &Store,
    claim: &Claim,
    (done, total): (u32, u32),
    now: DateTime<Utc>,
) -> Result<std::result::Result<(), Lost>> {
    let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let update = Entity::update_many()
        .col_expr(Column::Done, Expr::value(count(done)))
        .col_expr(Column::Total, Expr::value(count(total)))
        .col_expr(Column::LeaseUntil, Expr::value(Some(kept(now + job::LEASE))));
    alone(store, claim, update).await
}

/// Ends a job together with what it changed: when it was lost meanwhile, nothing of that may be kept.
///
/// # Errors
/// When the database refuses.
pub async fn end_with(
    tx: &WriteTx,
    claim: &Claim,
    now: DateTime<Utc>,
) -> Result<std::result::Result<(), Lost>> {
    mine(claim, ended(claim, State::Done, "", now)).exec(tx.conn()).await.map(found).map_err(Into::into)
}

/// Ends a job that changed nothing in the database.
///
/// # Errors
/// When the database refuses.
pub async fn end(store: &Store, claim: &Claim, now: DateTime<Utc>) -> Result<std::result::Result<(), Lost>> {
    alone(store, claim, ended(claim, State::Done, "", now)).await
}

/// Gives a job back with the reason why it failed: to be tried again later, or for good.
///
/// # Errors
/// When the database refuses.
pub async fn fail(
    store: &Store,
    claim: &Claim,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<std::result::Result<(), Lost>> {
    let update = match job::again_at(claim.attempt, now) {
        Some(at) => Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Waiting.as_str()))
            .col_expr(Column::RunAt, Expr::value(kept(at)))
            .col_expr(Column::Error, Expr::value(reason)),
        None => ended(claim, State::Failed, reason, now),
    };
    alone(store, claim, update).await
}

fn ended(claim: &Claim, state: State, error: &str, now: DateTime<Utc>) -> UpdateMany<Entity> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::Error, Expr::value(error))
        .col_expr(Column::EndedAt, Expr::value(Some(kept(now))));
    let is_over = state == State::Done && claim.task.is_secret();
    if is_over { update.col_expr(Column::Task, Expr::value(None::<serde_json::Value>)) } else { update }
}

/// Only while the job is still this worker's.
fn mine(claim: &Claim, update: UpdateMany<Entity>) -> UpdateMany<Entity> {
    update
        .filter(Column::Id.eq(claim.id.0))
        .filter(Column::Lease.eq(Some(claim.lease)))
        .filter(Column::State.eq(State::Running.as_str()))
}

fn found(result: sea_orm::UpdateResult) -> std::result::Result<(), Lost> {
    if result.rows_affected > 0 { Ok(()) } else { Err(Lost) }
}

async fn alone(
    store: &Store,
    claim: &Claim,
    update: UpdateMany<Entity>,
) -> Result<std::result::Result<(), Lost>> {
    let tx = store.begin().await?;
    let found = found(mine(claim, update).exec(tx.conn()).await?);
    tx.commit_bookkeeping().await?;
    Ok(found)
}

/// The newest jobs, at most so many, those of one state when one is named.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(store: &Store, state: Option<State>, most: u64) -> Result<Vec<Job>> {
    let all = Entity::find().order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).limit(most);
    let wanted = match state {
        Some(state) => all.filter(Column::State.eq(state.as_str())),
        None => all,
    };
    wanted.all(store.reads()).await?.into_iter().map(from_row).collect()
}

/// How many jobs stand where.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts(store: &Store) -> Result<Vec<(State, u64)>> {
    counted(Entity::find(), store).await
}

async fn counted(jobs: Select<Entity>, store: &Store) -> Result<Vec<(State, u64)>> {
    let rows: Vec<(String, i64)> = jobs
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::State)
        .into_tuple()
        .all(store.reads())
        .await?;
    let known = |(state, count): (String, i64)| Some((State::parse(&state)?, count.unsigned_abs()));
    Ok(rows.into_iter().filter_map(known).collect())
}

/// How many jobs of a kind of key, such as `survey:…:`, stand where.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts_of(store: &Store, key: &str) -> Result<Vec<(State, u64)>> {
    counted(Entity::find().filter(Column::Key.starts_with(key)), store).await
}

/// Lets a failed job be tried again from now on.
///
/// # Errors
/// When the database refuses.
pub async fn retry(
    tx: &WriteTx,
    id: JobId,
    now: DateTime<Utc>,
) -> Result<Option<std::result::Result<Job, Refusal>>> {
    let Some(job) = lock(tx.conn(), id).await? else { return Ok(None) };
    if !job.can_retry() {
        return Ok(Some(Err(Refusal::NotFailed)));
    }
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Waiting.as_str()))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::RunAt, Expr::value(kept(now)))
        .col_expr(Column::EndedAt, Expr::value(None::<DateTime<Utc>>));
    update.filter(Column::Id.eq(id.0)).exec(tx.conn()).await?;
    Ok(Some(Ok(job)))
}

/// Says that a waiting job need not be done.
///
/// # Errors
/// When the database refuses.
pub async fn cancel(
    tx: &WriteTx,
    id: JobId,
    now: DateTime<Utc>,
) -> Result<Option<std::result::Result<Job, Refusal>>> {
    let Some(job) = lock(tx.conn(), id).await? else { return Ok(None) };
    if !job.can_cancel() {
        return Ok(Some(Err(Refusal::NotWaiting)));
    }
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Cancelled.as_str()))
        .col_expr(Column::Task, Expr::value(None::<serde_json::Value>))
        .col_expr(Column::EndedAt, Expr::value(Some(kept(now))));
    update.filter(Column::Id.eq(id.0)).exec(tx.conn()).await?;
    Ok(Some(Ok(job)))
}

async fn lock<C: ConnectionTrait>(conn: &C, id: JobId) -> Result<Option<Job>> {
    Entity::find_by_id(id.0).lock_exclusive().one(conn).await?.map(from_row).transpose()
}

/// Forgets jobs that ended before a moment; how many there were.
///
/// # Errors
/// When the database refuses.
pub async fn forget(store: &Store, before: DateTime<Utc>) -> Result<u64> {
    let tx = store.begin().await?;
    let old = Entity::delete_many().filter(Column::EndedAt.lt(Some(kept(before))));
    let gone = old.exec(tx.conn()).await?.rows_affected;
    tx.commit_bookkeeping().await?;
    Ok(gone)
}

fn from_row(row: Model) -> Result<Job> {
    Ok(Job {
        id: JobId(row.id),
        kind: row.kind,
        state: State::parse(&row.state).ok_or_else(|| unreadable("job", "state"))?,
        run_at: row.run_at,
        attempts: row.attempts.unsigned_abs(),
        done: row.done.unsigned_abs(),
        total: row.total.unsigned_abs(),
        error: row.error,
        created_at: row.created_at,
        ended_at: row.ended_at,
    })
}
