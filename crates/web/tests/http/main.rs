//! The site through its front door, one file a noun: every answer a person can get, on both databases.
//! Who may do what stands in `access.rs` beside this folder; what needs a browser is not here.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod full;
mod ground;
mod instrument;
mod intake;
mod password;
mod plan_cells;
mod plan_life;
mod plan_rows;
mod report;
mod request;
mod sign_in;
mod survey;
mod trail;
