//! Writing a worksheet: both states are laid out as rows, and only rows that differ are written.

use bening_core::lke::{LayerState, Lke};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use crate::change::Change;
use crate::entity::lke::{lke, lke_entry, lke_layer, lke_link, lke_remark, lke_return};
use crate::{Result, WriteTx, kept, unreadable};

/// A worksheet laid out as rows.
#[derive(Default)]
struct Rows {
    layers: Vec<lke_layer::Model>,
    entries: Vec<lke_entry::Model>,
    links: Vec<lke_link::Model>,
    remarks: Vec<lke_remark::Model>,
    returns: Vec<lke_return::Model>,
}

/// Adds a new worksheet with all its rows.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when the unit has one for the year.
pub async fn create(tx: &WriteTx, new: &Lke) -> Result<()> {
    let (id, unit_id, edition) = (new.id.0, new.unit.0, new.edition.clone());
    let head = lke::Model { id, unit_id, year: new.year.get() as i16, edition };
    lke::Entity::insert(head.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    sync(tx, Rows::default(), lay_out(new)?).await
}

/// Writes what differs between two states of the same worksheet.
///
/// # Errors
/// When the database refuses; then nothing of this write is kept.
pub async fn save(tx: &WriteTx, before: &Lke, after: &Lke) -> Result<()> {
    sync(tx, lay_out(before)?, lay_out(after)?).await
}

async fn sync(tx: &WriteTx, old: Rows, new: Rows) -> Result<()> {
    let layers = Change::between(old.layers, new.layers, |row| row.layer.clone());
    layers.delete(tx).await?.insert(tx).await?.update(tx).await?;
    let key = |row: &lke_entry::Model| (row.layer.clone(), row.code.clone());
    Change::between(old.entries, new.entries, key).delete(tx).await?.insert(tx).await?.update(tx).await?;
    let links = Change::between(old.links, new.links, |row| row.id);
    links.delete(tx).await?.insert(tx).await?.update(tx).await?;
    let remarks = Change::between(old.remarks, new.remarks, |row| row.id);
    remarks.delete(tx).await?.insert(tx).await?.update(tx).await?;
    let returns = Change::between(old.returns, new.returns, |row| row.id);
    returns.delete(tx).await?.insert(tx).await?.update(tx).await
}

fn lay_out(lke: &Lke) -> Result<Rows> {
    let mut rows = Rows { layers: layers(lke), ..Rows::default() };
    for (layer, filled) in &lke.layers {
        for (code, entry) in &filled.entries {
            let answer = entry.answer.as_ref().map(serde_json::to_value).transpose();
            rows.entries.push(lke_entry::Model {
                lke_id: lke.id.0,
                layer: layer.as_str().to_owned(),
                code: code.clone(),
                answer: answer.map_err(|error| unreadable("lke_entry", error.to_string()))?,
                note: entry.note.clone(),
                person_id: entry.by.0,
                at: kept(entry.at),
            });
        }
    }
    conversations(lke, &mut rows);
    Ok(rows)
}

fn layers(lke: &Lke) -> Vec<lke_layer::Model> {
    let row = |(layer, filled): (&bening_core::lke::Layer, &bening_core::lke::Filled)| {
        let submitted = match filled.state {
            LayerState::Submitted { by, at } => Some((by.0, kept(at))),
            LayerState::Open => None,
        };
        lke_layer::Model {
            lke_id: lke.id.0,
            layer: layer.as_str().to_owned(),
            round: i32::try_from(filled.round).unwrap_or(i32::MAX),
            submitted_at: submitted.map(|(_, at)| at),
            submitted_by: submitted.map(|(by, _)| by),
        }
    };
    lke.layers.iter().map(row).collect()
}

fn conversations(lke: &Lke, rows: &mut Rows) {
    rows.links = places(&lke.evidence)
        .map(|(position, link)| lke_link::Model {
            id: link.id.0,
            lke_id: lke.id.0,
            position,
            code: link.code.clone(),
            title: link.title.clone(),
            place: link.place.clone(),
            person_id: link.by.0,
            at: kept(link.at),
        })
        .collect();
    rows.remarks = places(&lke.remarks)
        .map(|(position, remark)| lke_remark::Model {
            id: remark.id.0,
            lke_id: lke.id.0,
            position,
            code: remark.code.clone(),
            side: remark.side.as_str().to_owned(),
            text: remark.text.clone(),
            person_id: remark.by.0,
            at: kept(remark.at),
        })
        .collect();
    rows.returns = places(&lke.returns)
        .map(|(position, sent)| lke_return::Model {
            id: sent.id.0,
            lke_id: lke.id.0,
            position,
            code: sent.code.clone(),
            layer: sent.from.as_str().to_owned(),
            due_on: sent.due_on,
            reason: sent.reason.clone(),
            person_id: sent.by.0,
            at: kept(sent.at),
            answered_by: sent.answered.map(|(by, _)| by.0),
            answered_at: sent.answered.map(|(_, at)| kept(at)),
        })
        .collect();
}

/// Items with their place in the list; lists stay far below two thousand million.
fn places<T>(items: &[T]) -> impl Iterator<Item = (i32, &T)> {
    items.iter().enumerate().map(|(place, item)| (i32::try_from(place).unwrap_or(i32::MAX), item))
}
