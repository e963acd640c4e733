//! Rows of monev: `monev_entry`, `monev_month`, `monev_correction`. What they mean is said in `bening-core`.

/// What was realised of an action in a month.
pub mod monev_entry {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "monev_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub plan_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub month: i16,
        #[sea_orm(primary_key, auto_increment = false)]
        pub action_id: Uuid,
        pub percent: i16,
        #[sea_orm(column_type = "Text")]
        pub note: String,
        #[sea_orm(column_type = "Text")]
        pub obstacle: String,
        pub filled_by: Uuid,
        pub filled_on: Date,
        pub verified_by: Option<Uuid>,
        pub verified_on: Option<Date>,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Months as they were closed.
pub mod monev_month {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "monev_month")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub plan_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub month: i16,
        pub closed_by: Uuid,
        pub closed_on: Date,
        #[sea_orm(column_type = "Text")]
        pub conclusion: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub snapshot: Json,
        #[sea_orm(column_type = "JsonBinary")]
        pub closed_figures: Json,
        #[sea_orm(column_type = "JsonBinary")]
        pub figures: Json,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Later words on closed months.
pub mod monev_correction {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "monev_correction")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub plan_id: Uuid,
        pub month: i16,
        pub action_id: Uuid,
        pub percent: i16,
        #[sea_orm(column_type = "Text")]
        pub note: String,
        #[sea_orm(column_type = "Text")]
        pub obstacle: String,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub person_id: Uuid,
        pub corrected_on: Date,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
