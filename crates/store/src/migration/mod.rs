//! How the tables came to be, step by step, for SQLite and PostgreSQL alike. Applied at start.

mod columns;
mod m0001_plan;
mod m0002_lke;
mod m0003_facts;
mod m0004_instrument;
mod m0005_second_reading;
mod m0006_letter;
mod m0007_survey;
mod m0008_survey_intake;
mod m0009_survey_report;
mod m0010_evidence;
mod m0011_lke_mapping;
mod m0012_monev;
mod m0013_candidacy;
mod m0014_job;
mod m0015_reminder;
mod m0016_suggestion;
mod m0017_meeting;
mod m0018_survey_own;
mod m0019_survey_upload;
mod m0020_paper;
mod m0022_evidence_search;
mod m0024_register;
mod m0026_wbs;
mod m0028_digest;
mod m0030_complaint;
mod m0032_link_check;
mod m0033_pace;
mod m0034_evidence_text;
mod m0035_appraisal;
mod m0036_wbs_outcome;
mod m0037_keeper_end;
mod m0040_statistic;

use sea_orm_migration::{MigrationTrait, MigratorTrait};

/// All steps in order.
pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_plan::Migration),
            Box::new(m0002_lke::Migration),
            Box::new(m0003_facts::Migration),
            Box::new(m0004_instrument::Migration),
            Box::new(m0005_second_reading::Migration),
            Box::new(m0006_letter::Migration),
            Box::new(m0007_survey::Migration),
            Box::new(m0008_survey_intake::Migration),
            Box::new(m0009_survey_report::Migration),
            Box::new(m0010_evidence::Migration),
            Box::new(m0011_lke_mapping::Migration),
            Box::new(m0012_monev::Migration),
            Box::new(m0013_candidacy::Migration),
            Box::new(m0014_job::Migration),
            Box::new(m0015_reminder::Migration),
            Box::new(m0016_suggestion::Migration),
            Box::new(m0017_meeting::Migration),
            Box::new(m0018_survey_own::Migration),
            Box::new(m0019_survey_upload::Migration),
            Box::new(m0020_paper::Migration),
            Box::new(m0022_evidence_search::Migration),
            Box::new(m0024_register::Migration),
            Box::new(m0026_wbs::Migration),
            Box::new(m0028_digest::Migration),
            Box::new(m0030_complaint::Migration),
            Box::new(m0032_link_check::Migration),
            Box::new(m0033_pace::Migration),
            Box::new(m0034_evidence_text::Migration),
            Box::new(m0040_statistic::Migration),
            Box::new(m0035_appraisal::Migration),
            Box::new(m0036_wbs_outcome::Migration),
            Box::new(m0037_keeper_end::Migration),
        ]
    }
}
