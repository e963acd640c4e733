//! Lines of registers.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, json_binary, small_integer, string, uuid};

use super::columns::{Linked, index, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(row()).await?;
        let number =
            index("register_row_by_number", "register_row", &["unit_id", "register", "year", "number"]);
        manager.create_index(number.clone().unique().take()).await
    }
}

fn row() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("unit_id"),
        string("register"),
        small_integer("year"),
        integer("number"),
        json_binary("cells"),
        string("state"),
        uuid("author_id"),
        json_binary("moments"),
        integer("version"),
    ];
    table("register_row", columns).link("unit_id", "unit")
}
