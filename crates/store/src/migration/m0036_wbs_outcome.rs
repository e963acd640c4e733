//! What reports of whistleblowers came to, and how many there were once they are erased.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, string, string_null, uuid};

use super::columns::{Linked, index, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let outcome = string_null("outcome");
        manager.alter_table(Table::alter().table("wbs_report").add_column(outcome).take()).await?;
        manager.create_table(erased()).await?;
        let once = index("wbs_erased_once", "wbs_erased", &["unit_id", "year", "outcome"]);
        manager.create_index(once.clone().unique().take()).await
    }
}

fn erased() -> TableCreateStatement {
    let columns = [key(uuid("id")), uuid("unit_id"), integer("year"), string("outcome"), integer("reports")];
    table("wbs_erased", columns).link("unit_id", "unit")
}
