//! Sets of own questions. A version is only ever added, so what a campaign asked stays as it was.

use std::collections::BTreeMap;

use bening_core::id::UnitId;
use bening_core::survey::OwnSet;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::entity::survey_own::survey_own;
use crate::{Result, Store, WriteTx, unreadable};

/// Adds a version of a set.
///
/// # Errors
/// When the database refuses, for instance because this version is there already.
pub async fn add_own(tx: &WriteTx, unit: UnitId, set: &OwnSet) -> Result<()> {
    let row = survey_own::Model {
        set_id: set.id,
        version: i32::try_from(set.version).unwrap_or(i32::MAX),
        unit_id: unit.0,
        content: serde_json::to_string(set).unwrap_or_default(),
    };
    survey_own::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// The newest version of every set of these units, by name, with the unit it belongs to.
///
/// # Errors
/// When the database cannot be read.
pub async fn own_sets(store: &Store, units: &[UnitId]) -> Result<Vec<(UnitId, OwnSet)>> {
    let rows = survey_own::Entity::find()
        .filter(survey_own::Column::UnitId.is_in(units.iter().map(|unit| unit.0)))
        .order_by_asc(survey_own::Column::Version)
        .all(store.reads())
        .await?;
    let mut newest = BTreeMap::new();
    for row in rows {
        newest.insert(row.set_id, read(row)?);
    }
    let mut sets: Vec<(UnitId, OwnSet)> = newest.into_values().collect();
    sets.sort_by(|(_, one), (_, other)| (&one.name, one.id).cmp(&(&other.name, other.id)));
    Ok(sets)
}

/// The newest version of a set and the unit it belongs to.
///
/// # Errors
/// When the database cannot be read.
pub async fn own_set(store: &Store, id: Uuid) -> Result<Option<(UnitId, OwnSet)>> {
    newest(store.reads(), id).await
}

/// The same as the write under way sees it.
///
/// # Errors
/// When the database cannot be read.
pub async fn own_set_in(tx: &WriteTx, id: Uuid) -> Result<Option<(UnitId, OwnSet)>> {
    newest(tx.conn(), id).await
}

async fn newest<C: ConnectionTrait>(conn: &C, id: Uuid) -> Result<Option<(UnitId, OwnSet)>> {
    let rows = survey_own::Entity::find().filter(survey_own::Column::SetId.eq(id));
    rows.order_by_desc(survey_own::Column::Version).one(conn).await?.map(read).transpose()
}

fn read(row: survey_own::Model) -> Result<(UnitId, OwnSet)> {
    let set = serde_json::from_str(&row.content).map_err(|_| unreadable("survey_own", "content"))?;
    Ok((UnitId(row.unit_id), set))
}
