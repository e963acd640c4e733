//! Facts stated about units and the agency, and the efforts teams set for questions of a worksheet.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, small_integer, string, text, timestamp_with_time_zone as instant, uuid,
};

use super::columns::{Linked, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    let agency = [
        small_integer("year"),
        string("name"),
        text("value"),
        text("source"),
        uuid("person_id"),
        instant("at"),
    ];
    let unit = [
        uuid("unit_id"),
        small_integer("year"),
        string("name"),
        text("value"),
        text("source"),
        uuid("person_id"),
        instant("at"),
    ];
    let effort = [uuid("lke_id"), string("code"), integer("days"), uuid("person_id"), instant("at")];
    vec![
        table("agency_fact", agency).keyed_by(&["year", "name"]),
        table("unit_fact", unit).keyed_by(&["unit_id", "year", "name"]).link("unit_id", "unit"),
        table("lke_effort", effort).keyed_by(&["lke_id", "code"]).link("lke_id", "lke"),
    ]
}
