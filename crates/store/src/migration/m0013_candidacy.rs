//! Roads to a predicate with the steps taken, integrity pacts with who has to sign and the signatures.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, date_null, integer, json_binary_null, small_integer, string, text,
    timestamp_with_time_zone as instant, uuid, uuid_null,
};

use super::columns::{Linked, index, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in roads().into_iter().chain(pacts()) {
            manager.create_table(table).await?;
        }
        let of_unit = index("candidacy_of_unit", "candidacy", &["unit_id"]);
        manager.create_index(of_unit).await?;
        let version = index("pact_version", "pact", &["unit_id", "year", "version"]).unique().take();
        manager.create_index(version).await?;
        manager.create_index(index("pact_staff_of_unit", "pact_staff", &["unit_id"])).await?;
        let once = index("pact_signed_once", "pact_signature", &["pact_id", "staff_id"]).unique().take();
        manager.create_index(once).await
    }
}

fn roads() -> [TableCreateStatement; 2] {
    let road = [
        key(uuid("id")),
        uuid("unit_id"),
        string("rules"),
        string("predicate"),
        json_binary_null("declaration"),
    ];
    let step = [
        uuid("candidacy_id"),
        integer("ordinal"),
        string("step"),
        string("stage"),
        date("dated"),
        text("reason"),
        json_binary_null("paper"),
        uuid("person_id"),
        instant("at"),
    ];
    [
        table("candidacy", road).link("unit_id", "unit"),
        table("candidacy_step", step)
            .keyed_by(&["candidacy_id", "ordinal"])
            .link("candidacy_id", "candidacy")
            .link("person_id", "person"),
    ]
}

fn pacts() -> [TableCreateStatement; 3] {
    let pact = [
        key(uuid("id")),
        uuid("unit_id"),
        small_integer("year"),
        integer("version"),
        text("text"),
        uuid("person_id"),
        instant("at"),
    ];
    let staff = [
        key(uuid("id")),
        uuid("unit_id"),
        text("name"),
        string("number"),
        text("title"),
        uuid_null("person_id"),
        date("since"),
        date_null("until"),
    ];
    let signature = [
        key(uuid("id")),
        uuid("pact_id"),
        uuid("staff_id"),
        string("way"),
        date("dated"),
        instant("at"),
        uuid("person_id"),
        string("seal"),
    ];
    [
        table("pact", pact).link("unit_id", "unit").link("person_id", "person"),
        table("pact_staff", staff).link("unit_id", "unit").link("person_id", "person"),
        table("pact_signature", signature)
            .link("pact_id", "pact")
            .link("staff_id", "pact_staff")
            .link("person_id", "person"),
    ]
}
