//! Rows of the register of follow-up: `follow_up`. What they mean is said in `bening-core`.

/// Entries of the register.
pub mod follow_up {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "follow_up")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub year: i16,
        pub number: i32,
        #[sea_orm(column_type = "Text")]
        pub what: String,
        pub source: String,
        #[sea_orm(column_type = "Text")]
        pub origin: String,
        #[sea_orm(column_type = "Text")]
        pub cause: String,
        #[sea_orm(column_type = "Text")]
        pub action: String,
        pub person_id: Uuid,
        pub due_on: Date,
        pub state: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub steps: Json,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
