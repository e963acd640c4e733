//! What the national team found on a road: remarks on items and who sat together, numbered within a round.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, json_binary, string, string_null, text, timestamp_with_time_zone, uuid,
};

use super::columns::{Linked, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(remark()).await?;
        manager.create_table(sitting()).await
    }
}

fn remark() -> TableCreateStatement {
    let columns = [
        uuid("candidacy_id"),
        integer("round"),
        string("item"),
        integer("number"),
        string_null("verdict"),
        text("note"),
        uuid("person_id"),
        timestamp_with_time_zone("at"),
    ];
    table("candidacy_remark", columns)
        .link("candidacy_id", "candidacy")
        .link("person_id", "person")
        .keyed_by(&["candidacy_id", "round", "item", "number"])
}

fn sitting() -> TableCreateStatement {
    let columns = [
        uuid("candidacy_id"),
        integer("round"),
        integer("number"),
        json_binary("details"),
        uuid("person_id"),
        timestamp_with_time_zone("at"),
    ];
    table("candidacy_sitting", columns)
        .link("candidacy_id", "candidacy")
        .link("person_id", "person")
        .keyed_by(&["candidacy_id", "round", "number"])
}
