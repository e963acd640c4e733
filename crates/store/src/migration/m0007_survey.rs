//! Survey campaigns, the answers of citizens, codes on paper, and running counts.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, date, integer, json_binary, small_integer, string, string_null, text,
    text_null, uuid,
};

use super::columns::{Linked, index, key, table, unique};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(campaigns()).await?;
        let [answers, codes, counts] = answers();
        // SQLite numbers the rows of a table in the order they came unless told not to.
        for mut table in [answers, codes] {
            if manager.get_database_backend() == DbBackend::Sqlite {
                table.extra("WITHOUT ROWID");
            }
            manager.create_table(table).await?;
        }
        manager.create_table(counts).await?;
        manager.create_index(index("survey_campaign_by_unit", "survey_campaign", &["unit_id"])).await?;
        manager
            .create_index(index("survey_answer_by_campaign", "survey_answer", &["campaign_id", "id"]))
            .await
    }
}

fn campaigns() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("unit_id"),
        string("questionnaire"),
        small_integer("points"),
        text("service"),
        text("period"),
        big_integer_null("population"),
        date("opens_on"),
        date("closes_on"),
        string("entry"),
        string("state"),
        unique(string("token")),
        string("seal"),
        integer("codes_issued"),
        string_null("frozen_sha256"),
        text_null("frozen_result"),
    ];
    table("survey_campaign", columns).link("unit_id", "unit")
}

fn answers() -> [TableCreateStatement; 3] {
    let answer = [
        key(uuid("id")),
        uuid("campaign_id"),
        date("day"),
        string("channel"),
        string("word"),
        json_binary("extras"),
    ];
    let count = [
        uuid("campaign_id"),
        string("channel"),
        small_integer("place"),
        small_integer("value"),
        big_integer("n"),
    ];
    [
        table("survey_answer", answer).link("campaign_id", "survey_campaign"),
        table("survey_code", [uuid("campaign_id"), string("hash")])
            .keyed_by(&["campaign_id", "hash"])
            .link("campaign_id", "survey_campaign"),
        table("survey_count", count)
            .keyed_by(&["campaign_id", "channel", "place", "value"])
            .link("campaign_id", "survey_campaign"),
    ]
}
