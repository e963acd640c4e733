//! Work for the background.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, json_binary_null, string, text, timestamp_with_time_zone as instant,
    timestamp_with_time_zone_null as instant_null, uuid, uuid_null,
};

use super::columns::{index, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(job()).await?;
        manager.create_index(index("job_by_key", "job", &["key"]).clone().unique().take()).await?;
        manager.create_index(index("job_by_turn", "job", &["state", "run_at"])).await
    }
}

fn job() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        string("kind"),
        string("key"),
        json_binary_null("task"),
        string("state"),
        instant("run_at"),
        integer("attempts"),
        uuid_null("lease"),
        instant_null("lease_until"),
        integer("done"),
        integer("total"),
        text("error"),
        instant("created_at"),
        instant_null("ended_at"),
    ];
    table("job", columns)
}
