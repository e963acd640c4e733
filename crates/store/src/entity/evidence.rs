//! Rows of evidence: `evidence`, `evidence_version`, `evidence_use`. What they mean is said in `bening-core`.

/// Pieces of evidence.
pub mod evidence {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "evidence")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub title: String,
        pub kind: String,
        pub dated: Option<Date>,
        #[sea_orm(column_type = "Text")]
        pub number: String,
        pub valid_for: Option<i16>,
        pub secrecy: String,
        #[sea_orm(column_type = "Text")]
        pub link: String,
        pub owner_id: Uuid,
        pub at: DateTimeUtc,
        /// The year it speaks for.
        #[serde(default)]
        pub year: Option<i16>,
        /// What it is found by, in small letters.
        #[sea_orm(column_type = "Text")]
        #[serde(default)]
        pub words: String,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Their files.
pub mod evidence_version {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "evidence_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub evidence_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        pub sha256: String,
        pub size: i64,
        pub media: String,
        #[sea_orm(column_type = "Text")]
        pub name: String,
        pub person_id: Uuid,
        pub at: DateTimeUtc,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What they prove.
pub mod evidence_use {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "evidence_use")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub evidence_id: Uuid,
        pub target: String,
        pub person_id: Uuid,
        pub at: DateTimeUtc,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
