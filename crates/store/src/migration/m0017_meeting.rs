//! Meetings with their minutes, and who was there.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, date_null, json_binary, string, text, text_null, timestamp_with_time_zone, uuid, uuid_null,
};

use super::columns::{Linked, index, key, table, unique};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [meeting(), attendance()] {
            manager.create_table(table).await?;
        }
        manager.create_index(index("meeting_by_day", "meeting", &["unit_id", "held_on"])).await?;
        manager.create_index(index("attendance_by_meeting", "attendance", &["meeting_id"])).await
    }
}

fn meeting() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("unit_id"),
        string("kind"),
        text("title"),
        date("held_on"),
        text("hours"),
        text("place"),
        text("agenda"),
        json_binary("invited"),
        text("guests"),
        unique(string("token")),
        text_null("minutes"),
        text_null("decisions"),
        uuid_null("minuted_by"),
        date_null("minuted_on"),
    ];
    table("meeting", columns).link("unit_id", "unit")
}

fn attendance() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("meeting_id"),
        uuid_null("person_id"),
        text("name"),
        text("title"),
        string("capacity"),
        timestamp_with_time_zone("at"),
    ];
    table("attendance", columns).link("meeting_id", "meeting")
}
