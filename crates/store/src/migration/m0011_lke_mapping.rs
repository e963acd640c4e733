//! Mappings of workbooks of another layout, each with the sample it was made from.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary, json_binary, string, text, timestamp_with_time_zone as instant, uuid,
};

use super::columns::{Linked, index, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            key(uuid("id")),
            text("name"),
            string("edition"),
            json_binary("mapping"),
            text("sample_name"),
            binary("sample"),
            uuid("saved_by"),
            instant("saved_at"),
        ];
        manager.create_table(table("lke_mapping", columns).link("saved_by", "person")).await?;
        let mut by_name = index("lke_mapping_by_name", "lke_mapping", &["edition", "name"]);
        manager.create_index(by_name.unique().take()).await
    }
}
