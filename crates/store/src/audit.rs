//! Keeping, reading and checking the audit trail. How rows are chained is said in `bening_core::audit`.

use bening_core::audit::{Entry, Fault, GENESIS, Link, Walk};
use bening_core::id::UnitId;
use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, StreamTrait,
};
use uuid::Uuid;

use crate::entity::audit::{audit, audit_head};
use crate::{Result, Store, kept};

const HEAD: i16 = 1;

/// Adds an entry at the end of the chain. The head's row is locked first, so entries queue up one by one.
pub(crate) async fn append<C: ConnectionTrait>(conn: &C, entry: Entry, at: DateTime<Utc>) -> Result<()> {
    let head = audit_head::Entity::find_by_id(HEAD).lock_exclusive().one(conn).await?;
    let (seq, previous) = head.as_ref().map_or((0, GENESIS.to_owned()), |head| (head.seq, head.hash.clone()));
    let link = Link::forge(entry, seq + 1, kept(at), previous);
    let next = audit_head::Model { id: HEAD, seq: link.seq, hash: link.hash.clone() };
    audit::Entity::insert(to_row(link).into_active_model().reset_all()).exec_without_returning(conn).await?;
    let next = next.into_active_model().reset_all();
    match head {
        Some(_) => drop(next.update(conn).await?),
        None => drop(audit_head::Entity::insert(next).exec_without_returning(conn).await?),
    }
    Ok(())
}

/// The outcome of checking the whole chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every row is as it was written.
    Sound {
        /// Rows in the chain.
        rows: i64,
        /// Hash of the newest; kept elsewhere, it proves later that nothing was cut off.
        head: String,
    },
    /// The first fault found.
    Broken(Fault),
}

/// Checks every row, from the first to the newest. Memory stays flat however long the trail.
///
/// # Errors
/// When the database cannot be read; a broken chain is not an error but the answer.
pub async fn verify(store: &Store) -> Result<Verdict> {
    Ok(match check(store.reads()).await? {
        Ok((rows, head)) => Verdict::Sound { rows, head },
        Err(fault) => Verdict::Broken(fault),
    })
}

/// Walks the chain as one connection sees it.
pub(crate) async fn check<C: ConnectionTrait + StreamTrait>(
    conn: &C,
) -> Result<std::result::Result<(i64, String), Fault>> {
    let mut walk = Walk::default();
    let mut rows = audit::Entity::find().order_by_asc(audit::Column::Seq).stream(conn).await?;
    while let Some(row) = rows.try_next().await? {
        if let Err(fault) = walk.step(&from_row(row)) {
            return Ok(Err(fault));
        }
    }
    drop(rows);
    let head = audit_head::Entity::find_by_id(HEAD).one(conn).await?;
    let (seq, hash) = head.map_or((0, GENESIS.to_owned()), |head| (head.seq, head.hash));
    Ok(walk.finish(seq, &hash))
}

/// Which rows of the trail to read.
#[derive(Debug, Clone, Copy)]
pub enum About {
    /// Everything.
    All,
    /// One unit.
    Unit(UnitId),
    /// One thing.
    Subject(Uuid),
}

/// Newest rows first, at most `limit`, below `before` if given. The cost does not grow with the trail.
///
/// # Errors
/// When the database cannot be read.
pub async fn newest(store: &Store, about: About, before: Option<i64>, limit: u64) -> Result<Vec<Link>> {
    newest_of(store, about, None, before, limit).await
}

/// The same for one kind of event, if given; indexes keep its cost flat as well, however rare the event.
///
/// # Errors
/// When the database cannot be read.
pub async fn newest_of(
    store: &Store,
    about: About,
    event: Option<&str>,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Link>> {
    let query = audit::Entity::find().order_by_desc(audit::Column::Seq).limit(limit);
    let query = match about {
        About::All => query,
        About::Unit(unit) => query.filter(audit::Column::Unit.eq(unit.0)),
        About::Subject(subject) => query.filter(audit::Column::Subject.eq(subject)),
    };
    let query = match event {
        Some(event) => query.filter(audit::Column::Event.eq(event)),
        None => query,
    };
    let query = match before {
        Some(seq) => query.filter(audit::Column::Seq.lt(seq)),
        None => query,
    };
    Ok(query.all(store.reads()).await?.into_iter().map(from_row).collect())
}

fn to_row(link: Link) -> audit::Model {
    audit::Model {
        seq: link.seq,
        at: link.at,
        person: link.person,
        actor: link.actor,
        event: link.event,
        subject: link.subject,
        unit: link.unit,
        before: link.before,
        after: link.after,
        previous: link.previous,
        hash: link.hash,
    }
}

fn from_row(row: audit::Model) -> Link {
    Link {
        seq: row.seq,
        at: row.at,
        person: row.person,
        actor: row.actor,
        event: row.event,
        subject: row.subject,
        unit: row.unit,
        before: row.before,
        after: row.after,
        previous: row.previous,
        hash: row.hash,
    }
}

/// Whether some row of the trail has this hash.
///
/// # Errors
/// When the database cannot be read.
pub async fn holds(store: &Store, hash: &str) -> Result<bool> {
    let row = audit::Entity::find().filter(audit::Column::Hash.eq(hash)).one(store.reads()).await?;
    Ok(row.is_some())
}
