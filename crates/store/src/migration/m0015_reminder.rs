//! Reminders in people's inboxes; secret addresses of their calendars, as hashes.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, string, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

use super::columns::{Linked, index, key, table, unique};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(reminder()).await?;
        manager.create_table(calendar()).await?;
        // Of a key a person is told once; an inbox is read by person, the unread ones counted on every page.
        let told = index("reminder_once", "reminder", &["person_id", "key"]);
        manager.create_index(told.clone().unique().take()).await?;
        manager.create_index(index("reminder_unread", "reminder", &["person_id", "read_at"])).await
    }
}

fn reminder() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("person_id"),
        string("key"),
        string("kind"),
        uuid("unit_id"),
        uuid("subject"),
        text("title"),
        date("due_on"),
        date("told_on"),
        timestamp_with_time_zone_null("read_at"),
    ];
    table("reminder", columns).link("person_id", "person").link("unit_id", "unit")
}

fn calendar() -> TableCreateStatement {
    let columns =
        [key(uuid("person_id")), unique(string("secret_hash")), timestamp_with_time_zone("opened_at")];
    table("calendar", columns).link("person_id", "person")
}
