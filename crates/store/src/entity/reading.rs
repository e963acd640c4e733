//! Rows of blind second readings: `second_reading`, `second_reading_answer`. What they mean is said in `bening-core`.

/// Second readings.
pub mod second_reading {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "second_reading")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub lke_id: Uuid,
        pub person_id: Uuid,
        pub seed: String,
        pub share: String,
        pub drawn_at: DateTimeUtc,
        pub finished_at: Option<DateTimeUtc>,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The drawn questions and what the reader says of them.
pub mod second_reading_answer {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "second_reading_answer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub reading_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        #[sea_orm(column_type = "JsonBinary", nullable)]
        pub answer: Option<Json>,
        #[sea_orm(column_type = "Text")]
        pub note: String,
        pub at: Option<DateTimeUtc>,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
