//! Worksheets whose turn it is in a layer: the layer before is submitted, this one is not. Asked of the database, so
//! that a page that names a few of them never reads the others.

use std::collections::HashMap;

use bening_core::id::{LkeId, UnitId};
use bening_core::lke::Layer;
use bening_core::time::Year;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::entity::lke::{lke, lke_entry, lke_layer};
use crate::{Result, Store};

/// A worksheet that waits in a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Whose it is.
    pub unit: UnitId,
    /// Its year.
    pub year: Year,
    /// Its edition.
    pub edition: String,
    /// When the layer before was submitted.
    pub since: Option<DateTime<Utc>>,
    /// Questions with an answer in the layer itself.
    pub filled: u64,
}

/// Which worksheets to look among.
#[derive(Debug, Clone, Copy)]
pub enum Among<'a> {
    /// Those of every unit since a year.
    Since(Year),
    /// Those of these units in one year.
    Units(&'a [UnitId], Year),
}

/// The first `limit` worksheets that wait in a layer, newest year first, and how many there are.
///
/// # Errors
/// When the database cannot be read.
pub async fn turns(store: &Store, layer: Layer, among: Among<'_>, limit: u64) -> Result<(Vec<Turn>, u64)> {
    let Some(before) = layer.before() else {
        return Ok((Vec::new(), 0));
    };
    let query = waiting(layer, before, among);
    let all = query.clone().count(store.reads()).await?;
    let found = query
        .order_by_desc(lke::Column::Year)
        .order_by_asc(lke::Column::UnitId)
        .limit(limit)
        .all(store.reads());
    let found = found.await?;
    let ids: Vec<_> = found.iter().map(|row| row.id).collect();
    let (since, filled) = (submitted_at(store, &ids, before).await?, filled(store, &ids, layer).await?);
    let turn = |row: lke::Model| {
        Some(Turn {
            unit: UnitId(row.unit_id),
            year: Year::new(row.year.into())?,
            since: since.get(&LkeId(row.id)).copied(),
            filled: filled.get(&LkeId(row.id)).copied().unwrap_or_default(),
            edition: row.edition,
        })
    };
    Ok((found.into_iter().filter_map(turn).collect(), all))
}

fn waiting(layer: Layer, before: Layer, among: Among<'_>) -> Select<lke::Entity> {
    let query = lke::Entity::find()
        .filter(Expr::exists(submitted(before)))
        .filter(Expr::exists(submitted(layer)).not());
    match among {
        Among::Since(year) => query.filter(lke::Column::Year.gte(year.get() as i16)),
        Among::Units(units, year) => query
            .filter(lke::Column::Year.eq(year.get() as i16))
            .filter(lke::Column::UnitId.is_in(units.iter().map(|unit| unit.0))),
    }
}

/// The submission of a layer of the worksheet in the query around.
fn submitted(layer: Layer) -> SelectStatement {
    let of_sheet =
        Expr::col((lke_layer::Entity, lke_layer::Column::LkeId)).equals((lke::Entity, lke::Column::Id));
    let mut query = Query::select();
    query.column(lke_layer::Column::Layer).from(lke_layer::Entity);
    query.and_where(of_sheet).and_where(lke_layer::Column::Layer.eq(layer.as_str()));
    query.and_where(lke_layer::Column::SubmittedAt.is_not_null());
    query
}

async fn submitted_at(
    store: &Store,
    ids: &[uuid::Uuid],
    layer: Layer,
) -> Result<HashMap<LkeId, DateTime<Utc>>> {
    let rows = lke_layer::Entity::find()
        .filter(lke_layer::Column::LkeId.is_in(ids.iter().copied()))
        .filter(lke_layer::Column::Layer.eq(layer.as_str()))
        .all(store.reads())
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((LkeId(row.lke_id), row.submitted_at?))).collect())
}

async fn filled(store: &Store, ids: &[uuid::Uuid], layer: Layer) -> Result<HashMap<LkeId, u64>> {
    let counts: Vec<(uuid::Uuid, i64)> = lke_entry::Entity::find()
        .select_only()
        .column(lke_entry::Column::LkeId)
        .column_as(lke_entry::Column::Code.count(), "filled")
        .filter(lke_entry::Column::LkeId.is_in(ids.iter().copied()))
        .filter(lke_entry::Column::Layer.eq(layer.as_str()))
        .filter(lke_entry::Column::Answer.is_not_null())
        .group_by(lke_entry::Column::LkeId)
        .into_tuple()
        .all(store.reads())
        .await?;
    Ok(counts.into_iter().map(|(id, count)| (LkeId(id), count.unsigned_abs())).collect())
}
