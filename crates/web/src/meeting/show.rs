//! The page of a meeting: what it is about, who was there, the minutes, and what became of the decisions.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::followup::{FollowUp, Source};
use bening_core::id::PersonId;
use bening_core::meeting::{Attendance, Capacity, Meeting, lines};
use bening_core::person::Person;
use bening_core::time::Year;
use bening_store::{followup, meeting as store, person};

use super::{MeetingPath, address, page, reach_meeting};
use crate::app::App;
use crate::caller::Caller;
use crate::client;
use crate::error::Result;
use crate::form::encode;
use crate::page::{Crumb, Page};
use crate::reach::{Reached, reach_unit};

struct Guest {
    name: String,
    title: String,
    is_head: bool,
    at: String,
}

struct Decided {
    text: String,
    /// The entry of the register that follows from it: its address and number.
    entry: Option<(String, u32)>,
    /// Where such an entry is begun; empty for those who may not.
    open: String,
}

#[derive(Template)]
#[template(path = "meeting/show.html")]
struct MeetingPage {
    page: Page,
    here: String,
    meeting: Meeting,
    day: String,
    agenda: Vec<String>,
    absent: Vec<String>,
    guests: Vec<String>,
    present: Vec<Guest>,
    code: String,
    signs_today: bool,
    minutes: Vec<String>,
    said: (String, String),
    decisions: Vec<Decided>,
    people: Vec<Person>,
    can_keep: bool,
}

/// The page.
///
/// # Errors
/// When it is not there.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(path): Path<MeetingPath>,
) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    let meeting = reach_meeting(&app, &reached, &path.id).await?;
    let year = Year::of(meeting.on);
    let below = vec![Crumb::here(meeting.title.clone())];
    let page = page(&app, &caller, &reached, year, meeting.title.clone(), below).await?;
    let can_keep = reached.allows(&caller, Want::OpenFollowUp) && app.today() >= meeting.on;
    let present = store::present(app.store(), &[meeting.id]).await?;
    let names = person::names(app.store(), meeting.invited.iter().copied()).await?;
    let names: HashMap<PersonId, String> = names.into_iter().collect();
    let people =
        if can_keep { person::members(app.store(), meeting.unit, meeting.on).await? } else { Vec::new() };
    let register = followup::list(app.store(), meeting.unit, year).await?;
    let shown = MeetingPage {
        here: format!("{}/{}", address(&reached), meeting.id),
        day: page.date_long(meeting.on),
        agenda: lines(&meeting.agenda).map(str::to_owned).collect(),
        absent: absent(&meeting, &present, &names),
        guests: lines(&meeting.guests).map(str::to_owned).collect(),
        present: present.iter().map(|one| guest(&app, &page, one)).collect(),
        code: format!("{}/hadir/{}", client::site(&app, &headers), meeting.token),
        signs_today: app.today() == meeting.on,
        minutes: meeting.minutes.iter().flat_map(|kept| lines(&kept.text).map(str::to_owned)).collect(),
        said: meeting.minutes.clone().map(|kept| (kept.text, kept.decisions)).unwrap_or_default(),
        decisions: decided(&caller, &reached, &meeting, &register),
        people: people.into_iter().filter(|one| !present.iter().any(|p| p.person == Some(one.id))).collect(),
        can_keep,
        page,
        meeting,
    };
    Ok(Html(shown.render()?).into_response())
}

fn guest(app: &App, page: &Page, one: &Attendance) -> Guest {
    Guest {
        name: one.name.clone(),
        title: one.title.clone(),
        is_head: one.capacity == Capacity::Head,
        at: page.clock(app.local(one.at).1),
    }
}

fn absent(meeting: &Meeting, present: &[Attendance], names: &HashMap<PersonId, String>) -> Vec<String> {
    let is_there = |id: &&PersonId| present.iter().any(|one| one.person == Some(**id));
    meeting.invited.iter().filter(|id| !is_there(id)).filter_map(|id| names.get(id).cloned()).collect()
}

/// The decisions, each with the entry of the register that bears its words.
fn decided(caller: &Caller, reached: &Reached, meeting: &Meeting, register: &[FollowUp]) -> Vec<Decided> {
    let base = format!("/unit/{}/tindak-lanjut", reached.unit.code);
    let (origin, year) = (meeting.origin(), Year::of(meeting.on));
    let of = |text: &str| {
        let is_its =
            |one: &&FollowUp| one.source == Source::Meeting && one.origin == origin && one.what == text;
        let entry = register.iter().find(is_its).map(|one| (format!("{base}/{}", one.id), one.number));
        let open = format!(
            "{base}/baru?tahun={year}&sumber={}&asal={}&temuan={}",
            Source::Meeting.as_str(),
            encode(&origin),
            encode(text)
        );
        let may_open = entry.is_none() && reached.allows(caller, Want::OpenFollowUp);
        Decided { text: text.to_owned(), entry, open: if may_open { open } else { String::new() } }
    };
    meeting.minutes.iter().flat_map(|kept| lines(&kept.decisions)).map(of).collect()
}
