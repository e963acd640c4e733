//! Evidence, its versions and what it proves.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date_null, integer, small_integer_null, string, text, timestamp_with_time_zone, uuid,
};

use super::columns::{Linked, index, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(evidence()).await?;
        manager.create_table(versions()).await?;
        manager.create_table(uses()).await?;
        manager.create_index(index("evidence_by_unit", "evidence", &["unit_id"])).await?;
        manager.create_index(index("evidence_version_by_hash", "evidence_version", &["sha256"])).await?;
        let mut once = index("evidence_use_once", "evidence_use", &["evidence_id", "target"]);
        manager.create_index(once.unique().take()).await?;
        manager.create_index(index("evidence_use_by_target", "evidence_use", &["target"])).await
    }
}

fn evidence() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("unit_id"),
        text("title"),
        string("kind"),
        date_null("dated"),
        text("number"),
        small_integer_null("valid_for"),
        string("secrecy"),
        text("link"),
        uuid("owner_id"),
        timestamp_with_time_zone("at"),
    ];
    table("evidence", columns).link("unit_id", "unit").link("owner_id", "person")
}

fn versions() -> TableCreateStatement {
    let columns = [
        uuid("evidence_id"),
        integer("number"),
        string("sha256"),
        big_integer("size"),
        string("media"),
        text("name"),
        uuid("person_id"),
        timestamp_with_time_zone("at"),
    ];
    table("evidence_version", columns)
        .keyed_by(&["evidence_id", "number"])
        .link("evidence_id", "evidence")
        .link("person_id", "person")
}

fn uses() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("evidence_id"),
        string("target"),
        uuid("person_id"),
        timestamp_with_time_zone("at"),
    ];
    table("evidence_use", columns).link("evidence_id", "evidence").link("person_id", "person")
}
