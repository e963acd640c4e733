//! Words of files of evidence, with the index of each database over them: FTS5 beside the table on SQLite, kept by
//! triggers, and a generated column on PostgreSQL. Both follow the rows by themselves, also when a copy is restored.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, text};
use sea_orm_migration::sea_orm::DatabaseBackend;

use super::columns::{key, table, unique};

const SQLITE: &str = "\
    CREATE VIRTUAL TABLE evidence_index USING fts5(words, content='evidence_text', content_rowid='id', \
        tokenize='unicode61 remove_diacritics 2'); \
    CREATE TRIGGER evidence_text_added AFTER INSERT ON evidence_text BEGIN \
        INSERT INTO evidence_index(rowid, words) VALUES (new.id, new.words); END; \
    CREATE TRIGGER evidence_text_removed AFTER DELETE ON evidence_text BEGIN \
        INSERT INTO evidence_index(evidence_index, rowid, words) VALUES ('delete', old.id, old.words); END; \
    CREATE TRIGGER evidence_text_changed AFTER UPDATE ON evidence_text BEGIN \
        INSERT INTO evidence_index(evidence_index, rowid, words) VALUES ('delete', old.id, old.words); \
        INSERT INTO evidence_index(rowid, words) VALUES (new.id, new.words); END;";

const POSTGRES: &str = "\
    ALTER TABLE evidence_text ADD COLUMN index tsvector GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED; \
    CREATE INDEX evidence_text_index ON evidence_text USING gin (index);";

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns =
            [key(big_integer("id")), unique(string("sha256")), string("state"), text("said"), text("words")];
        manager.create_table(table("evidence_text", columns)).await?;
        let index = match manager.get_database_backend() {
            DatabaseBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        manager.get_connection().execute_unprepared(index).await?;
        Ok(())
    }
}
