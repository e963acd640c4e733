//! Evaluation reports on their way, series of numbers, and letters that were issued.

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
        let report = [key(uuid("lke_id")), json_binary("wording")];
        manager.create_table(table("lke_report", report).link("lke_id", "lke")).await?;
        manager.create_table(table("number_series", [key(string("kind")), text("pattern")])).await?;
        manager.create_table(letter()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn letter() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        string("kind"),
        small_integer("year"),
        integer("counter"),
        text("number"),
        date("dated"),
        uuid("lke_id"),
        integer("round"),
        json_binary("document"),
        uuid("person_id"),
        instant("at"),
    ];
    table("letter", columns).link("lke_id", "lke")
}

/// No counter, no number and no round of a worksheet has two letters, whatever else goes wrong.
fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("letter_by_counter", "letter", &["kind", "year", "counter"]).unique().take(),
        index("letter_by_number", "letter", &["kind", "number"]).unique().take(),
        index("letter_by_lke", "letter", &["lke_id", "kind", "round"]).unique().take(),
    ]
}
