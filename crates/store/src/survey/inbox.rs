//! Where the answers of citizens come in: whatever waits is written in one transaction, and everybody is told
//! only after it is durable. One inbox a program: counts are written by one hand, in one order.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bening_core::id::CampaignId;
use bening_core::survey::{Answer, Channel, Refusal, Signal, Tally};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::campaign::from_row;
use super::mark::mark;
use crate::entity::survey::{survey_answer, survey_campaign, survey_code, survey_count};
use crate::{Result, Store, StoreError, WriteTx};

/// Most answers of one transaction.
const BATCH: usize = 256;

/// An answer on its way.
#[derive(Debug, Clone)]
pub struct Submission {
    /// To which campaign.
    pub campaign: CampaignId,
    /// Identity of the form it was written on; the same form twice is one answer.
    pub form: Uuid,
    /// The answer.
    pub answer: Answer,
    /// Hash of the code on paper, where one was given.
    pub code: Option<String>,
    /// What was noticed when it came.
    pub signals: Vec<Signal>,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is kept.
    Kept,
    /// It was kept before: the same form came twice.
    AlreadyKept,
    /// The code was never printed, or was used.
    CodeUnknown,
    /// The campaign takes no answers.
    Refused(Refusal),
}

struct Waiting {
    submission: Submission,
    tell: oneshot::Sender<Result<Outcome>>,
}

/// The inbox.
#[derive(Clone)]
pub struct Inbox(Arc<Inner>);

struct Inner {
    store: Store,
    waiting: Mutex<Vec<Waiting>>,
    turn: tokio::sync::Mutex<()>,
}

impl Inbox {
    /// The inbox of a store.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self(Arc::new(Inner { store, waiting: Mutex::default(), turn: tokio::sync::Mutex::default() }))
    }

    /// Hands an answer in; returns when it is durable, or when it was refused. The work goes on even when the
    /// one who waits goes away.
    ///
    /// # Errors
    /// When the database refuses; then the answer was not kept.
    pub async fn submit(&self, submission: Submission) -> Result<Outcome> {
        let (tell, told) = oneshot::channel();
        self.waiting().push(Waiting { submission, tell });
        tokio::spawn(self.clone().work());
        told.await.unwrap_or(Err(StoreError::Database(sea_orm::DbErr::Custom("inbox stopped".to_owned()))))
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whoever has the turn takes what waits; those after find nothing left to do.
    async fn work(self) {
        let _turn = self.0.turn.lock().await;
        let batch: Vec<Waiting> = {
            let mut waiting = self.waiting();
            let some = waiting.len().min(BATCH);
            waiting.drain(..some).collect()
        };
        if batch.is_empty() {
            return;
        }
        let (submissions, tell): (Vec<_>, Vec<_>) = batch.into_iter().map(|w| (w.submission, w.tell)).unzip();
        match keep_all(&self.0.store, &submissions).await {
            Ok(outcomes) => {
                // Nobody waits any more where the line was cut; the answer is kept all the same.
                tell.into_iter().zip(outcomes).for_each(|(tell, outcome)| drop(tell.send(Ok(outcome))));
            }
            Err(error) => {
                let text = error.to_string();
                let again = || StoreError::Database(sea_orm::DbErr::Custom(text.clone()));
                let full = matches!(error, StoreError::Full);
                for tell in tell {
                    drop(tell.send(Err(if full { StoreError::Full } else { again() })));
                }
            }
        }
    }
}

async fn keep_all(store: &Store, batch: &[Submission]) -> Result<Vec<Outcome>> {
    let tx = store.begin().await?;
    let mut open = BTreeMap::new();
    for id in batch.iter().map(|submission| submission.campaign) {
        if let std::collections::btree_map::Entry::Vacant(place) = open.entry(id) {
            place.insert(held(&tx, id).await?);
        }
    }
    let mut tallies: BTreeMap<CampaignId, Tally> = BTreeMap::new();
    let mut marked: BTreeMap<CampaignId, BTreeMap<_, _>> = BTreeMap::new();
    let mut outcomes = Vec::with_capacity(batch.len());
    for one in batch {
        let campaign = open.get(&one.campaign).and_then(Option::as_ref);
        let outcome = match campaign.map(|campaign| campaign.takes_answers(one.answer.day)) {
            None => Outcome::Refused(Refusal::Ended),
            Some(Err(refusal)) => Outcome::Refused(refusal),
            Some(Ok(())) => keep(&tx, one).await?,
        };
        if outcome == Outcome::Kept {
            tallies.entry(one.campaign).or_default().count(&one.answer);
            if !one.signals.is_empty() {
                let noticed = (one.answer.clone(), one.signals.iter().copied().collect());
                marked.entry(one.campaign).or_default().insert(one.form, noticed);
            }
        }
        outcomes.push(outcome);
    }
    for (id, tally) in tallies {
        count(&tx, id, &tally).await?;
    }
    for (id, noticed) in marked {
        mark(&tx, id, &noticed).await?;
    }
    tx.commit_answers().await?;
    Ok(outcomes)
}

/// The campaign, which nobody can close before this write is over.
async fn held(tx: &WriteTx, id: CampaignId) -> Result<Option<bening_core::survey::Campaign>> {
    let row = survey_campaign::Entity::find_by_id(id.0).lock_shared().one(tx.conn()).await?;
    Ok(row.map(from_row).transpose()?.map(|kept| kept.campaign))
}

async fn keep(tx: &WriteTx, one: &Submission) -> Result<Outcome> {
    if let Some(hash) = &one.code {
        if survey_answer::Entity::find_by_id(one.form).one(tx.conn()).await?.is_some() {
            return Ok(Outcome::AlreadyKept);
        }
        let spent = survey_code::Entity::delete_by_id((one.campaign.0, hash.clone())).exec(tx.conn()).await?;
        if spent.rows_affected == 0 {
            return Ok(Outcome::CodeUnknown);
        }
    }
    let row = survey_answer::Model {
        id: one.form,
        campaign_id: one.campaign.0,
        day: one.answer.day,
        channel: one.answer.channel.as_str().to_owned(),
        word: one.answer.word(),
        extras: serde_json::to_value(&one.answer.extras).unwrap_or_default(),
    };
    let once = OnConflict::column(survey_answer::Column::Id).do_nothing().to_owned();
    let kept = survey_answer::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(tx.conn())
        .await;
    match kept {
        Ok(0) | Err(sea_orm::DbErr::RecordNotInserted) => Ok(Outcome::AlreadyKept),
        outcome => outcome.map(|_| Outcome::Kept).map_err(StoreError::from),
    }
}

pub(super) async fn count(tx: &WriteTx, id: CampaignId, tally: &Tally) -> Result<()> {
    for ((channel, place, value), n) in tally.iter() {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        let (place, value) = (i16::try_from(place).unwrap_or(i16::MAX), i16::from(value));
        let row = of(id, channel, place, value);
        let added = survey_count::Entity::update_many()
            .col_expr(survey_count::Column::N, Expr::col(survey_count::Column::N).add(n))
            .filter(row)
            .exec(tx.conn())
            .await?;
        if added.rows_affected == 0 {
            let first = survey_count::Model {
                campaign_id: id.0,
                channel: channel.as_str().to_owned(),
                place,
                value,
                n,
            };
            let first = first.into_active_model().reset_all();
            survey_count::Entity::insert(first).exec_without_returning(tx.conn()).await?;
        }
    }
    Ok(())
}

fn of(id: CampaignId, channel: Channel, place: i16, value: i16) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(survey_count::Column::CampaignId.eq(id.0))
        .add(survey_count::Column::Channel.eq(channel.as_str()))
        .add(survey_count::Column::Place.eq(place))
        .add(survey_count::Column::Value.eq(value))
}
