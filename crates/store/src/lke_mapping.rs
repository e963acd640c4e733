//! Mappings of workbooks of another layout. Lists leave the samples where they are: they are large.

use bening_core::id::PersonId;
use bening_core::lke::book::mapping::Mapping;
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value;
use uuid::Uuid;

use crate::entity::lke_mapping::lke_mapping::{Column, Entity, Model};
use crate::{Result, Store, WriteTx, kept, unreadable};

/// A mapping that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Identity.
    pub id: Uuid,
    /// What people call it; once for each edition.
    pub name: String,
    /// The mapping.
    pub mapping: Mapping,
    /// Name of the file it was made from.
    pub sample_name: String,
    /// Who saved it last.
    pub saved_by: PersonId,
    /// When.
    pub saved_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    mapping: Value,
    sample_name: String,
    saved_by: Uuid,
    saved_at: DateTime<Utc>,
}

/// All mappings, by edition and name.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(store: &Store) -> Result<Vec<Kept>> {
    let rows = Entity::find().select_only().columns(COLUMNS);
    let rows = rows.order_by_asc(Column::Edition).order_by_asc(Column::Name);
    let rows = rows.into_model::<Row>().all(store.reads()).await?;
    rows.into_iter().map(from_row).collect()
}

/// The columns of a list.
const COLUMNS: [Column; 6] =
    [Column::Id, Column::Name, Column::Mapping, Column::SampleName, Column::SavedBy, Column::SavedAt];

/// A mapping.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_id(store: &Store, id: Uuid) -> Result<Option<Kept>> {
    load(store.reads(), id).await
}

/// A mapping, as the write sees it.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_id_now(tx: &WriteTx, id: Uuid) -> Result<Option<Kept>> {
    load(tx.conn(), id).await
}

async fn load<C: ConnectionTrait>(conn: &C, id: Uuid) -> Result<Option<Kept>> {
    let row = Entity::find_by_id(id).select_only().columns(COLUMNS).into_model::<Row>().one(conn).await?;
    row.map(from_row).transpose()
}

/// The workbook that a mapping was made from.
///
/// # Errors
/// When the database cannot be read.
pub async fn sample(store: &Store, id: Uuid) -> Result<Option<Vec<u8>>> {
    let only = Entity::find_by_id(id).select_only().column(Column::Sample);
    Ok(only.into_tuple().one(store.reads()).await?)
}

/// Keeps a new mapping with its sample.
///
/// # Errors
/// A duplicate when the edition has one of that name.
pub async fn create(tx: &WriteTx, new: Kept, sample: Vec<u8>) -> Result<()> {
    let row = Model {
        id: new.id,
        edition: new.mapping.instrument.clone(),
        mapping: json(&new.mapping)?,
        name: new.name,
        sample_name: new.sample_name,
        sample,
        saved_by: new.saved_by.0,
        saved_at: kept(new.saved_at),
    };
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Replaces the name and mapping; edition and sample stay.
///
/// # Errors
/// A duplicate when the edition has another of that name.
pub async fn save(tx: &WriteTx, changed: &Kept) -> Result<()> {
    use sea_orm::sea_query::Expr;
    Entity::update_many()
        .col_expr(Column::Name, Expr::value(changed.name.clone()))
        .col_expr(Column::Mapping, Expr::value(json(&changed.mapping)?))
        .col_expr(Column::SavedBy, Expr::value(changed.saved_by.0))
        .col_expr(Column::SavedAt, Expr::value(kept(changed.saved_at)))
        .filter(Column::Id.eq(changed.id))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Takes a mapping away; what was read through it stays.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &WriteTx, id: Uuid) -> Result<()> {
    Entity::delete_by_id(id).exec(tx.conn()).await?;
    Ok(())
}

fn json(mapping: &Mapping) -> Result<Value> {
    serde_json::to_value(mapping).map_err(|error| unreadable("lke_mapping", error.to_string()))
}

fn from_row(row: Row) -> Result<Kept> {
    let mapping: std::result::Result<Mapping, _> = serde_json::from_value(row.mapping);
    let mapping = mapping.map_err(|error| unreadable("lke_mapping", error.to_string()))?;
    let saved_by = PersonId(row.saved_by);
    let Row { id, name, sample_name, saved_at, .. } = row;
    Ok(Kept { id, name, mapping, sample_name, saved_by, saved_at })
}
