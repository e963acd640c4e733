//! Meetings of a unit: invitation, attendance by a code on a phone, minutes with decisions. What may happen to a
//! meeting is decided in `bening_core::meeting`.

pub mod attend;
pub mod change;
pub mod list;
pub mod paper;
pub mod show;

use bening_core::meeting::Meeting;
use bening_core::time::Year;
use bening_store::meeting as store;
use serde::Deserialize;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::monev;
use crate::page::{Crumb, Page};
use crate::reach::Reached;

/// `/unit/{unit}/rapat/{id}` as words.
#[derive(Debug, Clone, Deserialize)]
pub struct MeetingPath {
    unit: String,
    id: String,
}

fn address(reached: &Reached) -> String {
    format!("/unit/{}/rapat", reached.unit.code)
}

/// The meeting of an address, if it is the unit's.
async fn reach_meeting(app: &App, reached: &Reached, id: &str) -> Result<Meeting> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let meeting = store::by_id(app.store(), id).await?;
    meeting.filter(|meeting| meeting.unit == reached.unit.id).ok_or(AppError::NotFound)
}

/// The frame of a page about meetings; `below` is where it lies under the list.
async fn page(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    year: Year,
    title: String,
    below: Vec<Crumb>,
) -> Result<Page> {
    let here = caller.lang.t("Rapat");
    let mut path = vec![match below.is_empty() {
        true => Crumb::here(here),
        false => Crumb::link(here, format!("{}?tahun={year}", address(reached))),
    }];
    path.extend(below);
    monev::page(app, caller, reached, year, title, path).await
}
