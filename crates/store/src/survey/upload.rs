//! The table somebody uploaded for a campaign, until its answers are taken over or another one is uploaded.

use bening_core::id::CampaignId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use crate::entity::survey_intake::survey_upload;
use crate::{Result, Store, WriteTx, unreadable};

/// A table as it was read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyUpload {
    /// Name of the file.
    pub name: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// Its rows, headings first.
    pub rows: Vec<Vec<String>>,
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
    };
    let replace = OnConflict::column(survey_upload::Column::CampaignId)
        .update_columns([
            survey_upload::Column::Name,
            survey_upload::Column::Sha256,
            survey_upload::Column::Rows,
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
    let read = |row: survey_upload::Model| {
        let rows = serde_json::from_str(&row.rows).map_err(|_| unreadable("survey_upload", "rows"))?;
        Ok(SurveyUpload { name: row.name, sha256: row.sha256, rows })
    };
    row.map(read).transpose()
}

/// Forgets the table.
///
/// # Errors
/// When the database refuses.
pub async fn forget_upload(tx: &WriteTx, id: CampaignId) -> Result<()> {
    survey_upload::Entity::delete_by_id(id.0).exec(tx.conn()).await?;
    Ok(())
}
