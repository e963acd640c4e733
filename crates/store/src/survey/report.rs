//! What units write on reports of frozen surveys, and which of them citizens may read.

use bening_core::id::{CampaignId, PersonId, UnitId};
use bening_core::survey::SurveyReport;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::campaign::{Kept, frozen};
use crate::entity::survey_report::survey_report;
use crate::{Result, Store, WriteTx};

/// The report of a campaign; an empty one when nobody wrote on it.
///
/// # Errors
/// When the database cannot be read.
pub async fn report(store: &Store, id: CampaignId) -> Result<SurveyReport> {
    let row = survey_report::Entity::find_by_id(id.0).one(store.reads()).await?;
    Ok(row.map(from_row).unwrap_or_default())
}

/// The same as the write under way sees it.
///
/// # Errors
/// When the database cannot be read.
pub async fn report_in(tx: &WriteTx, id: CampaignId) -> Result<SurveyReport> {
    let row = survey_report::Entity::find_by_id(id.0).one(tx.conn()).await?;
    Ok(row.map(from_row).unwrap_or_default())
}

/// Keeps a report.
///
/// # Errors
/// When the database refuses.
pub async fn save_report(tx: &WriteTx, id: CampaignId, report: &SurveyReport) -> Result<()> {
    use survey_report::Column as C;
    let row = survey_report::Model {
        campaign_id: id.0,
        findings: report.findings.clone(),
        follow_up: report.follow_up.clone(),
        published_at: report.published.map(|(_, at)| at),
        published_by: report.published.map(|(by, _)| by.0),
    };
    let mut over = OnConflict::column(C::CampaignId);
    over.update_columns([C::Findings, C::FollowUp, C::PublishedAt, C::PublishedBy]);
    survey_report::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(over)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// What a unit published, the last closed first.
///
/// # Errors
/// When the database cannot be read.
pub async fn published(store: &Store, unit: UnitId) -> Result<Vec<(Kept, SurveyReport)>> {
    let kept = frozen(store, unit).await?;
    let rows = survey_report::Entity::find()
        .filter(survey_report::Column::CampaignId.is_in(kept.iter().map(|kept| kept.campaign.id.0)))
        .filter(survey_report::Column::PublishedAt.is_not_null())
        .all(store.reads())
        .await?;
    let report = |kept: &Kept| rows.iter().find(|row| row.campaign_id == kept.campaign.id.0).cloned();
    let public = kept.into_iter().filter_map(|kept| report(&kept).map(|row| (kept, from_row(row))));
    Ok(public.collect())
}

fn from_row(row: survey_report::Model) -> SurveyReport {
    let published = row.published_by.zip(row.published_at).map(|(by, at)| (PersonId(by), at));
    SurveyReport { findings: row.findings, follow_up: row.follow_up, published }
}
