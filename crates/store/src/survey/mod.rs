//! Surveys: campaigns, the answers of citizens, codes on paper, running counts.
//!
//! **Invariant**: nothing joins a code to an answer. Both happen in one transaction, and PostgreSQL marks rows
//! with the transaction that wrote them; so a used code is deleted and no row of it is left to be joined.

mod bulk;
mod campaign;
mod inbox;
mod mark;
mod own;
mod paper;
mod reading;
mod report;
mod take;
mod upload;

pub use bulk::add_answers;
pub use campaign::{
    Kept, by_id, by_token, codes_left, create, frozen, issue_codes, keep_frozen, list, lock, respondents,
    update,
};
pub use inbox::{Inbox, Outcome, Submission};
pub use mark::{
    Marked, Which, answers_with_ids, counted_answers, decide, mark, marked, marked_tallies, waiting_by_signal,
};
pub use own::{add_own, own_set, own_set_in, own_sets};
pub use paper::{Batch, batch, batches, create_batch, finish_batch, pile, type_in};
pub use reading::{each_answer, note_read, read_count, unread};
pub use report::{published, report, report_in, save_report};
pub use take::{count_answers, insert_answers, take_in};
pub use upload::{SurveyUpload, forget_upload, keep_part, keep_upload, upload_part, uploaded};

use bening_core::id::CampaignId;
use bening_core::survey::{Answer, Channel, Tally, values_of};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::survey::{survey_answer, survey_count};
use crate::{Result, Store, WriteTx, unreadable};

/// The running counts of a campaign; their number does not grow with that of the answers.
///
/// # Errors
/// When the database cannot be read.
pub async fn tally(store: &Store, id: CampaignId) -> Result<Tally> {
    let rows = survey_count::Entity::find().filter(survey_count::Column::CampaignId.eq(id.0));
    let mut tally = Tally::default();
    for row in rows.all(store.reads()).await? {
        let channel = channel("survey_count", &row.channel)?;
        let key = (usize::try_from(row.place), u8::try_from(row.value), u64::try_from(row.n));
        let (Ok(place), Ok(value), Ok(n)) = key else {
            return Err(unreadable("survey_count", format!("{}/{}", row.place, row.value)));
        };
        tally.add((channel, place, value), n);
    }
    Ok(tally)
}

/// All answers of a campaign, in an order that tells nothing.
///
/// # Errors
/// When the database cannot be read.
pub async fn answers(store: &Store, id: CampaignId) -> Result<Vec<Answer>> {
    answers_as(store.reads(), id).await
}

/// The same as the write under way sees them.
///
/// # Errors
/// When the database cannot be read.
pub async fn answers_in(tx: &WriteTx, id: CampaignId) -> Result<Vec<Answer>> {
    answers_as(tx.conn(), id).await
}

async fn answers_as<C: ConnectionTrait>(conn: &C, id: CampaignId) -> Result<Vec<Answer>> {
    let rows = survey_answer::Entity::find().filter(survey_answer::Column::CampaignId.eq(id.0));
    let rows = rows.order_by_asc(survey_answer::Column::Id).all(conn).await?;
    rows.into_iter().map(from_row).collect()
}

fn from_row(row: survey_answer::Model) -> Result<Answer> {
    let values = values_of(&row.word).ok_or_else(|| unreadable("survey_answer", "word"))?;
    let extras = serde_json::from_value(row.extras).map_err(|_| unreadable("survey_answer", "extras"))?;
    Ok(Answer { day: row.day, channel: channel("survey_answer", &row.channel)?, values, extras })
}

fn channel(table: &'static str, text: &str) -> Result<Channel> {
    Channel::parse(text).ok_or_else(|| unreadable(table, format!("channel {text:?}")))
}
