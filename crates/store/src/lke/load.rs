//! Reading a worksheet: one query a table, put together in memory.

use std::collections::BTreeMap;

use bening_core::id::{LinkId, LkeId, PersonId, RemarkId, ReturnId, UnitId};
use bening_core::lke::{Entry, Filled, Layer, LayerState, Link, Lke, Remark, Return, Side};
use bening_core::time::Year;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::lke::{lke, lke_entry, lke_layer, lke_link, lke_remark, lke_return};
use crate::{Result, Store, WriteTx, unreadable};

/// The worksheet of a unit for a year.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(store: &Store, unit: UnitId, year: Year) -> Result<Option<Lke>> {
    match by_year(unit, year).one(store.reads()).await? {
        Some(row) => whole(store.reads(), row).await.map(Some),
        None => Ok(None),
    }
}

/// A worksheet by its identity.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_id(store: &Store, id: LkeId) -> Result<Option<Lke>> {
    match lke::Entity::find_by_id(id.0).one(store.reads()).await? {
        Some(row) => whole(store.reads(), row).await.map(Some),
        None => Ok(None),
    }
}

/// The worksheet of a unit for a year, held until the write ends, so that two edits never cross.
///
/// # Errors
/// When the database cannot be read.
pub async fn lock(tx: &WriteTx, unit: UnitId, year: Year) -> Result<Option<Lke>> {
    match by_year(unit, year).lock_exclusive().one(tx.conn()).await? {
        Some(row) => whole(tx.conn(), row).await.map(Some),
        None => Ok(None),
    }
}

/// All worksheets of the given units in a year, five queries in all.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(store: &Store, units: &[UnitId], year: Year) -> Result<Vec<Lke>> {
    let rows = lke::Entity::find()
        .filter(lke::Column::Year.eq(year.get() as i16))
        .filter(lke::Column::UnitId.is_in(units.iter().map(|unit| unit.0)))
        .all(store.reads())
        .await?;
    put_together(store.reads(), rows).await
}

/// The years for which a unit has worksheets, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn years(store: &Store, unit: UnitId) -> Result<Vec<Year>> {
    let rows = lke::Entity::find().filter(lke::Column::UnitId.eq(unit.0)).order_by_asc(lke::Column::Year);
    let rows = rows.all(store.reads()).await?;
    let year = |row: lke::Model| Year::new(row.year.into()).ok_or_else(|| unreadable("lke", "year"));
    rows.into_iter().map(year).collect()
}

fn by_year(unit: UnitId, year: Year) -> sea_orm::Select<lke::Entity> {
    lke::Entity::find().filter(lke::Column::UnitId.eq(unit.0)).filter(lke::Column::Year.eq(year.get() as i16))
}

async fn whole<C: ConnectionTrait>(conn: &C, row: lke::Model) -> Result<Lke> {
    let mut found = put_together(conn, vec![row]).await?;
    found.pop().ok_or_else(|| unreadable("lke", "id"))
}

async fn put_together<C: ConnectionTrait>(conn: &C, rows: Vec<lke::Model>) -> Result<Vec<Lke>> {
    let mut sheets: BTreeMap<_, Lke> =
        rows.into_iter().map(|row| head(&row).map(|lke| (row.id, lke))).collect::<Result<_>>()?;
    let ids: Vec<_> = sheets.keys().copied().collect();
    let of = |id| unreadable("lke", format!("{id}"));
    for row in lke_layer::Entity::find().filter(lke_layer::Column::LkeId.is_in(ids.clone())).all(conn).await?
    {
        let sheet = sheets.get_mut(&row.lke_id).ok_or_else(|| of(row.lke_id))?;
        let filled = layer(&row)?;
        sheet.layers.insert(filled.0, filled.1);
    }
    for row in lke_entry::Entity::find().filter(lke_entry::Column::LkeId.is_in(ids.clone())).all(conn).await?
    {
        let sheet = sheets.get_mut(&row.lke_id).ok_or_else(|| of(row.lke_id))?;
        let (layer, code, entry) = entry(row)?;
        sheet.layers.entry(layer).or_default().entries.insert(code, entry);
    }
    let links = lke_link::Entity::find().filter(lke_link::Column::LkeId.is_in(ids.clone()));
    for row in links.order_by_asc(lke_link::Column::Position).all(conn).await? {
        sheets.get_mut(&row.lke_id).ok_or_else(|| of(row.lke_id))?.evidence.push(link(row));
    }
    let remarks = lke_remark::Entity::find().filter(lke_remark::Column::LkeId.is_in(ids.clone()));
    for row in remarks.order_by_asc(lke_remark::Column::Position).all(conn).await? {
        sheets.get_mut(&row.lke_id).ok_or_else(|| of(row.lke_id))?.remarks.push(remark(row)?);
    }
    let returns = lke_return::Entity::find().filter(lke_return::Column::LkeId.is_in(ids));
    for row in returns.order_by_asc(lke_return::Column::Position).all(conn).await? {
        sheets.get_mut(&row.lke_id).ok_or_else(|| of(row.lke_id))?.returns.push(sent(row)?);
    }
    Ok(sheets.into_values().collect())
}

fn head(row: &lke::Model) -> Result<Lke> {
    let year = Year::new(row.year.into()).ok_or_else(|| unreadable("lke", "year"))?;
    let mut lke = Lke::empty(LkeId(row.id), UnitId(row.unit_id), year, row.edition.clone());
    lke.layers.clear();
    Ok(lke)
}

pub(super) fn layer_named(name: &str) -> Result<Layer> {
    Layer::parse(name).ok_or_else(|| unreadable("lke_layer", format!("layer {name:?}")))
}

fn layer(row: &lke_layer::Model) -> Result<(Layer, Filled)> {
    let state = match (row.submitted_by, row.submitted_at) {
        (Some(by), Some(at)) => LayerState::Submitted { by: PersonId(by), at },
        _ => LayerState::Open,
    };
    let filled = Filled { state, round: row.round.unsigned_abs(), entries: BTreeMap::new() };
    Ok((layer_named(&row.layer)?, filled))
}

fn entry(row: lke_entry::Model) -> Result<(Layer, String, Entry)> {
    let answer = row.answer.map(serde_json::from_value).transpose();
    let answer = answer.map_err(|error| unreadable("lke_entry", error.to_string()))?;
    let entry = Entry { answer, note: row.note, by: PersonId(row.person_id), at: row.at };
    Ok((layer_named(&row.layer)?, row.code, entry))
}

fn link(row: lke_link::Model) -> Link {
    let (id, by) = (LinkId(row.id), PersonId(row.person_id));
    Link { id, code: row.code, title: row.title, place: row.place, by, at: row.at }
}

fn remark(row: lke_remark::Model) -> Result<Remark> {
    let side = Side::parse(&row.side).ok_or_else(|| unreadable("lke_remark", "side"))?;
    let (id, by) = (RemarkId(row.id), PersonId(row.person_id));
    Ok(Remark { id, code: row.code, side, text: row.text, by, at: row.at })
}

fn sent(row: lke_return::Model) -> Result<Return> {
    Ok(Return {
        id: ReturnId(row.id),
        code: row.code,
        from: layer_named(&row.layer)?,
        due_on: row.due_on,
        reason: row.reason,
        by: PersonId(row.person_id),
        at: row.at,
        answered: row.answered_by.map(PersonId).zip(row.answered_at),
    })
}
