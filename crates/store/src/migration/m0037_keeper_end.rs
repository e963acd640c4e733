//! That somebody no longer receives reports of whistleblowers, since when.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::date_null;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ended = date_null("ended_on");
        manager.alter_table(Table::alter().table("wbs_keeper").add_column(ended).take()).await
    }
}
