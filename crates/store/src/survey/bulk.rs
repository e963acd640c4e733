//! Many answers at once: those that do not come from citizens one by one. The running counts are written with them.

use bening_core::id::CampaignId;
use bening_core::survey::{Answer, Tally};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::inbox::count;
use crate::entity::survey::survey_answer;
use crate::{Result, WriteTx};

/// Answers of one insert; each binds six values.
const BATCH: usize = 500;

/// Adds answers with their identities, and counts them.
///
/// # Errors
/// When the database refuses, for instance an identity that is there already.
pub async fn add_answers(tx: &WriteTx, id: CampaignId, answers: &[(Uuid, Answer)]) -> Result<()> {
    let mut tally = Tally::default();
    for batch in answers.chunks(BATCH) {
        let rows =
            batch.iter().map(|(identity, answer)| row(id, *identity, answer).into_active_model().reset_all());
        survey_answer::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
        batch.iter().for_each(|(_, answer)| tally.count(answer));
    }
    count(tx, id, &tally).await
}

fn row(id: CampaignId, identity: Uuid, answer: &Answer) -> survey_answer::Model {
    survey_answer::Model {
        id: identity,
        campaign_id: id.0,
        day: answer.day,
        channel: answer.channel.as_str().to_owned(),
        word: answer.word(),
        extras: serde_json::to_value(&answer.extras).unwrap_or_default(),
    }
}
