//! The site through its front door, one file a noun: every answer a person can get, on both databases.
//! Who may do what stands in `access.rs` beside this folder; what needs a browser is not here.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod assessment;
mod candidacy;
mod full;
mod ground;
mod instrument;
mod intake;
mod lhe;
mod lke;
mod lke_life;
mod mapping;
mod meeting;
mod monev;
mod official;
mod pact;
mod paper;
mod password;
mod plan_cells;
mod plan_life;
mod plan_rows;
mod register;
mod report;
mod request;
mod road;
mod road_preparations;
mod sign_in;
mod stand;
mod suggestion;
mod survey;
mod survey_guard;
mod survey_import;
mod survey_own;
mod survey_paper;
mod trail;
mod wbs;
