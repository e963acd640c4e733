//! Receipts and conversations of complaints. The complaints themselves are lines of a register.

use bening_core::complaint::Message;
use bening_core::id::{PersonId, RowId};
use bening_core::register::Row;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::entity::complaint::{complaint_message as message, complaint_receipt as receipt};
use crate::{Result, Store, WriteTx, register};

/// Keeps the slow hash of the receipt of a complaint.
///
/// # Errors
/// When the database refuses.
pub async fn keep_receipt(tx: &WriteTx, id: Uuid, row: RowId, hash: String) -> Result<()> {
    let kept = receipt::Model { id, row_id: row.0, receipt_hash: hash };
    let kept = kept.into_active_model().reset_all();
    receipt::Entity::insert(kept).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// The complaint of a receipt, by the slow hash of it.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_receipt(store: &Store, hash: &str) -> Result<Option<Row>> {
    let wanted = receipt::Entity::find().filter(receipt::Column::ReceiptHash.eq(hash));
    match wanted.one(store.reads()).await? {
        Some(kept) => register::by_id(store, RowId(kept.row_id)).await,
        None => Ok(None),
    }
}

/// Whether somebody can come back to a complaint with a receipt.
///
/// # Errors
/// When the database cannot be read.
pub async fn has_receipt(store: &Store, row: RowId) -> Result<bool> {
    let wanted = receipt::Entity::find().filter(receipt::Column::RowId.eq(row.0));
    Ok(wanted.count(store.reads()).await? > 0)
}

/// The conversation about a complaint, in order.
///
/// # Errors
/// When the database cannot be read.
pub async fn messages(store: &Store, row: RowId) -> Result<Vec<Message>> {
    let of = message::Entity::find().filter(message::Column::RowId.eq(row.0));
    let rows = of.order_by_asc(message::Column::Number).all(store.reads()).await?;
    let read =
        |row: message::Model| Message { author: row.author_id.map(PersonId), text: row.said, at: row.at };
    Ok(rows.into_iter().map(read).collect())
}

/// Keeps what somebody said; whoever calls it holds the line, so that no number is given twice.
///
/// # Errors
/// When the database refuses.
pub async fn say(tx: &WriteTx, id: Uuid, row: RowId, said: &Message) -> Result<()> {
    let of = message::Column::RowId.eq(row.0);
    let count = message::Entity::find().filter(of).count(tx.conn()).await?;
    let kept = message::Model {
        id,
        row_id: row.0,
        number: i32::try_from(count).unwrap_or(i32::MAX),
        author_id: said.author.map(|author| author.0),
        said: said.text.clone(),
        at: said.at,
    };
    let kept = kept.into_active_model().reset_all();
    message::Entity::insert(kept).exec_without_returning(tx.conn()).await?;
    Ok(())
}
