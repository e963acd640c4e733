//! Rows of `instrument`. What they mean is said in `bening-core`.

/// An agency's own editions and wording; a newer version replaces, nothing is deleted.
pub mod instrument {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "instrument")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        #[sea_orm(column_type = "Text")]
        pub edition: String,
        pub version: i32,
        #[sea_orm(column_type = "Text")]
        pub file_name: String,
        #[sea_orm(column_type = "Text")]
        pub content: String,
        pub loaded_by: Option<Uuid>,
        pub loaded_at: DateTimeUtc,
        pub replaced_at: Option<DateTimeUtc>,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
