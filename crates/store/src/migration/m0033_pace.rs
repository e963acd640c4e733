//! How often a plan is monitored.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let pace = string("pace").default("month").take();
        manager.alter_table(Table::alter().table("plan").add_column(pace).take()).await
    }
}
