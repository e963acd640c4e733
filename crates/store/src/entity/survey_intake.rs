//! Rows of what surveys take in beside the open form. What they mean is said in `bening-core`; which of them must
//! never be joined, in `survey/mod.rs`.

/// Marks on answers: why, and what people decided.
pub mod survey_mark {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "survey_mark")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub answer_id: Uuid,
        pub campaign_id: Uuid,
        pub signals: String,
        pub state: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub why: Option<String>,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Running counts of marked answers, by what was decided.
pub mod survey_marked {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "survey_marked")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub campaign_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub state: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub channel: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: i16,
        #[sea_orm(primary_key, auto_increment = false)]
        pub value: i16,
        pub n: i64,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Written answers that were read.
pub mod survey_reading {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "survey_reading")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub answer_id: Uuid,
        pub campaign_id: Uuid,
        pub person_id: Uuid,
        pub day: Date,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Piles of paper forms.
pub mod survey_batch {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "survey_batch")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub campaign_id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub name: String,
        pub day: Date,
        pub state: String,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Paper forms as they were typed, once or twice; gone when the pile was taken over.
pub mod survey_paper {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "survey_paper")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub batch_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub pass: i16,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        pub word: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub extras: Json,
        pub person_id: Uuid,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Tables uploaded for a campaign, until their answers are taken over.
pub mod survey_upload {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "survey_upload")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub campaign_id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub name: String,
        pub sha256: String,
        #[sea_orm(column_type = "Text")]
        pub rows: String,
        pub row_count: Option<i64>,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Parts of an uploaded table, each of whole rows.
pub mod survey_upload_part {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "survey_upload_part")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub campaign_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        #[sea_orm(column_type = "Text")]
        pub text: String,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
