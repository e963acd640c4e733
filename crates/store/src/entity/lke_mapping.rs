//! Rows of `lke_mapping`. What they mean is said in `bening-core`.

/// A mapping with the sample it was made from.
pub mod lke_mapping {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "lke_mapping")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub name: String,
        pub edition: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub mapping: Json,
        #[sea_orm(column_type = "Text")]
        pub sample_name: String,
        pub sample: Vec<u8>,
        pub saved_by: Uuid,
        pub saved_at: DateTimeUtc,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
