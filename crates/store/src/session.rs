//! Sessions and failed sign-ins. Only hashes of session cookies are kept.

use bening_core::id::PersonId;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::session::{session, sign_in_failure};
use crate::{Result, Store, WriteTx, kept};

/// A session that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie, in hex.
    pub id: String,
    /// Whose.
    pub person: PersonId,
    /// Token that forms of this session carry.
    pub csrf: String,
    /// Begin.
    pub created_at: DateTime<Utc>,
    /// End.
    pub expires_at: DateTime<Utc>,
}

/// Opens a session.
///
/// # Errors
/// When the database refuses.
pub async fn open(tx: &WriteTx, session: &Session) -> Result<()> {
    let row = session::Model {
        id: session.id.clone(),
        person_id: session.person.0,
        csrf: session.csrf.clone(),
        created_at: kept(session.created_at),
        expires_at: kept(session.expires_at),
    };
    session::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// The session with this hash, if it has not ended.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(store: &Store, id: &str, now: DateTime<Utc>) -> Result<Option<Session>> {
    let row = session::Entity::find_by_id(id).one(store.reads()).await?;
    Ok(row.filter(|row| now < row.expires_at).map(|row| Session {
        id: row.id,
        person: PersonId(row.person_id),
        csrf: row.csrf,
        created_at: row.created_at,
        expires_at: row.expires_at,
    }))
}

/// Ends one session and sweeps out those that have run out.
///
/// # Errors
/// When the database refuses.
pub async fn close(tx: &WriteTx, id: &str, now: DateTime<Utc>) -> Result<()> {
    session::Entity::delete_by_id(id).exec(tx.conn()).await?;
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(now)).exec(tx.conn()).await?;
    Ok(())
}

/// Ends all sessions of a person but one: after a change of password, whoever stole a cookie is out.
///
/// # Errors
/// When the database refuses.
pub async fn close_others(tx: &WriteTx, person: PersonId, but: Option<&str>) -> Result<()> {
    let all = session::Entity::delete_many().filter(session::Column::PersonId.eq(person.0));
    let but = but.map(str::to_owned);
    let others = match but {
        Some(id) => all.filter(session::Column::Id.ne(id)),
        None => all,
    };
    others.exec(tx.conn()).await?;
    Ok(())
}

/// Failed sign-ins since the last good one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// How many.
    pub count: u32,
    /// The last one.
    pub last_at: DateTime<Utc>,
}

/// Failed sign-ins under a name, whether such an account exists or not.
///
/// # Errors
/// When the database cannot be read.
pub async fn failures(store: &Store, login: &str) -> Result<Option<Failures>> {
    let row = sign_in_failure::Entity::find_by_id(login).one(store.reads()).await?;
    Ok(row.map(from_row))
}

/// The same within a write that nobody else can overtake: whoever judges a sign-in under this name waits for it.
///
/// # Errors
/// When the database refuses.
pub async fn lock_failures(tx: &WriteTx, login: &str, now: DateTime<Utc>) -> Result<Failures> {
    use sign_in_failure::Column as C;
    // A row that is not there cannot be locked, so one without failures is put there first.
    let row = sign_in_failure::Model { login: login.to_owned(), failures: 0, last_at: now };
    let keep = OnConflict::column(C::Login).update_column(C::Login).to_owned();
    let insert = sign_in_failure::Entity::insert(row.into_active_model().reset_all()).on_conflict(keep);
    insert.exec_without_returning(tx.conn()).await?;
    let row = sign_in_failure::Entity::find_by_id(login).one(tx.conn()).await?;
    Ok(row.map_or(Failures { count: 0, last_at: now }, from_row))
}

/// Counts a failed sign-in.
///
/// # Errors
/// When the database refuses.
pub async fn fail(tx: &WriteTx, login: &str, failures: Failures) -> Result<()> {
    let row = sign_in_failure::Model {
        login: login.to_owned(),
        failures: i32::try_from(failures.count).unwrap_or(i32::MAX),
        last_at: kept(failures.last_at),
    };
    row.into_active_model().reset_all().update(tx.conn()).await?;
    Ok(())
}

fn from_row(row: sign_in_failure::Model) -> Failures {
    Failures { count: row.failures.unsigned_abs(), last_at: row.last_at }
}

/// Forgets failed sign-ins after a good one.
///
/// # Errors
/// When the database refuses.
pub async fn forgive(tx: &WriteTx, login: &str) -> Result<()> {
    sign_in_failure::Entity::delete_by_id(login).exec(tx.conn()).await?;
    Ok(())
}

/// Forgets failed sign-ins under a name from everywhere, after its password was reset. Failures are counted by name
/// and address with a space between, so that nobody can lock out somebody elsewhere; a sign-in name holds no space.
///
/// # Errors
/// When the database refuses.
pub async fn forgive_everywhere(tx: &WriteTx, login: &str) -> Result<()> {
    let of_login = sign_in_failure::Column::Login.starts_with(format!("{login} "));
    sign_in_failure::Entity::delete_many().filter(of_login).exec(tx.conn()).await?;
    Ok(())
}
