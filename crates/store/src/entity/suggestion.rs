//! Rows of decisions about suggested answers: `lke_suggestion`. What they mean is said in `bening-core`.

/// What was decided last about a suggestion.
pub mod lke_suggestion {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "lke_suggestion")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub lke_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub answer: Json,
        pub decided: String,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub person_id: Uuid,
        pub at: DateTimeUtc,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
