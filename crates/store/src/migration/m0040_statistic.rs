//! Counts of registers that were let out.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, date_null, json_binary, small_integer, string, uuid};

use super::columns::{Linked, index, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            key(uuid("id")),
            uuid("unit_id"),
            string("register"),
            small_integer("year"),
            json_binary("release"),
            uuid("published_by"),
            date("published_on"),
            date_null("withdrawn_on"),
        ];
        let statistic = table("statistic", columns).link("unit_id", "unit").link("published_by", "person");
        manager.create_table(statistic).await?;
        manager.create_index(index("statistic_by_unit", "statistic", &["unit_id", "register", "year"])).await
    }
}
