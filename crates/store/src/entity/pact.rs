//! Rows of integrity pacts: `pact`, `pact_staff`, `pact_signature`. What they mean is said in `bening-core`.

/// Texts.
pub mod pact {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "pact")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub year: i16,
        pub version: i32,
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

/// Who has to sign.
pub mod pact_staff {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "pact_staff")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub name: String,
        pub number: String,
        #[sea_orm(column_type = "Text")]
        pub title: String,
        pub person_id: Option<Uuid>,
        pub since: Date,
        pub until: Option<Date>,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Signatures.
pub mod pact_signature {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "pact_signature")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub pact_id: Uuid,
        pub staff_id: Uuid,
        pub way: String,
        pub dated: Date,
        pub at: DateTimeUtc,
        pub person_id: Uuid,
        pub seal: String,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
