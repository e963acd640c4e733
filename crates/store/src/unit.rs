//! Units.

use bening_core::id::UnitId;
use bening_core::unit::{Echelon, Unit, UnitCode};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::entity::unit::unit;
use crate::{Result, Store, WriteTx, unreadable};

/// All units by code. An agency has hundreds, not millions: the tree is read whole.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(store: &Store) -> Result<Vec<Unit>> {
    let rows = unit::Entity::find().order_by_asc(unit::Column::Code).all(store.reads()).await?;
    rows.into_iter().map(from_row).collect()
}

/// The unit with a code.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_code(store: &Store, code: &UnitCode) -> Result<Option<Unit>> {
    let row = unit::Entity::find().filter(unit::Column::Code.eq(code.as_str())).one(store.reads()).await?;
    row.map(from_row).transpose()
}

/// Adds a unit.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when the code is taken.
pub async fn add(tx: &WriteTx, unit: &Unit) -> Result<()> {
    unit::Entity::insert(to_row(unit).into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Changes a unit.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when the new code is taken.
pub async fn update(tx: &WriteTx, unit: &Unit) -> Result<()> {
    to_row(unit).into_active_model().reset_all().update(tx.conn()).await?;
    Ok(())
}

fn to_row(unit: &Unit) -> unit::Model {
    unit::Model {
        id: unit.id.0,
        code: unit.code.to_string(),
        name: unit.name.clone(),
        parent_id: unit.parent.map(|parent| parent.0),
        echelon: unit.echelon.as_str().to_owned(),
        head_title: unit.head_title.clone(),
    }
}

fn from_row(row: unit::Model) -> Result<Unit> {
    let code = row.code.parse().map_err(|_| unreadable("unit", format!("code {:?}", row.code)))?;
    let echelon = Echelon::parse(&row.echelon)
        .ok_or_else(|| unreadable("unit", format!("echelon {:?}", row.echelon)))?;
    Ok(Unit {
        id: UnitId(row.id),
        code,
        name: row.name,
        parent: row.parent_id.map(UnitId),
        echelon,
        head_title: row.head_title,
    })
}
