//! What became of links of evidence.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, string, text, uuid};

use super::columns::{Linked, index, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns =
            [key(uuid("evidence_id")), string("state"), text("said"), date("checked_on"), date("since")];
        manager.create_table(table("link_check", columns).link("evidence_id", "evidence")).await?;
        manager.create_index(index("link_check_by_day", "link_check", &["checked_on"])).await
    }
}
