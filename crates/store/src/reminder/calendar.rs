//! Secret addresses of calendars. Only the hash of an address is kept, and it is found by that: how long looking for it
//! takes says nothing of the secret.

use bening_core::id::PersonId;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::reminder::calendar::{Column, Entity, Model};
use crate::{Result, Store, WriteTx, kept};

/// Gives a person's calendar a new address; the old one leads nowhere from then on.
///
/// # Errors
/// When the database refuses.
pub async fn open_calendar(
    tx: &WriteTx,
    person: PersonId,
    secret_hash: String,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = Model { person_id: person.0, secret_hash, opened_at: kept(now) };
    let replace = OnConflict::column(Column::PersonId)
        .update_columns([Column::SecretHash, Column::OpenedAt])
        .to_owned();
    let insert = Entity::insert(row.into_active_model().reset_all());
    insert.on_conflict(replace).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Takes the address away.
///
/// # Errors
/// When the database refuses.
pub async fn close_calendar(tx: &WriteTx, person: PersonId) -> Result<()> {
    Entity::delete_by_id(person.0).exec(tx.conn()).await?;
    Ok(())
}

/// Since when a person's calendar has its address.
///
/// # Errors
/// When the database cannot be read.
pub async fn opened_calendar(store: &Store, person: PersonId) -> Result<Option<DateTime<Utc>>> {
    Ok(Entity::find_by_id(person.0).one(store.reads()).await?.map(|row| row.opened_at))
}

/// Whose calendar has the address with this hash.
///
/// # Errors
/// When the database cannot be read.
pub async fn owner_of_calendar(store: &Store, secret_hash: &str) -> Result<Option<PersonId>> {
    let row = Entity::find().filter(Column::SecretHash.eq(secret_hash)).one(store.reads()).await?;
    Ok(row.map(|row| PersonId(row.person_id)))
}
