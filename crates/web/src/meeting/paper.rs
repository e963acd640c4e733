//! The papers of a meeting as files: invitation, attendance list, minutes.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use bening_core::access::Action as Want;
use bening_core::meeting::paper::{Inputs, Paper, Prose, document};
use bening_store::{agency, meeting as store, person};

use super::reach_meeting;
use crate::app::App;
use crate::caller::Caller;
use crate::candidacy::charter::print;
use crate::client;
use crate::error::{AppError, Result};
use crate::reach::reach_unit;

/// A paper as PDF or DOCX.
///
/// # Errors
/// When there is no such meeting, paper or format, or the minutes are not written.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path((unit, id, paper, format)): Path<(String, String, String, String)>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ReadUnit).await?;
    let meeting = reach_meeting(&app, &reached, &id).await?;
    let kind = Paper::parse(&paper).ok_or(AppError::NotFound)?;
    if kind == Paper::Minutes && meeting.minutes.is_none() {
        return Err(AppError::NotFound);
    }
    let present = store::present(app.store(), &[meeting.id]).await?;
    let invited = person::by_ids(app.store(), meeting.invited.iter().copied()).await?;
    let invited: Vec<String> = invited.into_iter().map(|one| one.name).collect();
    let agency = agency::load(app.store()).await?;
    let prose = Prose::builtin().map_err(|error| AppError::Bad(error.to_string()))?;
    let dated = match (&meeting.minutes, kind) {
        (Some(minutes), Paper::Minutes) => minutes.on,
        _ => meeting.on.min(app.today()),
    };
    let inputs = Inputs {
        meeting: &meeting,
        invited: &invited,
        present: &present,
        home: (&reached.unit.name, &agency.name, &agency.city),
        signs: (&reached.unit.head_title, ""),
        address: &format!("{}/hadir/{}", client::site(&app, &headers), meeting.token),
        dated,
    };
    let stem = format!("{paper}-{}", meeting.on);
    print(&app, document(&prose, kind, &inputs), &format, &stem).await
}
