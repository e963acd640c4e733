//! Wishes about digests by mail, and what is new for a digest.

use bening_core::id::PersonId;
use bening_core::reminder::{Frequency, Reminder, Wish};
use chrono::NaiveDate;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::{from_row, of};
use crate::entity::reminder::digest_wish::{Column, Entity, Model};
use crate::entity::reminder::reminder;
use crate::{Result, Store, WriteTx, unreadable};

/// What a person wishes.
///
/// # Errors
/// When the database cannot be read.
pub async fn wish_of(store: &Store, person: PersonId) -> Result<Option<Wish>> {
    Entity::find_by_id(person.0).one(store.reads()).await?.map(to_wish).transpose()
}

/// All wishes.
///
/// # Errors
/// When the database cannot be read.
pub async fn wishes(store: &Store) -> Result<Vec<Wish>> {
    Entity::find().order_by_asc(Column::PersonId).all(store.reads()).await?.into_iter().map(to_wish).collect()
}

/// Keeps a wish in place of the one before.
///
/// # Errors
/// When the database refuses.
pub async fn keep_wish(tx: &WriteTx, wish: &Wish) -> Result<()> {
    let row = Model {
        person_id: wish.person.0,
        address: wish.address.clone(),
        frequency: wish.frequency.as_str().to_owned(),
        hour: i16::try_from(wish.hour).map_err(|_| unreadable("digest_wish", "hour"))?,
        last_on: wish.last_on,
    };
    let all = [Column::Address, Column::Frequency, Column::Hour, Column::LastOn];
    let replace = OnConflict::column(Column::PersonId).update_columns(all).to_owned();
    let insert = Entity::insert(row.into_active_model().reset_all());
    insert.on_conflict(replace).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Takes a wish back.
///
/// # Errors
/// When the database refuses.
pub async fn drop_wish(tx: &WriteTx, person: PersonId) -> Result<()> {
    Entity::delete_by_id(person.0).exec(tx.conn()).await?;
    Ok(())
}

/// What a person was told after a day and has not read, what is due first first.
///
/// # Errors
/// When the database cannot be read.
pub async fn unread_since(
    store: &Store,
    person: PersonId,
    after: Option<NaiveDate>,
) -> Result<Vec<Reminder>> {
    let unread = of(person).filter(reminder::Column::ReadAt.is_null());
    let new = match after {
        Some(day) => unread.filter(reminder::Column::ToldOn.gt(day)),
        None => unread,
    };
    let rows = new.order_by_asc(reminder::Column::DueOn).order_by_asc(reminder::Column::Id);
    rows.all(store.reads()).await?.into_iter().map(from_row).collect()
}

fn to_wish(row: Model) -> Result<Wish> {
    Ok(Wish {
        person: PersonId(row.person_id),
        address: row.address,
        frequency: Frequency::parse(&row.frequency).ok_or_else(|| unreadable("digest_wish", "frequency"))?,
        hour: u32::try_from(row.hour).map_err(|_| unreadable("digest_wish", "hour"))?,
        last_on: row.last_on,
    })
}
