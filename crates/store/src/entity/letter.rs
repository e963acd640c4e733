//! Rows of letters: `lke_report`, `number_series`, `letter`. What they mean is said in `bening-core`.

/// What assessors wrote on a report.
pub mod lke_report {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "lke_report")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub lke_id: Uuid,
        #[sea_orm(column_type = "JsonBinary")]
        pub wording: Json,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Series of numbers.
pub mod number_series {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "number_series")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        #[sea_orm(column_type = "Text")]
        pub pattern: String,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Letters that were issued.
pub mod letter {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "letter")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub year: i16,
        pub counter: i32,
        #[sea_orm(column_type = "Text")]
        pub number: String,
        pub dated: Date,
        pub lke_id: Uuid,
        pub round: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub document: Json,
        pub person_id: Uuid,
        pub at: DateTimeUtc,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
