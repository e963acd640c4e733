//! An agency's own editions and wording.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, string, text, timestamp_with_time_zone as instant,
    timestamp_with_time_zone_null as instant_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(instrument()).await?;
        manager.create_index(versions()).await
    }
}

fn instrument() -> TableCreateStatement {
    let mut by_person = ForeignKey::create();
    by_person.from("instrument", "loaded_by").to("person", "id");
    let mut table = Table::create();
    table.table("instrument").foreign_key(&mut by_person);
    for mut column in [
        uuid("id").primary_key().take(),
        string("kind"),
        text("edition"),
        integer("version"),
        text("file_name"),
        text("content"),
        uuid_null("loaded_by"),
        instant("loaded_at"),
        instant_null("replaced_at"),
    ] {
        table.col(&mut column);
    }
    table
}

/// Two people who load the same edition at once: the second is told.
fn versions() -> IndexCreateStatement {
    let mut index = Index::create();
    index.name("instrument_by_version").table("instrument");
    index.col("kind").col("edition").col("version").unique().take()
}
