//! Uploaded tables of answers in parts, so that none is ever held whole.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer_null, integer, text, uuid};

use super::columns::{Linked, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let parts = table("survey_upload_part", [uuid("campaign_id"), integer("number"), text("text")])
            .keyed_by(&["campaign_id", "number"])
            .link("campaign_id", "survey_campaign");
        manager.create_table(parts).await?;
        let count = Table::alter().table("survey_upload").add_column(big_integer_null("row_count")).take();
        manager.alter_table(count).await
    }
}
