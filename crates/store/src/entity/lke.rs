//! Rows of worksheets: `lke`, `lke_layer`, `lke_entry`, `lke_link`, `lke_remark`, `lke_return`, `lke_submission`. What they mean is said in `bening-core`.

/// Worksheets.
pub mod lke {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "lke")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub year: i16,
        pub edition: String,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Layers that were begun.
pub mod lke_layer {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "lke_layer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub lke_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub layer: String,
        pub round: i32,
        pub submitted_at: Option<DateTimeUtc>,
        pub submitted_by: Option<Uuid>,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a layer says of a question.
pub mod lke_entry {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "lke_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub lke_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub layer: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        #[sea_orm(column_type = "JsonBinary", nullable)]
        pub answer: Option<Json>,
        #[sea_orm(column_type = "Text")]
        pub note: String,
        pub person_id: Uuid,
        pub at: DateTimeUtc,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Evidence for a question.
pub mod lke_link {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "lke_link")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub lke_id: Uuid,
        pub position: i32,
        pub code: String,
        #[sea_orm(column_type = "Text")]
        pub title: String,
        #[sea_orm(column_type = "Text")]
        pub place: String,
        pub person_id: Uuid,
        pub at: DateTimeUtc,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The threads.
pub mod lke_remark {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "lke_remark")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub lke_id: Uuid,
        pub position: i32,
        pub code: String,
        pub side: String,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        pub person_id: Uuid,
        pub at: DateTimeUtc,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Questions sent back.
pub mod lke_return {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "lke_return")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub lke_id: Uuid,
        pub position: i32,
        pub code: String,
        pub layer: String,
        pub due_on: Date,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub person_id: Uuid,
        pub at: DateTimeUtc,
        pub answered_by: Option<Uuid>,
        pub answered_at: Option<DateTimeUtc>,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Layers as they were submitted.
pub mod lke_submission {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "lke_submission")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub lke_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub layer: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub round: i32,
        pub person_id: Uuid,
        pub at: DateTimeUtc,
        #[sea_orm(column_type = "JsonBinary")]
        pub contents: Json,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
