//! Blind second readings of worksheets, apart from the layers.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    json_binary_null, string, text, timestamp_with_time_zone as instant,
    timestamp_with_time_zone_null as instant_null, uuid,
};

use super::columns::{Linked, index, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        let once = index("second_reading_once", "second_reading", &["lke_id", "person_id"]).unique().take();
        manager.create_index(once).await
    }
}

fn tables() -> [TableCreateStatement; 2] {
    let reading = [
        key(uuid("id")),
        uuid("lke_id"),
        uuid("person_id"),
        string("seed"),
        string("share"),
        instant("drawn_at"),
        instant_null("finished_at"),
    ];
    let answer =
        [uuid("reading_id"), string("code"), json_binary_null("answer"), text("note"), instant_null("at")];
    [
        table("second_reading", reading).link("lke_id", "lke").link("person_id", "person"),
        table("second_reading_answer", answer)
            .keyed_by(&["reading_id", "code"])
            .link("reading_id", "second_reading"),
    ]
}
