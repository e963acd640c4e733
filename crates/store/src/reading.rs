//! Blind second readings of worksheets, kept apart from the layers.

use std::collections::BTreeMap;

use bening_core::id::{LkeId, PersonId, ReadingId, UnitId};
use bening_core::team::reading::{Reading, Second};
use bening_core::time::Year;
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::change::Change;
use crate::entity::lke::lke;
use crate::entity::reading::{second_reading, second_reading_answer};
use crate::{Result, Store, WriteTx, kept, unreadable};

/// The second readings of worksheets, oldest first; two queries.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_sheets(store: &Store, sheets: &[LkeId]) -> Result<Vec<Reading>> {
    let is_of = second_reading::Column::LkeId.is_in(sheets.iter().map(|id| id.0));
    whole(store.reads(), second_reading::Entity::find().filter(is_of)).await
}

/// One second reading.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(store: &Store, id: ReadingId) -> Result<Option<Reading>> {
    Ok(whole(store.reads(), second_reading::Entity::find_by_id(id.0)).await?.pop())
}

/// The same, held until the write ends.
///
/// # Errors
/// When the database cannot be read.
pub async fn lock(tx: &WriteTx, id: ReadingId) -> Result<Option<Reading>> {
    Ok(whole(tx.conn(), second_reading::Entity::find_by_id(id.0).lock_exclusive()).await?.pop())
}

/// Whether somebody is reading a worksheet blindly now, and so must not see what other assessors said there.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_blind(store: &Store, sheet: LkeId, reader: PersonId) -> Result<bool> {
    let open = second_reading::Entity::find()
        .filter(second_reading::Column::LkeId.eq(sheet.0))
        .filter(second_reading::Column::PersonId.eq(reader.0))
        .filter(second_reading::Column::FinishedAt.is_null());
    Ok(open.one(store.reads()).await?.is_some())
}

/// The second readings that somebody has not finished, of worksheets since a year: the reading, its unit and year.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_of(store: &Store, reader: PersonId, since: Year) -> Result<Vec<(ReadingId, UnitId, Year)>> {
    let mut recent = Query::select();
    recent.column(lke::Column::Id).from(lke::Entity).and_where(lke::Column::Year.gte(since.get() as i16));
    let open = second_reading::Entity::find()
        .filter(second_reading::Column::LkeId.in_subquery(recent))
        .filter(second_reading::Column::PersonId.eq(reader.0))
        .filter(second_reading::Column::FinishedAt.is_null())
        .all(store.reads())
        .await?;
    let of_open = lke::Column::Id.is_in(open.iter().map(|row| row.lke_id));
    let sheets = lke::Entity::find().filter(of_open).all(store.reads()).await?;
    let placed = |row: second_reading::Model| {
        let sheet = sheets.iter().find(|sheet| sheet.id == row.lke_id)?;
        Some((ReadingId(row.id), UnitId(sheet.unit_id), Year::new(sheet.year.into())?))
    };
    Ok(open.into_iter().filter_map(placed).collect())
}

async fn whole<C: ConnectionTrait>(
    conn: &C,
    rows: sea_orm::Select<second_reading::Entity>,
) -> Result<Vec<Reading>> {
    let rows = rows.order_by_asc(second_reading::Column::DrawnAt).all(conn).await?;
    let is_of = second_reading_answer::Column::ReadingId.is_in(rows.iter().map(|row| row.id));
    let mut answers: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in second_reading_answer::Entity::find().filter(is_of).all(conn).await? {
        answers.entry(row.reading_id).or_default().push(row);
    }
    let put_together = |row: second_reading::Model| {
        let answers = answers.remove(&row.id).unwrap_or_default();
        reading(row, answers)
    };
    rows.into_iter().map(put_together).collect()
}

fn reading(row: second_reading::Model, answers: Vec<second_reading_answer::Model>) -> Result<Reading> {
    Ok(Reading {
        id: ReadingId(row.id),
        lke: LkeId(row.lke_id),
        reader: PersonId(row.person_id),
        seed: row.seed,
        share: row.share.parse().map_err(|_| unreadable("second_reading", "share"))?,
        drawn_at: row.drawn_at,
        finished_at: row.finished_at,
        questions: answers.into_iter().map(second).collect::<Result<_>>()?,
    })
}

fn second(row: second_reading_answer::Model) -> Result<(String, Second)> {
    let answer = row.answer.map(serde_json::from_value).transpose();
    let answer = answer.map_err(|error| unreadable("second_reading_answer", error.to_string()))?;
    Ok((row.code, Second { answer, note: row.note, at: row.at }))
}

/// Adds a second reading with its drawn questions.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when the person has one for the worksheet.
pub async fn create(tx: &WriteTx, new: &Reading) -> Result<()> {
    let row = head(new).into_active_model().reset_all();
    second_reading::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    sync(tx, Vec::new(), answers(new)?).await
}

/// Writes what differs between two states of the same reading.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &WriteTx, before: &Reading, after: &Reading) -> Result<()> {
    if head(before) != head(after) {
        let row = head(after).into_active_model().reset_all();
        second_reading::Entity::update(row).exec_without_returning(tx.conn()).await?;
    }
    sync(tx, answers(before)?, answers(after)?).await
}

async fn sync(
    tx: &WriteTx,
    old: Vec<second_reading_answer::Model>,
    new: Vec<second_reading_answer::Model>,
) -> Result<()> {
    let change = Change::between(old, new, |row| row.code.clone());
    change.delete(tx).await?.insert(tx).await?.update(tx).await
}

fn head(reading: &Reading) -> second_reading::Model {
    second_reading::Model {
        id: reading.id.0,
        lke_id: reading.lke.0,
        person_id: reading.reader.0,
        seed: reading.seed.clone(),
        share: reading.share.to_string(),
        drawn_at: kept(reading.drawn_at),
        finished_at: reading.finished_at.map(kept),
    }
}

fn answers(reading: &Reading) -> Result<Vec<second_reading_answer::Model>> {
    let row = |(code, second): (&String, &Second)| {
        let answer = second.answer.as_ref().map(serde_json::to_value).transpose();
        let answer = answer.map_err(|error| unreadable("second_reading_answer", error.to_string()))?;
        let (code, note, at) = (code.clone(), second.note.clone(), second.at.map(kept));
        Ok(second_reading_answer::Model { reading_id: reading.id.0, code, answer, note, at })
    };
    reading.questions.iter().map(row).collect()
}
