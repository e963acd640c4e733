//! What surveys take in beside the open form: marks on answers with their running counts, forms typed in from
//! paper, mails to the invited, and which written answers were read.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, integer, json_binary, small_integer, string, text, text_null, uuid,
};

use super::columns::{Linked, index, key, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // As in m0007: nothing about an answer may tell in which order it came.
        for mut table in [marks(), readings()] {
            if manager.get_database_backend() == DbBackend::Sqlite {
                table.extra("WITHOUT ROWID");
            }
            manager.create_table(table).await?;
        }
        for table in [marked(), batches(), papers(), mails()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in [
            ("survey_mark_by_campaign", "survey_mark", ["campaign_id", "state", "answer_id"].as_slice()),
            ("survey_batch_by_campaign", "survey_batch", &["campaign_id"]),
            ("survey_mail_by_campaign", "survey_mail", &["campaign_id", "state"]),
        ] {
            manager.create_index(index(name, table, columns)).await?;
        }
        Ok(())
    }
}

fn marks() -> TableCreateStatement {
    let columns =
        [key(uuid("answer_id")), uuid("campaign_id"), string("signals"), string("state"), text_null("why")];
    table("survey_mark", columns).link("campaign_id", "survey_campaign").link("answer_id", "survey_answer")
}

fn marked() -> TableCreateStatement {
    let columns = [
        uuid("campaign_id"),
        string("state"),
        string("channel"),
        small_integer("place"),
        small_integer("value"),
        big_integer("n"),
    ];
    table("survey_marked", columns)
        .keyed_by(&["campaign_id", "state", "channel", "place", "value"])
        .link("campaign_id", "survey_campaign")
}

fn readings() -> TableCreateStatement {
    let columns = [key(uuid("answer_id")), uuid("campaign_id"), uuid("person_id"), date("day")];
    table("survey_reading", columns)
        .link("campaign_id", "survey_campaign")
        .link("answer_id", "survey_answer")
        .link("person_id", "person")
}

fn batches() -> TableCreateStatement {
    let columns = [key(uuid("id")), uuid("campaign_id"), text("name"), date("day"), string("state")];
    table("survey_batch", columns).link("campaign_id", "survey_campaign")
}

fn papers() -> TableCreateStatement {
    let columns = [
        uuid("batch_id"),
        small_integer("pass"),
        integer("number"),
        string("word"),
        json_binary("extras"),
        uuid("person_id"),
    ];
    table("survey_paper", columns)
        .keyed_by(&["batch_id", "pass", "number"])
        .link("batch_id", "survey_batch")
        .link("person_id", "person")
}

fn mails() -> TableCreateStatement {
    let columns = [
        key(uuid("id")),
        uuid("campaign_id"),
        text("address"),
        text_null("code"),
        string("state"),
        integer("tries"),
        text_null("error"),
    ];
    table("survey_mail", columns).link("campaign_id", "survey_campaign")
}
