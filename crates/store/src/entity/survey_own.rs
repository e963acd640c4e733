//! Sets of own questions of surveys. What they mean is said in `bening-core`.

/// One row for each version of a set.
pub mod survey_own {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "survey_own")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub set_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i32,
        pub unit_id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub content: String,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
