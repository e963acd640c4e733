//! Rows of surveys: `survey_campaign`, `survey_answer`, `survey_code`, `survey_count`. What they mean is said in
//! `bening-core`; which of them must never be joined, in `survey/mod.rs`.

/// Campaigns.
pub mod survey_campaign {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "survey_campaign")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub questionnaire: String,
        pub points: i16,
        #[sea_orm(column_type = "Text")]
        pub service: String,
        #[sea_orm(column_type = "Text")]
        pub period: String,
        pub population: Option<i64>,
        pub opens_on: Date,
        pub closes_on: Date,
        pub entry: String,
        pub state: String,
        pub token: String,
        pub seal: String,
        pub codes_issued: i32,
        pub frozen_sha256: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub frozen_result: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub own: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub aim: Option<String>,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Answers of citizens. The identity is drawn by lot and tells no order.
pub mod survey_answer {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "survey_answer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub campaign_id: Uuid,
        pub day: Date,
        pub channel: String,
        pub word: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub extras: Json,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Codes on paper that were not used yet; a used one is gone.
pub mod survey_code {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "survey_code")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub campaign_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
    }

    /// Joins are written out where they are needed.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Running counts of answers.
pub mod survey_count {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// One row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "survey_count")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub campaign_id: Uuid,
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
