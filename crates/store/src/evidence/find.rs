//! Finding evidence in the register of a unit, a page at a time, in the database.

use bening_core::evidence::{Kept, LinkState};
use bening_core::id::{ProofId, UnitId};
use sea_orm::sea_query::{LikeExpr, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::with_files_and_uses;
use crate::entity::evidence::{evidence, evidence_use, evidence_version};
use crate::entity::link_check;
use crate::search::escaped;
use crate::{Result, Store};

/// What is looked for; nothing said finds everything.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Each of these, in small letters, stands in the title, the number, a file name or begins a word of the newest file.
    pub words: Vec<String>,
    /// Code of its kind.
    pub kind: Option<String>,
    /// The year it speaks for.
    pub year: Option<i16>,
    /// Its state.
    pub state: Option<State>,
}

/// A state that evidence is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It proves nothing yet.
    Unused,
    /// It has no file, only an address.
    LinkOnly,
    /// Its link is dead.
    DeadLink,
    /// It is valid for this year or an earlier one.
    ValidUntil(i16),
}

/// The newest that fit, or those older than `after`; at most `limit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(
    store: &Store,
    unit: UnitId,
    wanted: &Wanted,
    after: Option<ProofId>,
    limit: u64,
) -> Result<Vec<Kept>> {
    let mut query = evidence::Entity::find().filter(evidence::Column::UnitId.eq(unit.0));
    for word in &wanted.words {
        let holds = LikeExpr::new(format!("%{}%", escaped(word))).escape('\\');
        let named = Condition::any().add(evidence::Column::Words.like(holds));
        let in_text = super::text::holds(store.reads().get_database_backend(), word);
        query = query.filter(named.add_option(in_text));
    }
    if let Some(kind) = &wanted.kind {
        query = query.filter(evidence::Column::Kind.eq(kind));
    }
    if let Some(year) = wanted.year {
        query = query.filter(evidence::Column::Year.eq(year));
    }
    if let Some(state) = wanted.state {
        query = query.filter(is_in(state));
    }
    // Identities sort by age.
    if let Some(after) = after {
        query = query.filter(evidence::Column::Id.lt(after.0));
    }
    let rows = query.order_by_desc(evidence::Column::Id).limit(limit).all(store.reads()).await?;
    with_files_and_uses(store.reads(), rows).await
}

/// Years that the evidence of a unit speaks for, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn years(store: &Store, unit: UnitId) -> Result<Vec<i16>> {
    let years = evidence::Entity::find().select_only().column(evidence::Column::Year).distinct();
    let years =
        years.filter(evidence::Column::UnitId.eq(unit.0)).filter(evidence::Column::Year.is_not_null());
    Ok(years.order_by_desc(evidence::Column::Year).into_tuple().all(store.reads()).await?)
}

fn is_in(state: State) -> sea_orm::sea_query::SimpleExpr {
    let id = evidence::Column::Id;
    match state {
        State::Unused => {
            let used = Query::select()
                .column(evidence_use::Column::EvidenceId)
                .from(evidence_use::Entity)
                .to_owned();
            id.not_in_subquery(used)
        }
        State::LinkOnly => {
            let kept = Query::select()
                .column(evidence_version::Column::EvidenceId)
                .from(evidence_version::Entity)
                .to_owned();
            id.not_in_subquery(kept)
        }
        State::DeadLink => {
            let dead = Query::select()
                .column(link_check::Column::EvidenceId)
                .from(link_check::Entity)
                .and_where(link_check::Column::State.eq(LinkState::Dead.as_str()))
                .to_owned();
            id.in_subquery(dead)
        }
        State::ValidUntil(year) => evidence::Column::ValidFor.lte(year),
    }
}
