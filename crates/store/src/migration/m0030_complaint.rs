//! Complaints beside their line in the register: the receipt of whoever wrote it, and the conversation.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, string, text, timestamp_with_time_zone, uuid, uuid_null};

use super::columns::{Linked, index, key, table, unique};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(receipt()).await?;
        manager.create_table(message()).await?;
        let number = index("complaint_message_by_number", "complaint_message", &["row_id", "number"]);
        manager.create_index(number.clone().unique().take()).await
    }
}

fn receipt() -> TableCreateStatement {
    let columns = [key(uuid("id")), unique(uuid("row_id")), unique(string("receipt_hash"))];
    table("complaint_receipt", columns).link("row_id", "register_row")
}

fn message() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("row_id"),
        integer("number"),
        uuid_null("author_id"),
        text("said"),
        timestamp_with_time_zone("at"),
    ];
    table("complaint_message", columns).link("row_id", "register_row")
}
