//! Links of evidence that are to be asked, and what became of them.

use std::collections::HashMap;

use bening_core::evidence::{LinkCheck, LinkState};
use bening_core::id::ProofId;
use chrono::NaiveDate;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::evidence::evidence;
use crate::entity::link_check::{Column, Entity, Model};
use crate::{Result, Store, WriteTx, unreadable};

/// Links that nobody asked since a day, the oldest evidence first.
///
/// # Errors
/// When the database cannot be read.
pub async fn to_ask(store: &Store, since: NaiveDate, limit: u64) -> Result<Vec<(ProofId, String)>> {
    let asked = Query::select()
        .column(Column::EvidenceId)
        .from(Entity)
        .and_where(Column::CheckedOn.gte(since))
        .to_owned();
    let rows = evidence::Entity::find()
        .select_only()
        .columns([evidence::Column::Id, evidence::Column::Link])
        .filter(evidence::Column::Link.ne(""))
        .filter(evidence::Column::Id.not_in_subquery(asked))
        .order_by_asc(evidence::Column::Id)
        .limit(limit)
        .into_tuple::<(uuid::Uuid, String)>()
        .all(store.reads())
        .await?;
    Ok(rows.into_iter().map(|(id, link)| (ProofId(id), link)).collect())
}

/// What became of the links of some evidence, as far as they were asked.
///
/// # Errors
/// When the database cannot be read.
pub async fn checks(
    store: &Store,
    evidence: impl IntoIterator<Item = ProofId>,
) -> Result<HashMap<ProofId, LinkCheck>> {
    let ids: Vec<uuid::Uuid> = evidence.into_iter().map(|id| id.0).collect();
    let mut found = HashMap::new();
    for ids in ids.chunks(super::BATCH) {
        let rows =
            Entity::find().filter(Column::EvidenceId.is_in(ids.iter().copied())).all(store.reads()).await?;
        for row in rows {
            let check = read(row)?;
            found.insert(check.evidence, check);
        }
    }
    Ok(found)
}

/// Keeps what became of links.
///
/// # Errors
/// When the database refuses.
pub async fn keep_checks(tx: &WriteTx, checks: &[LinkCheck]) -> Result<()> {
    let newest = OnConflict::column(Column::EvidenceId)
        .update_columns([Column::State, Column::Said, Column::CheckedOn, Column::Since])
        .to_owned();
    for batch in checks.chunks(super::BATCH) {
        let rows = batch.iter().map(|check| row(check).into_active_model().reset_all());
        Entity::insert_many(rows).on_conflict(newest.clone()).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

fn row(check: &LinkCheck) -> Model {
    Model {
        evidence_id: check.evidence.0,
        state: check.state.as_str().to_owned(),
        said: check.said.clone(),
        checked_on: check.checked_on,
        since: check.since,
    }
}

fn read(row: Model) -> Result<LinkCheck> {
    Ok(LinkCheck {
        evidence: ProofId(row.evidence_id),
        state: LinkState::parse(&row.state).ok_or_else(|| unreadable("link_check", &row.state))?,
        said: row.said,
        checked_on: row.checked_on,
        since: row.since,
    })
}
