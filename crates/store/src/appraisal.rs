//! What the national team found on roads to a predicate. Remarks and sittings are only ever added; two that bear one
//! number meet at the key, so that nobody writes over what they have not seen.

use bening_core::candidacy::appraisal::{Remark, Said, Sitting};
use bening_core::id::{CandidacyId, PersonId};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::entity::candidacy::{candidacy_remark as remark, candidacy_sitting as sitting};
use crate::{Result, Store, WriteTx, kept, unreadable};

/// Everything that was said on these roads, oldest first; with the road it was said of.
///
/// # Errors
/// When the database cannot be read.
pub async fn remarks(store: &Store, roads: &[CandidacyId]) -> Result<Vec<(CandidacyId, Remark)>> {
    let rows = remark::Entity::find()
        .filter(remark::Column::CandidacyId.is_in(roads.iter().map(|road| road.0)))
        .order_by_asc(remark::Column::Round)
        .order_by_asc(remark::Column::Item)
        .order_by_asc(remark::Column::Number);
    rows.all(store.reads()).await?.into_iter().map(read).collect()
}

fn read(row: remark::Model) -> Result<(CandidacyId, Remark)> {
    let wrong = || unreadable("candidacy_remark", row.item.clone());
    let said = Remark {
        round: usize::try_from(row.round).map_err(|_| wrong())?,
        number: u32::try_from(row.number).map_err(|_| wrong())?,
        said: row.verdict.map_or(Said::Objection, Said::Verdict),
        item: row.item,
        note: row.note,
        by: PersonId(row.person_id),
        at: row.at,
    };
    Ok((CandidacyId(row.candidacy_id), said))
}

/// Keeps a remark.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when somebody said something of the item meanwhile.
pub async fn say(tx: &WriteTx, road: CandidacyId, said: &Remark) -> Result<()> {
    let verdict = match &said.said {
        Said::Verdict(code) => Some(code.clone()),
        Said::Objection => None,
    };
    let row = remark::Model {
        candidacy_id: road.0,
        round: number(said.round),
        item: said.item.clone(),
        number: i32::try_from(said.number).unwrap_or(i32::MAX),
        verdict,
        note: said.note.clone(),
        person_id: said.by.0,
        at: kept(said.at),
    };
    let insert = remark::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Who sat together in the rounds of a road, newest of each round last.
///
/// # Errors
/// When the database cannot be read.
pub async fn sittings(store: &Store, road: CandidacyId) -> Result<Vec<(usize, Sitting)>> {
    let rows = sitting::Entity::find()
        .filter(sitting::Column::CandidacyId.eq(road.0))
        .order_by_asc(sitting::Column::Round)
        .order_by_asc(sitting::Column::Number);
    let read = |row: sitting::Model| {
        let details = serde_json::from_value(row.details);
        let wrong = |error: String| unreadable("candidacy_sitting", error);
        let round = usize::try_from(row.round).map_err(|error| wrong(error.to_string()))?;
        Ok((round, details.map_err(|error| wrong(error.to_string()))?))
    };
    rows.all(store.reads()).await?.into_iter().map(read).collect()
}

/// Keeps who sat together after so many earlier versions of the record.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when somebody was quicker.
pub async fn sit(
    tx: &WriteTx,
    (road, round, before): (CandidacyId, usize, usize),
    kept_of: &Sitting,
    (by, at): (PersonId, chrono::DateTime<chrono::Utc>),
) -> Result<()> {
    let details =
        serde_json::to_value(kept_of).map_err(|error| unreadable("candidacy_sitting", error.to_string()))?;
    let row = sitting::Model {
        candidacy_id: road.0,
        round: number(round),
        number: number(before),
        details,
        person_id: by.0,
        at: kept(at),
    };
    let insert = sitting::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(())
}

fn number(value: usize) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}
