//! Approved versions of a plan, kept as they were printed.

use bening_core::id::{PersonId, PlanId};
use bening_core::plan::export::PlanExport;
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::entity::plan::plan_version;
use crate::{Result, Store, WriteTx, unreadable};

/// An approved version, without its contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1 for the first approval.
    pub number: u32,
    /// When.
    pub approved_at: DateTime<Utc>,
    /// By whom.
    pub approved_by: PersonId,
    /// What the approver said.
    pub note: String,
}

/// Keeps a version.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when the number was kept already.
pub async fn keep_version(tx: &WriteTx, version: &Version, contents: &PlanExport) -> Result<()> {
    let snapshot = serde_json::to_value(contents).map_err(|e| unreadable("plan_version", e.to_string()))?;
    let row = plan_version::Model {
        plan_id: contents.id.0,
        number: i32::try_from(version.number).unwrap_or(i32::MAX),
        approved_at: crate::kept(version.approved_at),
        approved_by: version.approved_by.0,
        note: version.note.clone(),
        snapshot,
    };
    plan_version::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Versions of a plan, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn versions(store: &Store, plan: PlanId) -> Result<Vec<Version>> {
    let rows = plan_version::Entity::find()
        .filter(plan_version::Column::PlanId.eq(plan.0))
        .order_by_desc(plan_version::Column::Number)
        .all(store.reads())
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// The contents of a version.
///
/// # Errors
/// When the database cannot be read or holds something else.
pub async fn snapshot(store: &Store, plan: PlanId, number: u32) -> Result<Option<PlanExport>> {
    let key = (plan.0, i32::try_from(number).unwrap_or(i32::MAX));
    let row = plan_version::Entity::find_by_id(key).one(store.reads()).await?;
    row.map(|row| serde_json::from_value(row.snapshot).map_err(|e| unreadable("plan_version", e.to_string())))
        .transpose()
}

fn from_row(row: plan_version::Model) -> Version {
    Version {
        number: row.number.unsigned_abs(),
        approved_at: row.approved_at,
        approved_by: PersonId(row.approved_by),
        note: row.note,
    }
}
