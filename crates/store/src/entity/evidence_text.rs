//! Rows of `evidence_text`: words of files of evidence, once each. What they mean is said in `bening-core`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One row. The index over the words is the database's own and follows by itself.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "evidence_text")]
pub struct Model {
    /// The first bits of the hash: the index of SQLite wants a number that never changes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    #[sea_orm(unique)]
    pub sha256: String,
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub said: String,
    #[sea_orm(column_type = "Text")]
    pub words: String,
}

/// Joins are written out where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
