//! Rows of `agency`. What they mean is said in `bening-core`.

/// The one agency; its row has id 1.
pub mod agency {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "agency")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i16,
        #[sea_orm(column_type = "Text")]
        pub name: String,
        pub short_name: String,
        pub city: String,
        pub logo_kind: Option<String>,
        pub logo: Option<Vec<u8>>,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
