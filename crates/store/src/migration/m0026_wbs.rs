//! The zone of whistleblowers: keepers, reports, who was given them, the conversation.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{binary, date, date_null, integer, string, uuid};

use super::columns::{Linked, index, key, table, unique};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [keeper(), report(), reader(), message()] {
            manager.create_table(table).await?;
        }
        let once = [
            index("wbs_keeper_once", "wbs_keeper", &["unit_id", "person_id", "duty"]),
            index("wbs_reader_once", "wbs_reader", &["report_id", "keeper_id"]),
            index("wbs_message_by_number", "wbs_message", &["report_id", "number"]),
        ];
        for index in once {
            manager.create_index(index.clone().unique().take()).await?;
        }
        Ok(())
    }
}

fn keeper() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("unit_id"),
        uuid("person_id"),
        string("duty"),
        string("public_key"),
        binary("sealed_key"),
    ];
    table("wbs_keeper", columns).link("unit_id", "unit").link("person_id", "person")
}

fn report() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("unit_id"),
        unique(string("receipt_hash")),
        string("public_key"),
        binary("sealed_key"),
        binary("sealed_identity"),
        string("state"),
        date("arrived_on"),
        date_null("closed_on"),
    ];
    table("wbs_report", columns).link("unit_id", "unit")
}

fn reader() -> TableCreateStatement {
    let columns = [key(uuid("id")), uuid("report_id"), uuid("keeper_id")];
    table("wbs_reader", columns).link("report_id", "wbs_report").link("keeper_id", "wbs_keeper")
}

fn message() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("report_id"),
        integer("number"),
        string("author"),
        binary("sealed"),
        date("on_day"),
    ];
    table("wbs_message", columns).link("report_id", "wbs_report")
}
