//! Many answers at once that people of the unit hand in: typed in from paper, or from a survey asked elsewhere.

use bening_core::id::CampaignId;
use bening_core::survey::{Answer, Tally};
use sea_orm::{EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::inbox::count;
use crate::entity::survey::survey_answer;
use crate::{Result, WriteTx};

/// Most rows of one statement.
const BATCH: usize = 2_000;

/// Keeps answers and counts them; identities are drawn by lot by the caller, so they tell no order. The campaign
/// must be held.
///
/// # Errors
/// When the database refuses.
pub async fn take_in(tx: &WriteTx, id: CampaignId, answers: &[(Uuid, Answer)]) -> Result<()> {
    let mut tally = Tally::default();
    answers.iter().for_each(|(_, answer)| tally.count(answer));
    insert_answers(tx, id, answers).await?;
    count_answers(tx, id, &tally).await
}

/// Adds to the running counts what was inserted.
///
/// # Errors
/// When the database refuses.
pub async fn count_answers(tx: &WriteTx, id: CampaignId, tally: &Tally) -> Result<()> {
    count(tx, id, tally).await
}

/// Keeps answers without counting them; whoever does so counts them before the write ends.
///
/// # Errors
/// When the database refuses.
pub async fn insert_answers(tx: &WriteTx, id: CampaignId, answers: &[(Uuid, Answer)]) -> Result<()> {
    for batch in answers.chunks(BATCH) {
        let row = |(form, answer): &(Uuid, Answer)| {
            let row = survey_answer::Model {
                id: *form,
                campaign_id: id.0,
                day: answer.day,
                channel: answer.channel.as_str().to_owned(),
                word: answer.word(),
                extras: serde_json::to_value(&answer.extras).unwrap_or_default(),
            };
            sea_orm::ActiveModelTrait::reset_all(row.into_active_model())
        };
        survey_answer::Entity::insert_many(batch.iter().map(row)).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}
