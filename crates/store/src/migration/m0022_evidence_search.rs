//! What the register of evidence is searched by, in the database instead of in memory: a year and words.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{small_integer_null, text};

use super::columns::index;

/// Both databases write a day as `YYYY-MM-DD` and have these functions. Names of older versions are not taken over.
const FILL: &str = "UPDATE evidence SET \
    year = COALESCE(valid_for, CAST(substr(CAST(dated AS TEXT), 1, 4) AS INTEGER)), \
    words = lower(title || ' ' || number || ' ' || COALESCE((SELECT v.name FROM evidence_version v \
    WHERE v.evidence_id = evidence.id ORDER BY v.number DESC LIMIT 1), ''))";

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [small_integer_null("year"), text("words").default("").take()] {
            manager.alter_table(Table::alter().table("evidence").add_column(column).take()).await?;
        }
        manager.get_connection().execute_unprepared(FILL).await?;
        manager.create_index(index("evidence_by_age", "evidence", &["unit_id", "id"])).await?;
        manager.create_index(index("evidence_by_year", "evidence", &["unit_id", "year"])).await
    }
}
