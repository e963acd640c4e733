//! Worksheets with their layers, threads and submissions, and the teams of internal assessors.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, date_null, integer, json_binary, json_binary_null, small_integer, string, text,
    timestamp_with_time_zone as instant, timestamp_with_time_zone_null as instant_null, uuid, uuid_null,
};

use super::columns::{Linked, index, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [worksheets(), conversations(), teams()].into_iter().flatten() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn worksheets() -> Vec<TableCreateStatement> {
    let head = [key(uuid("id")), uuid("unit_id"), small_integer("year"), string("edition")];
    let layer = [
        uuid("lke_id"),
        string("layer"),
        integer("round"),
        instant_null("submitted_at"),
        uuid_null("submitted_by"),
    ];
    let entry = [
        uuid("lke_id"),
        string("layer"),
        string("code"),
        json_binary_null("answer"),
        text("note"),
        uuid("person_id"),
        instant("at"),
    ];
    let submission = [
        uuid("lke_id"),
        string("layer"),
        integer("round"),
        uuid("person_id"),
        instant("at"),
        json_binary("contents"),
    ];
    vec![
        table("lke", head).link("unit_id", "unit"),
        table("lke_layer", layer).keyed_by(&["lke_id", "layer"]).link("lke_id", "lke"),
        table("lke_entry", entry).keyed_by(&["lke_id", "layer", "code"]).link("lke_id", "lke"),
        table("lke_submission", submission).keyed_by(&["lke_id", "layer", "round"]).link("lke_id", "lke"),
    ]
}

fn conversations() -> Vec<TableCreateStatement> {
    let link = [
        key(uuid("id")),
        uuid("lke_id"),
        integer("position"),
        string("code"),
        text("title"),
        text("place"),
        uuid("person_id"),
        instant("at"),
    ];
    let remark = [
        key(uuid("id")),
        uuid("lke_id"),
        integer("position"),
        string("code"),
        string("side"),
        text("text"),
        uuid("person_id"),
        instant("at"),
    ];
    let sent = [
        key(uuid("id")),
        uuid("lke_id"),
        integer("position"),
        string("code"),
        string("layer"),
        date("due_on"),
        text("reason"),
        uuid("person_id"),
        instant("at"),
        uuid_null("answered_by"),
        instant_null("answered_at"),
    ];
    vec![
        table("lke_link", link).link("lke_id", "lke"),
        table("lke_remark", remark).link("lke_id", "lke"),
        table("lke_return", sent).link("lke_id", "lke"),
    ]
}

fn teams() -> Vec<TableCreateStatement> {
    let team =
        [key(uuid("id")), small_integer("year"), string("name"), text("letter"), date_null("letter_on")];
    let conflict = [uuid("person_id"), uuid("unit_id"), instant("declared_at"), text("reason")];
    vec![
        table("team", team),
        table("team_member", [uuid("team_id"), uuid("person_id"), string("seat")])
            .keyed_by(&["team_id", "person_id"])
            .link("team_id", "team")
            .link("person_id", "person"),
        table("team_unit", [uuid("team_id"), uuid("unit_id")])
            .keyed_by(&["team_id", "unit_id"])
            .link("team_id", "team")
            .link("unit_id", "unit"),
        table("team_conflict", conflict)
            .keyed_by(&["person_id", "unit_id"])
            .link("person_id", "person")
            .link("unit_id", "unit"),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("lke_by_unit", "lke", &["unit_id", "year"]).unique().take(),
        index("lke_by_year", "lke", &["year"]),
        index("lke_link_by_lke", "lke_link", &["lke_id"]),
        index("lke_remark_by_lke", "lke_remark", &["lke_id"]),
        index("lke_return_by_lke", "lke_return", &["lke_id"]),
        index("team_by_year", "team", &["year", "name"]).unique().take(),
        index("team_unit_by_unit", "team_unit", &["unit_id"]),
    ]
}
