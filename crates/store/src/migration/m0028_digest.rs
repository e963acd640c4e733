//! Wishes about digests by mail.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date_null, small_integer, string, uuid};

use super::columns::{Linked, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            key(uuid("person_id")),
            string("address"),
            string("frequency"),
            small_integer("hour"),
            date_null("last_on"),
        ];
        manager.create_table(table("digest_wish", columns).link("person_id", "person")).await
    }
}
