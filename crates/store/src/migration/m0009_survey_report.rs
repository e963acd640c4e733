//! What a unit writes on the report of a frozen survey, and whether it was published.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{text, timestamp_with_time_zone_null, uuid, uuid_null};

use super::columns::{Linked, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            key(uuid("campaign_id")),
            text("findings"),
            text("follow_up"),
            timestamp_with_time_zone_null("published_at"),
            uuid_null("published_by"),
        ];
        let report = table("survey_report", columns).link("campaign_id", "survey_campaign");
        manager.create_table(report.link("published_by", "person")).await
    }
}
