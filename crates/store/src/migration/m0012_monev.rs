//! Monev: what was realised of actions in a month, months as they were closed, corrections; the register of
//! follow-up.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, date_null, integer, json_binary, small_integer, string, text, uuid, uuid_null,
};

use super::columns::{Linked, index, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [entry(), month(), correction(), follow_up()] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("monev_correction_by_month", "monev_correction", &["plan_id", "month"]))
            .await?;
        let number = index("follow_up_by_number", "follow_up", &["unit_id", "year", "number"]);
        manager.create_index(number.clone().unique().take()).await
    }
}

fn entry() -> TableCreateStatement {
    let columns = [
        uuid("plan_id"),
        small_integer("month"),
        uuid("action_id"),
        small_integer("percent"),
        text("note"),
        text("obstacle"),
        uuid("filled_by"),
        date("filled_on"),
        uuid_null("verified_by"),
        date_null("verified_on"),
    ];
    table("monev_entry", columns).keyed_by(&["plan_id", "month", "action_id"]).link("plan_id", "plan")
}

fn month() -> TableCreateStatement {
    let columns = [
        uuid("plan_id"),
        small_integer("month"),
        uuid("closed_by"),
        date("closed_on"),
        text("conclusion"),
        json_binary("snapshot"),
        json_binary("closed_figures"),
        json_binary("figures"),
    ];
    table("monev_month", columns).keyed_by(&["plan_id", "month"]).link("plan_id", "plan")
}

fn correction() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("plan_id"),
        small_integer("month"),
        uuid("action_id"),
        small_integer("percent"),
        text("note"),
        text("obstacle"),
        text("reason"),
        uuid("person_id"),
        date("corrected_on"),
    ];
    table("monev_correction", columns).link("plan_id", "plan")
}

fn follow_up() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("unit_id"),
        small_integer("year"),
        integer("number"),
        text("what"),
        string("source"),
        text("origin"),
        text("cause"),
        text("action"),
        uuid("person_id"),
        date("due_on"),
        string("state"),
        json_binary("steps"),
    ];
    table("follow_up", columns).link("unit_id", "unit")
}
