//! Complaints beside their line in the register: `complaint_receipt`, `complaint_message`.

/// The receipt of whoever wrote a complaint without an account.
pub mod complaint_receipt {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "complaint_receipt")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub row_id: Uuid,
        pub receipt_hash: String,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The conversation.
pub mod complaint_message {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "complaint_message")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub row_id: Uuid,
        pub number: i32,
        pub author_id: Option<Uuid>,
        #[sea_orm(column_type = "Text")]
        pub said: String,
        pub at: DateTimeUtc,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
