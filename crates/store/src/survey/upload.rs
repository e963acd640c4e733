//! The table somebody uploaded for a campaign, until its answers are taken over or another one is uploaded.

use bening_core::id::CampaignId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::survey_intake::{survey_upload, survey_upload_part};
use crate::{Result, Store, WriteTx, unreadable};

/// A table as it was read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyUpload {
    /// Name of the file.
    pub name: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// Rows that tell its columns and words, headings first.
    pub rows: Vec<Vec<String>>,
    /// How many rows it has, headings included.
    pub count: u64,
}

/// Keeps a table in place of the one before.
///
/// # Errors
/// When the database refuses.
pub async fn keep_upload(tx: &WriteTx, id: CampaignId, upload: &SurveyUpload) -> Result<()> {
    let row = survey_upload::Model {
        campaign_id: id.0,
        name: upload.name.clone(),
        sha256: upload.sha256.clone(),
        rows: serde_json::to_string(&upload.rows).unwrap_or_default(),
        row_count: i64::try_from(upload.count).ok(),
    };
    forget_parts(tx, id).await?;
    let replace = OnConflict::column(survey_upload::Column::CampaignId)
        .update_columns([
            survey_upload::Column::Name,
            survey_upload::Column::Sha256,
            survey_upload::Column::Rows,
            survey_upload::Column::RowCount,
        ])
        .to_owned();
    survey_upload::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(replace)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// The table that was uploaded last.
///
/// # Errors
/// When the database cannot be read.
pub async fn uploaded(store: &Store, id: CampaignId) -> Result<Option<SurveyUpload>> {
    let row = survey_upload::Entity::find_by_id(id.0).one(store.reads()).await?;
    // Tables that were uploaded before they were kept in parts are uploaded again.
    let row = row.and_then(|row| Some((row.row_count?, row)));
    let read = |(count, row): (i64, survey_upload::Model)| {
        let rows = serde_json::from_str(&row.rows).map_err(|_| unreadable("survey_upload", "rows"))?;
        let count = u64::try_from(count).unwrap_or_default();
        Ok(SurveyUpload { name: row.name, sha256: row.sha256, rows, count })
    };
    row.map(read).transpose()
}

/// Forgets the table.
///
/// # Errors
/// When the database refuses.
pub async fn forget_upload(tx: &WriteTx, id: CampaignId) -> Result<()> {
    forget_parts(tx, id).await?;
    survey_upload::Entity::delete_by_id(id.0).exec(tx.conn()).await?;
    Ok(())
}

async fn forget_parts(tx: &WriteTx, id: CampaignId) -> Result<()> {
    let parts = survey_upload_part::Entity::delete_many();
    parts.filter(survey_upload_part::Column::CampaignId.eq(id.0)).exec(tx.conn()).await?;
    Ok(())
}

/// Keeps a part of the table; parts are numbered from 0 and end where a row ends.
///
/// # Errors
/// When the database refuses.
pub async fn keep_part(tx: &WriteTx, id: CampaignId, (number, text): (u32, String)) -> Result<()> {
    let number = i32::try_from(number).unwrap_or(i32::MAX);
    let row = survey_upload_part::Model { campaign_id: id.0, number, text };
    survey_upload_part::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// A part of the table; `None` behind the last.
///
/// # Errors
/// When the database cannot be read.
pub async fn upload_part(store: &Store, id: CampaignId, number: u32) -> Result<Option<String>> {
    let number = i32::try_from(number).unwrap_or(i32::MAX);
    let row = survey_upload_part::Entity::find_by_id((id.0, number)).one(store.reads()).await?;
    Ok(row.map(|row| row.text))
}
