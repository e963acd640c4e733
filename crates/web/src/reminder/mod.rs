//! Reminders: everybody's inbox, and the calendar that other programs fetch. What is due and whom it concerns is decided
//! in `bening_core::reminder`; telling it once a day is a job's work.

pub mod calendar;
pub mod digest;
pub mod feed;
pub mod inbox;
pub mod wish;

use bening_core::reminder::Kind;
use bening_core::time::{Month, Year};
use bening_core::unit::Unit;
use chrono::NaiveDate;
use uuid::Uuid;

/// Where the thing lies that is due.
fn address(unit: &Unit, kind: Kind, subject: Uuid, due_on: NaiveDate) -> String {
    let (code, year) = (&unit.code, Year::of(due_on));
    match kind {
        Kind::Action => format!("/unit/{code}/rencana/{year}/tindakan/{subject}"),
        Kind::Month => format!("/unit/{code}/monev/{year}/{}", Month::of(due_on).number()),
        Kind::FollowUp => format!("/unit/{code}/tindak-lanjut/{subject}"),
        Kind::Evidence => format!("/unit/{code}/bukti/{subject}"),
        Kind::Survey => format!("/unit/{code}/survei/{subject}"),
    }
}
