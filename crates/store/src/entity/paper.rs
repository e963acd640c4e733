//! Rows of papers: `paper_words`, `paper`. What they mean is said in `bening-core`.

/// Words of a template, version by version.
pub mod paper_words {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "paper_words")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub template: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub words: Json,
        pub person_id: Uuid,
        pub at: DateTimeUtc,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Papers that were issued.
pub mod paper {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "paper")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub template: String,
        pub version: i32,
        pub series: String,
        pub year: i16,
        pub counter: i32,
        #[sea_orm(column_type = "Text")]
        pub number: String,
        pub dated: Date,
        #[sea_orm(column_type = "JsonBinary")]
        pub document: Json,
        pub person_id: Uuid,
        pub at: DateTimeUtc,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
