//! Rows of `job`. What they mean is said in `bening-core`.

/// Work for the background.
pub mod job {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "job")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub key: String,
        #[sea_orm(column_type = "JsonBinary", nullable)]
        pub task: Option<Json>,
        pub state: String,
        pub run_at: DateTimeUtc,
        pub attempts: i32,
        pub lease: Option<Uuid>,
        pub lease_until: Option<DateTimeUtc>,
        pub done: i32,
        pub total: i32,
        #[sea_orm(column_type = "Text")]
        pub error: String,
        pub created_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
