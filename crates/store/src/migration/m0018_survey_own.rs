//! Sets of own questions with their versions; what a campaign is after and the own questions it asks.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, text, text_null, uuid};

use super::columns::{Linked, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [uuid("set_id"), integer("version"), uuid("unit_id"), text("content")];
        let sets = table("survey_own", columns).keyed_by(&["set_id", "version"]).link("unit_id", "unit");
        manager.create_table(sets).await?;
        manager.create_index(index("survey_own_by_unit", "survey_own", &["unit_id"])).await?;
        for column in ["own", "aim"] {
            let more = Table::alter().table("survey_campaign").add_column(text_null(column)).take();
            manager.alter_table(more).await?;
        }
        Ok(())
    }
}
