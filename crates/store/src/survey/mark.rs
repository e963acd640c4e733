//! Marks on answers: what was noticed, what people decided, and running counts by decision, so that the page of
//! a campaign never reads answers. An answer stays where it is whatever was decided.

use std::collections::{BTreeMap, BTreeSet};

use bening_core::id::CampaignId;
use bening_core::survey::{Answer, MarkState, Signal, Tally};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{channel, from_row};
use crate::entity::survey::survey_answer;
use crate::entity::survey_intake::{survey_mark, survey_marked};
use crate::{Result, Store, WriteTx, unreadable};

/// Most rows of one statement.
const BATCH: usize = 1_000;

/// A marked answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Identity of the answer.
    pub id: Uuid,
    /// The answer.
    pub answer: Answer,
    /// Why it was marked.
    pub signals: BTreeSet<Signal>,
    /// What was decided.
    pub state: MarkState,
    /// The reason of the person who decided.
    pub why: Option<String>,
}

/// Running counts by decision.
///
/// # Errors
/// When the database cannot be read.
pub async fn marked_tallies(store: &Store, id: CampaignId) -> Result<BTreeMap<MarkState, Tally>> {
    let rows = survey_marked::Entity::find().filter(survey_marked::Column::CampaignId.eq(id.0));
    let mut tallies: BTreeMap<MarkState, Tally> = BTreeMap::new();
    for row in rows.all(store.reads()).await? {
        let key = (usize::try_from(row.place), u8::try_from(row.value), u64::try_from(row.n));
        let (Ok(place), Ok(value), Ok(n)) = key else {
            return Err(unreadable("survey_marked", format!("{}/{}", row.place, row.value)));
        };
        let channel = channel("survey_marked", &row.channel)?;
        tallies.entry(state(&row.state)?).or_default().add((channel, place, value), n);
    }
    Ok(tallies)
}

/// Marks answers that were just kept or looked at anew: waiting for a person, who may have decided before.
///
/// # Errors
/// When the database refuses.
pub async fn mark(
    tx: &WriteTx,
    id: CampaignId,
    found: &BTreeMap<Uuid, (Answer, BTreeSet<Signal>)>,
) -> Result<usize> {
    let known = by_ids(tx.conn(), &found.keys().copied().collect::<Vec<_>>()).await?;
    let (mut fresh, mut tally) = (Vec::new(), Tally::default());
    for (answer_id, (answer, signals)) in found {
        match known.get(answer_id) {
            Some(row) => add_signals(tx, row, signals).await?,
            None => {
                tally.count(answer);
                fresh.push(survey_mark::Model {
                    answer_id: *answer_id,
                    campaign_id: id.0,
                    signals: written(signals),
                    state: MarkState::Waiting.as_str().to_owned(),
                    why: None,
                });
            }
        }
    }
    for batch in fresh.chunks(BATCH) {
        let rows = batch.iter().map(|row| row.clone().into_active_model().reset_all());
        survey_mark::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    shift(tx, id, MarkState::Waiting, &tally, 1).await?;
    Ok(fresh.len())
}

async fn add_signals(tx: &WriteTx, row: &survey_mark::Model, signals: &BTreeSet<Signal>) -> Result<()> {
    let all: BTreeSet<Signal> = read(&row.signals).union(signals).copied().collect();
    if written(&all) != row.signals {
        let more = survey_mark::Model { signals: written(&all), ..row.clone() };
        more.into_active_model().reset_all().update(tx.conn()).await?;
    }
    Ok(())
}

async fn by_ids<C: ConnectionTrait>(conn: &C, ids: &[Uuid]) -> Result<BTreeMap<Uuid, survey_mark::Model>> {
    let mut found = BTreeMap::new();
    for batch in ids.chunks(BATCH) {
        let rows = survey_mark::Entity::find().filter(survey_mark::Column::AnswerId.is_in(batch.to_vec()));
        found.extend(rows.all(conn).await?.into_iter().map(|row| (row.answer_id, row)));
    }
    Ok(found)
}

/// Which of the waiting answers a decision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// This one, whatever was decided before.
    One(Uuid),
    /// All that wait and carry this signal.
    Waiting(Signal),
}

/// Writes what a person decided; how many answers it was about. The campaign must be held.
///
/// # Errors
/// When the database refuses.
pub async fn decide(
    tx: &WriteTx,
    id: CampaignId,
    which: Which,
    (to, why): (MarkState, &str),
) -> Result<usize> {
    let mut rows = survey_mark::Entity::find().filter(survey_mark::Column::CampaignId.eq(id.0));
    rows = match which {
        Which::One(answer) => rows.filter(survey_mark::Column::AnswerId.eq(answer)),
        Which::Waiting(signal) => rows
            .filter(survey_mark::Column::State.eq(MarkState::Waiting.as_str()))
            .filter(survey_mark::Column::Signals.contains(signal.as_str())),
    };
    let rows = rows.all(tx.conn()).await?;
    for batch in rows.chunks(BATCH) {
        let ids: Vec<Uuid> = batch.iter().map(|row| row.answer_id).collect();
        let answers = survey_answer::Entity::find().filter(survey_answer::Column::Id.is_in(ids.clone()));
        let mut moved: BTreeMap<MarkState, Tally> = BTreeMap::new();
        for answer in answers.all(tx.conn()).await? {
            let before = batch.iter().find(|row| row.answer_id == answer.id);
            let before = state(before.map_or(MarkState::Waiting.as_str(), |row| &row.state))?;
            moved.entry(before).or_default().count(&from_row(answer)?);
        }
        for (before, tally) in moved {
            shift(tx, id, before, &tally, -1).await?;
            shift(tx, id, to, &tally, 1).await?;
        }
        survey_mark::Entity::update_many()
            .col_expr(survey_mark::Column::State, Expr::value(to.as_str()))
            .col_expr(survey_mark::Column::Why, Expr::value(why))
            .filter(survey_mark::Column::AnswerId.is_in(ids))
            .exec(tx.conn())
            .await?;
    }
    Ok(rows.len())
}

/// Moves counts of a decision up or down.
async fn shift(tx: &WriteTx, id: CampaignId, to: MarkState, tally: &Tally, sign: i64) -> Result<()> {
    for ((channel, place, value), n) in tally.iter() {
        let n = sign * i64::try_from(n).unwrap_or(i64::MAX);
        let row = survey_marked::Model {
            campaign_id: id.0,
            state: to.as_str().to_owned(),
            channel: channel.as_str().to_owned(),
            place: i16::try_from(place).unwrap_or(i16::MAX),
            value: i16::from(value),
            n,
        };
        let added = survey_marked::Entity::update_many()
            .col_expr(survey_marked::Column::N, Expr::col(survey_marked::Column::N).add(n))
            .filter(survey_marked::Column::CampaignId.eq(id.0))
            .filter(survey_marked::Column::State.eq(row.state.as_str()))
            .filter(survey_marked::Column::Channel.eq(row.channel.as_str()))
            .filter(survey_marked::Column::Place.eq(row.place))
            .filter(survey_marked::Column::Value.eq(row.value))
            .exec(tx.conn())
            .await?;
        if added.rows_affected == 0 {
            let first = row.into_active_model().reset_all();
            survey_marked::Entity::insert(first).exec_without_returning(tx.conn()).await?;
        }
    }
    Ok(())
}

/// Marked answers in one state, a page of them, after the one with this identity.
///
/// # Errors
/// When the database cannot be read.
pub async fn marked(
    store: &Store,
    id: CampaignId,
    (wanted, signal): (MarkState, Option<Signal>),
    (after, count): (Option<Uuid>, u64),
) -> Result<Vec<Marked>> {
    let mut rows = survey_mark::Entity::find()
        .filter(survey_mark::Column::CampaignId.eq(id.0))
        .filter(survey_mark::Column::State.eq(wanted.as_str()));
    if let Some(signal) = signal {
        rows = rows.filter(survey_mark::Column::Signals.contains(signal.as_str()));
    }
    if let Some(after) = after {
        rows = rows.filter(survey_mark::Column::AnswerId.gt(after));
    }
    let rows = rows.order_by_asc(survey_mark::Column::AnswerId).limit(count).all(store.reads()).await?;
    let ids = rows.iter().map(|row| row.answer_id);
    let answers = survey_answer::Entity::find().filter(survey_answer::Column::Id.is_in(ids));
    let mut answers: BTreeMap<Uuid, survey_answer::Model> =
        answers.all(store.reads()).await?.into_iter().map(|row| (row.id, row)).collect();
    let one = |row: survey_mark::Model| {
        let answer = answers.remove(&row.answer_id).ok_or_else(|| unreadable("survey_mark", "answer_id"))?;
        Ok(Marked {
            id: row.answer_id,
            answer: from_row(answer)?,
            signals: read(&row.signals),
            state: state(&row.state)?,
            why: row.why,
        })
    };
    rows.into_iter().map(one).collect()
}

/// How many wait for a decision, by signal; an answer with two signals counts under both.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting_by_signal(store: &Store, id: CampaignId) -> Result<Vec<(Signal, u64)>> {
    let mut counts = Vec::new();
    for signal in Signal::ALL {
        let rows = survey_mark::Entity::find()
            .filter(survey_mark::Column::CampaignId.eq(id.0))
            .filter(survey_mark::Column::State.eq(MarkState::Waiting.as_str()))
            .filter(survey_mark::Column::Signals.contains(signal.as_str()));
        counts.push((signal, rows.count(store.reads()).await?));
    }
    counts.retain(|(_, count)| *count > 0);
    Ok(counts)
}

/// The answers that count: all that nobody excluded, in an order that tells nothing.
///
/// # Errors
/// When the database cannot be read.
pub async fn counted_answers(store: &Store, id: CampaignId) -> Result<Vec<Answer>> {
    let excluded = excluded(store, id).await?;
    let counts = |(answer_id, answer)| (!excluded.contains(&answer_id)).then_some(answer);
    Ok(answers_with_ids(store, id).await?.into_iter().filter_map(counts).collect())
}

async fn excluded(store: &Store, id: CampaignId) -> Result<BTreeSet<Uuid>> {
    let rows = survey_mark::Entity::find()
        .filter(survey_mark::Column::CampaignId.eq(id.0))
        .filter(survey_mark::Column::State.eq(MarkState::Excluded.as_str()));
    Ok(rows.all(store.reads()).await?.into_iter().map(|row| row.answer_id).collect())
}

/// All answers with their identities.
///
/// # Errors
/// When the database cannot be read.
pub async fn answers_with_ids(store: &Store, id: CampaignId) -> Result<Vec<(Uuid, Answer)>> {
    let rows = survey_answer::Entity::find().filter(survey_answer::Column::CampaignId.eq(id.0));
    let rows = rows.order_by_asc(survey_answer::Column::Id).all(store.reads()).await?;
    rows.into_iter().map(|row| Ok((row.id, from_row(row)?))).collect()
}

fn state(text: &str) -> Result<MarkState> {
    MarkState::parse(text).ok_or_else(|| unreadable("survey_mark", format!("state {text:?}")))
}

fn written(signals: &BTreeSet<Signal>) -> String {
    signals.iter().map(|signal| signal.as_str()).collect::<Vec<_>>().join(",")
}

fn read(text: &str) -> BTreeSet<Signal> {
    text.split(',').filter_map(Signal::parse).collect()
}
