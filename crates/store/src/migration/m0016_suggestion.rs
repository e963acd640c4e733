//! What was decided about suggested answers of a worksheet.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{json_binary, string, text, timestamp_with_time_zone, uuid};

use super::columns::{Linked, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            uuid("lke_id"),
            string("code"),
            string("key"),
            json_binary("answer"),
            string("decided"),
            text("reason"),
            uuid("person_id"),
            timestamp_with_time_zone("at"),
        ];
        let keys = ["lke_id", "code", "key"];
        manager.create_table(table("lke_suggestion", columns).keyed_by(&keys).link("lke_id", "lke")).await
    }
}
