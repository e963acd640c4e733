//! Lines of registers: `register_row`. What they mean is said in `bening-core`.

/// Lines of registers.
pub mod register_row {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "register_row")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub register: String,
        pub year: i16,
        pub number: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub cells: Json,
        pub state: String,
        pub author_id: Uuid,
        #[sea_orm(column_type = "JsonBinary")]
        pub moments: Json,
        pub version: i32,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
