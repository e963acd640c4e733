//! Rows of meetings: `meeting`, `attendance`. What they mean is said in `bening-core`.

/// Meetings with their minutes.
pub mod meeting {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "meeting")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub kind: String,
        #[sea_orm(column_type = "Text")]
        pub title: String,
        pub held_on: Date,
        #[sea_orm(column_type = "Text")]
        pub hours: String,
        #[sea_orm(column_type = "Text")]
        pub place: String,
        #[sea_orm(column_type = "Text")]
        pub agenda: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub invited: Json,
        #[sea_orm(column_type = "Text")]
        pub guests: String,
        pub token: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub minutes: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub decisions: Option<String>,
        pub minuted_by: Option<Uuid>,
        pub minuted_on: Option<Date>,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who was there.
pub mod attendance {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "attendance")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub meeting_id: Uuid,
        pub person_id: Option<Uuid>,
        #[sea_orm(column_type = "Text")]
        pub name: String,
        #[sea_orm(column_type = "Text")]
        pub title: String,
        pub capacity: String,
        pub at: DateTimeUtc,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
