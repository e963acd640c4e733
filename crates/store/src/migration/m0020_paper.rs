//! Words of templates as agencies changed them, and papers that were issued.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, integer, json_binary, small_integer, string, text, timestamp_with_time_zone as instant, uuid,
};

use super::columns::{Linked, index, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(words()).await?;
        manager.create_table(paper()).await?;
        manager.create_index(index("paper_of_unit", "paper", &["unit_id"])).await?;
        let counter = index("paper_by_counter", "paper", &["series", "year", "counter"]).unique().take();
        manager.create_index(counter).await?;
        let number = index("paper_by_number", "paper", &["series", "number"]).unique().take();
        manager.create_index(number).await
    }
}

fn words() -> TableCreateStatement {
    let columns =
        [string("template"), integer("version"), json_binary("words"), uuid("person_id"), instant("at")];
    table("paper_words", columns).keyed_by(&["template", "version"]).link("person_id", "person")
}

fn paper() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("unit_id"),
        string("template"),
        integer("version"),
        string("series"),
        small_integer("year"),
        integer("counter"),
        text("number"),
        date("dated"),
        json_binary("document"),
        uuid("person_id"),
        instant("at"),
    ];
    table("paper", columns).link("unit_id", "unit").link("person_id", "person")
}
