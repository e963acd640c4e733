//! Entities: one struct a table, nothing but columns. Only `bening-store` sees them.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::module_inception,
    reason = "columns carry the names of core's fields; the derives make everything public; a file holds the tables of its noun"
)]

pub(crate) mod agency;
pub(crate) mod audit;
pub(crate) mod candidacy;
pub(crate) mod complaint;
pub(crate) mod evidence;
pub(crate) mod evidence_text;
pub(crate) mod fact;
pub(crate) mod followup;
pub(crate) mod instrument;
pub(crate) mod job;
pub(crate) mod letter;
pub(crate) mod link_check;
pub(crate) mod lke;
pub(crate) mod lke_mapping;
pub(crate) mod meeting;
pub(crate) mod monev;
pub(crate) mod pact;
pub(crate) mod paper;
pub(crate) mod person;
pub(crate) mod plan;
pub(crate) mod reading;
pub(crate) mod register;
pub(crate) mod reminder;
pub(crate) mod session;
pub(crate) mod statistic;
pub(crate) mod suggestion;
pub(crate) mod survey;
pub(crate) mod survey_intake;
pub(crate) mod survey_own;
pub(crate) mod survey_report;
pub(crate) mod team;
pub(crate) mod unit;
pub(crate) mod wbs;

/// Calls a macro with every table's entity module, parents before children, so that what must treat all
/// tables alike (backup, restore, the check that a place is empty) cannot forget one.
macro_rules! with_every_table {
    ($run:ident) => {
        $run!(crate::entity::agency::agency);
        $run!(crate::entity::unit::unit);
        $run!(crate::entity::person::person);
        $run!(crate::entity::person::assignment);
        $run!(crate::entity::person::assignment_area);
        $run!(crate::entity::instrument::instrument);
        $run!(crate::entity::lke_mapping::lke_mapping);
        $run!(crate::entity::reminder::reminder);
        $run!(crate::entity::reminder::calendar);
        $run!(crate::entity::reminder::digest_wish);
        $run!(crate::entity::session::session);
        $run!(crate::entity::session::sign_in_failure);
        $run!(crate::entity::plan::plan);
        $run!(crate::entity::plan::plan_benefit);
        $run!(crate::entity::plan::plan_component);
        $run!(crate::entity::plan::plan_action);
        $run!(crate::entity::plan::plan_evidence);
        $run!(crate::entity::plan::plan_pic);
        $run!(crate::entity::plan::plan_done);
        $run!(crate::entity::plan::plan_priority);
        $run!(crate::entity::plan::plan_version);
        $run!(crate::entity::plan::plan_paper);
        $run!(crate::entity::monev::monev_entry);
        $run!(crate::entity::monev::monev_month);
        $run!(crate::entity::monev::monev_correction);
        $run!(crate::entity::followup::follow_up);
        $run!(crate::entity::job::job);
        $run!(crate::entity::meeting::meeting);
        $run!(crate::entity::meeting::attendance);
        $run!(crate::entity::register::register_row);
        $run!(crate::entity::statistic);
        $run!(crate::entity::lke::lke);
        $run!(crate::entity::lke::lke_layer);
        $run!(crate::entity::lke::lke_entry);
        $run!(crate::entity::lke::lke_link);
        $run!(crate::entity::lke::lke_remark);
        $run!(crate::entity::lke::lke_return);
        $run!(crate::entity::lke::lke_submission);
        $run!(crate::entity::suggestion::lke_suggestion);
        $run!(crate::entity::survey::survey_campaign);
        $run!(crate::entity::survey::survey_answer);
        $run!(crate::entity::survey::survey_code);
        $run!(crate::entity::survey::survey_count);
        $run!(crate::entity::survey_own::survey_own);
        $run!(crate::entity::survey_report::survey_report);
        $run!(crate::entity::survey_intake::survey_mark);
        $run!(crate::entity::survey_intake::survey_marked);
        $run!(crate::entity::survey_intake::survey_reading);
        $run!(crate::entity::survey_intake::survey_batch);
        $run!(crate::entity::survey_intake::survey_paper);
        $run!(crate::entity::survey_intake::survey_upload);
        $run!(crate::entity::survey_intake::survey_upload_part);
        $run!(crate::entity::evidence::evidence);
        $run!(crate::entity::evidence::evidence_version);
        $run!(crate::entity::evidence::evidence_use);
        $run!(crate::entity::evidence_text);
        $run!(crate::entity::link_check);
        $run!(crate::entity::fact::agency_fact);
        $run!(crate::entity::fact::unit_fact);
        $run!(crate::entity::fact::lke_effort);
        $run!(crate::entity::team::team);
        $run!(crate::entity::team::team_member);
        $run!(crate::entity::team::team_unit);
        $run!(crate::entity::team::team_conflict);
        $run!(crate::entity::reading::second_reading);
        $run!(crate::entity::reading::second_reading_answer);
        $run!(crate::entity::letter::lke_report);
        $run!(crate::entity::letter::number_series);
        $run!(crate::entity::letter::letter);
        $run!(crate::entity::candidacy::candidacy);
        $run!(crate::entity::candidacy::candidacy_step);
        $run!(crate::entity::candidacy::candidacy_remark);
        $run!(crate::entity::candidacy::candidacy_sitting);
        $run!(crate::entity::pact::pact);
        $run!(crate::entity::pact::pact_staff);
        $run!(crate::entity::pact::pact_signature);
        $run!(crate::entity::paper::paper_words);
        $run!(crate::entity::paper::paper);
        $run!(crate::entity::wbs::wbs_keeper);
        $run!(crate::entity::wbs::wbs_report);
        $run!(crate::entity::wbs::wbs_reader);
        $run!(crate::entity::wbs::wbs_message);
        $run!(crate::entity::wbs::wbs_attachment);
        $run!(crate::entity::wbs::wbs_erased);
        $run!(crate::entity::complaint::complaint_receipt);
        $run!(crate::entity::complaint::complaint_message);
        $run!(crate::entity::audit::audit);
        $run!(crate::entity::audit::audit_head);
    };
}
pub(crate) use with_every_table;
